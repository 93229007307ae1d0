// Lists exceptions while a log is read for the second time.

import type { IntakePlan } from "../../intake/plan.ts";
import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { ListedException, ObserveOptions, Question } from "../engine.ts";
import { NOTHING_LATE, lateQuestion } from "../fold/late.ts";
import type { KnownLate } from "../fold/late.ts";
import { listing } from "../fold/listing.ts";
import { foldFrom } from "./fold-sink.ts";
import { foundWhileReading } from "./found-while-reading.ts";
import { positionOf } from "./parts.ts";
import { readLog } from "./reading.ts";
import type { Reading, ReadingOptions } from "./reading.ts";
import { checkUntouched, isWatched, markOf } from "./unchanged.ts";
import type { FileMark } from "./unchanged.ts";

/** Lists exceptions in a second reading, after a first where only the end tells what is one. */
export async function* listExceptions(
  plan: IntakePlan,
  options: ReadingOptions,
  question: Question,
  { onProgress, signal }: ObserveOptions = {},
): AsyncGenerator<ListedException> {
  const marks = await marksOf(plan);
  const late = lateQuestion(question);
  const bytes = bytesOf(plan);
  const total = late === undefined ? bytes : 2 * bytes;
  const tell = (done: number): void => onProgress?.({ done, total, unit: "bytes" });
  let stretches = wholeLog(plan);
  let known = NOTHING_LATE;
  let read = 0;
  if (late !== undefined) {
    const whole = foldFrom(late, 0, 0);
    const { onRejected: _, ...quiet } = options;
    const reading = await readLog(
      plan,
      { ...quiet, question: late, whole },
      {
        onProgress: ({ done }) => tell(done),
        ...(signal === undefined ? {} : { signal }),
      },
    );
    known = whole.late();
    stretches = stretchesOf(plan, reading);
    read = bytes;
  }
  yield* listIn(stretches, question, {
    known,
    base: 0,
    onBytes: (more) => {
      read += more;
      tell(read);
    },
    signal,
  });
  await checkAllUntouched(marks);
}

/** The files of a log with what each was before it was read. */
export type Marks = readonly (readonly [LogFileOf, FileMark | undefined])[];

type LogFileOf = IntakePlan["inputs"][number]["file"];

/** What the files are now. */
export async function marksOf(plan: IntakePlan): Promise<Marks> {
  const files = plan.inputs.flatMap(({ file }) => (isWatched(file) ? [file] : []));
  return Promise.all(files.map(async (file) => [file, await markOf(file.path)] as const));
}

/** @throws ComplianceError `source-changed` when a file is not what it was */
export async function checkAllUntouched(marks: Marks): Promise<void> {
  for (const [file, mark] of marks) await checkUntouched(file, mark);
}

/** Stored bytes of all inputs, as far as they are known. */
export function bytesOf(plan: IntakePlan): number {
  return plan.inputs.reduce((sum, { file }) => sum + (file.bytes ?? 0), 0);
}

/** A stretch of the log, with what its entries are told apart by and where its lines begin. */
export interface Stretch {
  readonly plan: IntakePlan;
  /** Of its first record. */
  readonly position: number;
  /** Lines of its file that stand before it; 0 unless it begins in the middle of one. */
  readonly linesBefore: number;
}

/** A log that was read, or is to be read, as one stretch. */
function wholeLog(plan: IntakePlan): Stretch[] {
  return [{ plan, position: positionOf(0), linesBefore: 0 }];
}

/** The stretches in which a log was read. */
export function stretchesOf(
  plan: IntakePlan,
  { parts, linesBefore }: Pick<Reading, "parts" | "linesBefore">,
): Stretch[] {
  if (linesBefore.length === 0) return wholeLog(plan);
  return parts.map(({ input }, part) => ({
    plan: { inputs: [input] },
    position: positionOf(part),
    linesBefore: linesBefore[part] ?? 0,
  }));
}

/** How exceptions are listed. */
export interface ListingOptions {
  /** From a first reading in the same stretches. */
  readonly known: KnownLate;
  /** Added to positions. */
  readonly base: number;
  /** Told how many more stored bytes were read. */
  readonly onBytes: (bytes: number) => void;
  readonly signal: AbortSignal | undefined;
}

/** Every exception, in the log's order. */
export async function* listIn(
  stretches: readonly Stretch[],
  question: Question,
  { known, base, onBytes, signal }: ListingOptions,
): AsyncGenerator<ListedException, void, undefined> {
  const { columns, ...listed } = listing(question, known);
  const slots = columns.map((field) => ENTRY_FIELD_NAMES.indexOf(field));
  for (const { plan, position, linesBefore } of stretches) {
    let place = base + position - 1;
    let told = 0;
    yield* foundWhileReading<ListedException>(
      plan,
      (found) => ({
        accept(values, { file, line }) {
          place += 1;
          const row = slots.map((slot) => values[slot]);
          const measures = listed.step(row, place);
          if (measures.length === 0) return;
          const entry = { ...listed.evidence(row), source: `${file}:${line + linesBefore}` };
          for (const measure of measures) found({ measure, entry });
        },
        duplicate() {
          place += 1;
        },
        refuse() {
          place += 1;
        },
      }),
      ({ done }) => {
        onBytes(done - told);
        told = done;
      },
      signal,
    );
  }
}
