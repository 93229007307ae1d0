// Reads a whole log fast: in the caller's thread, or in several.

import { availableParallelism } from "node:os";
import { addCounts, noCounts } from "../../intake/counts.ts";
import type { MappingAccount } from "../../intake/account.ts";
import type { IntakePlan, PlannedInput } from "../../intake/plan.ts";
import type { RejectedRecord } from "../../model/intake.ts";
import type { LogInput } from "../../model/population.ts";
import { digestLog } from "../../sources/input/digest.ts";
import type { ObserveOptions, Question } from "../engine.ts";
import type { Fold } from "../fold/fold.ts";
import { foldFrom } from "../log/fold-sink.ts";
import { MOST_PARTS } from "../log/parts.ts";
import type { Part } from "../log/parts.ts";
import { heldRejections } from "./held-rejections.ts";
import { fastParts, tasksOf } from "./places.ts";
import type { FastTask } from "./places.ts";
import { readTask } from "./read-part.ts";
import type { MoreRead, PartRead } from "./read-part.ts";
import type { ReadTable } from "./look-up.ts";
import { rowRanges } from "./row-ranges.ts";
import { readInThreads } from "./threads.ts";
import type { ThreadRead } from "./threads.ts";

/** What was read of a log. */
export interface FastReading {
  readonly running: Fold;
  readonly inputs: readonly LogInput[];
  readonly accounts: readonly MappingAccount[];
  readonly parts: readonly Part[];
  /** For each part, the lines of its file that stand before it; none where parts are files. */
  readonly linesBefore: readonly number[];
  /** Where the rows of tables stand. */
  readonly tables: readonly ReadTable[];
  /** With their lines in their files, in the log's order. */
  readonly rejected: readonly RejectedRecord[];
}

export interface FastOptions {
  /** Of the log among several; 0 for one that is read alone. */
  readonly base: number;
  /** Threads that read; by default one for each processor, at most four. */
  readonly workers: number | undefined;
  /** Largest part of a file that one thread reads at a time, in bytes. */
  readonly pieceBytes: number | undefined;
  /** Whether rejected records are wanted. */
  readonly rejections: boolean;
}

/** Below so many bytes a thread costs more than it saves. */
const SMALL_LOG = 32 * 1024 * 1024;
const SMALL_TABLE = 4 * 1024 * 1024;
const MOST_WORKERS = 4;
/** Milliseconds between two reports of progress. */
const PROGRESS_EVERY = 100;

/**
 * Reads everything that the plan names.
 *
 * @throws StepBack when it must be read the ordinary way; as sources say; the signal's reason
 *   when it was aborted
 */
export async function readFast(
  plan: IntakePlan,
  options: FastOptions,
  question: Question,
  { onProgress, signal }: ObserveOptions,
): Promise<FastReading> {
  signal?.throwIfAborted();
  const { base, rejections } = options;
  const { inputs } = plan;
  const { threads, parts } = division(plan, options, question);
  const tasks = tasksOf(parts, await rowRanges(inputs, threads));
  const running = foldFrom(question, 0, base);
  const tell = told(inputs, onProgress);
  const digesting = new AbortController();
  const digests = digestsOf(tasks, digesting.signal);
  // A failure of the reading is thrown first; the digests' own must not go unhandled meanwhile.
  digests.catch(() => undefined);
  try {
    const found = await (threads < 2
      ? readHere(tasks, question, running, rejections, { base, onProgress: tell, signal })
      : readInThreads(tasks, running, {
          question,
          threads,
          base,
          rejections,
          onProgress: tell,
          signal,
        }));
    const linesBefore = threads < 2 ? [] : linesBeforeEach(parts, tasks, found);
    return {
      running,
      inputs: describedInputs(inputs, tasks, found, await digests),
      accounts: accountsOf(inputs, tasks, found),
      parts,
      linesBefore,
      tables: tasks.flatMap(({ input, rows }, task) => {
        const first = found[task]?.read.first;
        return rows === undefined || first === undefined ? [] : [{ input, rows, first }];
      }),
      rejected: tasks.flatMap(({ part }, task) =>
        (found[task]?.rejected ?? []).map((record) => ({
          ...record,
          line: record.line + (linesBefore[part] ?? 0),
        })),
      ),
    };
  } finally {
    digesting.abort();
    await digests.catch(() => undefined);
  }
}

