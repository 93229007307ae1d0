// A table of the outline as HTML: caption, header cells with scope, and how many rows are not shown.

import type { Result } from "../../model/result.ts";
import type { Column, Controls, Inline, Line, Table } from "../outline/document.ts";
import { line } from "./line.ts";
import { markup, NOTHING } from "./markup.ts";
import type { Markup } from "./markup.ts";
import type { Measure } from "./measure.ts";

/** What drawing needs besides what is drawn. */
export interface Pen {
  readonly controls: Controls;
  readonly measure: Measure;
  /** The most rows of one table. */
  readonly rows: number;
  /** Level of the heading above. */
  readonly level: number;
  /** Whether rows that name one result are left out with it. */
  readonly filtered: boolean;
  /** How counts are written. */
  readonly count: (value: number) => string;
}

/** A wide table may be wider than a phone, one of records wider than any page: they scroll, by keyboard too. */
const ATTRIBUTES = {
  narrow: markup` class="scroll"`,
  wide: markup` class="scroll wide" tabindex="0"`,
  records: markup` class="scroll records" tabindex="0"`,
} as const;

function width({ columns }: Table): keyof typeof ATTRIBUTES {
  if (columns.length < 4) return "narrow";
  return columns.length < 7 || columns.some(({ blank }) => blank === true) ? "wide" : "records";
}

/** A table, in a region that scrolls sideways where the screen is narrower than it. */
export function table(of: Table, pen: Pen): Markup {
  const rows = of.rows.slice(0, pen.rows);
  const total = Math.max(of.total ?? 0, of.rows.length);
  const drawn = markup`<table>
<caption${of.captionShown ? "" : markup` class="unseen"`}>${of.caption}</caption>
<thead><tr>${of.columns.map(header)}</tr></thead>
<tbody>
${rows.map((row) => bodyRow(row, of.columns, pen))}</tbody>
</table>`;
  const attributes = ATTRIBUTES[width(of)];
  const rest =
    rows.length < total ? markup`<p class="cut">${cut(pen, rows.length, total)}</p>\n` : "";
  return markup`<div${attributes} role="group" aria-label="${of.caption}">${drawn}</div>
${rest}`;
}

function cut({ controls, count }: Pen, shown: number, total: number): string {
  return controls.cut.replace(/\{(shown|total)\}/g, (_, name) =>
    count(name === "shown" ? shown : total),
  );
}

function header(column: Column): Markup {
  return markup`<th scope="col"${classes(column)}>${column.title}</th>`;
}

/** Letters from which a cell is a passage, which needs a wide column to stay low. */
const PASSAGE = 120;

function lettersOf(of: Line): number {
  return of.reduce((letters, inline) => {
    if (inline.kind === "strong" || inline.kind === "link") return letters + lettersOf(inline.of);
    return letters + ("text" in inline ? inline.text : inline.word).length;
  }, 0);
}

function classes({ align, blank }: Column, long = false): Markup {
  const names = [
    ...(align === "right" ? ["right"] : []),
    ...(blank === true ? ["blank"] : []),
    ...(long ? ["long"] : []),
  ];
  return names.length === 0 ? NOTHING : markup` class="${names.join(" ")}"`;
}

function bodyRow(row: readonly Line[], columns: readonly Column[], pen: Pen): Markup {
  const result = pen.filtered ? onlyResult(row) : undefined;
  const heading = row.findIndex(
    (of) => of.length > 0 && !of.some(({ kind }) => kind === "result" || kind === "severity"),
  );
  const cells = columns.map((column, index) =>
    cell(row[index] ?? [], column, { heads: index === heading, pen }),
  );
  return markup`<tr${result === undefined ? NOTHING : markup` data-result="${result}"`}>${cells}</tr>\n`;
}

function cell(
  of: Line,
  column: Column,
  { heads, pen }: { readonly heads: boolean; readonly pen: Pen },
): Markup {
  const drawn = line(of, pen.measure);
  if (heads) return markup`<th scope="row"${classes(column)}>${drawn}</th>`;
  const empty = of.length === 0 && column.blank !== true;
  return markup`<td${classes(column, lettersOf(of) > PASSAGE)}>${empty ? "–" : drawn}</td>`;
}

/** The result that a row is about; undefined when it names none or several. */
function onlyResult(row: readonly Line[]): Result | undefined {
  const results = row.flatMap((of) => resultsOf(of));
  return results.length === 1 ? results[0] : undefined;
}

function resultsOf(of: readonly Inline[]): Result[] {
  return of.flatMap((inline) => {
    if (inline.kind === "result") return [inline.result];
    return inline.kind === "strong" || inline.kind === "link" ? resultsOf(inline.of) : [];
  });
}
