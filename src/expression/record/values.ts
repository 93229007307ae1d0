// Values of foreign records: JSON, of which absent and null are "nothing". What is absent stays
// absent, and what stands there as null stays "there but empty", through every function.

/** Longest text, in UTF-16 units, that an expression makes; longer ones are nothing. */
export const LONGEST_TEXT = 2 ** 26;
/** Most items of a list that an expression makes; more are nothing. */
export const MOST_ITEMS = 2 ** 24;

/** A JSON object. */
export type JsonMap = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object, whatever its prototype. */
export function isMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a list. */
export function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Whether there is nothing: absent or null. */
export function isNothing(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

/** What becomes of a value that a function cannot take: null stays null, all else is absent. */
export function emptyOf(value: unknown): null | undefined {
  return value === null ? null : undefined;
}

/** The text of a text, number or boolean; undefined for everything else. */
export function scalarText(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return value;
    case "boolean":
    case "bigint":
      return String(value);
    case "number":
      return Number.isFinite(value) ? String(value) : undefined;
    default:
      return undefined;
  }
}

/** The text of a scalar, or compact JSON of a list or map; undefined where there is none. */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return scalarText(value);
  try {
    const text = JSON.stringify(value);
    return text.length > LONGEST_TEXT ? undefined : text;
  } catch {
    // Too deep or too long for JSON, or a whole number that has none.
    return undefined;
  }
}

/** Two texts in a row; undefined when that is longer than a text may be. */
export function joined(left: string, right: string): string | undefined {
  return left.length + right.length > LONGEST_TEXT ? undefined : left + right;
}

/** Equality of scalars, of which nothing is one; lists and maps equal nothing. */
export function sameScalar(left: unknown, right: unknown): boolean {
  if (typeof left === "object" && left !== null) return false;
  return left === right || (isNothing(left) && isNothing(right));
}
