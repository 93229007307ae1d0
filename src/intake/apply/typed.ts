// A raw value as what its entry field holds. Nothing is invented: what does not fit is "there
// but empty".

import { ENTRY_FIELDS } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { jsonText, scalarText } from "./key-text.ts";

/** Makes a value that is there, and no text unless the field is a depth, fit the field. */
export type Typed = (value: unknown) => unknown;

/** What makes values fit a field. */
export function typedFor(field: EntryField): Typed {
  if (field === "id") return idOf;
  switch (ENTRY_FIELDS[field]) {
    case "json":
      return asItIs;
    case "integer":
      return depthOf;
    case "text":
    case "instant":
      return textOf;
  }
}

function asItIs(value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

/** A text: a list or map becomes compact JSON. A boolean names nothing; a mapping that means it writes string(x). */
function textOf(value: unknown): string | null {
  if (typeof value === "boolean") return null;
  if (typeof value === "object" && value !== null) return jsonText(value);
  return scalarText(value) ?? null;
}

/** A whole number stays one, everything else is text. */
function idOf(value: unknown): string | number | null {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : textOf(value);
}

const WHOLE = /^-?\d{1,15}$/;

/** A whole number, or its digits as tables have them. */
function depthOf(value: unknown): number | null {
  if (typeof value === "string" && WHOLE.test(value)) return Number(value);
  return typeof value === "number" && Number.isSafeInteger(value) ? value : null;
}
