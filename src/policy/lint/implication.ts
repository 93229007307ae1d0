// What one comparison of a parameter says about another one of the same parameter.

import { compares } from "../conditions/comparison.ts";
import type { ParamComparison } from "../conditions/condition.ts";
import { compareValues } from "../conditions/values.ts";

/** Whether `asked` holds whenever `given` does. */
export function implies(given: ParamComparison, asked: ParamComparison): boolean {
  if (given.param !== asked.param) return false;
  if (given.operator === "eq") return compares(given.limit, asked) === true;
  if (asked.operator === "eq") return false;
  const isLower = given.operator.startsWith("g");
  if (isLower !== asked.operator.startsWith("g")) return false;
  const order = compareValues(given.limit, asked.limit);
  if (order === undefined) return false;
  const inside = isLower ? order > 0 : order < 0;
  return inside || (order === 0 && (!includesLimit(given) || includesLimit(asked)));
}

/** Whether one value can satisfy both; undefined when it cannot be told. */
export function areJoint(a: ParamComparison, b: ParamComparison): boolean | undefined {
  if (a.param !== b.param) return true;
  if (a.operator === "eq") return compares(a.limit, b);
  if (b.operator === "eq") return compares(b.limit, a);
  const order = compareValues(a.limit, b.limit);
  if (order === undefined) return undefined;
  const aIsLower = a.operator.startsWith("g");
  if (aIsLower === b.operator.startsWith("g")) return true;
  if (order === 0) return includesLimit(a) && includesLimit(b);
  const limitsCross = aIsLower ? order < 0 : order > 0;
  if (!limitsCross) return false;
  // Between two numbers there is another one; between two texts there need not be.
  return typeof a.limit === "number" ? true : undefined;
}

function includesLimit(comparison: ParamComparison): boolean {
  return comparison.operator.endsWith("e");
}
