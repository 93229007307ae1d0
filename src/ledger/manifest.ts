// The manifest of a ledger: what it was made of, what it holds, and the digest of every file.
// One that comes from elsewhere is checked before anything in it is believed.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Ajv2020, ValidateFunction } from "ajv/dist/2020.js";
import type { EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import type { IntakeStatement } from "../model/intake.ts";
import type { LogInput } from "../model/population.ts";
import { LAYOUT_VERSION, MANIFEST } from "./layout.ts";

/** One Parquet file. */
export interface LedgerPart {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  readonly rows: number;
  /** Ordinals of its first and last row; its rows are in this order. */
  readonly first: number;
  readonly last: number;
  /** Size in bytes. */
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

/** One of the two side files. */
export interface LedgerSideFile {
  /** Lines. */
  readonly records: number;
  readonly bytes: number;
  readonly sha256: string;
}

/** An input, with the mapping that read it and how. */
export interface LedgerInput extends LogInput {
  readonly mapping: string;
  readonly records: number;
}

/** How the inputs were read, beyond their mappings. */
export interface LedgerOptions {
  /** Dotted path to the list of documents inside JSON files. */
  readonly records?: string;
  readonly table?: string;
  /** In bytes. */
  readonly longest_record?: number;
  readonly most_unpacked?: number;
}

/** The counts of the intake; read = accepted + rejected + duplicate. */
export interface LedgerCounts {
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicate: number;
}

/** `manifest.json`. `schemas/ledger-manifest.schema.json` describes it. */
export interface LedgerManifest {
  readonly schema_version: typeof LAYOUT_VERSION;
  readonly tool: { readonly name: string; readonly version: string };
  /** What wrote the Parquet files: `DuckDB v1.5.6`. */
  readonly writer: string;
  /** ISO 8601; absent when the caller gave no time. */
  readonly imported_at?: string;
  readonly options: LedgerOptions;
  readonly inputs: readonly LedgerInput[];
  readonly mappings: readonly {
    readonly id: string;
    readonly version: number;
    readonly digest: string;
  }[];
  readonly counts: LedgerCounts;
  readonly recordable: readonly EntryField[];
  readonly intake: IntakeStatement;
  /** Entries with text that Unicode cannot spell. */
  readonly ill_formed: number;
  readonly rejected: LedgerSideFile;
  readonly duplicates: LedgerSideFile;
  /** By the ordinal of their first row. */
  readonly parts: readonly LedgerPart[];
  /** An import that was stopped has a checkpoint instead of a manifest. */
  readonly complete: true;
}

/** The manifest as JSON text: the same manifest, the same bytes. */
export function writeManifest(manifest: LedgerManifest): string {
  const { intake, ...rest } = manifest;
  return `${JSON.stringify({ ...rest, intake: statementToJson(intake) }, undefined, 2)}\n`;
}

/**
 * Reads a manifest that may come from anybody.
 *
 * @throws ComplianceError `unsupported-source` when it is none, of another version, or does
 *   not tie
 */
export function readManifest(text: string, file: string): LedgerManifest {
  const refuse = (message: string, cause?: unknown): ComplianceError =>
    new ComplianceError("unsupported-source", message, {
      cause,
      location: { file },
      hint: "Import the logs again into a new folder.",
    });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refuse(`expected ${MANIFEST} to be JSON, but it is not`, cause);
  }
  const validate = validator();
  if (!validate(value)) {
    const [first] = validate.errors ?? [];
    const where = first?.instancePath === "" ? "it" : (first?.instancePath ?? "it");
    throw refuse(
      `expected the manifest of a ledger (version ${LAYOUT_VERSION}), but ${where} ${first?.message ?? "does not fit"}`,
    );
  }
  const { intake, ...rest } = value as Omit<LedgerManifest, "intake"> & { intake: StatementJson };
  const manifest: LedgerManifest = { ...rest, intake: statementFromJson(intake) };
  const gap = whatDoesNotTie(manifest);
  if (gap !== undefined) throw refuse(gap);
  return manifest;
}

/** What contradicts itself, in words; undefined when all counts tie. */
function whatDoesNotTie(manifest: LedgerManifest): string | undefined {
  const { counts, parts, rejected, duplicates } = manifest;
  const { read, accepted } = counts;
  if (read !== accepted + counts.rejected + counts.duplicate) {
    return "the counts of the manifest do not tie: read is not accepted + rejected + duplicate";
  }
  if (rejected.records !== counts.rejected || duplicates.records !== counts.duplicate) {
    return "the side files do not hold as many records as the manifest counts";
  }
  if (parts.reduce((sum, { rows }) => sum + rows, 0) !== accepted) {
    return "the parts do not hold as many entries as the manifest counts";
  }
  if (new Set(parts.map(({ path }) => path)).size !== parts.length) {
    return "the manifest names a part twice";
  }
  let before = 0;
  for (const { path, rows, first, last } of parts) {
    if (first <= before || last > read || last - first + 1 < rows) {
      return `the ordinals of ${path} do not fit its rows or its place`;
    }
    before = first;
  }
  return undefined;
}

let compiled: ValidateFunction | undefined;

/** Compiled when first needed, once a process. */
function validator(): ValidateFunction {
  if (compiled !== undefined) return compiled;
  const require = createRequire(import.meta.url);
  const library = require("ajv/dist/2020.js") as { Ajv2020: typeof Ajv2020 };
  const schema = JSON.parse(readFileSync(MANIFEST_SCHEMA, "utf8")) as object;
  compiled = new library.Ajv2020({
    meta: false,
    validateSchema: false,
    strictTypes: false,
    code: { optimize: false },
  }).compile(schema);
  return compiled;
}

/** The same from `src/ledger` and from `dist/ledger`. */
const MANIFEST_SCHEMA = new URL("../../schemas/ledger-manifest.schema.json", import.meta.url);

interface StatementJson {
  readonly left_out: IntakeStatement["leftOut"];
  readonly mappings: IntakeStatement["mappings"];
  readonly records: number;
  readonly without_action: number;
  readonly actions: number;
  readonly answers: IntakeStatement["answers"];
  readonly duplicates_differing: number;
  readonly duplicate_meanings: readonly string[];
  readonly unsafe_integers: number;
  readonly mended_times: number;
  readonly never: readonly EntryField[];
  readonly unmapped: IntakeStatement["unmapped"];
  readonly unmapped_looked_at: number;
  readonly unknown_words: IntakeStatement["unknownWords"];
  readonly cannot_answer: readonly { readonly measure: string; readonly reason: string }[];
  readonly chain_covers: readonly EntryField[];
}

function statementToJson(statement: IntakeStatement): StatementJson {
  return {
    mappings: statement.mappings,
    left_out: statement.leftOut,
    records: statement.records,
    without_action: statement.withoutAction,
    actions: statement.actions,
    answers: statement.answers,
    duplicates_differing: statement.duplicatesDiffering,
    duplicate_meanings: statement.duplicateMeanings,
    unsafe_integers: statement.unsafeIntegers,
    mended_times: statement.mendedTimes,
    never: statement.never,
    unmapped: statement.unmapped,
    unmapped_looked_at: statement.unmappedLookedAt,
    unknown_words: statement.unknownWords,
    cannot_answer: [...statement.cannotAnswer].map(([measure, reason]) => ({ measure, reason })),
    chain_covers: statement.chainCovers,
  };
}

function statementFromJson(json: StatementJson): IntakeStatement {
  return {
    mappings: json.mappings,
    leftOut: json.left_out,
    records: json.records,
    withoutAction: json.without_action,
    actions: json.actions,
    answers: json.answers,
    duplicatesDiffering: json.duplicates_differing,
    duplicateMeanings: json.duplicate_meanings,
    unsafeIntegers: json.unsafe_integers,
    mendedTimes: json.mended_times,
    never: json.never,
    unmapped: json.unmapped,
    unmappedLookedAt: json.unmapped_looked_at,
    unknownWords: json.unknown_words,
    cannotAnswer: new Map(json.cannot_answer.map(({ measure, reason }) => [measure, reason])),
    chainCovers: json.chain_covers,
  };
}
