// Logs of foreign formats, read where they lie: the intake turns their records into entries,
// and each is folded as it comes. Nothing is kept but what the fold keeps.

import { availableParallelism } from "node:os";
import type { Readable } from "node:stream";
import { intakeStatement, recordableFields } from "../intake/account.ts";
import type { MappingAccount } from "../intake/account.ts";
import { runIntake } from "../intake/intake.ts";
import { planIntake } from "../intake/plan.ts";
import type { IntakePlan, PlannedInput } from "../intake/plan.ts";
import { toEvidence } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import type { RejectedRecord } from "../model/intake.ts";
import type { Mapping } from "../model/mapping.ts";
import type { LogInput } from "../model/population.ts";
import { digestLog } from "../sources/input/digest.ts";
import type { LogFile, LogFormat } from "../sources/source.ts";
import type { Answer, Engine, ObserveOptions, Question } from "./engine.ts";
import type { PlacedEntry } from "./fold/accumulator.ts";
import type { Fold } from "./fold/fold.ts";
import { foldFrom, foldSink } from "./log/fold-sink.ts";
import { listEntries } from "./log/entries.ts";
import { joinedAccounts, joinedInputs, linesBeforeEach } from "./log/join.ts";
import { isIndependent, partsOf, placeText } from "./log/parts.ts";
import type { Part } from "./log/parts.ts";
import { readInThreads } from "./log/threads.ts";
import { checkUnchanged, markOf } from "./log/unchanged.ts";

export interface LogOptions {
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
  /** Threads that read. By default one for each processor, at most four; below 32 MiB only the caller's. */
  readonly workers?: number;
  /** Largest piece of a file that one thread reads at a time, in bytes; by default a large file is cut into as many as there are threads. */
  readonly pieceBytes?: number;
  /**
   * Told of each record that became no entry, in the log's order, whenever the log is
   * observed. The bytes are only valid during the call.
   */
  readonly onRejected?: (record: RejectedRecord) => void;
  /** Told of each file in a folder or pattern that is not read, by name, with the reason. */
  readonly onSkipped?: (name: string, reason: string) => void;
  /** How the population statement calls the input, where there is only one. */
  readonly name?: string;
}

/** Below so many bytes a thread costs more than it saves. */
const SMALL_LOG = 32 * 1024 * 1024;
const SMALLEST_PIECE = 8 * 1024 * 1024;
const MOST_WORKERS = 4;

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

/** What was read of a log, besides what the fold found. */
interface Reading {
  readonly inputs: readonly LogInput[];
  readonly accounts: readonly MappingAccount[];
  readonly parts: readonly Part[];
  /** For each part, the lines of its file that stand before it. */
  readonly linesBefore: readonly number[];
}

async function observe(
  plan: IntakePlan,
  options: LogOptions,
  question: Question,
  observing: ObserveOptions = {},
): Promise<Answer> {
  const marks = await Promise.all(
    plan.inputs.map(async ({ file }) => watched(file) && markOf(file.path)),
  );
  const whole = foldFrom(question, 0);
  const threads = threadsFor(plan, options);
  const { inputs, accounts, parts, linesBefore } =
    threads < 2
      ? await readHere(plan, options, question, whole, observing)
      : await readByThreads(plan, { ...options, workers: threads }, question, whole, observing);
  for (const [index, { file }] of plan.inputs.entries()) {
    const before = marks[index];
    if (before === false) continue;
    await checkUnchanged(file, before, async () => {
      const { sha256 } = await digestLog(file);
      return sha256 === inputs[index]?.sha256;
    });
  }
  const { population, observations } = whole.finish(
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
    observations,
  };
}

/** Whether a file must not change while it is read. A database is read as of one moment. */
function watched({ stream, format }: LogFile): boolean {
  return stream === undefined && format !== "sqlite";
}

/** How many threads read a log; 1 is the caller's own. */
function threadsFor({ inputs }: IntakePlan, { workers }: LogOptions): number {
  if (!inputs.every(isIndependent)) return 1;
  if (workers !== undefined) return workers;
  const bytes = inputs.reduce((sum, { file }) => sum + (file.bytes ?? 0), 0);
  return bytes < SMALL_LOG ? 1 : Math.min(availableParallelism(), MOST_WORKERS);
}

async function readHere(
  plan: IntakePlan,
  { onRejected }: LogOptions,
  question: Question,
  whole: Fold,
  { onProgress }: ObserveOptions,
): Promise<Reading> {
  const parts = plan.inputs.map((input, index) => ({ index, input }));
  const partOf = new Map(parts.map(({ index, input }) => [input.file.name, index]));
  const sink = foldSink(
    question,
    (file) => ({ part: partOf.get(file) ?? 0, fold: whole }),
    onRejected ?? (() => {}),
  );
  const read = await runIntake(plan, sink, {
    onProgress: (progress) => {
      onProgress?.({ ...progress, unit: "bytes", entries: whole.state.population.read });
    },
  });
  const { inputs, accounts } = read;
  return { inputs, accounts, parts, linesBefore: [] };
}

async function readByThreads(
  { inputs }: IntakePlan,
  { workers = 1, pieceBytes, onRejected }: LogOptions,
  question: Question,
  whole: Fold,
  { onProgress }: ObserveOptions,
): Promise<Reading> {
  const total = inputs.reduce((sum, { file }) => sum + (file.bytes ?? 0), 0);
  const piece = pieceBytes ?? Math.max(SMALLEST_PIECE, Math.ceil(total / workers));
  const parts = partsOf(inputs, piece);
  let done = 0;
  let entries = 0;
  const reading = readInThreads(parts, whole, {
    question,
    threads: workers,
    onRejected,
    onProgress: (more) => {
      done += more.bytes;
      entries += more.entries;
      onProgress?.({ done, total, unit: "bytes", entries });
    },
  });
  const divided = new Set(
    parts.flatMap(({ index, input }) => (input.range === undefined ? [] : [index])),
  );
  const digests = digestsOf([...divided].map((index) => inputs[index] as PlannedInput));
  // A failure of the reading is thrown first; the digests' own must not go unhandled meanwhile.
  digests.catch(() => undefined);
  const found = await reading;
  return {
    inputs: joinedInputs(parts, found, await digests),
    accounts: joinedAccounts(inputs, parts, found),
    parts,
    linesBefore: linesBeforeEach(parts, found),
  };
}

/** SHA-256 of files that no thread reads as a whole, by name. */
async function digestsOf(inputs: readonly PlannedInput[]): Promise<Map<string, string>> {
  const digests = new Map<string, string>();
  for (const { file } of inputs) digests.set(file.name, (await digestLog(file)).sha256);
  return digests;
}
