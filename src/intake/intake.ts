// Reads the inputs of a plan one after the other: records become entries, duplicates and
// refused records, and everything is counted.

import { setImmediate as nextTurn } from "node:timers/promises";
import type { EntryField } from "../model/audit-entry.ts";
import type { IntakeStatement } from "../model/intake.ts";
import type { Mapping } from "../model/mapping.ts";
import type { LogInput } from "../model/population.ts";
import { digestLog } from "../sources/input/digest.ts";
import { openSource } from "../sources/input/open-source.ts";
import type { LogFile, SourceEnd, SourceItem } from "../sources/source.ts";
import { intakeStatement, recordableFields, whatDoesNotTie } from "./account.ts";
import type { MappingAccount } from "./account.ts";
import { compileMapping } from "./apply.ts";
import type { ActionPlace, MappingProgram } from "./apply.ts";
import { countRefusal, noCounts } from "./counts.ts";
import type { IntakeCounts } from "./counts.ts";
import { seenKeys } from "./duplicates.ts";
import type { SeenKeys } from "./duplicates.ts";
import { sourceOptions } from "./plan.ts";
import type { IntakePlan, PlannedInput } from "./plan.ts";
import type { IntakeSink, Origin } from "./sink.ts";
import { unmappedWalker } from "./unmapped.ts";
import type { UnmappedWalker } from "./unmapped.ts";

/** How far a reading has come, in stored bytes. */
export interface IntakeProgress {
  readonly done: number;
  /** Absent when the size of an input is not known beforehand. */
  readonly total?: number;
}

export interface IntakeOptions {
  /** Called whenever another part of the bytes was read: a 200th, or 8 MiB if that is more. */
  readonly onProgress?: (progress: IntakeProgress) => void;
  /** Ends the reading between two batches; the run then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Longest record in bytes, 64 MiB when absent. */
  readonly longestRecord?: number;
  /** Most bytes that are unpacked of one packed file. */
  readonly mostUnpacked?: number;
  /** Whether inputs are digested; true when absent. Parts of a file never are. */
  readonly digest?: boolean;
}

/** What was read. */
export interface IntakeResult {
  readonly inputs: readonly LogInput[];
  readonly statement: IntakeStatement;
  readonly recordable: readonly EntryField[];
  /** By mapping, as plain data: runs over parts of a log add up with `addCounts`. */
  readonly accounts: readonly MappingAccount[];
  /** For each input, the lines that start in what was read of it. */
  readonly lines: readonly number[];
}

/**
 * Reads everything that the plan names. Every record becomes entries or duplicates, holds no
 * action, or is refused; the counts tie.
 *
 * @throws ComplianceError as sources say; the signal's reason when it was aborted
 */
export async function runIntake(
  plan: IntakePlan,
  sink: IntakeSink,
  options: IntakeOptions = {},
): Promise<IntakeResult> {
  const readers = new Map<Mapping, Reader>();
  const keys: { seen?: SeenKeys } = {};
  const inputs: LogInput[] = [];
  const lines: number[] = [];
  const advance = progressOf(plan, options.onProgress);
  for (const [index, input] of plan.inputs.entries()) {
    const { mapping } = input;
    let reader = readers.get(mapping);
    if (reader === undefined) {
      reader = new Reader(mapping, sink, keys);
      readers.set(mapping, reader);
    }
    const read = await readInput(input, index, reader, sink, options, advance);
    inputs.push(read.input);
    lines.push(read.lines);
  }
  advance.finish();
  const accounts = [...readers.values()].map((reader) => reader.account());
  for (const { mapping, counts } of accounts) {
    const gap = whatDoesNotTie(counts);
    if (gap !== undefined) throw new Error(`the counts of ${mapping.id} do not tie: ${gap}`);
  }
  return {
    inputs,
    statement: intakeStatement(accounts, plan.leftOut),
    recordable: recordableFields(accounts),
    accounts,
    lines,
  };
}

async function readInput(
  input: PlannedInput,
  index: number,
  reader: Reader,
  sink: IntakeSink,
  { signal, longestRecord, mostUnpacked, digest = true }: IntakeOptions,
  advance: Advance,
): Promise<{ readonly input: LogInput; readonly lines: number }> {
  signal?.throwIfAborted();
  const { file, range } = input;
  let end: SourceEnd | undefined;
  reader.begin(input, index);
  const batches = openSource(file, {
    ...sourceOptions(input),
    ...(longestRecord === undefined ? {} : { longestRecord }),
    ...(mostUnpacked === undefined ? {} : { mostUnpacked }),
    digest: digest && range === undefined,
    onBytes: advance.by,
    onEnd: (given) => {
      end = given;
    },
  });
  for await (const batch of batches) {
    for (const item of batch) reader.take(item);
    await sink.settle?.();
    // Lets timers and signals in, even where no source ever waits.
    await nextTurn();
    signal?.throwIfAborted();
  }
  reader.finish();
  await sink.settle?.();
  return {
    input: await describeInput(input, reader.records, end, {
      digest: digest && range === undefined,
      signal,
    }),
    lines: end?.lines ?? 0,
  };
}

