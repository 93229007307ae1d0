// Levels of a heat strip: counts in up to four groups of about as many cells each.

import type { ChartColourName } from "./colours.ts";

/** One level, with the least and the most count in it. */
export interface HeatLevel {
  readonly colour: ChartColourName;
  readonly least: number;
  readonly most: number;
}

/** Levels from the fewest to the most, and which colour a count has. */
export interface Heat {
  readonly levels: readonly HeatLevel[];
  colourOf(count: number): ChartColourName;
}

/** Which of the four colours serve where there are fewer levels. */
const COLOURS: Readonly<Record<number, readonly ChartColourName[]>> = {
  1: ["heat-3"],
  2: ["heat-1", "heat-3"],
  3: ["heat-1", "heat-3", "heat-4"],
  4: ["heat-1", "heat-2", "heat-3", "heat-4"],
};

/** Levels for these counts, of which there is at least one. */
export function heatOf(counts: readonly number[]): Heat {
  const sorted = counts.toSorted((one, other) => one - other);
  const limits = [0.25, 0.5, 0.75, 1].map(
    (share) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0,
  );
  const tops = [...new Set(limits)];
  const colours = COLOURS[tops.length] ?? [];
  const levels = tops.map((most, index): HeatLevel => {
    const before = tops[index - 1] ?? Number.NEGATIVE_INFINITY;
    return {
      colour: colours[index] ?? "heat-4",
      least: sorted.find((count) => count > before) ?? most,
      most,
    };
  });
  return {
    levels,
    colourOf: (count) => levels.find(({ most }) => count <= most)?.colour ?? "heat-4",
  };
}
