// What the organisation adds to its reports: its names, colour, logo and own sections.

import type { Presentation } from "../model/report.ts";
import { logoAt } from "./presentation-logo.ts";
import type { LogoFile } from "./presentation-logo.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/** A presentation as the schema lets it through. */
export interface PresentationFile {
  readonly organisation?: string;
  readonly system?: string;
  readonly contact?: string;
  readonly accent?: string;
  readonly logo?: LogoFile;
  readonly sections?: readonly { readonly title: string; readonly text: string }[];
}

/**
 * Checks what is written at a path, and reads the logo that it names.
 *
 * @throws ComplianceError `unreadable-source` for a logo that cannot be read, `invalid-catalog`
 *   with file, line and reason
 */
export function presentationAt(
  yaml: YamlFile,
  path: Path,
  written: PresentationFile,
): Presentation {
  const { accent, logo, sections = [] } = written;
  if (accent !== undefined) checkAccent(yaml, [...path, "accent"], accent);
  return {
    ...lines(yaml, path, written),
    ...(accent === undefined ? {} : { accent: accent.toLowerCase() }),
    ...(logo === undefined ? {} : { logo: logoAt(yaml, [...path, "logo"], logo) }),
    sections: sections.map(({ title, text }, index) => {
      const here = [...path, "sections", index];
      return {
        title: lineAt(yaml, [...here, "title"], title),
        paragraphs: paragraphsAt(yaml, [...here, "text"], text),
      };
    }),
  };
}

function lines(
  yaml: YamlFile,
  path: Path,
  written: PresentationFile,
): Pick<Presentation, "organisation" | "system" | "contact"> {
  const names = ["organisation", "system", "contact"] as const;
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = written[name];
      return value === undefined ? [] : [[name, lineAt(yaml, [...path, name], value)]];
    }),
  );
}

/** A text in one line: folded where it was written in several. */
function lineAt(yaml: YamlFile, path: Path, text: string): string {
  const line = folded(text);
  if (line !== "") return line;
  throw yaml.refuse(path, `expected "${String(path.at(-1))}" not to be empty`);
}

/** Parts between empty lines, each in one line. */
function paragraphsAt(yaml: YamlFile, path: Path, text: string): string[] {
  const paragraphs = text
    .split(/\r?\n[^\S\n]*\r?\n/)
    .map(folded)
    .filter((paragraph) => paragraph !== "");
  if (paragraphs.length > 0) return paragraphs;
  throw yaml.refuse(path, 'expected "text" not to be empty');
}

function folded(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** WCAG 2.2, 1.4.3: the least contrast of text. Headings are drawn in the accent, on white. */
const LEAST_CONTRAST = 4.5;

function checkAccent(yaml: YamlFile, path: Path, accent: string): void {
  const contrast = contrastToWhite(accent);
  if (contrast >= LEAST_CONTRAST) return;
  const hundredths = Math.floor(contrast * 100) / 100;
  throw yaml.refuse(
    path,
    `expected a colour with a contrast of at least ${LEAST_CONTRAST} to white, got "${accent}" with ${hundredths}`,
    { hint: "Take a darker shade of it: headings are written in this colour on white." },
  );
}

/** Contrast ratio to white of a colour `#rrggbb`, from 1 to 21 (WCAG 2.2). */
function contrastToWhite(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}
