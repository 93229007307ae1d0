// What databases cannot hold of a row, and how much it is.

import { ComplianceError } from "../model/error.ts";
import type { EntryRow } from "./log-store.ts";

/** The row with U+FFFD where a text has a NUL. */
export function withoutNul(row: EntryRow): EntryRow {
  if (!Object.values(row).some((value) => typeof value === "string" && value.includes("\0"))) {
    return row;
  }
  const pairs = Object.entries(row).map(([name, value]) => [
    name,
    typeof value === "string" ? value.replaceAll("\0", "\uFFFD") : value,
  ]);
  return Object.fromEntries(pairs) as EntryRow;
}

/** The largest `chain_depth`: the columns have 32 bits. */
export const LARGEST_DEPTH = 2 ** 31 - 1;

/** @throws ComplianceError `invalid-action` when the depth of a row is larger than columns hold */
export function requireDepth({ chain_depth: depth }: EntryRow): void {
  if (typeof depth !== "number" || depth <= LARGEST_DEPTH) return;
  throw new ComplianceError(
    "invalid-action",
    `Expected chainDepth to be at most ${LARGEST_DEPTH}, got ${depth}`,
    { hint: "The database's column has 32 bits; nothing was logged." },
  );
}

/** Characters of a row, and something for the row itself. */
export function sizeOfRow(row: EntryRow): number {
  let size = ROW_SIZE;
  for (const value of Object.values(row)) if (typeof value === "string") size += value.length;
  return size;
}

const ROW_SIZE = 200;
