// With how many decimals a spreadsheet program may show a share, so that it never looks like a
// limit that it only comes close to.

import { MOST_DECIMALS } from "./styles.ts";

/**
 * The fewest decimals of a percentage, at least 1, with which rounding half away from zero (as
 * spreadsheet programs do) makes no whole or half percent of what is none. The whole is not 0.
 */
export function shareDecimals(part: number, whole: number): number {
  for (let decimals = 1; decimals < MOST_DECIMALS; decimals += 1) {
    const scale = 10n ** BigInt(decimals);
    const scaled = BigInt(part) * 100n * scale;
    const rounded = (scaled * 2n + BigInt(whole)) / (BigInt(whole) * 2n);
    const exact = rounded * BigInt(whole) === scaled;
    if (exact || (rounded * 2n) % scale !== 0n) return decimals;
  }
  return MOST_DECIMALS;
}
