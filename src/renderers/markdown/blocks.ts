// Block structure: headings, paragraphs, lists, quotes and GFM tables of escaped pieces.

import { joined, markup } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** Blocks one after another, with a blank line between them. Those that are absent are left out. */
export function document(...blocks: readonly (Markdown | undefined)[]): Markdown {
  return joined(
    blocks.filter((block) => block !== undefined),
    "\n\n",
  );
}

/** An ATX heading, level 1 to 6. */
export function heading(level: number, text: Markdown): Markdown {
  return { source: `${"#".repeat(level)} ${text.source}` };
}

/** A quotation of one paragraph. */
export function quote(text: Markdown): Markdown {
  return { source: `> ${text.source}` };
}

/** A tight list; absent items are left out, and an empty list is absent. */
export function list(...items: readonly (Markdown | undefined)[]): Markdown | undefined {
  const present = items.filter((item) => item !== undefined);
  if (present.length === 0) return undefined;
  return { source: present.map(({ source }) => `- ${source}`).join("\n") };
}

/** What a table's cell may hold; nothing and empty text read as a dash: not recorded. */
export type Cell = string | number | Markdown | null | undefined;

/** One column: its heading, and `right` for numbers. */
export type Column = string | { readonly right: string };

/** A GFM table; absent when there is no row. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): Markdown | undefined {
  if (rows.length === 0) return undefined;
  const headings = columns.map((column) => (typeof column === "string" ? column : column.right));
  const alignments = columns.map((column) => (typeof column === "string" ? "---" : "---:"));
  const lines = [headings, alignments, ...rows.map((cells) => cells.map(cellSource))];
  return { source: lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n") };
}

function cellSource(cell: Cell): string {
  if (cell === null || cell === undefined || cell === "") return "–";
  return markup`${cell}`.source;
}
