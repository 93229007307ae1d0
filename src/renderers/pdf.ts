// The report as a PDF, set by Typst: PDF/A-3a (ISO 19005-3) with the report's JSON inside, or
// PDF/UA-1 (ISO 14289-1). Both packages that it needs are optional and load with the first PDF.

import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";

import { languageOf } from "../languages/languages.ts";
import type { ComplianceReport } from "../model/report.ts";
import { renderer as jsonRenderer } from "./json.ts";
import { outline } from "./outline/outline.ts";
import { loadTypesetter } from "./pdf/compiler.ts";
import type { Typesetter } from "./pdf/compiler.ts";
import { readFonts } from "./pdf/fonts.ts";
import type { Fonts } from "./pdf/fonts.ts";
import { writeManuscript } from "./pdf/write-manuscript.ts";
import type { Renderer, RenderOptions } from "./renderer.ts";

/** How the PDF is wanted. A template of one's own can read what lies in its folder. */
export type PdfOptions = Pick<RenderOptions, "pdfStandard" | "pdfTemplate">;

/** The packaged template, seen from `src/renderers` and from `dist/renderers` alike. */
const TEMPLATE = fileURLToPath(new URL("../../templates/report.typ", import.meta.url));

/** Fonts and compilers are costly: one of each a process, and one compiler for each folder. */
let fonts: Fonts | undefined;
const typesetters = new Map<string, Promise<Typesetter>>();

/**
 * The report as a PDF. The same report, options and template give the same bytes.
 *
 * @throws ComplianceError `missing-package` when Typst or a font package is not installed,
 *   `invalid-option` when the template or the logo is one that Typst cannot set
 */
export async function toPdf(
  report: ComplianceReport,
  options: PdfOptions = {},
): Promise<Uint8Array> {
  const standard = options.pdfStandard ?? "a-3a";
  const template = resolve(options.pdfTemplate ?? TEMPLATE);
  fonts ??= readFonts();
  const typesetter = await typesetterOf(dirname(template), fonts);
  const language = languageOf(report.language);
  const files = writeManuscript(
    {
      outline: outline(report, language),
      numbers: language.numbers,
      generatedAt: report.generatedAt,
      ...(report.presentation === undefined ? {} : { presentation: report.presentation }),
      ...(standard === "a-3a" ? { json: await jsonRenderer.render(report) } : {}),
    },
    fonts,
  );
  return typesetter.set(template, files, standard);
}

/** `pdf`: {@link toPdf}. */
export const renderer: Renderer = {
  name: "pdf",
  mediaType: "application/pdf",
  extension: "pdf",
  render: (report, options) => toPdf(report, options),
};

function typesetterOf(folder: string, from: Fonts): Promise<Typesetter> {
  const known = typesetters.get(folder);
  if (known !== undefined) return known;
  const loaded = loadTypesetter(folder, from);
  typesetters.set(folder, loaded);
  // Who installs what was missing may try again.
  loaded.catch(() => typesetters.delete(folder));
  return loaded;
}
