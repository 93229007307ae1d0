// Blocks of the outline as HTML.

import type { Block, Entry, Inline, Table, Verdict } from "../outline/document.ts";
import type { Chart } from "../charts/chart.ts";
import { line, resultBadge, severityMark, unlinked } from "./line.ts";
import { foreign, markup, NOTHING, trusted } from "./markup.ts";
import type { Markup } from "./markup.ts";
import { table } from "./table.ts";
import type { Pen } from "./table.ts";

type Subheading = Extract<Block, { readonly kind: "heading" }>;
type Fact = Extract<Block, { readonly kind: "facts" }>["of"][number];

const NEW_LINE = trusted("\n");

/** Blocks, one below the other. */
export function blocks(of: readonly Block[], pen: Pen): Markup {
  return markup`${of.map((one) => block(one, pen))}`;
}

function block(of: Block, pen: Pen): Markup {
  const { measure } = pen;
  switch (of.kind) {
    case "paragraph":
      return markup`<p>${line(of.of, measure)}</p>\n`;
    case "notice":
      return markup`<div class="notice" data-tone="${of.tone}"><p>${line(of.of, measure)}</p></div>\n`;
    case "list":
      return markup`<ul>\n${of.items.map((item) => markup`<li>${line(item, measure)}</li>\n`)}</ul>\n`;
    case "facts":
      return markup`<dl class="facts">\n${of.of.map((fact) => factOf(fact, pen))}</dl>\n`;
    case "table":
      return table(of, pen);
    case "code":
      return markup`<pre tabindex="0"><code>${of.lines.map(
        (one, index) => markup`${index === 0 ? "" : NEW_LINE}${foreign(one, measure.own)}`,
      )}</code></pre>\n`;
    case "chart":
      return figure(of.chart, pen);
    case "verdict":
      return verdict(of, pen);
    case "entry":
      return entry(of, pen);
    case "heading":
      return subheading(of, pen);
  }
}

/** The element of a heading of some level, at most the sixth. */
export function headingTag(level: number): Markup {
  return trusted(`h${Math.min(level, 6)}`);
}

const LONG = trusted(' class="long"');

/** Characters that a piece has to show. */
function lengthOf(piece: Inline): number {
  return "of" in piece
    ? piece.of.reduce((sum, inner) => sum + lengthOf(inner), 0)
    : ("text" in piece ? piece.text : piece.word).length;
}

function subheading({ level, of }: Subheading, pen: Pen): Markup {
  const tag = headingTag(pen.level + level - 3);
  return markup`<${tag}>${line(of, pen.measure)}</${tag}>\n`;
}

function factOf({ name, value }: Fact, { measure }: Pen): Markup {
  const long = value.reduce((sum, piece) => sum + lengthOf(piece), 0) > 90;
  return markup`<div${long ? LONG : NOTHING}><dt>${name}</dt><dd>${value.length === 0 ? "–" : line(value, measure)}</dd></div>\n`;
}

function entry({ id, result, severity, title, open, blocks: inside }: Entry, pen: Pen): Markup {
  const { controls, measure } = pen;
  const level = pen.level + 1;
  const tag = headingTag(level);
  const [mark, attribute] =
    severity === undefined
      ? [NOTHING, NOTHING]
      : [
          severityMark(severity, controls.severities[severity]),
          markup` data-severity="${severity}"`,
        ];
  const attributes = markup`id="${id}" data-result="${result}"${attribute}`;
  const badge = resultBadge(result, controls.results[result]);
  if (inside.length === 0) {
    return markup`<div class="entry" ${attributes}>${badge}<${tag}>${line(title, measure)}</${tag}>${mark}</div>\n`;
  }
  return markup`<details class="entry" ${attributes}${open ? trusted(" open") : NOTHING}>
<summary>${badge}<${tag}>${line(unlinked(title), measure)}</${tag}>${mark}</summary>
<div class="inside">
${blocks(inside, { ...pen, level, filtered: false })}</div>
</details>
`;
}

function verdict({ score, grade, says, coverage, gauge }: Verdict, pen: Pen): Markup {
  const picture = gauge === undefined ? scoreLarge(score, grade) : markup`${pictures(gauge)}\n`;
  return markup`<div class="verdict">
${picture}<div>
<p class="says">${says}</p>
<p class="coverage">${coverage}</p>
${gauge === undefined ? NOTHING : numbers(gauge, pen)}</div>
</div>
`;
}

/** For the eye alone: the sentence beside it says it. */
function scoreLarge(score: number | null, grade: string | null): Markup {
  if (score === null) return NOTHING;
  return markup`<p class="score" aria-hidden="true">${score} <b>${grade ?? ""}</b></p>\n`;
}

function figure(of: Chart, pen: Pen): Markup {
  return markup`<figure id="chart-${of.id}">
<figcaption><b>${of.title}</b> <span>${of.says}</span></figcaption>
${pictures(of)}
${numbers(of, pen)}</figure>
`;
}

/** The picture, and the one for narrow screens where there is one: only one of them is shown. */
function pictures({ svg, narrow }: Chart): Markup {
  return narrow === undefined
    ? markup`<div class="picture">${trusted(svg)}</div>`
    : markup`<div class="picture wide">${trusted(svg)}</div>\n<div class="picture narrow">${trusted(narrow)}</div>`;
}

function numbers({ title, data }: Chart, pen: Pen): Markup {
  const of: Table = {
    kind: "table",
    caption: title,
    captionShown: false,
    columns: data.columns,
    rows: data.rows.map((row) =>
      row.map((cell) => (cell === "" ? [] : [{ kind: "log", text: cell, length: "value" }])),
    ),
  };
  return markup`<details class="data">
<summary>${pen.controls.data}<span class="unseen">: ${title}</span></summary>
${table(of, { ...pen, filtered: false })}</details>
`;
}
