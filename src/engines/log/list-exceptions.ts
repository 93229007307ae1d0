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
import type { Part } from "./parts.ts";
import { readLog } from "./reading.ts";
import type { ReadingOptions } from "./reading.ts";
import { checkUntouched, isWatched, markOf } from "./unchanged.ts";

/** Lists exceptions in a second reading, after a first where only the end tells what is one. */
export async function* listExceptions(
  plan: IntakePlan,
  options: ReadingOptions,
  question: Question,
  { onProgress }: ObserveOptions = {},
): AsyncGenerator<ListedException> {
  const files = plan.inputs.flatMap(({ file }) => (isWatched(file) ? [file] : []));
  const marks = await Promise.all(files.map(({ path }) => markOf(path)));
  const late = lateQuestion(question);
  const bytes = plan.inputs.reduce((sum, { file }) => sum + (file.bytes ?? 0), 0);
  const total = late === undefined ? bytes : 2 * bytes;
  const tell = (done: number): void => onProgress?.({ done, total, unit: "bytes" });
  let stretches = wholeLog(plan);
  let known = NOTHING_LATE;
  let read = 0;
  if (late !== undefined) {
    const fold = foldFrom(late, 0);
    const { onRejected: _, ...quiet } = options;
    const { parts, linesBefore } = await readLog(plan, quiet, late, fold, {
      onProgress: ({ done }) => tell(done),
    });
    known = fold.late();
    if (linesBefore.length > 0) stretches = stretchesOf(parts, linesBefore);
    read = bytes;
  }
  yield* listIn(stretches, question, known, (more) => {
    read += more;
    tell(read);
  });
  for (const [index, file] of files.entries()) await checkUntouched(file, marks[index]);
}

/** A stretch of the log, with what its entries are told apart by and where its lines begin. */
interface Stretch {
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

/** The stretches in which threads have read a log. */
function stretchesOf(parts: readonly Part[], linesBefore: readonly number[]): Stretch[] {
  return parts.map(({ input }, part) => ({
    plan: { inputs: [input] },
    position: positionOf(part),
    linesBefore: linesBefore[part] ?? 0,
  }));
}

/**
 * Every exception, in the log's order.
 *
 * @param known from a first reading in the same stretches
 * @param onBytes told how many more stored bytes were read
 */
async function* listIn(
  stretches: readonly Stretch[],
  question: Question,
  known: KnownLate,
  onBytes: (bytes: number) => void,
): AsyncGenerator<ListedException, void, undefined> {
  const { columns, ...listed } = listing(question, known);
  const slots = columns.map((field) => ENTRY_FIELD_NAMES.indexOf(field));
  for (const { plan, position, linesBefore } of stretches) {
    let place = position - 1;
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
    );
  }
}
