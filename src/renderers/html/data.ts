// The report's JSON as it stands inside a `script` element, where `<` could end it.

import type { ComplianceReport } from "../../model/report.ts";
import { toDict } from "../dict.ts";

/** `<`, and everything without a shape of its own, as the escapes that a JSON parser turns back. */
const ESCAPED = /[<>&]|\p{Cc}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]/gu;

/**
 * The report's data (RFC 8259) without a character that HTML could take for markup; undefined when
 * it is longer than so many bytes.
 */
export function embeddedJson(report: ComplianceReport, most: number): string | undefined {
  const dict = toDict(report);
  if (textIn(dict, most) > most) return undefined;
  const json = JSON.stringify(dict).replace(ESCAPED, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
  return Buffer.byteLength(json) > most ? undefined : json;
}

/** Characters of all texts in the data, counted no further than `most`: no text is joined for it. */
function textIn(value: unknown, most: number): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null) return 0;
  let sum = 0;
  for (const inner of Object.values(value)) {
    sum += textIn(inner, most);
    if (sum > most) break;
  }
  return sum;
}
