// The report as JSON text (RFC 8259), for programs. Nothing is cut. Characters that could
// act on whatever shows the text are written as escapes, which a parser turns back.

import type { ComplianceReport } from "../model/report.ts";
import { toDict } from "./dict.ts";
import type { Renderer } from "./renderer.ts";

/** `json`: see {@link toJson}. */
export const renderer: Renderer = {
  name: "json",
  mediaType: "application/json",
  extension: "json",
  render: (report) => toJson(report),
};

/** The data of `toDict` as text, indented by two, ending in a line feed. */
export function toJson(report: ComplianceReport): string {
  return `${escapeActive(JSON.stringify(toDict(report), null, 2))}\n`;
}

/** Controls, line separators, and everything zero-width or bidirectional. */
const INVISIBLE = /(?!\n)\p{Cc}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;

/** A `<` that could open a tag, and the second `#` of a build server's `##command[`. */
const COMMANDING = /<(?=[a-z/!?])|(?<=#)#(?=\w*\[)/gi;

/** Outside of strings JSON holds none of these characters, so what is replaced stands inside one. */
function escapeActive(json: string): string {
  return json.replace(INVISIBLE, unicodeEscapes).replace(COMMANDING, unicodeEscapes);
}

/** `\uXXXX` for each UTF-16 unit. */
function unicodeEscapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}
