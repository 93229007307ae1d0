// Colours of the command line's own lists. What a colour says is always said by a word too.

import { styleText } from "node:util";
import type { Paint } from "./table.ts";

type Style = "bold" | "red" | "yellow" | "dim";

/** The text in a style, or as it is when no colour is wanted. */
export function styled(text: string, style: Style | undefined, color: boolean): string {
  // The terminal was asked already; without this, newer versions of Node ask again.
  return style === undefined || !color ? text : styleText(style, text, { validateStream: false });
}

/** How the headings of a list are painted. */
export function headings(color: boolean): Paint {
  return (text) => styled(text, "bold", color);
}

const WORDS: Readonly<Record<string, Style>> = {
  critical: "red",
  high: "yellow",
  error: "red",
  warning: "yellow",
  info: "dim",
  failed: "red",
  blocked: "yellow",
  denied: "yellow",
};

/** The style of a word that has a weight: a risk, a result, a severity. */
export function styleOfWord(word: string): Style | undefined {
  const key = word.toLowerCase();
  return Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
}
