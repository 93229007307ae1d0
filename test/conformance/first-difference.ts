// Where two JSON documents differ first.

/** Characters of a value that are shown. */
const SHOWN = 300;

/** The first path at which two values differ, with both; undefined when they are the same. */
export function firstDifference(one: unknown, other: unknown, path = "$"): string | undefined {
  if (Object.is(one, other)) return undefined;
  if (isBranch(one) && isBranch(other) && Array.isArray(one) === Array.isArray(other)) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const inside = firstDifference(one[key], other[key], `${path}.${key}`);
      if (inside !== undefined) return inside;
    }
    if (Object.keys(one).join("\n") === Object.keys(other).join("\n")) return undefined;
    return `${path}: the same keys in another order`;
  }
  return `${path}: ${shown(one)} is not ${shown(other)}`;
}

function isBranch(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
