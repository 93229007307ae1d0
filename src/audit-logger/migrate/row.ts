// One row on its way from one database to another, and why one cannot go.

import { createHash, type Hash } from "node:crypto";
import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { StoredValue } from "../logged-action.ts";

/** The values of all 18 columns, in their order; null where the source has no such column. */
export type MigratedRow = readonly StoredValue[];

/** Why a row stays behind. */
export type RefusalReason =
  /** The id is no whole number between -2^53 and 2^53. */
  | "id is no whole number"
  /** An earlier row has the same id. */
  | "id stands in an earlier row"
  /** A number or bytes in a column of text, or no whole number in `chain_depth`. */
  | "value of another type"
  /** Bytes that no text has. */
  | "text that is not UTF-8"
  /** PostgreSQL holds no NUL. */
  | "text with a NUL character"
  /** The column has 32 bits. */
  | "chain_depth beyond 32 bits";

/** The id of a row. */
export function idOf(row: MigratedRow): number {
  return row[ID] as number;
}

/** Why a column of so large a depth cannot hold the row; undefined when it can. */
export function withinDepth(row: MigratedRow, largest: number): RefusalReason | undefined {
  const depth = row[CHAIN_DEPTH];
  if (typeof depth !== "number" || (depth <= largest && depth >= -largest)) return undefined;
  return "chain_depth beyond 32 bits";
}

/** Whether two rows hold the same in every column. */
export function sameRow(one: MigratedRow, other: MigratedRow): boolean {
  return one.every((value, index) => value === other[index]);
}

/** A digest of rows, in the order in which they are added. */
export interface RowDigest {
  add(row: MigratedRow): void;
  /** SHA-256 in lower-case hex. */
  hex(): string;
}

/** Each row counts as the JSON array of its values and a line feed. */
export function rowDigest(): RowDigest {
  const hash: Hash = createHash("sha256");
  return {
    add(row) {
      hash.update(`${JSON.stringify(row)}\n`);
    },
    hex: () => hash.digest("hex"),
  };
}

const ID = ENTRY_FIELD_NAMES.indexOf("id");
const CHAIN_DEPTH = ENTRY_FIELD_NAMES.indexOf("chain_depth");
