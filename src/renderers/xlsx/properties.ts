// What the workbook says about itself as a file: docProps/core.xml and docProps/app.xml. The only
// time in it is the report's own.

import type { Language } from "../../languages/language.ts";
import { formatInstant, parseInstant } from "../../model/instant.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { reportTitle } from "../words/phrases.ts";
import { PASSAGE_LENGTH, VALUE_LENGTH, visible } from "../words/visible.ts";
import { DECLARATION, markup } from "./xml.ts";

/** Title of the workbook, as every other format writes it. */
function workbookTitle(report: ComplianceReport, language: Language): string {
  return visible(reportTitle(report, language), VALUE_LENGTH);
}

/** Organisation and title, as they stand above every printed page. */
export function pageHead(report: ComplianceReport, language: Language): string {
  const organisation = report.presentation?.organisation;
  const title = workbookTitle(report, language);
  return organisation === undefined ? title : `${visible(organisation, VALUE_LENGTH)} · ${title}`;
}

/** The part `docProps/core.xml` (Dublin Core). */
export function corePart(report: ComplianceReport, language: Language): string {
  const { tool, framework, presentation } = report;
  const time = w3cTime(report.generatedAt);
  const typed = ' xsi:type="dcterms:W3CDTF"';
  return [
    DECLARATION,
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    element("dc:title", workbookTitle(report, language)),
    element("dc:subject", language.report.opening.edition(framework.title, framework.edition)),
    element("dc:creator", presentation?.organisation ?? `${tool.name} ${tool.version}`),
    element("dc:description", language.report.opening.notice),
    element("dc:language", language.code),
    element("dcterms:created", time, typed),
    element("dcterms:modified", time, typed),
    "</cp:coreProperties>",
  ].join("");
}

function element(name: string, value: string | undefined, attributes = ""): string {
  return value === undefined || value === ""
    ? ""
    : `<${name}${attributes}>${markup(visible(value, PASSAGE_LENGTH))}</${name}>`;
}

/** To the second, as these properties are written; absent when the text is no time. */
function w3cTime(text: string): string | undefined {
  const instant = parseInstant(text);
  return Number.isNaN(instant) ? undefined : `${formatInstant(instant).slice(0, 19)}Z`;
}

/** The part `docProps/app.xml`. */
export function appPart({ tool, presentation }: ComplianceReport): string {
  const company = presentation?.organisation;
  return [
    DECLARATION,
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">',
    `<Application>${markup(visible(`${tool.name} ${tool.version}`, VALUE_LENGTH))}</Application>`,
    company === undefined ? "" : `<Company>${markup(visible(company, VALUE_LENGTH))}</Company>`,
    "</Properties>",
  ].join("");
}
