// Which tests a weighted framework needs: each measure once for every criterion that asks it
// alike, and those that say whether the record can be relied on.

import type { AskedMeasure, WeightedCriterion } from "../model/framework.ts";
import type { Limits } from "../model/measure.ts";

/** Measures whose failure puts the record itself in doubt. Every weighted framework asks them. */
export const RECORD_MEASURES: readonly string[] = ["field-completeness", "record-identity"];

/** One measure against one set of limits. */
export interface PlannedTest {
  /** The measure's id; with `@criterion` behind it where a criterion sets limits of its own. */
  readonly key: string;
  readonly measure: string;
  /** Absent: the measure's own. */
  readonly limits?: Limits;
  /** Criteria that ask it, in the framework's order. */
  readonly criteria: readonly string[];
}

/** The tests of a criterion by their keys. */
export interface AskedKeys {
  readonly decisive: readonly string[];
  readonly supporting: readonly string[];
}

export interface TestPlan {
  /** In the order in which criteria first ask them; those about the record last, unless asked before. */
  readonly tests: readonly PlannedTest[];
  /** By the criterion's id. */
  readonly asked: ReadonlyMap<string, AskedKeys>;
}

/** Plans the tests of some criteria. */
export function planTests(criteria: readonly WeightedCriterion[]): TestPlan {
  const planned = new Map<string, { test: Omit<PlannedTest, "criteria">; criteria: Set<string> }>();
  const keyOfLimits = new Map<string, string>();

  const plan = ({ measure, limits }: AskedMeasure, criterion?: string): string => {
    const key = keyOf(measure, limits, criterion);
    const known = planned.get(key) ?? {
      test: { key, measure, ...(limits === undefined ? {} : { limits }) },
      criteria: new Set<string>(),
    };
    if (criterion !== undefined) known.criteria.add(criterion);
    planned.set(key, known);
    return key;
  };
  /** Criteria with the same limits of their own share a test, named after the first of them. */
  const keyOf = (measure: string, limits: Limits | undefined, criterion = ""): string => {
    if (limits === undefined) return measure;
    const identity = JSON.stringify([measure, limits]);
    const known = keyOfLimits.get(identity);
    if (known !== undefined) return known;
    const name = `${measure}@${criterion}`;
    const key = planned.has(name) ? `${name}~${planned.size}` : name;
    keyOfLimits.set(identity, key);
    return key;
  };

  const asked = new Map(
    criteria.map(({ id, decisive, supporting }): [string, AskedKeys] => [
      id,
      {
        decisive: decisive.map((measure) => plan(measure, id)),
        supporting: supporting.map((measure) => plan(measure, id)),
      },
    ]),
  );
  for (const measure of RECORD_MEASURES) plan({ measure });
  return {
    tests: [...planned.values()].map(({ test, criteria: by }) =>
      Object.assign(test, { criteria: [...by] }),
    ),
    asked,
  };
}
