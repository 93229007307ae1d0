// A table as CSV (RFC 4180): UTF-8, a header row, every row ended by CR LF. Numbers are plain with a
// point, shares are quotients between 0 and 1, times are ISO 8601 text.

import type { SpreadsheetWords } from "../../languages/words/spreadsheets.ts";
import type { Cell, Sheet } from "../sheets/cell.ts";
import { shownText } from "../sheets/shown-text.ts";

/** The whole file. */
export function writeCsv(
  { columns, rows }: Pick<Sheet, "columns" | "rows">,
  words: SpreadsheetWords,
): string {
  const header = columns.map(({ title }) => field(title));
  const lines = rows.map((row) => row.map((cell) => field(csvText(cell, words))));
  return [header, ...lines].map((fields) => `${fields.join(",")}\r\n`).join("");
}

/** A cell as it reads in the file, before it is quoted. */
export function csvText(cell: Cell, words: SpreadsheetWords): string {
  switch (cell.kind) {
    case "empty":
      return "";
    case "number":
      return plainNumber(cell.value);
    case "share":
      return plainNumber(cell.part / cell.whole);
    case "result":
      return text(cell.word, words);
    case "log":
    case "text":
    case "time":
      return text(cell.text, words);
  }
}

/** A number without an exponent: what follows an `e` is lost on some who read it. */
function plainNumber(value: number): string {
  const shortest = String(value);
  return shortest.includes("e") ? value.toFixed(20).replace(/\.?0+$/, "") : shortest;
}

function text(of: string, words: SpreadsheetWords): string {
  return afterSeparators(shownText(of, words));
}

/**
 * Where a semicolon ends a cell by the country's custom, spreadsheet programs part a cell there
 * without regard to our quotation marks: what follows one must not begin a formula either.
 */
function afterSeparators(shown: string): string {
  return shown.replace(
    /;(?=[\s\p{Z}'"]*[=+\-@\u2212\ufe62\ufe63\ufe66\ufe6b\uff0b\uff0d\uff1d\uff20])/gu,
    ";'",
  );
}

function field(of: string): string {
  return /[",;\r\n]/.test(of) ? `"${of.replaceAll('"', '""')}"` : of;
}
