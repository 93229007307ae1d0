// Methods on text. Letters change case for ASCII only, as everywhere in this package.

import { lowerAscii, trimAscii } from "../../text.ts";
import { spend } from "../effort.ts";
import { LONGEST_TEXT, MOST_ITEMS, emptyOf } from "../values.ts";
import type { RecordFunction } from "./function.ts";

/** Methods on text, by name. */
export const TEXT_FUNCTIONS: Readonly<Record<string, RecordFunction>> = {
  lowerAscii: changing("text.lowerAscii()", lowerAscii),
  upperAscii: changing("text.upperAscii()", upperAscii),
  trim: changing("text.trim()", trimAscii),
  contains: testing("text.contains(part)", (text, part) => text.includes(part)),
  startsWith: testing("text.startsWith(part)", (text, part) => text.startsWith(part)),
  endsWith: testing("text.endsWith(part)", (text, part) => text.endsWith(part)),
  split: {
    form: "method",
    takes: [2, 2],
    written: "text.split(separator)",
    apply: (effort, text, separator) => {
      if (typeof text !== "string" || typeof separator !== "string") return emptyOf(text);
      spend(effort, text);
      const parts = separator === "" ? [text] : text.split(separator, MOST_ITEMS + 1);
      effort.left -= parts.length;
      return parts.length > MOST_ITEMS ? undefined : parts;
    },
  },
  replace: {
    form: "method",
    takes: [3, 3],
    written: "text.replace(from, to)",
    apply: (effort, text, from, to) => {
      if (typeof text !== "string" || typeof from !== "string" || typeof to !== "string") {
        return emptyOf(text);
      }
      spend(effort, text);
      const replaced = from === "" ? text : replaceAll(text, from, to);
      spend(effort, replaced);
      return replaced;
    },
  },
};

function changing(written: string, change: (text: string) => string): RecordFunction {
  return {
    form: "method",
    takes: [1, 1],
    written,
    apply: (effort, text) => {
      if (typeof text !== "string") return emptyOf(text);
      spend(effort, text);
      return change(text);
    },
  };
}

function testing(written: string, test: (text: string, part: string) => boolean): RecordFunction {
  return {
    form: "method",
    takes: [2, 2],
    written,
    apply: (effort, text, part) => {
      if (typeof text !== "string" || typeof part !== "string") return false;
      spend(effort, text);
      return test(text, part);
    },
  };
}

const LOWER_CASE = /[a-z]+/g;

function upperAscii(text: string): string {
  return text.replace(LOWER_CASE, (letters) => letters.toUpperCase());
}

/** Neither argument is a pattern: `$&` in the replacement is three characters of text. */
function replaceAll(text: string, from: string, to: string): string | undefined {
  const parts = text.split(from, MOST_ITEMS + 1);
  const length = text.length + (parts.length - 1) * (to.length - from.length);
  return parts.length > MOST_ITEMS || length > LONGEST_TEXT ? undefined : parts.join(to);
}
