// Numbers that limits name, as people read them: shares, days and plain decimals. None is
// rounded onto a limit that it only comes close to.

import type { Language } from "../languages/language.ts";
import type { Numbers } from "../languages/numbers.ts";

/** Quotients of counts are exact to so many parts of one. */
const PARTS = 1e15;

/**
 * A quotient from 0 to 1 in percent.
 *
 * @param limits shares, from 0 to 1, on whose side the figure stays
 */
export function formatQuotient(
  quotient: number,
  numbers: Numbers,
  limits: readonly number[] = [],
): string {
  return numbers.share(Math.round(quotient * PARTS), PARTS, limits);
}

/** Days, cut to one decimal: a log of 182.99 days is none of 183. */
export function formatDays(days: number, { assess }: Language): string {
  return assess.filled.days(Math.floor(days * 10) / 10);
}

const MOST_DECIMALS = 6;

/** A number with two decimals, and with more where two would make it look whole. */
export function formatDecimal(value: number, numbers: Numbers): string {
  for (let decimals = 2; decimals < MOST_DECIMALS; decimals += 1) {
    const rounded = Number(value.toFixed(decimals));
    if (Number.isInteger(value) || !Number.isInteger(rounded)) return numbers.decimal(rounded);
  }
  return numbers.decimal(Number(value.toFixed(MOST_DECIMALS)));
}
