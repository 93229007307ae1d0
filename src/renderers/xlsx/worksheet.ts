// One table as a sheet of a workbook: xl/worksheets/sheetN.xml. Texts stand in their cells as inline
// strings, so a text is a text whatever it looks like, and no cell has a formula.

import type { Language } from "../../languages/language.ts";
import type { Cell, Sheet, SheetColumn } from "../sheets/cell.ts";
import { shownText } from "../sheets/shown-text.ts";
import { rowHeight } from "./row-height.ts";
import { shareDecimals } from "./share-decimals.ts";
import { RESULT_SIGNS } from "../words/signs.ts";
import { resultStyle, shareStyle, styleOf } from "./styles.ts";
import { DECLARATION, xml } from "./xml.ts";

/** Rows that a sheet can have (ECMA-376 leaves it to the programs; all of note stop here). */
export const MOST_ROWS = 1_048_576;

/** What stands above and below each printed page, beside the number of the page. */
export interface PageTexts {
  readonly head: string;
  readonly foot: string;
}

/**
 * The sheet with a frozen heading that can be filtered.
 *
 * @param first whether it is the one that a reader sees first
 */
export function worksheetPart(
  sheet: Sheet,
  language: Language,
  pages: PageTexts,
  first: boolean,
): string {
  const rows = rowsThatFit(sheet, language);
  const range = cellRange(sheet, rows.length);
  const widths = sheet.columns.map(columnWidth);
  return [
    DECLARATION,
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>',
    `<dimension ref="${range}"/>`,
    `<sheetViews><sheetView${first ? ' tabSelected="1"' : ""} workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/><selection pane="bottomLeft" activeCell="A2" sqref="A2"/></sheetView></sheetViews>`,
    `<cols>${sheet.columns.map(columnElement).join("")}</cols>`,
    "<sheetData>",
    headerRow(sheet.columns, language),
    ...rows.map((row, index) => bodyRow(row, index + 2, widths, language)),
    "</sheetData>",
    `<autoFilter ref="${range}"/>`,
    '<pageMargins left="0.4" right="0.4" top="0.7" bottom="0.6" header="0.3" footer="0.3"/>',
    `<pageSetup paperSize="9" orientation="landscape" fitToWidth="${pagesWide(sheet)}" fitToHeight="0"/>`,
    headerFooter(pages, language),
    "</worksheet>",
  ].join("");
}

/** Characters that a page can be wide and still be read. */
const PAGE_WIDTH = 220;

/** How many pages of paper a table is wide: one, unless its letters became too small. */
export function pagesWide({ columns }: Pick<Sheet, "columns">): number {
  return Math.ceil(columns.reduce((sum, column) => sum + columnWidth(column), 0) / PAGE_WIDTH);
}

/** Beside a word of the heading: bold letters, a margin, and the button of the filter. */
const BESIDE = 4;

/** The width in characters: the column's own, or more where a word of its heading needs it. */
export function columnWidth({ title, width }: SheetColumn): number {
  return Math.max(width, ...title.split(/[ -]/).map((word) => word.length + BESIDE));
}

/** The cells of a table, its heading included: `A1:W12`. */
export function cellRange({ columns }: Pick<Sheet, "columns">, rows: number): string {
  return `A1:${columnName(columns.length - 1)}${rows + 1}`;
}

/** The rows of a table as far as a sheet takes them; then a row says how many more there are. */
export function rowsThatFit(
  { columns, rows }: Pick<Sheet, "columns" | "rows">,
  language: Language,
  most = MOST_ROWS,
): Sheet["rows"] {
  if (rows.length < most) return rows;
  const kept = rows.slice(0, most - 2);
  const says = language.sheets.sheets.rowsCut(rows.length - kept.length);
  const rest = Array.from({ length: columns.length - 1 }, (): Cell => ({ kind: "empty" }));
  return [...kept, [{ kind: "text", text: says }, ...rest]];
}

