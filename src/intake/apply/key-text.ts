// Keys of foreign records as text.

/**
 * A key's text: of a text the text, of a number or boolean its spelling, of a list or map its
 * JSON. Undefined when there is none: absent, null or empty.
 */
export function keyText(value: unknown): string | undefined {
  if (typeof value === "string") return value === "" ? undefined : value;
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" ? jsonText(value) : scalarText(value);
}

/** A number's or boolean's spelling; undefined for what is no finite number. */
export function scalarText(value: unknown): string | undefined {
  switch (typeof value) {
    case "number":
      return Number.isFinite(value) ? String(value) : undefined;
    case "bigint":
    case "boolean":
      return String(value);
    case "string":
      return value;
    default:
      return undefined;
  }
}

/** A list or map as compact JSON; whole numbers beyond 2^53 as text. */
export function jsonText(value: object): string {
  try {
    return JSON.stringify(value);
  } catch {
    return JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === "bigint" ? String(inner) : inner,
    );
  }
}
