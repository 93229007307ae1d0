// The whole page: head with its content security policy, cover, contents, controls, sections.

import { createHash } from "node:crypto";

import type { Presentation } from "../../model/report.ts";
import type { Outline, Section } from "../outline/document.ts";
import { VALUE_LENGTH, visible } from "../words/visible.ts";
import { blocks, headingTag } from "./blocks.ts";
import { choices } from "./choices.ts";
import { markup, NOTHING, trusted } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { rowsOfEach } from "./measure.ts";
import type { Measure } from "./measure.ts";
import { SCRIPT } from "./script.ts";
import { styleSheet } from "./style.ts";
import type { Pen } from "./table.ts";

/** What a page is drawn from. */
export interface PageParts {
  readonly outline: Outline;
  readonly measure: Measure;
  readonly presentation?: Presentation;
  /** How counts are written. */
  readonly count: (value: number) => string;
  /** JSON to carry, safe inside a `script` element; absent where it is too large. */
  readonly json?: string;
}

/** The page as one HTML file, ending in a line feed. */
export function page({ outline, measure, presentation, count, json }: PageParts): string {
  const { controls, title } = outline;
  const style = styleSheet(presentation?.accent, {
    title: visible(title, VALUE_LENGTH),
    foot: visible(outline.foot, VALUE_LENGTH),
    page: controls.page,
  });
  const pen: Pen = {
    controls,
    measure,
    rows: rowsOfEach(outline, measure.rows),
    level: 2,
    filtered: false,
    count,
  };
  return markup`<!doctype html>
<html lang="${outline.language}">
${head(outline, style)}<body>
<a class="skip" href="#content">${controls.skip}</a>
${masthead(outline, presentation)}<main class="sheet">
<div class="cover">
<h1>${title}</h1>
<p class="period">${outline.period}</p>
<h2 class="lead">${outline.lead}</h2>
<div class="opening">
${blocks(outline.opening, pen)}</div>
</div>
<div class="side">
${contents(outline)}${choices(outline)}</div>
<div class="body" id="content" tabindex="-1">
${outline.sections.map((one) => section(one, { ...pen, filtered: one.id === "results" }))}</div>
</main>
<footer class="foot"><p>${outline.foot}</p>${json === undefined ? markup`<p>${controls.jsonLeftOut}</p>` : NOTHING}</footer>
${json === undefined ? NOTHING : carried(json)}<script>${trusted(SCRIPT)}</script>
</body>
</html>
`.source;
}

function head({ title, period }: Outline, style: string): Markup {
  return markup`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} · ${period}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>
`;
}

function carried(json: string): Markup {
  return markup`<script type="application/json" id="report">${trusted(json)}</script>\n`;
}

/** Nothing may be loaded, sent, framed or run but the page's own style sheet and script (CSP 3). */
function policy(style: string): string {
  return [
    "default-src 'none'",
    `style-src ${digest(style)}`,
    `script-src ${digest(SCRIPT)}`,
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function digest(of: string): string {
  return `'sha256-${createHash("sha256").update(of).digest("base64")}'`;
}

function masthead(
  { organisation, system, controls }: Outline,
  presentation?: Presentation,
): Markup {
  const names = [
    ...(organisation === undefined ? [] : [markup`<b>${organisation}</b>`]),
    ...(organisation === undefined || system === undefined ? [] : [" · "]),
    ...(system === undefined ? [] : [system]),
  ];
  return markup`<header class="masthead">
${logo(presentation?.logo)}${names.length === 0 ? NOTHING : markup`<p>${names}</p>\n`}<button type="button" data-do="print" data-script hidden>${controls.print}</button>
</header>
`;
}

/** The organisation's mark; nothing where it is not what it says it is. */
function logo(of: Presentation["logo"]): Markup {
  if (of === undefined) return NOTHING;
  const known = /^image\/(?:png|jpeg|svg\+xml)$/.test(of.mediaType);
  if (!known || !/^[A-Za-z0-9+/]+={0,2}$/.test(of.data)) return NOTHING;
  const source = trusted(`data:${of.mediaType};base64,${of.data}`);
  return markup`<img src="${source}" alt="${of.alt}">\n`;
}

function contents({ controls, sections }: Outline): Markup {
  return markup`<nav class="contents" aria-labelledby="ui-contents">
<h2 id="ui-contents">${controls.contents}</h2>
<ul>
${sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>\n`)}</ul>
</nav>
`;
}

function section({ id, title, blocks: own, sections }: Section, pen: Pen): Markup {
  const tag = headingTag(pen.level);
  return markup`<section id="${id}" aria-labelledby="${id}-title">
<${tag} id="${id}-title">${title}</${tag}>
${blocks(own, pen)}${sections.map((inner) => section(inner, { ...pen, level: pen.level + 1 }))}</section>
`;
}
