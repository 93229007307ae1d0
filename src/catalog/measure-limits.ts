// Limits that a measure's observation is held against, wherever they stand: in the measure, in
// a criterion that sets its own, or in a user's configuration.

import type { Reason } from "../model/finding.ts";
import type { Limits, Measure, MeasureLimit } from "../model/measure.ts";
import { predicateAt } from "./checked-expression.ts";
import { limitSchema } from "./observed-numbers.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/** A limit as the schema lets it through. */
export interface MeasureLimitFile {
  readonly result: MeasureLimit["result"];
  readonly reason?: Reason;
  readonly when?: string;
}

/**
 * Checks limits of a measure: tried in order, the last always holds.
 *
 * @param path of the list
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function measureLimitsOf(
  yaml: YamlFile,
  path: Path,
  limits: readonly MeasureLimitFile[],
  measure: Measure,
): MeasureLimit[] {
  const schema = limitSchema(measure);
  return limits.map((limit, index) => {
    const here = [...path, index];
    checkLimitOrder(yaml, here, limit, index === limits.length - 1);
    checkReason(yaml, here, limit);
    const { result, reason } = limit;
    return {
      result,
      ...(reason === undefined ? {} : { reason }),
      ...(limit.when === undefined
        ? {}
        : { when: predicateAt(yaml, [...here, "when"], limit.when, schema) }),
    };
  });
}

/** Limits in one line: `fail when exceptions > 0; pass`. */
export function limitsInOneLine({ of }: Limits): string {
  return of
    .map(({ result, reason, when }) => {
      const outcome = reason === undefined ? result : `${result} (${reason})`;
      return when === undefined ? outcome : `${outcome} when ${when.source.trim()}`;
    })
    .join("; ");
}

/**
 * Refuses a condition on the last limit, and a limit before it that has none.
 *
 * @throws ComplianceError `invalid-catalog`
 */
export function checkLimitOrder(
  yaml: YamlFile,
  path: Path,
  { when }: { readonly when?: string },
  last: boolean,
): void {
  if (last && when !== undefined) {
    throw yaml.refuse([...path, "when"], 'the last limit must always hold and has no "when"', {
      atKey: true,
      hint: "Remove the condition, or add a limit for everything else.",
    });
  }
  if (!last && when === undefined) {
    throw yaml.refuse(path, 'expected the key "when", because another limit follows', {
      hint: "A limit without a condition always holds; those after it would never be tried.",
    });
  }
}

function checkReason(yaml: YamlFile, path: Path, { result, reason }: MeasureLimitFile): void {
  if (result === "inconclusive" && reason === undefined) {
    throw yaml.refuse(path, 'expected the key "reason", because the result is inconclusive');
  }
  if (result !== "inconclusive" && reason !== undefined) {
    throw yaml.refuse([...path, "reason"], `a limit of result ${result} has no reason`, {
      atKey: true,
    });
  }
}
