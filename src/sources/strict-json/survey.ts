// What a parsed JSON value holds: its members, its numbers, its depth, and how long its
// shortest text is.

/** Deepest nesting of a record. Nothing that logs actions comes near it. */
export const DEEPEST = 500;

/** What was found in one value. */
export interface Survey {
  /** Members of all objects in it. */
  members: number;
  /**
   * No JSON text of the value has fewer characters. A text of just this length repeats no
   * key: what a parser drops would make it longer.
   */
  least: number;
  /** Whether a number lies beyond the whole numbers that a double tells apart. */
  large: boolean;
  /** Whether it is nested deeper than {@link DEEPEST}; then the rest is not looked at. */
  deep: boolean;
}

/** Looks through a value that `JSON.parse` made. */
export function survey(value: unknown): Survey {
  const found = { members: 0, least: 0, large: false, deep: false };
  found.least = leastText(value, found, 1);
  return found;
}

function leastText(value: unknown, found: Survey, depth: number): number {
  if (typeof value === "string") return value.length + 2;
  if (typeof value === "number") return leastDigits(value, found);
  if (typeof value !== "object" || value === null) return value === false ? 5 : 4;
  if (depth > DEEPEST) {
    found.deep = true;
    return 0;
  }
  return Array.isArray(value)
    ? leastOfItems(value, found, depth)
    : leastOfMembers(value as Readonly<Record<string, unknown>>, found, depth);
}

function leastOfItems(items: readonly unknown[], found: Survey, depth: number): number {
  let least = items.length === 0 ? 2 : items.length + 1;
  for (let index = 0; index < items.length; index += 1) {
    least += leastText(items[index], found, depth + 1);
  }
  return least;
}

/**
 * `for in` is the fastest way through, and an object that parsing made inherits nothing that
 * it shows. Texts, which most values are, cost no call.
 */
function leastOfMembers(
  value: Readonly<Record<string, unknown>>,
  found: Survey,
  depth: number,
): number {
  let members = 0;
  let least = 0;
  for (const key in value) {
    const member = value[key];
    members += 1;
    least += key.length;
    if (typeof member === "string") least += member.length + 2;
    else least += leastText(member, found, depth + 1);
  }
  found.members += members;
  return members === 0 ? 2 : least + members * 4 + 1;
}

/**
 * No JSON number that means the value is shorter. `1e3` is shorter than `1000`, so numbers
 * that could gain by an exponent count as one digit.
 */
function leastDigits(value: number, found: Survey): number {
  const size = Math.abs(value);
  if (size > Number.MAX_SAFE_INTEGER) {
    found.large = true;
    return 1;
  }
  if (Number.isInteger(value)) {
    if (size >= 1000 && size % 1000 === 0) return 1;
    let digits = value < 0 ? 2 : 1;
    for (let bound = 10; bound <= size; bound *= 10) digits += 1;
    return digits;
  }
  return size >= 0.01 ? String(value).length : 1;
}
