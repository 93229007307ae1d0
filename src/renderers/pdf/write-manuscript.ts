// The outline and what the report says about its looks, as the files that a template reads.

import type { Numbers } from "../../languages/numbers.ts";
import type { Presentation } from "../../model/report.ts";
import type { Block, Outline } from "../outline/document.ts";
import { anchorsOf, setBlocks, setSection } from "./blocks.ts";
import type { Setting } from "./blocks.ts";
import type { Fonts } from "./fonts.ts";
import type { Manuscript, SetBlock } from "./manuscript.ts";
import { printable, sizeOf } from "./pictures.ts";
import { runsFor, shortText } from "./runs.ts";
import { EVIDENCE_ROWS, tableSetter } from "./tables.ts";

/** What is set. */
export interface Copy {
  readonly outline: Outline;
  readonly numbers: Numbers;
  /** ISO 8601, in UTC. */
  readonly generatedAt: string;
  readonly presentation?: Presentation;
  /** The report as JSON, to travel within the PDF; absent when it does not. */
  readonly json?: string | Uint8Array;
}

/** Colour of headings and rules where the organisation states none. */
const ACCENT = "#1f4e79";

/** Points at which one unit of a chart is drawn, so that its labels read as small print. */
const CHART_SCALE = 0.66;

/** Files by their path from `/`; `/report/data.json` is a {@link Manuscript}. */
export function writeManuscript(
  copy: Copy,
  fonts: Fonts,
): ReadonlyMap<string, Uint8Array | string> {
  const { outline, numbers, presentation, json } = copy;
  const files = new Map<string, Uint8Array | string>();
  const anchors = anchorsOf(outline.sections, outline.opening);
  const free = new Set(anchors);
  const runs = runsFor(fonts.families, anchors);
  const setting: Setting = {
    runs,
    numbers,
    controls: outline.controls,
    table: tableSetter(runs, numbers, outline.controls.cut),
    evidence: { rows: EVIDENCE_ROWS },
    anchor: (id) => (free.delete(id) ? id : null),
    picture: (_, svg) => {
      const path = `/report/chart-${files.size + 1}.svg`;
      files.set(path, printable(svg, fonts.families));
      return { path, width: (sizeOf(svg)?.width ?? 800) * CHART_SCALE };
    },
  };
  const [language = "en", region] = outline.language.split("-");
  const manuscript: Manuscript = {
    language: language.toLowerCase(),
    region: region !== undefined && /^[a-z]{2}$/i.test(region) ? region.toUpperCase() : null,
    title: runs.name(outline.title),
    period: runs.name(outline.period),
    lead: runs.name(outline.lead),
    contents: runs.name(outline.controls.contents),
    organisation: outline.organisation === undefined ? null : runs.name(outline.organisation),
    system: outline.system === undefined ? null : runs.name(outline.system),
    accent: /^#[0-9a-f]{6}$/i.test(presentation?.accent ?? "")
      ? String(presentation?.accent)
      : ACCENT,
    logo:
      presentation?.logo === undefined
        ? null
        : addLogo(presentation.logo, files, fonts, runs.plain),
    date: timeOf(copy.generatedAt),
    foot: runs.name(outline.foot),
    page: runs.plain(outline.controls.page).split(/(\{pages?\})/u),
    ...opened(outline.opening, setting),
    sections: outline.sections.map((section) => setSection(section, setting)),
    attachment: null,
  };
  if (json !== undefined) files.set(ATTACHMENT.path, json);
  const attachment =
    json === undefined ? null : { ...ATTACHMENT, describes: `${manuscript.title.join("")} (JSON)` };
  files.set("/report/data.json", JSON.stringify({ ...manuscript, attachment }));
  return files;
}

const ATTACHMENT = { path: "/report/report.json", name: "report.json" };

/** The opening, with what belongs on the cover apart from the rest. */
function opened(
  opening: readonly Block[],
  setting: Setting,
): Pick<Manuscript, "cover" | "opening"> {
  const blocks = setBlocks(opening, setting, 1);
  const verdict = blocks.find((block) => block.kind === "verdict") ?? null;
  const facts = blocks.find((block) => block.kind === "facts") ?? null;
  const notices = blocks.filter((block) => block.kind === "notice");
  const onCover = new Set<SetBlock | null>([verdict, facts, ...notices]);
  return {
    cover: { verdict, facts, notices },
    opening: blocks.filter((block) => !onCover.has(block)),
  };
}

const EXTENSIONS = { "image/png": "png", "image/jpeg": "jpg", "image/svg+xml": "svg" };

function addLogo(
  logo: NonNullable<Presentation["logo"]>,
  files: Map<string, Uint8Array | string>,
  fonts: Fonts,
  plain: (text: string) => string,
): Manuscript["logo"] {
  const path = `/report/logo.${EXTENSIONS[logo.mediaType]}`;
  const bytes = Buffer.from(logo.data, "base64");
  const svg = logo.mediaType === "image/svg+xml";
  files.set(path, svg ? printable(bytes.toString("utf8"), fonts.families) : bytes);
  return { path, alt: shortText(plain(logo.alt)) };
}

/** PDF/A wants a date for what is attached, so a report whose time cannot be read gets the first there is. */
function timeOf(instant: string): Manuscript["date"] {
  const parts = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)/.exec(instant)?.slice(1).map(Number);
  const [year = 1970, month = 1, day = 1, hour = 0, minute = 0, second = 0] = parts ?? [];
  return [year, month, day, hour, minute, second];
}
