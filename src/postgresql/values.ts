// How values are read: whole numbers as numbers, everything else as the text that PostgreSQL
// sends. The driver's own parsers would make dates, objects and rounded numbers of them.

import type { PgTypes } from "./driver.ts";

/** `bigint`, `smallint`, `integer`, `oid`: numbers of the system's catalog `pg_type`. */
const WHOLE_NUMBERS = new Set([20, 21, 23, 26]);

/** The parsers of all types, for the text format. */
export const AS_TEXT: PgTypes = {
  getTypeParser: (oid) => (WHOLE_NUMBERS.has(oid) ? wholeNumber : asItIs),
};

function wholeNumber(text: string): number | bigint {
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text);
}

function asItIs(text: string): string {
  return text;
}
