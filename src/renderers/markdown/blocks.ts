// Block structure: headings, paragraphs, lists, quotes, code and GFM tables of escaped pieces.

import { OWN_LENGTH, visible } from "../words/visible.ts";
import { joined } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** Blocks one after another, with a blank line between them. Those that are absent are left out. */
export function document(...blocks: readonly (Markdown | undefined)[]): Markdown {
  return joined(
    blocks.filter((block) => block !== undefined),
    "\n\n",
  );
}

/** An ATX heading, level 1 to 6; deeper ones are of level 6. */
export function heading(level: number, text: Markdown): Markdown {
  return { source: `${"#".repeat(Math.min(6, level))} ${text.source}` };
}

/** A quotation of one paragraph. */
export function quote(text: Markdown): Markdown {
  return { source: `> ${text.source}` };
}

/** A tight list. */
export function list(items: readonly Markdown[]): Markdown {
  return { source: items.map(({ source }) => `- ${source}`).join("\n") };
}

/** Text in bold. */
export function bold(text: Markdown): Markdown {
  return { source: `**${text.source}**` };
}

/** Lines to type, in a fence that none of them can close. */
export function fenced(lines: readonly string[]): Markdown {
  const shown = lines.map((line) => visible(line, OWN_LENGTH).replace(BUILD_COMMAND, "\\u0023"));
  const runs = shown.join("\n").match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return { source: [`${fence}sh`, ...shown, fence].join("\n") };
}

/** The second `#` of `##command[`, which build servers obey wherever it stands in a line. */
const BUILD_COMMAND = /(?<=#)#(?=\w*\[)/g;

/** One column: its heading, and whether its numbers stand at the right. */
export interface Column {
  readonly title: Markdown;
  readonly right: boolean;
}

/** A GFM table with at least one row. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Markdown[])[],
): Markdown {
  const lines = [
    columns.map(({ title }) => title.source),
    columns.map(({ right }) => (right ? "---:" : "---")),
    ...rows.map((cells) => cells.map(({ source }) => source)),
  ];
  return { source: lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n") };
}
