// HTML (WHATWG living standard) in which text cannot become markup: a string put into a `markup`
// template is escaped there, and nowhere else.

import { OWN_LENGTH, visible } from "../words/visible.ts";

/** A piece of HTML whose text has been escaped. */
export interface Markup {
  readonly source: string;
}

/** What may stand in a template: text, a number, HTML, some of them, or nothing. */
export type Piece = string | number | Markup | undefined | readonly Piece[];

/**
 * HTML from a template. The template's own characters are markup; strings are text, for content
 * and for quoted attributes alike, shown visible and up to 20,000 characters.
 */
export function markup(template: readonly string[], ...pieces: readonly Piece[]): Markup {
  return {
    source: template.map((own, index) => `${sourceOf(pieces[index - 1])}${own}`).join(""),
  };
}

/** Nothing at all. */
export const NOTHING: Markup = { source: "" };

/** Text of which at most so many characters are shown; a space at either end stays one. */
export function text(of: string, most: number): Markup {
  const before = of.startsWith(" ") ? " " : "";
  const after = of.length > 1 && of.endsWith(" ") ? " " : "";
  const words = of.slice(before.length, of.length - after.length);
  return { source: `${before}${escape(visible(words, most))}${after}` };
}

/** Text from outside: every one of its characters shows, spaces at its ends too. */
export function foreign(of: string, most: number): Markup {
  return { source: escape(visible(of, most)) };
}

/** Markup of this program's own making: a chart, a style sheet, a script. Never text from outside. */
export function trusted(source: string): Markup {
  return { source };
}

function sourceOf(piece: Piece): string {
  if (piece === undefined) return "";
  if (typeof piece === "number") return String(piece);
  if (typeof piece === "string") return text(piece, OWN_LENGTH).source;
  return "source" in piece ? piece.source : piece.map(sourceOf).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Safe in content and in attributes with quotes of either kind. */
function escape(shown: string): string {
  return shown.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
