// Which inputs a run reads, and each by which mapping: the one that the user named, or the
// one that recognises it.

import type { Readable } from "node:stream";
import type { LeftOut } from "../model/intake.ts";
import type { Mapping } from "../model/mapping.ts";
import { LISTED } from "../model/observation.ts";
import { findLogs } from "../sources/input/find-logs.ts";
import type { ByteRange, LogFile, LogFormat, SourceOptions } from "../sources/source.ts";
import { ambiguousFormat, emptyLog, unknownFormat, wrongShape } from "./plan/refusals.ts";
import { readSample } from "./plan/sample.ts";
import type { Sample } from "./plan/sample.ts";
import { countMatches, decide } from "./recognise.ts";
import type { Match } from "./recognise.ts";

/** One input with how it is read. */
export interface PlannedInput {
  readonly file: LogFile;
  readonly mapping: Mapping;
  /** Dotted path to the list of documents, instead of the mapping's own. */
  readonly container?: string;
  /** Table of a SQLite file; its only one when absent. */
  readonly table?: string;
  /** Only the lines that start in this part of a JSON Lines file. */
  readonly range?: ByteRange;
}

/** What a run reads, in this order. */
export interface IntakePlan {
  readonly inputs: readonly PlannedInput[];
  /** What lies beside them and is not read; nothing when absent. */
  readonly leftOut?: LeftOut;
}

export interface PlanOptions {
  /** Reads every input, without recognition. */
  readonly mapping?: Mapping;
  /** Those among which an input is recognised. */
  readonly mappings: readonly Mapping[];
  /** Kind of every file; told by name and content when absent. */
  readonly format?: LogFormat;
  /** Dotted path to the list of documents inside JSON files, instead of the mapping's own. */
  readonly container?: string;
  /** Table of a SQLite file; its only one when absent. */
  readonly table?: string;
  /** What `-` reads; the process's standard input when absent. */
  readonly stdin?: Readable;
  /** Told of each file in a folder or pattern that is not read, by name, with the reason. */
  readonly onSkipped?: (name: string, reason: string) => void;
}

/** How one input is read, apart from its mapping. */
type Reading = Pick<PlanOptions, "container" | "table">;

/**
 * Finds the inputs and their mappings. An input without any record that could be recognised
 * is read by the mapping that reads most of the others, so that what it holds is counted.
 *
 * @throws ComplianceError `unsupported-source` when an input is of no known format or of
 *   several, or of another shape than the mapping named; as `findLogs` and sources say
 */
export async function planIntake(
  paths: readonly string[],
  options: PlanOptions,
): Promise<IntakePlan> {
  const { mapping, mappings, format, stdin, onSkipped } = options;
  const first: { file: string; reason: string }[] = [];
  let count = 0;
  const files = await findLogs(paths, {
    ...(format === undefined ? {} : { format }),
    ...(stdin === undefined ? {} : { stdin }),
    onSkipped: (file, reason) => {
      count += 1;
      if (first.length < LISTED) first.push({ file, reason });
      onSkipped?.(file, reason);
    },
  });
  const leftOut: LeftOut = { count, first };
  const { container, table } = options;
  const reading: Reading = {
    ...(container === undefined ? {} : { container }),
    ...(table === undefined ? {} : { table }),
  };
  const plan =
    mapping === undefined
      ? await planRecognised(files, mappings, reading)
      : planNamed(files, mapping, reading);
  return { ...plan, leftOut };
}

/** Options with which an input's source is opened. */
export function sourceOptions({ mapping, table, range, ...own }: PlannedInput): SourceOptions {
  const container = own.container ?? mapping.container;
  return {
    ...(container === undefined ? {} : { containers: [container] }),
    ...(mapping.columns === undefined ? {} : { columns: mapping.columns }),
    ...(table === undefined ? {} : { table }),
    ...(range === undefined ? {} : { range }),
  };
}

/** Shape of the documents in a kind of file. */
export function shapeOf(format: LogFormat): Mapping["shape"] {
  return format === "json" || format === "jsonl" ? "json" : "table";
}

function planNamed(files: readonly LogFile[], mapping: Mapping, reading: Reading): IntakePlan {
  const other = files.find(({ format }) => shapeOf(format) !== mapping.shape);
  if (other !== undefined) throw wrongShape(other, mapping);
  return { inputs: files.map((file) => ({ file, mapping, ...reading })) };
}

