// param_eq, param_gt, param_lt, param_gte and param_lte: one parameter beside a limit.

import type { Mistake } from "../mistakes.ts";
import { expected, isNull } from "../tree/fields.ts";
import type { Tree } from "../tree/tree.ts";
import { plainValue } from "../tree/tree.ts";
import type { Answer, ComparisonOperator, Occasion, ParamComparison } from "./condition.ts";
import { paramOf } from "./condition.ts";
import { compareValues, isEqual } from "./values.ts";

/** A limit that something can be equal to, or, for an order, that something can lie above or below. */
export function readComparison(
  operator: ComparisonOperator,
  param: string,
  tree: Tree,
  mistakes: Mistake[],
): ParamComparison | undefined {
  if (operator === "eq") {
    if (isNull(tree)) return expected(tree, "a value", mistakes, "A null parameter never matches.");
  } else if (!hasOrder(tree)) {
    const hint = "Only numbers, texts and lists of them have an order.";
    return expected(tree, "a number, a text or a list of them", mistakes, hint);
  }
  return { kind: "compare", operator, param, limit: plainValue(tree) };
}

function hasOrder(tree: Tree): boolean {
  if (tree.kind === "list") return tree.items.every((item) => hasOrder(item));
  return tree.kind === "scalar" && ["number", "string"].includes(typeof tree.value);
}

/** False when the parameter is missing; undefined when it cannot be compared with the limit. */
export function holdsComparison(condition: ParamComparison, occasion: Occasion): Answer {
  const value = paramOf(occasion.action, condition.param);
  if (value === undefined) return false;
  return compares(value, condition);
}

/** Whether a value satisfies the comparison. */
export function compares(value: unknown, condition: ParamComparison): Answer {
  if (condition.operator === "eq") return isEqual(value, condition.limit);
  const order = compareValues(value, condition.limit);
  if (order === undefined) return undefined;
  switch (condition.operator) {
    case "gt":
      return order > 0;
    case "lt":
      return order < 0;
    case "gte":
      return order >= 0;
    case "lte":
      return order <= 0;
  }
}
