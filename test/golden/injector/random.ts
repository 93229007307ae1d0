// A seeded source of numbers, so that a synthetic log is the same on every machine.

export interface Random {
  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number;
  /** True in so many cases of a thousand. */
  chance(perMille: number): boolean;
  pick<Value>(values: readonly Value[]): Value;
}

/** Marsaglia's xorshift with 32 bits; a seed of 0 would stay 0. */
export function randomFrom(seed: number): Random {
  let state = Math.imul(seed + 1, 0x9e3779b1) | 1;
  const next = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return state >>> 0;
  };
  for (let warmUp = 0; warmUp < 8; warmUp += 1) next();
  const between = (low: number, high: number): number => low + (next() % (high - low + 1));
  return {
    between,
    chance: (perMille) => between(1, 1000) <= perMille,
    pick: (values) => values[between(0, values.length - 1)] as (typeof values)[number],
  };
}
