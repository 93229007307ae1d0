// Logs in several places, of whatever kind each is: one SQLite file per host, a ledger, a table in
// PostgreSQL, the shards of a cluster by their own addresses. Each is folded where it lies, and the
// folds are merged into one, so the answer is that of one log, whichever is ready first.

import { ComplianceError } from "../model/error.ts";
import type { AuditEntry } from "../model/audit-entry.ts";
import type { Answer, Engine, EntrySelection, ListedException } from "./engine.ts";
import type { ObserveOptions, Question } from "./engine.ts";
import { lateQuestion } from "./fold/late.ts";
import { eachAtOnce } from "./several/at-once.ts";
import { failureIn } from "./several/failure.ts";
import { baseOf, checkNames, withSource } from "./several/named-log.ts";
import type { NamedLog } from "./several/named-log.ts";
import { addedProgress } from "./several/progress.ts";
import type { AddedProgress } from "./several/progress.ts";
import { wholeOf } from "./several/whole.ts";
import type { Whole } from "./several/whole.ts";

export type { NamedLog } from "./several/named-log.ts";

export interface SeveralOptions {
  /** How many logs are read at a time; by default one for each processor. */
  readonly atOnce?: number;
}

/**
 * Several logs as one, in the order given: the entries of the second stand behind those of the
 * first, and so does everything that is listed in a log's own order.
 *
 * - Entries merge by their times: distinct agents, sessions and chains are those of all logs, and
 *   silences, sequences and rates are those of the one timeline. A session that two logs name is one.
 * - An entry keeps its id, and its `source` tells of which log it is: `name:id`, or where the log
 *   tells the file and line, those, behind the name unless they begin with it. Pointers to rejected
 *   and unreadable records likewise.
 * - Ids are sequences of each log's own: an id that two logs have is not repeated, and what is
 *   missing in one is not made up for by another. Both are found in each log and added up. The runs
 *   of missing ids are those of the first log, then of the second, and so on.
 * - Each log was written by itself: an entry that stands before an earlier one counts as out of
 *   order within its log, not where one log ends and the next begins.
 * - A field can be recorded when all logs that have entries can record it.
 * - The logs' own counters (`tenure`) are added up, where one with too many rows does not make up for
 *   one with too few; ids missing at the end are added up.
 * - Samples are drawn from all logs together. What an entry is drawn by is the SHA-256 of
 *   the seed, NUL, the name of its log, NUL, the measure and NUL, the id: entries of one id in two logs
 *   are drawn apart.
 *
 * A log that cannot be read makes the whole fail, with its name: there is never an answer of the
 * others alone. Closing closes all logs.
 *
 * @param logs 1 to 4096, with names of their own
 * @throws ComplianceError `invalid-option` when the names do not tell the logs apart
 */
export function several(logs: readonly NamedLog[], options: SeveralOptions = {}): Engine {
  const { atOnce } = options;
  if (atOnce !== undefined && !(Number.isInteger(atOnce) && atOnce > 0)) {
    throw new ComplianceError(
      "invalid-option",
      `expected a number of logs to read at a time, got ${atOnce}`,
    );
  }
  const parts = [...logs];
  const names = parts.map(({ name }) => name);
  checkNames(names);
  let closed = false;
  const open = (): Reading => {
    if (closed) throw new ComplianceError("closed", "this engine was closed");
    return { parts, names, atOnce };
  };
  return {
    observe: async (question, observing) => observe(open(), question, observing),
    exceptions: async function* exceptions(question, observing) {
      yield* listExceptions(open(), question, observing);
    },
    entries: async function* entries(selection, observing) {
      yield* listEntries(open(), selection, observing);
    },
    async close() {
      if (closed) return;
      closed = true;
      const ends = await Promise.allSettled(parts.map(({ engine }) => engine.close()));
      for (const [at, end] of ends.entries()) {
        if (end.status === "rejected") throw failureIn(names[at] ?? "", end.reason);
      }
    },
  };
}

