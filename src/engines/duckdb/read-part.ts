// Reads a stretch of a log fast, into a fold: what a thread does, without the thread.

import type { IntakeCounts } from "../../intake/counts.ts";
import type { RejectedRecord } from "../../model/intake.ts";
import { Tally } from "../../sources/input/read-bytes.ts";
import type { Question } from "../engine.ts";
import type { Fold, FoldState } from "../fold/fold.ts";
import { foldFrom, foldSink } from "../log/fold-sink.ts";
import { firstPartOf } from "../part.ts";
import { pause } from "../stopping/pause.ts";
import { heldRejections } from "./held-rejections.ts";
import { JsonLineScanner } from "./json-line.ts";
import { ownColumns } from "./own-columns.ts";
import type { FastTask } from "./places.ts";
import { readLines } from "./read-lines.ts";
import { readRows } from "./read-rows.ts";
import { readTable } from "./read-table.ts";
import { ScannedFold } from "./scanned-fold.ts";
import { StepBack } from "./step-back.ts";
import { strictRecords } from "./strict-records.ts";
import { usesOf } from "./uses.ts";
import { wantedFields } from "./wanted-fields.ts";

/** What was found by a task, without its fold. */
export interface PartRead {
  readonly counts: IntakeCounts;
  /** Position of its first record. */
  readonly first: number;
  /** Lines that start in it; of a table without lines, its rows. */
  readonly lines: number;
  /** Of a file that was read as a whole. */
  readonly sha256?: string;
}

/** How much more was read. */
export interface MoreRead {
  readonly bytes: number;
  readonly entries: number;
}

export interface TaskOptions {
  /** Of the log among several; 0 for one that is read alone. */
  readonly base: number;
  readonly onProgress: (more: MoreRead) => void;
  /** Stops the reading between two pieces. */
  readonly signal: AbortSignal | undefined;
}

/** What takes a task's records. */
export interface Taker {
  readonly running: Fold;
  /** Told of rejected records; their lines count from the start of the task's part. */
  readonly onRejected: ((record: RejectedRecord) => void) | undefined;
}

/**
 * Reads what a task names into a fold of its own.
 *
 * @param rejections whether rejected records are wanted
 * @throws StepBack when it must be read the ordinary way; as sources say
 */
export async function readAlone(
  question: Question,
  task: FastTask,
  { rejections, ...options }: TaskOptions & { readonly rejections: boolean },
): Promise<{
  readonly state: FoldState;
  readonly read: PartRead;
  readonly rejected: readonly RejectedRecord[];
}> {
  const { base } = options;
  const running = foldFrom(question, task.part, base + (task.rows?.start ?? 0));
  const held = heldRejections();
  const onRejected = rejections ? held.keep : undefined;
  const read = await readTask(question, task, { running, onRejected }, options);
  return { state: running.state, read, rejected: held.records };
}

/**
 * Reads what a task names.
 *
 * @throws StepBack when it must be read the ordinary way; as sources say
 */
export async function readTask(
  question: Question,
  { part, index, input, rows }: FastTask,
  { running, onRejected }: Taker,
  { base, onProgress, signal }: TaskOptions,
): Promise<PartRead> {
  const { file, mapping, range } = input;
  const own = ownColumns(mapping);
  if (own === undefined) throw new StepBack("the format is not an entry's own");
  const wanted = wantedFields(question);
  const named = firstPartOf(base) + part;
  const sink = foldSink(question, () => ({ part: named, fold: running }), onRejected ?? (() => {}));
  const records = strictRecords(input, index, sink, onRejected !== undefined);
  let bytes = 0;
  let entries = 0;
  const settle = async (): Promise<void> => {
    const { taken } = records;
    onProgress({ bytes, entries: taken - entries });
    bytes = 0;
    entries = taken;
    await pause(signal);
  };
  const onBytes = (more: number): void => {
    bytes += more;
  };
  const from = { file: file.name, part: named, onRejected };
  const folding = new ScannedFold(question, running, from);
  const tally = new Tally(onBytes, range === undefined && rows === undefined);
  const first = running.next;
  let lines: number;
  if (rows !== undefined) {
    const options = { rows, question, running, settle, onBytes, signal };
    lines = await readTable(input, own, wanted, records, options);
  } else if (file.format === "jsonl") {
    const scanner = new JsonLineScanner(own, usesOf(question));
    lines = await readLines(input, scanner, folding, records, tally, settle);
  } else {
    lines = await readRows(input, own, usesOf(question), folding, records, tally, settle);
  }
  await settle();
  const { sha256 } = tally.digest();
  return { counts: records.counts(), first, lines, ...(sha256 === undefined ? {} : { sha256 }) };
}
