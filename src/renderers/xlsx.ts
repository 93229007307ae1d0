// The report as a workbook (Office Open XML, ECMA-376): findings, exceptions, population and sample
// as sheets. Equal reports give equal bytes: the parts are in the order of their names, and their
// time is the first that a ZIP file can hold.

import { strToU8, zipSync } from "fflate";
import { languageOf } from "../languages/languages.ts";
import type { ComplianceReport } from "../model/report.ts";
import type { Renderer } from "./renderer.ts";
import { sheetsOf } from "./sheets/sheets.ts";
import { appPart, corePart, pageHead } from "./xlsx/properties.ts";
import { stylesPart } from "./xlsx/styles.ts";
import {
  contentTypesPart,
  packageRelationsPart,
  workbookPart,
  workbookRelationsPart,
} from "./xlsx/workbook.ts";
import { rowsThatFit, worksheetPart } from "./xlsx/worksheet.ts";

/** `xlsx`: see {@link toXlsx}. */
export const renderer: Renderer = {
  name: "xlsx",
  mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  extension: "xlsx",
  render: (report) => toXlsx(report),
};

/**
 * The workbook.
 *
 * @throws ComplianceError `invalid-option` when the report's language does not exist
 */
export function toXlsx(report: ComplianceReport): Uint8Array {
  const language = languageOf(report.language);
  const sheets = sheetsOf(report);
  const pages = {
    head: pageHead(report, language),
    foot: language.sheets.sheets.foot,
  };
  const parts: Record<string, string> = {
    "[Content_Types].xml": contentTypesPart(sheets.length),
    "_rels/.rels": packageRelationsPart(),
    "docProps/app.xml": appPart(report),
    "docProps/core.xml": corePart(report, language),
    "xl/_rels/workbook.xml.rels": workbookRelationsPart(sheets.length),
    "xl/styles.xml": stylesPart(report.presentation?.accent),
    "xl/workbook.xml": workbookPart(
      sheets,
      sheets.map((sheet) => rowsThatFit(sheet, language).length),
    ),
  };
  for (const [index, sheet] of sheets.entries()) {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = worksheetPart(
      sheet,
      language,
      pages,
      index === 0,
    );
  }
  return zipped(parts);
}

function zipped(parts: Readonly<Record<string, string>>): Uint8Array {
  const files = Object.keys(parts)
    .toSorted()
    .map((name) => [name, strToU8(parts[name] ?? "")] as const);
  // A ZIP file has no zone: fflate writes the parts of this local time, which are the same in all.
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1), level: 6 });
}
