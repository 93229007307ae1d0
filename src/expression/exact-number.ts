// Numbers as expressions write them.

/** The whole number that a literal says, or undefined where a double cannot keep it exactly. */
export function exactNumber(value: bigint): number | undefined {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : undefined;
}

/** What to say where {@link exactNumber} has none. */
export const EXACT_NUMBERS_HINT =
  "Whole numbers are exact up to 9007199254740991, on either side of 0.";
