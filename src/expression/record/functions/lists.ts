// Functions and methods on lists and maps. What visits every item (exists, all, filter, map) is
// no function but a macro.

import type { Effort } from "../effort.ts";
import { spend } from "../effort.ts";
import { itemOf } from "../own.ts";
import { LONGEST_TEXT, emptyOf, isList, isMap, isNothing, textOf } from "../values.ts";
import type { RecordFunction } from "./function.ts";

/** Functions and methods on lists and maps, by name. */
export const LIST_FUNCTIONS: Readonly<Record<string, RecordFunction>> = {
  first: {
    form: "method",
    takes: [1, 1],
    written: "list.first()",
    apply: (_effort, list) => (isList(list) ? list[0] : emptyOf(list)),
  },
  last: {
    form: "method",
    takes: [1, 1],
    written: "list.last()",
    apply: (_effort, list) => (isList(list) ? itemOf(list, -1) : emptyOf(list)),
  },
  join: {
    form: "method",
    takes: [2, 2],
    written: "list.join(separator)",
    apply: (effort, list, separator) =>
      isList(list) && typeof separator === "string" ? join(effort, list, separator) : emptyOf(list),
  },
  keys: {
    form: "method",
    takes: [1, 1],
    written: "map.keys()",
    apply: (effort, map) => {
      if (!isMap(map)) return emptyOf(map);
      const keys = Object.keys(map);
      spend(effort, keys);
      return keys;
    },
  },
  size: {
    form: "either",
    takes: [1, 1],
    written: "size(x)",
    apply: (effort, value) => {
      if (isList(value)) return value.length;
      if (typeof value === "string") return charactersOf(effort, value);
      if (!isMap(value)) return emptyOf(value);
      const members = Object.keys(value).length;
      effort.left -= members;
      return members;
    },
  },
};

function join(effort: Effort, list: readonly unknown[], separator: string): string | undefined {
  const texts: string[] = [];
  let length = 0;
  for (const item of list) {
    if (isNothing(item)) continue;
    const text = textOf(item);
    if (text === undefined) continue;
    length += text.length + separator.length;
    if (length > LONGEST_TEXT) return undefined;
    texts.push(text);
  }
  effort.left -= list.length + (length >>> 4);
  return texts.join(separator);
}

/** Code points, so that a character outside the basic plane is one. */
function charactersOf(effort: Effort, text: string): number {
  spend(effort, text);
  let characters = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const next = unit >= 0xd800 && unit <= 0xdbff ? text.charCodeAt(index + 1) : 0;
    if (next >= 0xdc00 && next <= 0xdfff) index += 1;
    characters += 1;
  }
  return characters;
}
