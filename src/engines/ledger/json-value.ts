// What a JSON column of a ledger holds, as the log itself gave it.

/** The value of a cell; null where there is none, the text itself where it is no JSON. */
export function jsonValue(cell: unknown): unknown {
  if (typeof cell !== "string") return null;
  try {
    return JSON.parse(cell) as unknown;
  } catch {
    return cell;
  }
}
