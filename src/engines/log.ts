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
import type { Answer, Engine, ObserveOptions, Question } from "./engine.ts";
import type { PlacedEntry } from "./fold/accumulator.ts";
import { listEntries } from "./log/entries.ts";
import { foldFrom } from "./log/fold-sink.ts";
import { listExceptions } from "./log/list-exceptions.ts";
import { placeText } from "./log/parts.ts";
import { readLog } from "./log/reading.ts";
import type { ReadingOptions } from "./log/reading.ts";
import { checkUnchanged, isWatched, markOf } from "./log/unchanged.ts";

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
export async function log(paths: readonly string[], options: LogOptions): Promise<Engine> {
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

  return {
    observe: async (question, observing) => observe(take(), options, question, observing),
    exceptions: async function* exceptions(question, observing) {
      if (once && !closed) {
        throw new ComplianceError("closed", "standard input cannot be read a second time", {
          hint: "Import it first with `aegis-compliance import`, and ask the ledger.",
        });
      }
      yield* listExceptions(take(), options, question, observing);
    },
    entries: (selection) => listEntries(take(), selection),
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

async function observe(
  plan: IntakePlan,
  options: LogOptions,
  question: Question,
  observing: ObserveOptions = {},
): Promise<Answer> {
  const marks = await Promise.all(
    plan.inputs.map(async ({ file }) => isWatched(file) && markOf(file.path)),
  );
  const whole = foldFrom(question, 0);
  const { inputs, accounts, parts, linesBefore } = await readLog(
    plan,
    options,
    question,
    whole,
    observing,
  );
  for (const [index, { file }] of plan.inputs.entries()) {
    const before = marks[index];
    if (before === false) continue;
    await checkUnchanged(file, before, async () => {
      const { sha256 } = await digestLog(file);
      return sha256 === inputs[index]?.sha256;
    });
  }
  const { population, ...found } = whole.finish(
    (reference) => ({
      ...toEvidence(reference as PlacedEntry),
      source: placeText(parts, linesBefore, reference as PlacedEntry),
    }),
    (place) => placeText(parts, linesBefore, place),
  );
  const recordable = recordableFields(accounts);
  return {
    population: {
      ...population,
      inputs,
      recordable,
      recorded: new Map(recordable.map((field) => [field, population.recorded.get(field) ?? 0])),
      intake: intakeStatement(accounts, plan.leftOut),
    },
    ...found,
  };
}
