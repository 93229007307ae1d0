// Percentiles by nearest rank: always a value that was observed, never one in between.

/**
 * The smallest of the values that at least so many percent of them do not exceed.
 *
 * @param values sorted
 * @param percentile above 0, up to 100; 0 and below is the smallest
 * @returns undefined of no values
 */
export function nearestRank(values: Float64Array, percentile: number): number | undefined {
  const rank = Math.ceil((percentile * values.length) / 100);
  return values[Math.max(rank, 1) - 1];
}
