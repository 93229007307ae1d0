// Tables of the outline as the template takes them, and how many rows of evidence a PDF holds.

import type { Numbers } from "../../languages/numbers.ts";
import type { Table } from "../outline/document.ts";
import { DENSE, TITLE_WORD, columnWidths } from "./columns.ts";
import type { SetTable } from "./manuscript.ts";
import { lettersOf } from "./runs.ts";
import type { Runs } from "./runs.ts";

/** Rows of evidence in the whole document. The report's JSON and the evidence package have the rest. */
export const EVIDENCE_ROWS = 1000;

/** A row with a cell longer than this may be torn over two pages. */
const TALL = 600;

/** How many rows there is still room for. */
export interface RowsLeft {
  rows: number;
}

/** Sets tables; `left` is what evidence may still take, absent for a table that is none. */
export function tableSetter(
  runs: Runs,
  numbers: Numbers,
  cut: string,
): (table: Table, left?: RowsLeft) => SetTable {
  return (table, left = { rows: EVIDENCE_ROWS }) => {
    const shown = table.rows.slice(0, left.rows);
    left.rows -= shown.length;
    const longest = table.columns.map(({ title }, column) =>
      shown.reduce((most, row) => Math.max(most, lettersOf(row[column] ?? [])), title.length),
    );
    const widths = columnWidths(
      table.columns.map(({ title, blank }, column) => ({
        longest: longest[column] ?? 0,
        word: Math.max(...title.split(/\s+/u).map(({ length }) => length)),
        blank: blank === true,
      })),
    );
    return {
      kind: "table",
      caption: runs.parted(table.caption),
      cut:
        shown.length === table.rows.length
          ? null
          : runs.plain(
              cut
                .replaceAll("{shown}", () => numbers.count(shown.length))
                .replaceAll("{total}", () => numbers.count(table.total ?? table.rows.length)),
            ),
      dense: table.columns.length >= DENSE,
      tall: longest.some((letters) => letters > TALL),
      columns: table.columns.map(({ title, align, blank }, column) => ({
        title: runs.parted(title, Math.max(widths[column]?.room ?? 0, TITLE_WORD)),
        right: align === "right",
        blank: blank === true,
        share: widths[column]?.share ?? 1,
      })),
      rows: shown.map((row) =>
        table.columns.map((_, column) => runs.line(row[column] ?? [], widths[column]?.room)),
      ),
    };
  };
}
