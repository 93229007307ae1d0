// Functions from one kind of value to another, and the choice between several.

import { spend } from "../effort.ts";
import { emptyOf, isNothing, textOf } from "../values.ts";
import type { RecordFunction } from "./function.ts";
import { parseJson } from "./json-text.ts";

/** Most arguments that the CEL library reads. */
const MOST_ARGUMENTS = 32;

/** Conversions, by name. */
export const CONVERSION_FUNCTIONS: Readonly<Record<string, RecordFunction>> = {
  coalesce: { form: "function", takes: [1, MOST_ARGUMENTS], written: "coalesce(a, b, …)" },
  string: {
    form: "function",
    takes: [1, 1],
    written: "string(x)",
    apply: (effort, value) => {
      const text = isNothing(value) ? value : textOf(value);
      spend(effort, text);
      return text;
    },
  },
  json: {
    form: "function",
    takes: [1, 1],
    written: "json(text)",
    apply: (effort, value) => {
      if (typeof value === "object") return value;
      if (typeof value !== "string") return undefined;
      effort.left -= value.length;
      return parseJson(value);
    },
  },
  int: {
    form: "function",
    takes: [1, 1],
    written: "int(x)",
    apply: (_effort, value) => {
      if (typeof value !== "number" && typeof value !== "string") return emptyOf(value);
      if (typeof value === "string" && !WHOLE.test(value)) return undefined;
      // Adding 0 turns -0 into 0.
      const number = Math.trunc(Number(value)) + 0;
      return Number.isSafeInteger(number) ? number : undefined;
    },
  },
  double: {
    form: "function",
    takes: [1, 1],
    written: "double(x)",
    apply: (_effort, value) => {
      if (typeof value !== "number" && typeof value !== "string") return emptyOf(value);
      if (typeof value === "string" && (value.length > LONGEST_NUMBER || !DECIMAL.test(value))) {
        return undefined;
      }
      const number = Number(value);
      return Number.isFinite(number) ? number : undefined;
    },
  },
};

const WHOLE = /^-?\d{1,16}$/;
const LONGEST_NUMBER = 400;
const DECIMAL = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