/** The logs that are read. */
interface Reading {
  readonly parts: readonly NamedLog[];
  readonly names: readonly string[];
  readonly atOnce: number | undefined;
}

async function observe(
  reading: Reading,
  question: Question,
  { onProgress, signal }: ObserveOptions = {},
): Promise<Answer> {
  const progress = addedProgress(reading.parts.length, 1, onProgress);
  const whole = wholeOf(reading.names, question);
  const answer = await closing(whole, async () => {
    await foldAll(reading, question, whole, { progress, signal, again: false });
    return whole.answer({ atOnce: reading.atOnce, signal });
  });
  await whole.close();
  return answer;
}

/** Does work; when it fails, what was folded so far is closed. */
async function closing<Result>(whole: Whole, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    await whole.close().catch(() => undefined);
    throw error;
  }
}

interface FoldingOptions {
  readonly progress: AddedProgress;
  readonly signal: AbortSignal | undefined;
  /** Whether an answer was given before. */
  readonly again: boolean;
}

async function foldAll(
  { parts, names, atOnce }: Reading,
  question: Question,
  whole: Whole,
  { progress, signal, again }: FoldingOptions,
): Promise<void> {
  await eachAtOnce(names, { atOnce, signal }, async (at, stopped) => {
    const { name, engine } = parts[at] as NamedLog;
    const part = await engine.foldPart(seededFor(name, question), baseOf(at), {
      ...progress.of(at),
      signal: stopped,
      again,
    });
    whole.take(at, part);
  });
}

/** With a seed of its own, so that entries of one id are not drawn from all logs together. */
function seededFor(name: string, question: Question): Question {
  const { sampling } = question;
  if (sampling === undefined) return question;
  return { ...question, sampling: { ...sampling, seed: `${sampling.seed}\u0000${name}` } };
}

/**
 * Log by log; before that all are folded where only the end of all tells what is an exception.
 */
async function* listExceptions(
  reading: Reading,
  question: Question,
  { onProgress, signal }: ObserveOptions = {},
): AsyncGenerator<ListedException> {
  const { parts, names } = reading;
  signal?.throwIfAborted();
  const stop = signal === undefined ? {} : { signal };
  const late = lateQuestion(question);
  const progress = addedProgress(parts.length, late === undefined ? 1 : 2, onProgress);
  if (late === undefined) {
    for (const [at, { name, engine }] of parts.entries()) {
      yield* listedIn(name, engine.exceptions(question, { ...progress.of(at), ...stop }), signal);
    }
    return;
  }
  const whole = wholeOf(names, late);
  let complete = false;
  try {
    await foldAll(reading, late, whole, { progress, signal, again: true });
    const known = whole.late();
    for (const [at, name] of names.entries()) {
      const options = { ...progress.of(at, 1), ...stop };
      yield* listedIn(name, whole.exceptions(at, question, known, options), signal);
    }
    complete = true;
  } finally {
    if (!complete) await whole.close().catch(() => undefined);
  }
  await whole.close();
}

/** The exceptions of a log; each tells of which log it is. */
async function* listedIn(
  name: string,
  exceptions: AsyncIterable<ListedException>,
  signal: AbortSignal | undefined,
): AsyncGenerator<ListedException> {
  for await (const { measure, entry } of named(name, exceptions, signal)) {
    yield { measure, entry: withSource(name, entry) };
  }
}

async function* listEntries(
  { parts }: Reading,
  selection: EntrySelection,
  options: ObserveOptions = {},
): AsyncGenerator<AuditEntry> {
  for (const { name, engine } of parts) {
    for await (const entry of named(name, engine.entries(selection, options), options.signal)) {
      yield withSource(name, entry);
    }
  }
}

/** What a log yields; its failure with its name. */
async function* named<Item>(
  name: string,
  items: AsyncIterable<Item>,
  signal?: AbortSignal,
): AsyncGenerator<Item, void, undefined> {
  try {
    yield* items;
  } catch (error) {
    signal?.throwIfAborted();
    throw failureIn(name, error);
  }
}
