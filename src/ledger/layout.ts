// How a ledger lies in its folder: names of its files, columns of its parts.

import { ENTRY_FIELDS, ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";

/** What the ledger consists of, with every digest; written last, so that it stands for a whole ledger. */
export const MANIFEST = "manifest.json";
/** How far an import has come; gone when it is complete. */
export const CHECKPOINT = "checkpoint.json";
/** Folder of the parts: `entries/day=2026-01-31/part-000001.parquet`, UTC; `day=undated` without a readable time. */
export const ENTRIES = "entries";
/** Records that became no entry, one JSON value a line, with file, line, reason and bytes. */
export const REJECTED = "rejected.jsonl";
/** Actions that were there already, one JSON value a line, with file and line. */
export const DUPLICATES = "duplicates.jsonl";
/** Folder of what an import needs while it runs. */
export const STAGING = ".import";

/**
 * Raised whenever the same log would become other files, or the same files would mean
 * something else.
 */
export const LAYOUT_VERSION = 1;

/** Columns that a part has beside the 18 fields of the entry. */
export const OWN_COLUMNS = {
  /** The id where it is a number; null where it is text. The column `id` has the text of both. */
  id_number: "BIGINT",
  /** Which fields the record had, null included: bit mask in the order of the fields. */
  present: "INTEGER",
  /** Which fields it records, in the same way. */
  recorded: "INTEGER",
  /**
   * JSON text `{field: text}` of the texts that Unicode cannot spell (halves of a surrogate
   * pair), exactly; in their columns those halves are U+FFFD. Null nearly always.
   */
  ill_formed: "VARCHAR",
  source_file: "VARCHAR",
  /** Line of a text file, number of a JSON value or row in others; from 1. */
  source_line: "BIGINT",
  /** SHA-256 of the record's bytes, lower-case hex. */
  record_sha256: "VARCHAR",
  /**
   * Place in the log, from 1, among everything that was taken in: entries, duplicates and
   * rejected records, whose numbers stand in the side files.
   */
  ordinal: "BIGINT",
} as const;

/** A column of a part. */
export type LedgerColumn = EntryField | keyof typeof OWN_COLUMNS;

/** All columns with their SQL types, in the order in which they are written. */
export const LEDGER_COLUMNS: ReadonlyMap<LedgerColumn, string> = new Map<LedgerColumn, string>([
  ...ENTRY_FIELD_NAMES.map((field) => [field, sqlType(field)] as const),
  ...(Object.entries(OWN_COLUMNS) as [keyof typeof OWN_COLUMNS, string][]),
]);

function sqlType(field: EntryField): string {
  return ENTRY_FIELDS[field] === "integer" && field !== "id" ? "BIGINT" : "VARCHAR";
}