async function describeInput(
  { file, mapping, range }: PlannedInput,
  records: number,
  end: SourceEnd | undefined,
  { digest, signal }: { readonly digest: boolean; readonly signal: AbortSignal | undefined },
): Promise<LogInput> {
  const bytes = end?.bytes ?? file.bytes;
  const sha256 = end?.sha256 ?? (digest ? await digestOf(file, signal) : undefined);
  return {
    name: file.name,
    kind: file.packing === "none" ? file.format : `${file.format}+${file.packing}`,
    ...(bytes === undefined ? {} : { bytes }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(range === undefined
      ? {}
      : { part: { kind: "bytes", first: range.start, last: range.end } }),
    mapping: mapping.id,
    records,
  };
}

/** Of a file that its source did not digest; a stream cannot be read again. */
async function digestOf(
  file: LogFile,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (file.stream !== undefined || file.path === "-") return undefined;
  return (await digestLog(file, signal)).sha256;
}

/** Reads the inputs of one mapping. */
class Reader {
  readonly #mapping: Mapping;
  readonly #sink: IntakeSink;
  readonly #counts: IntakeCounts = noCounts();
  readonly #program: MappingProgram;
  readonly #walker: UnmappedWalker;
  readonly #keys: { seen?: SeenKeys };
  readonly #origin: { -readonly [Key in keyof Origin]: Origin[Key] } = {
    file: "",
    fileIndex: 0,
    line: 0,
    position: 0,
    bytes: new Uint8Array(),
  };
  #inputs = 0;
  #recordsBefore = 0;

  constructor(mapping: Mapping, sink: IntakeSink, keys: { seen?: SeenKeys }) {
    this.#mapping = mapping;
    this.#sink = sink;
    this.#keys = keys;
    this.#walker = unmappedWalker(mapping, this.#counts.drawn);
    this.#program = compileMapping(mapping, this.#counts, {
      action: (values, place) => this.#give(values, place),
      refuse: (line, message, bytes) =>
        this.#refuse({ line, reason: "not-an-entry", message, bytes, length: bytes.length }),
    });
  }

  /** Records of the current input so far. */
  get records(): number {
    return this.#counts.records - this.#recordsBefore;
  }

  begin({ file }: PlannedInput, index: number): void {
    this.#inputs += 1;
    this.#origin.file = file.name;
    this.#origin.fileIndex = index;
    this.#recordsBefore = this.#counts.records;
  }

  take(item: SourceItem): void {
    if (item.reason !== undefined) {
      this.#refuse(item);
      return;
    }
    const { value, line, bytes } = item;
    this.#counts.unsafeIntegers += item.unsafeIntegers;
    this.#walker.offer(value, bytes);
    this.#program.take(value, line, bytes);
  }

  finish(): void {
    this.#program.finish();
  }

  account(): MappingAccount {
    return { mapping: this.#mapping, inputs: this.#inputs, counts: this.#counts };
  }

  #give(values: readonly unknown[], place: ActionPlace): void {
    const origin = this.#origin;
    origin.line = place.line;
    origin.position = place.position;
    origin.bytes = place.bytes;
    if (place.key !== undefined) {
      this.#keys.seen ??= seenKeys();
      // Two formats may use one key for different things.
      const seen = this.#keys.seen.see(`${this.#mapping.id}\n${place.key}`, place.content);
      if (seen !== "new") {
        this.#counts.duplicate += 1;
        if (seen === "differing") this.#counts.duplicatesDiffering += 1;
        this.#sink.duplicate(origin, seen === "differing");
        return;
      }
    }
    this.#counts.accepted += 1;
    this.#sink.accept(values, origin);
  }

  #refuse({ line, reason, message, bytes, length }: Extract<SourceItem, { length: number }>): void {
    countRefusal(this.#counts, reason);
    this.#sink.refuse({ file: this.#origin.file, line, reason, message, bytes, length });
  }
}

/** Adds up the bytes read. */
interface Advance {
  readonly by: (bytes: number) => void;
  readonly finish: () => void;
}

const LEAST_STEP = 8 * 1024 * 1024;
const STEPS = 200;

function progressOf(
  { inputs }: IntakePlan,
  onProgress: ((progress: IntakeProgress) => void) | undefined,
): Advance {
  const total = totalOf(inputs);
  const step = Math.max(LEAST_STEP, (total ?? 0) / STEPS);
  let done = 0;
  let told = 0;
  const tell = (): void => {
    told = done;
    onProgress?.({ done, ...(total === undefined ? {} : { total }) });
  };
  return {
    by(bytes) {
      done += bytes;
      if (done - told >= step) tell();
    },
    finish: tell,
  };
}

function totalOf(inputs: readonly PlannedInput[]): number | undefined {
  let total = 0;
  for (const { file, range } of inputs) {
    if (file.bytes === undefined) return undefined;
    total += range === undefined ? file.bytes : Math.min(range.end, file.bytes) - range.start;
  }
  return total;
}