/** `A` to `Z`, `AA` and so on, from 0. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

function columnElement(column: SheetColumn, index: number): string {
  const number = index + 1;
  return `<col min="${number}" max="${number}" width="${columnWidth(column)}" customWidth="1"/>`;
}

function headerRow(columns: readonly SheetColumn[], language: Language): string {
  const style = styleOf("header");
  const titles = columns.map(({ title }) => shownText(title, language.sheets.sheets));
  const cells = titles.map((title, index) => textCell(`${columnName(index)}1`, style, title));
  const widths = columns.map((column) => columnWidth(column) - BESIDE + 1);
  return rowElement(1, titles, widths, cells);
}

function bodyRow(
  row: readonly Cell[],
  number: number,
  widths: readonly number[],
  language: Language,
): string {
  const texts = row.map((cell) => textOf(cell, language));
  const cells = row.map((cell, index) =>
    bodyCell(cell, texts[index] ?? "", `${columnName(index)}${number}`),
  );
  return rowElement(number, texts, widths, cells);
}

function rowElement(
  number: number,
  texts: readonly string[],
  widths: readonly number[],
  cells: readonly string[],
): string {
  const height = rowHeight(texts.map((text, index) => [text, widths[index] ?? 0] as const));
  return `<row r="${number}" ht="${height}" customHeight="1">${cells.join("")}</row>`;
}

/** What a cell shows where it shows text. */
function textOf(cell: Cell, language: Language): string {
  switch (cell.kind) {
    case "empty":
    case "number":
    case "share":
      return "";
    case "result":
      return shownText(`${RESULT_SIGNS[cell.result]} ${cell.word}`, language.sheets.sheets);
    case "text":
    case "log":
    case "time":
      return shownText(cell.text, language.sheets.sheets);
  }
}

function bodyCell(cell: Cell, text: string, at: string): string {
  switch (cell.kind) {
    case "empty":
      return `<c r="${at}" s="${styleOf("blank")}"/>`;
    case "number":
      return numberCell(at, numberStyle(cell.value, cell.identifier === true), cell.value);
    case "share": {
      const { part, whole } = cell;
      return numberCell(at, shareStyle(shareDecimals(part, whole)), part / whole);
    }
    case "result":
      return textCell(at, resultStyle(cell.result), text);
    case "text":
    case "log":
      return textCell(at, styleOf("wrapped"), text);
    case "time":
      return textCell(at, styleOf("plain"), text);
  }
}

function numberStyle(value: number, identifier: boolean): number {
  if (identifier) return styleOf("identifier");
  return styleOf(Number.isInteger(value) ? "count" : "decimal");
}

function numberCell(at: string, style: number, value: number): string {
  return `<c r="${at}" s="${style}"><v>${value}</v></c>`;
}

function textCell(at: string, style: number, text: string): string {
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xml(text)}</t></is></c>`;
}

/** `&` begins a command in them, so it is doubled; a digit behind a font size cannot occur. */
function headerFooter({ head, foot }: PageTexts, { report }: Language): string {
  const page = report.controls.page
    .split(/(\{pages?\})/)
    .map((piece) => PAGE_COMMANDS[piece] ?? plain(piece, 40))
    .join("");
  return (
    `<headerFooter><oddHeader>${xml(`&L${plain(head, 200)}&R&A`)}</oddHeader>` +
    `<oddFooter>${xml(`&L${plain(foot, 160)}&R${page}`)}</oddFooter></headerFooter>`
  );
}

const PAGE_COMMANDS: Readonly<Record<string, string>> = { "{page}": "&P", "{pages}": "&N" };

/** At most `most` units (both texts together take 255), with every `&` doubled. */
function plain(text: string, most: number): string {
  let kept = "";
  for (const character of text) {
    const next = character === "&" ? "&&" : character;
    if (kept.length + next.length > most) return kept;
    kept += next;
  }
  return kept;
}
