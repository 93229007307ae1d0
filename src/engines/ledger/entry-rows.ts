// The entries of a range of a ledger as rows of the fields that a question reads.

import type { DuckDb } from "../../duckdb/open.ts";
import type { LedgerColumn } from "../../ledger/layout.ts";
import type { LedgerPart } from "../../ledger/manifest.ts";
import { ENTRY_FIELDS, ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { Question } from "../engine.ts";
import { jsonFieldsRead } from "../fold/json-values.ts";
import { exactTexts } from "./ill-formed.ts";
import { jsonValue } from "./json-value.ts";
import { cellsOf, readColumns } from "./read-columns.ts";
import type { ColumnBatch } from "./read-columns.ts";

/** Some thousand entries, in the order of their ordinals. */
export interface EntryRows {
  readonly length: number;
  readonly ordinals: readonly number[];
  /** Bit masks of the fields that each records. */
  readonly recorded: readonly number[];
  /** The values of an entry's fields; overwritten by the next call. */
  row(index: number): readonly unknown[];
  /** Values of another column that was asked for. */
  cells(column: LedgerColumn): readonly unknown[];
}

/** What is read: parts of a ledger. */
export interface EntryRange {
  readonly parts: readonly LedgerPart[];
  /** Whether any text of the ledger is ill-formed. */
  readonly illFormed: boolean;
}

/**
 * Reads entries.
 *
 * @param fields what a row holds
 * @param question decides of which JSON fields the values are looked into; of the others only
 *   whether they are recorded, which the ledger tells apart
 * @param others columns besides
 */
export async function* entryRows(
  duckdb: DuckDb,
  { parts, illFormed }: EntryRange,
  fields: readonly EntryField[],
  question: Pick<Question, "measures">,
  others: readonly LedgerColumn[] = [],
): AsyncGenerator<EntryRows, void, undefined> {
  const valued = jsonFieldsRead(question);
  const isJson = fields.map((field) => ENTRY_FIELDS[field] === "json");
  const isMark = fields.map((field, slot) => isJson[slot] === true && !valued.has(field));
  const bits = fields.map((field) => 1 << ENTRY_FIELD_NAMES.indexOf(field));
  const columns: LedgerColumn[] = [
    "ordinal",
    "recorded",
    "id_number",
    ...(illFormed ? (["ill_formed"] as const) : []),
    ...fields.filter((_, slot) => isMark[slot] !== true),
    ...others,
  ];
  const row: unknown[] = fields.map(() => null);

  const rowsOf = (batch: ColumnBatch): EntryRows => {
    const cells = fields.map((field, slot) => (isMark[slot] === true ? [] : cellsOf(batch, field)));
    const recorded = cellsOf(batch, "recorded") as readonly number[];
    const ordinals = cellsOf(batch, "ordinal") as readonly number[];
    const exactly = cellsOf(batch, "ill_formed");
    return {
      length: ordinals.length,
      ordinals,
      recorded,
      cells: (column) => cellsOf(batch, column),
      row(index) {
        const mask = recorded[index] as number;
        for (let slot = 0; slot < row.length; slot += 1) {
          row[slot] =
            isMark[slot] === true
              ? (mask & (bits[slot] as number)) !== 0 || null
              : cells[slot]?.[index];
        }
        if (exactly[index] !== undefined && exactly[index] !== null) {
          const exact = exactTexts(exactly[index]);
          for (const [slot, field] of fields.entries()) row[slot] = exact[field] ?? row[slot];
        }
        for (let slot = 0; slot < row.length; slot += 1) {
          if (isJson[slot] === true && isMark[slot] !== true) row[slot] = jsonValue(row[slot]);
        }
        return row;
      },
    };
  };

  for await (const batch of readColumns(duckdb, parts, columns)) yield rowsOf(batch);
}
