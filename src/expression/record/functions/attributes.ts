// Attributes of OpenTelemetry as OTLP's JSON writes them, [{key, value: {stringValue: …}}], as an
// ordinary map.

import { memberOf, orNull, setMember } from "../own.ts";
import type { Effort } from "../effort.ts";
import { emptyOf, isList, isMap } from "../values.ts";
import type { RecordFunction } from "./function.ts";

/** `attributes`, by its name. */
export const ATTRIBUTE_FUNCTIONS: Readonly<Record<string, RecordFunction>> = {
  attributes: {
    form: "function",
    takes: [1, 1],
    written: "attributes(list)",
    apply: (effort, value) => {
      if (isMap(value)) return value;
      return isList(value) ? mapOf(value, effort, 0) : emptyOf(value);
    },
  },
};

/** Deepest nesting of values; documents are no deeper than 500 levels of JSON. */
const DEEPEST = 250;

/** Items without a key of text are left out; of two with the same key the later one counts. */
function mapOf(list: readonly unknown[], effort: Effort, depth: number): Record<string, unknown> {
  const map: Record<string, unknown> = {};
  effort.left -= list.length;
  for (const item of list) {
    const key = memberOf(item, "key");
    if (typeof key === "string") {
      setMember(map, key, valueOf(memberOf(item, "value"), effort, depth + 1));
    }
  }
  return map;
}

/** What an AnyValue holds; a value that is none stays as it is. */
function valueOf(written: unknown, effort: Effort, depth: number): unknown {
  if (!isMap(written)) return orNull(written);
  if (depth > DEEPEST) return null;
  for (const name of ["stringValue", "boolValue", "doubleValue", "bytesValue"]) {
    const value = memberOf(written, name);
    if (value !== undefined) return value;
  }
  const whole = memberOf(written, "intValue");
  if (whole !== undefined) return wholeOf(whole);
  const items = memberOf(memberOf(written, "arrayValue"), "values");
  if (isList(items)) {
    effort.left -= items.length;
    return items.map((item) => valueOf(item, effort, depth + 1));
  }
  const members = memberOf(memberOf(written, "kvlistValue"), "values");
  if (isList(members)) return mapOf(members, effort, depth + 1);
  if (memberOf(written, "arrayValue") !== undefined) return [];
  return memberOf(written, "kvlistValue") === undefined ? null : {};
}

const WHOLE = /^-?\d{1,16}$/;

/** OTLP's JSON writes 64-bit numbers as text; those that a double cannot keep stay text. */
function wholeOf(written: unknown): unknown {
  if (typeof written !== "string" || !WHOLE.test(written)) return written;
  const number = Number(written);
  return Number.isSafeInteger(number) ? number : written;
}
