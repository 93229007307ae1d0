// Reads a log into a fold: in the caller's thread, or in several by part.

import { availableParallelism } from "node:os";
import type { MappingAccount } from "../../intake/account.ts";
import { runIntake } from "../../intake/intake.ts";
import type { IntakePlan, PlannedInput } from "../../intake/plan.ts";
import type { RejectedRecord } from "../../model/intake.ts";
import type { LogInput } from "../../model/population.ts";
import { digestLog } from "../../sources/input/digest.ts";
import type { ObserveOptions, Question } from "../engine.ts";
import type { Fold } from "../fold/fold.ts";
import { firstPartOf } from "../part.ts";
import { foldSink } from "./fold-sink.ts";
import { joinedAccounts, joinedInputs, linesBeforeEach } from "./join.ts";
import { MOST_PARTS, isIndependent, partsOf } from "./parts.ts";
import type { Part } from "./parts.ts";
import { readInThreads } from "./threads.ts";

/** How a log is read. */
export interface ReadingOptions {
  /** Threads that read. By default one for each processor, at most four; below 32 MiB only the caller's. */
  readonly workers?: number;
  /** Largest piece of a file that one thread reads at a time, in bytes; by default a large file is cut into as many as there are threads. */
  readonly pieceBytes?: number;
  /**
   * Told of each record that became no entry, in the log's order, whenever the log is
   * observed. The bytes are only valid during the call.
   */
  readonly onRejected?: (record: RejectedRecord) => void;
}

/** Below so many bytes a thread costs more than it saves. */
const SMALL_LOG = 32 * 1024 * 1024;
const SMALLEST_PIECE = 8 * 1024 * 1024;
const MOST_WORKERS = 4;

/** What was read of a log, besides what the fold found. */
export interface Reading {
  readonly inputs: readonly LogInput[];
  readonly accounts: readonly MappingAccount[];
  readonly parts: readonly Part[];
  /** For each part, the lines of its file that stand before it. */
  readonly linesBefore: readonly number[];
}

/** What reads, and what it is read into. */
export interface ReadingTask extends ReadingOptions {
  readonly question: Question;
  /** Of the log among several; of one that is read alone there is none. */
  readonly base?: number | undefined;
  /** Started at the log's first part, with the base. */
  readonly whole: Fold;
}

/**
 * Reads the log here or with threads.
 *
 * @throws the signal's reason when it was aborted
 */
export async function readLog(
  plan: IntakePlan,
  task: ReadingTask,
  observing: ObserveOptions,
): Promise<Reading> {
  const { signal } = observing;
  signal?.throwIfAborted();
  const workers = threadsFor(plan, task);
  const parts = partsFor(plan, workers, task);
  // Of an entry without an id its place in the log is drawn, which a thread does not know.
  const hasRoom = task.base === undefined || parts.length <= MOST_PARTS;
  const threads = task.question.sampling === undefined && hasRoom ? workers : 1;
  try {
    return threads < 2
      ? await readHere(plan, task, observing)
      : await readByThreads(plan, { ...task, workers: threads }, parts, observing);
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

function partsFor({ inputs }: IntakePlan, workers: number, { pieceBytes }: ReadingOptions): Part[] {
  if (workers < 2) return [];
  const total = inputs.reduce((sum, { file }) => sum + (file.bytes ?? 0), 0);
  return partsOf(inputs, pieceBytes ?? Math.max(SMALLEST_PIECE, Math.ceil(total / workers)));
}

/** How many threads read a log; 1 is the caller's own. */
function threadsFor({ inputs }: IntakePlan, { workers }: ReadingOptions): number {
  if (!inputs.every(isIndependent)) return 1;
  if (workers !== undefined) return workers;
  const bytes = inputs.reduce((sum, { file }) => sum + (file.bytes ?? 0), 0);
  return bytes < SMALL_LOG ? 1 : Math.min(availableParallelism(), MOST_WORKERS);
}

async function readHere(
  plan: IntakePlan,
  { question, base = 0, whole, onRejected }: ReadingTask,
  { onProgress, signal }: ObserveOptions,
): Promise<Reading> {
  const parts = plan.inputs.map((input, index) => ({ index, input }));
  const first = firstPartOf(base);
  const partOf = new Map(parts.map(({ index, input }) => [input.file.name, first + index]));
  const sink = foldSink(
    question,
    (file) => ({ part: partOf.get(file) ?? first, fold: whole }),
    onRejected ?? (() => {}),
  );
  const read = await runIntake(plan, sink, {
    onProgress: (progress) => {
      onProgress?.({ ...progress, unit: "bytes", entries: whole.state.population.read });
    },
    ...(signal === undefined ? {} : { signal }),
  });
  const { inputs, accounts } = read;
  return { inputs, accounts, parts, linesBefore: [] };
}

async function readByThreads(
  { inputs }: IntakePlan,
  { question, base = 0, whole, workers = 1, onRejected }: ReadingTask,
  parts: readonly Part[],
  { onProgress, signal }: ObserveOptions,
): Promise<Reading> {
  const total = inputs.reduce((sum, { file }) => sum + (file.bytes ?? 0), 0);
  let done = 0;
  let entries = 0;
  const digesting = new AbortController();
  const stopped =
    signal === undefined ? digesting.signal : AbortSignal.any([signal, digesting.signal]);
  const reading = readInThreads(parts, whole, {
    question,
    base,
    threads: workers,
    onRejected,
    signal,
    onProgress: (more) => {
      done += more.bytes;
      entries += more.entries;
      onProgress?.({ done, total, unit: "bytes", entries });
    },
  });
  const divided = new Set(
    parts.flatMap(({ index, input }) => (input.range === undefined ? [] : [index])),
  );
  const digests = digestsOf(
    [...divided].map((index) => inputs[index] as PlannedInput),
    stopped,
  );
  // A failure of the reading is thrown first; the digests' own must not go unhandled meanwhile.
  digests.catch(() => undefined);
  try {
    const found = await reading;
    return {
      inputs: joinedInputs(parts, found, await digests),
      accounts: joinedAccounts(inputs, parts, found),
      parts,
      linesBefore: linesBeforeEach(parts, found),
    };
  } catch (error) {
    digesting.abort();
    await digests.catch(() => undefined);
    throw error;
  }
}

/** SHA-256 of files that no thread reads as a whole, by name. */
async function digestsOf(
  inputs: readonly PlannedInput[],
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { file } of inputs) digests.set(file.name, (await digestLog(file, signal)).sha256);
  return digests;
}