async function planRecognised(
  files: readonly LogFile[],
  mappings: readonly Mapping[],
  reading: Reading,
): Promise<IntakePlan> {
  const recognised: { readonly file: LogFile; readonly mapping: Mapping | undefined }[] = [];
  for (const file of files) {
    recognised.push({ file, mapping: await recogniseInput(file, mappings, reading) });
  }
  const usual = mostUsed(recognised.map(({ mapping }) => mapping));
  const planned = (
    file: LogFile,
    mapping: Mapping | undefined = usual(shapeOf(file.format)),
  ): PlannedInput => {
    if (mapping === undefined) throw emptyLog(file);
    return { file, mapping, ...reading };
  };
  return { inputs: recognised.map(({ file, mapping }) => planned(file, mapping)) };
}

/**
 * The mapping of one input; undefined when it holds no document.
 *
 * @throws ComplianceError as {@link planIntake} says
 */
export async function recogniseInput(
  file: LogFile,
  mappings: readonly Mapping[],
  reading: Reading = {},
): Promise<Mapping | undefined> {
  const shape = shapeOf(file.format);
  const matches: Match[] = [];
  let seen: Sample | undefined;
  for (const { options, members } of waysToRead(file, mappings, reading)) {
    const sample = await readSample(file, options);
    const of = sample.documents.length + (options.columns === undefined ? 0 : sample.refused);
    if (sample.documents.length > 0) seen ??= sample;
    for (const mapping of members) {
      if (mapping.shape !== shape) continue;
      matches.push({ mapping, matches: countMatches(mapping, sample.documents), of });
    }
    // A file that has the container of a known format is of no format without one.
    if (decide(matches).kind !== "unknown") break;
  }
  if (seen === undefined) return undefined;
  const recognition = decide(matches);
  switch (recognition.kind) {
    case "known":
      return recognition.mapping;
    case "ambiguous":
      throw ambiguousFormat(file, recognition.mappings);
    case "unknown":
      throw unknownFormat(file, seen.documents, recognition.nearest, mappings);
  }
}

interface WayToRead {
  readonly options: SourceOptions;
  /** Mappings that read a file in this way. */
  readonly members: readonly Mapping[];
}

/**
 * The ways to read a file that its possible mappings ask for. JSON containers come before the
 * document as a whole; a header row comes before columns that a mapping names.
 */
function waysToRead(
  { format }: LogFile,
  mappings: readonly Mapping[],
  { container: chosenContainer, table }: Reading,
): WayToRead[] {
  const chosen = table === undefined ? {} : { table };
  if (format === "json" && chosenContainer !== undefined) {
    return [{ options: { containers: [chosenContainer] }, members: mappings }];
  }
  if (format === "json") {
    const containers = distinct(mappings.map(({ container }) => container));
    return [...containers, undefined].map((container) => ({
      options: container === undefined ? {} : { containers: [container] },
      members: mappings.filter((mapping) => mapping.container === container),
    }));
  }
  if (format === "csv" || format === "tsv") {
    const headless = mappings.filter(({ columns }) => columns !== undefined);
    return [
      { options: {}, members: mappings.filter(({ columns }) => columns === undefined) },
      ...headless.map((mapping) => ({
        options: mapping.columns === undefined ? {} : { columns: mapping.columns },
        members: [mapping],
      })),
    ];
  }
  return [{ options: chosen, members: mappings }];
}

/** Texts once each, in the order of their UTF-16 units. */
function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.filter((text) => text !== undefined))].sort();
}

/** The mapping of a shape that reads the most inputs; of equally many, the first. */
function mostUsed(
  used: readonly (Mapping | undefined)[],
): (shape: Mapping["shape"]) => Mapping | undefined {
  const uses = new Map<Mapping, number>();
  for (const mapping of used) {
    if (mapping !== undefined) uses.set(mapping, (uses.get(mapping) ?? 0) + 1);
  }
  const ordered = [...uses].sort(([, left], [, right]) => right - left);
  return (shape) => ordered.find(([mapping]) => mapping.shape === shape)?.[0];
}
