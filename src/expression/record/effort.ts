// How much one evaluation may cost. Macros over lists multiply; a hostile record with long lists
// must not hold up the log.

/**
 * What one evaluation has left, in steps: one for each item gone through and for each 16
 * characters looked at. Macros stop when it is below 0, and the expression yields nothing.
 */
export interface Effort {
  left: number;
}

/** Steps of one evaluation. */
export const MOST_STEPS = 10_000_000;

/** Takes off the steps of looking through a text or list; anything else costs one. */
export function spend(effort: Effort, value: unknown): void {
  if (typeof value === "string") effort.left -= 1 + (value.length >>> 4);
  else effort.left -= Array.isArray(value) ? 1 + value.length : 1;
}
