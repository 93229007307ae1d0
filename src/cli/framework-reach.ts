// How far an agent log reaches into a framework.

import type { Framework } from "../index.ts";

/** Criteria by what a log can do for them. */
export interface Reach {
  /** With a verdict both ways. */
  readonly tested: number;
  /** Only ever disproved. */
  readonly disproveOnly: number;
  /** Figures without a verdict. */
  readonly figures: number;
  /** Criteria of the edition that are left open; absent where it has no such number. */
  readonly open?: number;
  /** Criteria of the edition; absent for laws, which have no such number. */
  readonly total?: number;
}

/** Counts a framework's criteria by what a log can do for them. */
export function reachOf(framework: Framework): Reach {
  const modes =
    framework.scoring === "points"
      ? framework.criteria.map(({ weight }) => (weight === 0 ? "figures" : "tested"))
      : framework.criteria.map(({ mode }) => mode);
  const of = (mode: string): number => modes.filter((one) => one === mode).length;
  const { criteriaInEdition: total } = framework;
  return {
    tested: of("tested"),
    disproveOnly: of("disprove-only"),
    figures: of("figures"),
    ...(total === undefined ? {} : { open: total - modes.length, total }),
  };
}
