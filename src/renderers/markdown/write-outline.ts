// The outline as Markdown: each block as what CommonMark and GFM have for it.

import type { Language } from "../../languages/language.ts";
import type { Chart } from "../charts/chart.ts";
import type { Block, Column, Entry, Line, Outline, Section, Table } from "../outline/document.ts";
import { bold, document, fenced, heading, list, quote, table } from "./blocks.ts";
import { writerIn } from "./lines.ts";
import type { Write } from "./lines.ts";
import { joined, markup } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** A whole document. Sections begin at the third level, below what was documented. */
export function writeOutline(outline: Outline, language: Language): Markdown {
  const { title, period, lead, opening, sections } = outline;
  const writing: Writing = { outline, language, line: writerIn(language) };
  const ours = (text: string): Markdown => writing.line([{ kind: "text", text }]);
  return document(
    joined([heading(1, ours(title)), heading(2, ours(period)), heading(3, ours(lead))], "\n"),
    ...blocks(opening, 3, writing),
    ...sections.map((section) => sectionOf(section, 3, writing)),
  );
}

interface Writing {
  readonly outline: Outline;
  readonly language: Language;
  readonly line: Write;
}

function sectionOf(section: Section, level: number, writing: Writing): Markdown {
  return document(
    heading(level, writing.line([{ kind: "text", text: section.title }])),
    ...blocks(section.blocks, level, writing),
    ...section.sections.map((below) => sectionOf(below, level + 1, writing)),
  );
}

/** Blocks of a section; entries of one line that follow each other make one list. */
function blocks(all: readonly Block[], level: number, writing: Writing): readonly Markdown[] {
  const written: Markdown[] = [];
  let lines: Markdown[] = [];
  const close = (): void => {
    if (lines.length > 0) written.push(list(lines));
    lines = [];
  };
  for (const block of all) {
    if (block.kind === "entry" && block.blocks.length === 0) {
      lines.push(entryLine(block, writing));
      continue;
    }
    close();
    written.push(blockOf(block, level, writing));
  }
  close();
  return written;
}

function blockOf(block: Block, level: number, writing: Writing): Markdown {
  const { line } = writing;
  switch (block.kind) {
    case "paragraph":
      return line(block.of);
    case "notice":
      return quote(line(block.of));
    case "list":
      return list(block.items.map((item) => line(item)));
    case "facts":
      return list(
        block.of.map(({ name, value }) => line([{ kind: "text", text: `${name}: ` }, ...value])),
      );
    case "table":
      return tableOf(block, writing);
    case "code":
      return fenced(block.lines);
    case "chart":
      return chartOf(block.chart, block.told === true, writing);
    case "verdict":
      return line([
        { kind: "strong", of: [{ kind: "text", text: block.says }] },
        { kind: "text", text: ` ${block.coverage}` },
      ]);
    case "entry":
      return block.open
        ? openEntry(block, level + 1, writing)
        : closedEntry(block, level + 1, writing);
    case "heading":
      return heading(block.level, line(block.of));
  }
}

/** A heading that ends in the result, as titles of findings do in every format. */
function openEntry(entry: Entry, level: number, writing: Writing): Markdown {
  return document(heading(level, titleOf(entry, writing)), ...blocks(entry.blocks, level, writing));
}

/** The title in bold, with the first paragraph behind it. */
function closedEntry(entry: Entry, level: number, writing: Writing): Markdown {
  const title = bold(titleOf(entry, writing, "."));
  const [first, ...rest] = entry.blocks;
  return first?.kind === "paragraph"
    ? document(markup`${title} ${writing.line(first.of)}`, ...blocks(rest, level, writing))
    : document(title, ...blocks(entry.blocks, level, writing));
}

function titleOf(entry: Entry, { outline, line }: Writing, stop = ""): Markdown {
  const word = outline.controls.results[entry.result];
  return line([...entry.title, { kind: "text", text: `: ${word}${stop}` }], "bold");
}

function entryLine(entry: Entry, { outline, line }: Writing): Markdown {
  const word = outline.controls.results[entry.result];
  return line([
    { kind: "result", result: entry.result, word },
    { kind: "text", text: " " },
    ...entry.title,
  ]);
}

function tableOf({ caption, captionShown, columns, rows }: Table, { line }: Writing): Markdown {
  const drawn = table(
    columns.map((column) => ({
      title: line([{ kind: "text", text: column.title }], "cell"),
      right: column.align === "right",
    })),
    rows.map((cells) => cells.map((cell, index) => cellOf(cell, columns[index], line))),
  );
  if (!captionShown) return drawn;
  return document(bold(line([{ kind: "text", text: `${caption}:` }], "bold")), drawn);
}

/** A dash where nothing is recorded; nothing where somebody is to write. */
function cellOf(cell: Line, column: Column | undefined, line: Write): Markdown {
  if (cell.length > 0) return line(cell, "cell");
  return column?.blank === true ? markup`` : markup`–`;
}

/** Rows of numbers below what a chart says: a report in Markdown is read from top to bottom. */
const CHART_ROWS = 14;

/** What a chart says, and the numbers behind it. */
function chartOf(
  { title, says, data }: Chart,
  told: boolean,
  { outline, language, line }: Writing,
): Markdown {
  const rows = data.rows.slice(0, told ? 0 : CHART_ROWS);
  const cut = outline.controls.cut
    .replace("{shown}", language.numbers.count(rows.length))
    .replace("{total}", language.numbers.count(data.rows.length));
  const caption = rows.length > 0 && rows.length < data.rows.length ? cut : undefined;
  return document(
    line([
      { kind: "strong", of: [{ kind: "text", text: `${title}.` }] },
      { kind: "text", text: " " },
      { kind: "log", text: says, length: "passage" },
    ]),
    caption === undefined ? undefined : line([{ kind: "text", text: `${caption}:` }]),
    rows.length === 0
      ? undefined
      : table(
          data.columns.map((column) => ({
            title: line([{ kind: "text", text: column.title }], "cell"),
            right: column.align === "right",
          })),
          rows.map((cells) =>
            cells.map((cell) =>
              cellOf(
                cell === "" ? [] : [{ kind: "log", text: cell, length: "value" }],
                undefined,
                line,
              ),
            ),
          ),
        ),
  );
}
