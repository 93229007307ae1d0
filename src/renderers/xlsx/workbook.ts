// The parts that hold a workbook together (ECMA-376 Part 1 and Part 2): contents, relations, names.

import type { Sheet } from "../sheets/cell.ts";
import { columnName, pagesWide } from "./worksheet.ts";
import { DECLARATION, xml } from "./xml.ts";

const RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";
const FORMAT = "application/vnd.openxmlformats-officedocument";

/** The part `[Content_Types].xml`. */
export function contentTypesPart(sheets: number): string {
  return [
    DECLARATION,
    `<Types xmlns="${PACKAGE}/content-types">`,
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    override("/xl/workbook.xml", `${FORMAT}.spreadsheetml.sheet.main+xml`),
    ...numbers(sheets).map((number) =>
      override(`/xl/worksheets/sheet${number}.xml`, `${FORMAT}.spreadsheetml.worksheet+xml`),
    ),
    override("/xl/styles.xml", `${FORMAT}.spreadsheetml.styles+xml`),
    override("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    override("/docProps/app.xml", `${FORMAT}.extended-properties+xml`),
    "</Types>",
  ].join("");
}

/** The part `_rels/.rels`. */
export function packageRelationsPart(): string {
  return relations([
    [`${RELATIONS}/officeDocument`, "xl/workbook.xml"],
    [`${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"],
    [`${RELATIONS}/extended-properties`, "docProps/app.xml"],
  ]);
}

/** The part `xl/_rels/workbook.xml.rels`. */
export function workbookRelationsPart(sheets: number): string {
  return relations([
    ...numbers(sheets).map((number): readonly [string, string] => [
      `${RELATIONS}/worksheet`,
      `worksheets/sheet${number}.xml`,
    ]),
    [`${RELATIONS}/styles`, "styles.xml"],
  ]);
}

/**
 * The part `xl/workbook.xml`: the sheets, their filters, and their heading as the first row of
 * every printed page, with the first column where a table is several pages wide.
 *
 * @param rows how many rows each sheet has below its heading
 */
export function workbookPart(sheets: readonly Sheet[], rows: readonly number[]): string {
  const sheetNames = sheets.map(
    ({ name }, index) =>
      `<sheet name="${xml(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const filters = sheets.map(({ name, columns }, index) => {
    const last = `$${columnName(columns.length - 1)}$${(rows[index] ?? 0) + 1}`;
    return `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">${xml(`'${name}'!$A$1:${last}`)}</definedName>`;
  });
  const titles = sheets.map((sheet, index) => {
    const name = `'${sheet.name}'`;
    const repeated = pagesWide(sheet) === 1 ? `${name}!$1:$1` : `${name}!$A:$A,${name}!$1:$1`;
    return `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">${xml(repeated)}</definedName>`;
  });
  return [
    DECLARATION,
    `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${RELATIONS}">`,
    '<bookViews><workbookView activeTab="0"/></bookViews>',
    `<sheets>${sheetNames.join("")}</sheets>`,
    `<definedNames>${filters.join("")}${titles.join("")}</definedNames>`,
    "</workbook>",
  ].join("");
}

function override(part: string, type: string): string {
  return `<Override PartName="${part}" ContentType="${type}"/>`;
}

function relations(all: readonly (readonly [type: string, target: string])[]): string {
  const items = all.map(
    ([type, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `${DECLARATION}<Relationships xmlns="${PACKAGE}/relationships">${items.join("")}</Relationships>`;
}

function numbers(upTo: number): readonly number[] {
  return Array.from({ length: upTo }, (_, index) => index + 1);
}
