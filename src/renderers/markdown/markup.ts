// Markdown (CommonMark 0.31 with GFM tables) in which text cannot become markup: a string
// put into a `markup` template is escaped there, and nowhere else.

import { PASSAGE_LENGTH, VALUE_LENGTH, visible } from "../words/visible.ts";
import { formatCount } from "../../model/figures.ts";

/** A piece of Markdown whose text has been escaped. */
export interface Markdown {
  readonly source: string;
}

/**
 * Inline Markdown. The template's own characters are markup; strings are text, shown up to
 * 160 characters; numbers get their thousands set apart.
 */
export function markup(
  template: readonly string[],
  ...values: readonly (string | number | Markdown)[]
): Markdown {
  const source = template.map((own, index) => {
    const value = values[index - 1];
    return value === undefined ? own : `${sourceOf(value)}${own}`;
  });
  return { source: source.join("") };
}

function sourceOf(value: string | number | Markdown): string {
  if (typeof value === "number") return formatCount(value);
  return typeof value === "string" ? escape(visible(value, VALUE_LENGTH)) : value.source;
}

/** A longer text, such as a description: shown up to 2,000 characters. */
export function passage(text: string): Markdown {
  return { source: escape(visible(text, PASSAGE_LENGTH)) };
}

/** Text that is visible already; of several pieces as one, so that no two of them join into markup. */
export function visibleAsMarkdown(text: string): Markdown {
  return { source: escape(text) };
}

/** A literal in a code span, up to 160 characters. Not for table cells, where no parser agrees on backslashes. */
export function code(text: string, most = VALUE_LENGTH): Markdown {
  const shown = visible(text, most).replace(BUILD_COMMAND, "\\u0023");
  const runs = shown.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const gap = /^`|`$/.test(shown) ? " " : "";
  return { source: `${fence}${gap}${shown}${gap}${fence}` };
}

/** The second `#` of `##command[`, which build servers obey wherever it stands in a line. */
const BUILD_COMMAND = /(?<=#)#(?=\w*\[)/g;

/** Joins pieces with markup of our own. */
export function joined(pieces: readonly Markdown[], separator: string): Markdown {
  return { source: pieces.map(({ source }) => source).join(separator) };
}

const ZERO_WIDTH_SPACE = "\u200b";

/**
 * Places where text that holds no markup at all is still turned into something, after
 * Markdown has been read: @names, #1 and GH-1, addresses of pages and mailboxes, `{{ }}` of
 * page templates, :emoji:. A zero-width space (which visible text never holds) parts them.
 */
const JOINTS =
  /@|#(?=\d)|(?<![a-z0-9])gh-(?=\d)|:(?=\/\/)|www(?=\.)|\{(?=[{%#])|:(?=(?:[+-]1|100|1234|[\w+-]*[a-z][\w+-]*):)/gi;

/** What means something to a Markdown parser, inside a line or (`^`) at its beginning. */
const MARKUP =
  /[&<>$\u200b\\`*~|[\]{}#]|(?<![a-z0-9])_|_(?![a-z0-9])|::|^[-+=]|^\d+(?=[.)](?:\s|$))/gi;

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  $: "&#36;",
  [ZERO_WIDTH_SPACE]: "&#8203;",
};

/**
 * Visible text as Markdown that reads as exactly this text, wherever in a line it stands: in
 * a paragraph, a heading, a list item or a table cell. `::` is parted because build servers
 * obey a printed line that begins with it.
 */
function escape(text: string): string {
  return text.replace(JOINTS, `$&${ZERO_WIDTH_SPACE}`).replace(MARKUP, (found) => {
    if (found === "::") return "\\:\\:";
    if (/^\d/.test(found)) return `${found}\\`;
    return ENTITIES[found] ?? `\\${found}`;
  });
}
