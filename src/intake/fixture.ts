// Checks a mapping against a fixture: a small log with the entries that it must become.

import { isDeepStrictEqual } from "node:util";
import { ENTRY_FIELD_NAMES, isRecorded } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import type { Mapping } from "../model/mapping.ts";
import type { ByteStream, LogFile, LogFormat } from "../sources/source.ts";
import { runIntake } from "./intake.ts";
import { readSample } from "./plan/sample.ts";
import { shapeOf, sourceOptions } from "./plan.ts";
import { countMatches } from "./recognise.ts";

/** The recorded fields of an entry, and no others. */
export type ExpectedEntry = Readonly<Partial<Record<EntryField, unknown>>>;

/** What a fixture's log must become. */
export interface FixtureExpectation {
  readonly records: number;
  readonly without_action: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicate: number;
  readonly entries: readonly ExpectedEntry[];
}

/** A small log of one format with what must come of it. */
export interface MappingFixture {
  readonly format: Extract<LogFormat, "jsonl" | "json" | "csv" | "tsv">;
  readonly input: string;
  readonly expect: FixtureExpectation;
}

const FORMATS = ["jsonl", "json", "csv", "tsv"] as const;
const COUNTS = ["records", "without_action", "accepted", "rejected", "duplicate"] as const;

/**
 * A fixture as it was parsed from YAML.
 *
 * @throws ComplianceError `invalid-catalog` when it has another form
 */
export function fixtureIn(value: unknown, file: string): MappingFixture {
  const refuse = (message: string): ComplianceError =>
    new ComplianceError("invalid-catalog", message, {
      location: { file },
      hint: "A fixture has format, input and expect, and expect has the five counts and entries.",
    });
  if (!isMap(value)) throw refuse("expected a fixture, got no map");
  const { format, input, expect } = value;
  const known = FORMATS.find((name) => name === format);
  if (known === undefined) throw refuse(`expected format to be one of ${FORMATS.join(", ")}`);
  if (typeof input !== "string") throw refuse("expected input to be text");
  if (!isMap(expect)) throw refuse("expected expect to be a map");
  for (const name of COUNTS) {
    if (!Number.isSafeInteger(expect[name])) {
      throw refuse(`expected expect.${name} to be a whole number`);
    }
  }
  const { entries } = expect;
  if (!Array.isArray(entries)) throw refuse("expected expect.entries to be a list");
  for (const [index, entry] of (entries as readonly unknown[]).entries()) {
    if (!isMap(entry)) throw refuse(`expected entry ${index + 1} to be a map`);
    const other = Object.keys(entry).find((name) => !isEntryField(name));
    if (other !== undefined) {
      throw refuse(`entry ${index + 1} has "${other}", which is no field of an audit entry`);
    }
  }
  return { format: known, input, expect: expect as unknown as FixtureExpectation };
}

/**
 * Runs a fixture's log through its source and the mapping.
 *
 * @returns each difference from what is expected, in a sentence; none when all is well
 */
export async function checkFixture(mapping: Mapping, fixture: MappingFixture): Promise<string[]> {
  const { format, expect } = fixture;
  if (shapeOf(format) !== mapping.shape) {
    return [`the fixture is ${format}, but the mapping reads documents of shape ${mapping.shape}`];
  }
  const file: LogFile = {
    path: `fixture.${format}`,
    name: `fixture.${format}`,
    format,
    packing: "none",
    stream: streamOf(fixture.input),
  };
  const input = { file, mapping };
  const entries: Map<EntryField, unknown>[] = [];
  const { statement, accounts } = await runIntake(
    { inputs: [input] },
    {
      accept: (values) => {
        entries.push(recordedOf(values));
      },
      duplicate: () => {},
      refuse: () => {},
    },
    { digest: false },
  );
  const [account] = accounts;
  const counts = {
    records: statement.records,
    without_action: statement.withoutAction,
    accepted: account?.counts.accepted ?? 0,
    rejected: [...(account?.counts.refused.values() ?? [])].reduce((sum, count) => sum + count, 0),
    duplicate: account?.counts.duplicate ?? 0,
  };
  return [
    ...(await recognitionDifferences(file, mapping)),
    ...COUNTS.flatMap((name) =>
      counts[name] === expect[name]
        ? []
        : [`${name}: expected ${expect[name]}, got ${counts[name]}`],
    ),
    ...entryDifferences(expect.entries, entries),
  ];
}

async function recognitionDifferences(file: LogFile, mapping: Mapping): Promise<string[]> {
  const { documents } = await readSample(file, sourceOptions({ file, mapping }));
  const matches = countMatches(mapping, documents);
  if (matches * 2 >= documents.length) return [];
  return [
    `recognise: expected to hold for at least half of the ${documents.length} documents, holds for ${matches}`,
  ];
}

function entryDifferences(
  expected: readonly ExpectedEntry[],
  entries: readonly ReadonlyMap<EntryField, unknown>[],
): string[] {
  const differences: string[] = [];
  if (expected.length !== entries.length) {
    differences.push(`entries: expected ${expected.length}, got ${entries.length}`);
  }
  for (const [index, entry] of entries.entries()) {
    const wanted = expected[index];
    if (wanted === undefined) break;
    for (const field of ENTRY_FIELD_NAMES) {
      const difference = fieldDifference(field in wanted, wanted[field], entry, field);
      if (difference !== undefined) differences.push(`entry ${index + 1}: ${difference}`);
    }
  }
  return differences;
}

function fieldDifference(
  isExpected: boolean,
  wanted: unknown,
  entry: ReadonlyMap<EntryField, unknown>,
  field: EntryField,
): string | undefined {
  const got = entry.get(field);
  if (!isExpected) {
    return entry.has(field) ? `${field}: expected nothing, got ${shown(got)}` : undefined;
  }
  if (!entry.has(field)) return `${field}: expected ${shown(wanted)}, got nothing`;
  if (isDeepStrictEqual(wanted, got)) return undefined;
  return `${field}: expected ${shown(wanted)}, got ${shown(got)}`;
}

function recordedOf(values: readonly unknown[]): Map<EntryField, unknown> {
  return new Map(
    ENTRY_FIELD_NAMES.flatMap((field, index) => {
      const value = values[index];
      return isRecorded(field, value) ? [[field, value] as const] : [];
    }),
  );
}

const LONGEST_SHOWN = 120;

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}

/** A text as bytes that can be read any number of times. */
function streamOf(text: string): ByteStream {
  return {
    async *open() {
      if (text !== "") yield Buffer.from(text, "utf8");
    },
  };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isEntryField(name: string): name is EntryField {
  return (ENTRY_FIELD_NAMES as readonly string[]).includes(name);
}