/** How a log is divided; in one piece for the caller's own thread. */
function division(
  plan: IntakePlan,
  { base, workers, pieceBytes }: FastOptions,
  { sampling }: Question,
): { readonly threads: number; readonly parts: readonly Part[] } {
  const whole = { threads: 1, parts: plan.inputs.map((input, index) => ({ index, input })) };
  const threads = workers ?? defaultThreads(plan);
  // Of an entry without an id its place in the log is drawn, which a thread does not know.
  if (threads < 2 || sampling !== undefined) return whole;
  const parts = fastParts(plan, threads, pieceBytes);
  return base > 0 && parts.length > MOST_PARTS ? whole : { threads, parts };
}

function defaultThreads({ inputs }: IntakePlan): number {
  const weight = inputs.reduce((sum, { file: { bytes = 0, format, packing } }) => {
    const isSmall = format === "parquet" || packing !== "none";
    return sum + bytes / (isSmall ? SMALL_TABLE : SMALL_LOG);
  }, 0);
  return weight < 1 ? 1 : Math.min(availableParallelism(), MOST_WORKERS);
}

async function readHere(
  tasks: readonly FastTask[],
  question: Question,
  running: Fold,
  rejections: boolean,
  options: Parameters<typeof readTask>[3],
): Promise<ThreadRead[]> {
  const found: ThreadRead[] = [];
  for (const task of tasks) {
    const held = heldRejections();
    const onRejected = rejections ? held.keep : undefined;
    const read = await readTask(question, task, { running, onRejected }, options);
    found.push({ read, rejected: held.records });
  }
  return found;
}

/** SHA-256 of the files that no task reads as a whole, by their ordinals in the plan. */
async function digestsOf(
  tasks: readonly FastTask[],
  stopped: AbortSignal,
): Promise<Map<number, string>> {
  const digests = new Map<number, string>();
  for (const { index, input, rows } of tasks) {
    if ((input.range === undefined && rows === undefined) || digests.has(index)) continue;
    digests.set(index, (await digestLog(input.file, stopped)).sha256);
  }
  return digests;
}

function describedInputs(
  inputs: readonly PlannedInput[],
  tasks: readonly FastTask[],
  found: readonly ThreadRead[],
  digests: ReadonlyMap<number, string>,
): LogInput[] {
  return inputs.map(({ file, mapping }, index): LogInput => {
    const read = readsOf(tasks, found, (task) => task.index === index);
    const sha256 = digests.get(index) ?? read[0]?.sha256;
    return {
      name: file.name,
      kind: file.packing === "none" ? file.format : `${file.format}+${file.packing}`,
      ...(file.bytes === undefined ? {} : { bytes: file.bytes }),
      ...(sha256 === undefined ? {} : { sha256 }),
      mapping: mapping.id,
      records: read.reduce((sum, { counts }) => sum + counts.records, 0),
    };
  });
}

/** One account for each mapping. */
function accountsOf(
  inputs: readonly PlannedInput[],
  tasks: readonly FastTask[],
  found: readonly ThreadRead[],
): MappingAccount[] {
  return [...new Set(inputs.map(({ mapping }) => mapping))].map((mapping) => {
    const counts = noCounts();
    const read = readsOf(tasks, found, ({ input }) => input.mapping === mapping);
    for (const one of read) addCounts(counts, one.counts);
    return { mapping, inputs: inputs.filter((input) => input.mapping === mapping).length, counts };
  });
}

function readsOf(
  tasks: readonly FastTask[],
  found: readonly ThreadRead[],
  isWanted: (task: FastTask) => boolean,
): PartRead[] {
  return tasks.flatMap((task, number) => {
    const read = found[number]?.read;
    if (read === undefined) throw new Error("a part of the log was not read");
    return isWanted(task) ? [read] : [];
  });
}

function linesBeforeEach(
  parts: readonly Part[],
  tasks: readonly FastTask[],
  found: readonly ThreadRead[],
): number[] {
  let lines = 0;
  return parts.map(({ index }, part) => {
    const before = readsOf(tasks, found, (task) => task.part === part - 1);
    const passed = before.reduce((sum, read) => sum + read.lines, 0);
    lines = parts[part - 1]?.index === index ? lines + passed : 0;
    return lines;
  });
}

/** Adds up what was read, and tells of it now and then. */
function told(
  inputs: readonly PlannedInput[],
  onProgress: ObserveOptions["onProgress"],
): (more: MoreRead) => void {
  const total = inputs.reduce((sum, { file }) => sum + (file.bytes ?? 0), 0);
  let done = 0;
  let entries = 0;
  let last = 0;
  return (more) => {
    done += more.bytes;
    entries += more.entries;
    const now = performance.now();
    if (now - last < PROGRESS_EVERY && done < total) return;
    last = now;
    onProgress?.({ done, total, unit: "bytes", entries });
  };
}
