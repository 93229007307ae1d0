// Large logs in an entry's own columns: Parquet, JSON Lines, CSV and TSV, packed or not. A fast
// way of the `log` engine and never another meaning: whatever it cannot read exactly as that
// one does makes it step back, and the whole log is read the ordinary way.

import { intakeStatement, recordableFields } from "../intake/account.ts";
import { planIntake } from "../intake/plan.ts";
import type { IntakePlan, PlannedInput } from "../intake/plan.ts";
import { toEvidence } from "../model/audit-entry.ts";
import type { AuditEntry } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { digestLog } from "../sources/input/digest.ts";
import { ownColumns } from "./duckdb/own-columns.ts";
import { lookUpRows } from "./duckdb/look-up.ts";
import { readFast } from "./duckdb/read-log.ts";
import { StepBack } from "./duckdb/step-back.ts";
import type { Question } from "./engine.ts";
import type { Place, PlacedEntry } from "./fold/accumulator.ts";
import { log } from "./log.ts";
import type { LogOptions } from "./log.ts";
import { bytesOf, checkAllUntouched, listIn, marksOf, stretchesOf } from "./log/list-exceptions.ts";
import { placeText } from "./log/parts.ts";
import { checkUnchanged, checkUntouched } from "./log/unchanged.ts";
import { answerOf, firstPartOf } from "./part.ts";
import type { FoldedPart, PartEngine, PartOptions } from "./part.ts";

export interface DuckDbLogOptions extends LogOptions {
  /**
   * Whether the fast way is tried: for logs of some size when absent. With `only`, stepping back
   * is an error; for tests.
   */
  readonly fast?: "always" | "never" | "only";
}

/** Smaller logs are read before a fast way has begun, in bytes; of packed files and tables a tenth. */
const WORTH_IT = 8 * 1024 * 1024;
const PACKED = 10;
const FORMATS: ReadonlySet<string> = new Set(["jsonl", "csv", "tsv", "parquet"]);

/**
 * Opens logs as {@link log} does, and reads those that have a fast way in that way.
 *
 * @param paths files, folders, patterns, and `-` for standard input
 * @throws ComplianceError as {@link log} says
 */
export async function duckdbLog(
  paths: readonly string[],
  options: DuckDbLogOptions,
): Promise<PartEngine> {
  const { fast, ...ordinary } = options;
  const engine = await log(paths, ordinary);
  if (fast === "never" || paths.includes("-")) return engine;
  const { onSkipped: _, ...planning } = ordinary;
  const plan = named(await planIntake(paths, planning), options.name);
  if (!plan.inputs.every(hasFastWay)) return engine;
  if (fast === undefined && weightOf(plan) < WORTH_IT) return engine;
  let closed = false;
  const foldFast = async (
    question: Question,
    base: number | undefined,
    observing: PartOptions | undefined,
  ): Promise<FoldedPart | undefined> => {
    if (closed) throw new ComplianceError("closed", "this engine was closed");
    try {
      return await foldPlan(plan, options, question, base, observing);
    } catch (error) {
      if (!(error instanceof StepBack) || fast === "only") throw error;
      return undefined;
    }
  };
  return {
    ...engine,
    async observe(question, observing) {
      const part = await foldFast(question, undefined, observing);
      return part === undefined ? engine.observe(question, observing) : answerOf(part);
    },
    async foldPart(question, base, observing) {
      const part = await foldFast(question, base, observing);
      return part ?? engine.foldPart(question, base, observing);
    },
    async close() {
      closed = true;
      await engine.close();
    },
  };
}

function hasFastWay({ file, mapping, container, table }: PlannedInput): boolean {
  return (
    FORMATS.has(file.format) &&
    file.stream === undefined &&
    file.bytes !== undefined &&
    container === undefined &&
    table === undefined &&
    ownColumns(mapping) !== undefined
  );
}

function weightOf({ inputs }: IntakePlan): number {
  return inputs.reduce((sum, { file: { bytes = 0, format, packing } }) => {
    return sum + bytes * (format === "parquet" || packing !== "none" ? PACKED : 1);
  }, 0);
}

function named(plan: IntakePlan, name: string | undefined): IntakePlan {
  const [only, ...others] = plan.inputs;
  if (name === undefined || only === undefined || others.length > 0) return plan;
  return { ...plan, inputs: [{ ...only, file: { ...only.file, name } }] };
}

async function foldPlan(
  plan: IntakePlan,
  { onRejected, workers, pieceBytes }: LogOptions,
  question: Question,
  base: number | undefined,
  { again = false, ...observing }: PartOptions = {},
): Promise<FoldedPart> {
  const { signal } = observing;
  const from = base ?? 0;
  const marks = await marksOf(plan);
  for (const [{ format, bytes }, before] of marks) {
    if (format === "parquet" && before?.bytes !== BigInt(bytes ?? -1)) {
      throw new StepBack("a table is not what it was when it was found");
    }
  }
  const rejections = onRejected !== undefined && !again;
  const reading = await readFast(
    plan,
    { base: from, workers, pieceBytes, rejections },
    question,
    observing,
  );
  const { running, inputs, accounts, parts, linesBefore, rejected } = reading;
  for (const [file, before] of marks) {
    // A table says at its end what it holds, so that one that grew is another.
    if (file.format === "parquet") await checkUntouched(file, before);
    const index = plan.inputs.findIndex((input) => input.file === file);
    await checkUnchanged(file, before, async () => {
      const { sha256 } = await digestLog(file, signal);
      return sha256 === inputs[index]?.sha256;
    });
  }
  for (const record of rejected) onRejected?.(record);
  const first = firstPartOf(from);
  const textOf = ({ part, line }: Place): string =>
    placeText(parts, linesBefore, { part: part - first, line });
  return {
    running,
    surroundings: {
      inputs,
      recordable: recordableFields(accounts),
      intake: intakeStatement(accounts, plan.leftOut),
    },
    async resolve(references) {
      const positions = [...references].filter((reference) => typeof reference === "number");
      const rows = await lookUpRows(reading.tables, positions);
      for (const [file, before] of marks) {
        if (rows.size > 0 && file.format === "parquet") await checkUntouched(file, before);
      }
      return (reference) =>
        typeof reference === "number"
          ? (rows.get(reference) as AuditEntry)
          : { ...toEvidence(reference), source: textOf(reference as PlacedEntry) };
    },
    textOf,
    async *exceptions(asked, known, { onProgress, signal: stop } = {}) {
      const total = bytesOf(plan);
      let done = 0;
      yield* listIn(stretchesOf(plan, reading), asked, {
        known,
        base: from,
        onBytes: (more) => {
          done += more;
          onProgress?.({ done, total, unit: "bytes" });
        },
        signal: stop,
      });
      await checkAllUntouched(marks);
    },
  };
}
