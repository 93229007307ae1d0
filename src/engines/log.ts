// Logs of foreign formats, read where they lie: the intake turns their records into entries,
// and each is folded as it comes. Nothing is kept but what the fold keeps.

import type { Readable } from "node:stream";
import { intakeStatement, recordableFields } from "../intake/account.ts";
import { planIntake } from "../intake/plan.ts";
import type { IntakePlan } from "../intake/plan.ts";
import { toEvidence } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import type { Mapping } from "../model/mapping.ts";
import { digestLog } from "../sources/input/digest.ts";
import type { LogFormat } from "../sources/source.ts";
import type { Question } from "./engine.ts";
import type { Place, PlacedEntry } from "./fold/accumulator.ts";
import { listEntries } from "./log/entries.ts";
import { foldFrom } from "./log/fold-sink.ts";
import {
  bytesOf,
  checkAllUntouched,
  listExceptions,
  listIn,
  marksOf,
  stretchesOf,
} from "./log/list-exceptions.ts";
import { placeText } from "./log/parts.ts";
import { readLog } from "./log/reading.ts";
import type { ReadingOptions } from "./log/reading.ts";
import { checkUnchanged } from "./log/unchanged.ts";
import { answerOf, firstPartOf } from "./part.ts";
import type { FoldedPart, PartEngine, PartOptions } from "./part.ts";
import { untilAborted } from "./stopping/until-aborted.ts";

export interface LogOptions extends ReadingOptions {
  /** Reads every input, without recognition. */
  readonly mapping?: Mapping;
  /** Those among which an input is recognised. */
  readonly mappings: readonly Mapping[];
  /** Kind of every file; told by name and content when absent. */
  readonly format?: LogFormat;
  /** Dotted path to the list of records inside JSON files, instead of the mapping's own. */
  readonly container?: string;
  /** Table of a SQLite file; its only one when absent. */
  readonly table?: string;
  /** What `-` reads; the process's standard input when absent. */
  readonly stdin?: Readable;
  /** Told of each file in a folder or pattern that is not read, by name, with the reason. */
  readonly onSkipped?: (name: string, reason: string) => void;
  /** How the population statement calls the input, where there is only one. */
  readonly name?: string;
}

/**
 * Opens logs of foreign formats. They are never changed.
 *
 * @param paths files, folders, patterns, and `-` for standard input
 * @throws ComplianceError `unreadable-source`, `unsupported-source` when no mapping takes an
 *   input, `missing-package`
 */
export async function log(paths: readonly string[], options: LogOptions): Promise<PartEngine> {
  const plan = named(await plannedFor(paths, options), options.name);
  const once = plan.inputs.some(({ file }) => file.stream !== undefined);
  let used = false;
  let closed = false;

  const take = (): IntakePlan => {
    if (closed) throw new ComplianceError("closed", "this engine was closed");
    if (used && once) {
      throw new ComplianceError("closed", "standard input was read already", {
        hint: "Write it to a file to ask about it more than once.",
      });
    }
    used = true;
    return plan;
  };

  const takeAgain = (): IntakePlan => {
    if (once && !closed) {
      throw new ComplianceError("closed", "standard input cannot be read a second time", {
        hint: "Import it first with `aegis-compliance import`, and ask the ledger.",
      });
    }
    return take();
  };

  return {
    observe: async (question, observing) =>
      answerOf(await foldPlan(take(), takeAgain, options, question, undefined, observing)),
    foldPart: async (question, base, observing) =>
      foldPlan(take(), takeAgain, options, question, base, observing),
    exceptions: async function* exceptions(question, observing) {
      yield* listExceptions(takeAgain(), options, question, observing);
    },
    entries: (selection, { signal } = {}) => listEntries(take(), selection, signal),
    close: async () => {
      closed = true;
    },
  };
}

function plannedFor(
  paths: readonly string[],
  { mapping, mappings, format, container, table, stdin, onSkipped }: LogOptions,
): Promise<IntakePlan> {
  return planIntake(paths, {
    mappings,
    ...(mapping === undefined ? {} : { mapping }),
    ...(format === undefined ? {} : { format }),
    ...(container === undefined ? {} : { container }),
    ...(table === undefined ? {} : { table }),
    ...(stdin === undefined ? {} : { stdin }),
    ...(onSkipped === undefined ? {} : { onSkipped }),
  });
}

function named(plan: IntakePlan, name: string | undefined): IntakePlan {
  const [only, ...others] = plan.inputs;
  if (name === undefined || only === undefined || others.length > 0) return plan;
  return { ...plan, inputs: [{ ...only, file: { ...only.file, name } }] };
}

async function foldPlan(
  plan: IntakePlan,
  takeAgain: () => IntakePlan,
  { onRejected, ...options }: LogOptions,
  question: Question,
  base: number | undefined,
  { again = false, ...observing }: PartOptions = {},
): Promise<FoldedPart> {
  const { signal } = observing;
  const from = base ?? 0;
  const marks = await marksOf(plan);
  const running = foldFrom(question, 0, from);
  const reading = await readLog(
    stoppable(plan, signal),
    {
      ...options,
      ...(onRejected === undefined || again ? {} : { onRejected }),
      question,
      base,
      whole: running,
    },
    observing,
  );
  const { inputs, accounts, parts, linesBefore } = reading;
  for (const [file, before] of marks) {
    const index = plan.inputs.findIndex((input) => input.file === file);
    await checkUnchanged(file, before, async () => {
      const { sha256 } = await digestLog(file, signal);
      return sha256 === inputs[index]?.sha256;
    });
  }
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
    resolve: async () => (reference) => ({
      ...toEvidence(reference as PlacedEntry),
      source: textOf(reference as PlacedEntry),
    }),
    textOf,
    async *exceptions(asked, known, { onProgress, signal: stop } = {}) {
      const total = bytesOf(takeAgain());
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

/** The plan with streams that are left as soon as the signal says so, whatever they wait for. */
function stoppable(plan: IntakePlan, signal: AbortSignal | undefined): IntakePlan {
  if (signal === undefined) return plan;
  const inputs = plan.inputs.map((input) => {
    const { stream } = input.file;
    if (stream === undefined) return input;
    const left = { open: () => untilAborted(stream.open(), signal) };
    return { ...input, file: { ...input.file, stream: left } };
  });
  return { ...plan, inputs };
}
