// Comparison, arithmetic and membership over JSON values, where nothing is contagious.

import type { RecordTerm } from "../../model/record-expression.ts";
import { compareText } from "../text.ts";
import { spend } from "./effort.ts";
import type { Effort } from "./effort.ts";
import { MOST_ITEMS, isList, isMap, isNothing, joined, sameScalar } from "./values.ts";

type Comparison = Extract<RecordTerm, { kind: "compare" }>["operator"];
type Arithmetic = Extract<RecordTerm, { kind: "arithmetic" }>["operator"];
type Operand = (variables: unknown[]) => unknown;

/** A comparison; `!=` is true exactly where `==` is false. */
export function comparing(
  operator: Comparison,
  left: Operand,
  right: Operand,
  effort: Effort,
): (variables: unknown[]) => boolean {
  switch (operator) {
    case "==":
      return (variables) => isSame(left(variables), right(variables), effort);
    case "!=":
      return (variables) => !isSame(left(variables), right(variables), effort);
    case "<":
      return (variables) => orderOf(left(variables), right(variables), effort) < 0;
    case "<=":
      return (variables) => orderOf(left(variables), right(variables), effort) <= 0;
    case ">":
      return (variables) => orderOf(left(variables), right(variables), effort) > 0;
    case ">=":
      return (variables) => orderOf(left(variables), right(variables), effort) >= 0;
  }
}

function isSame(left: unknown, right: unknown, effort: Effort): boolean {
  // Texts of different lengths are told apart at once.
  if (typeof left === "string" && typeof right === "string" && left.length === right.length) {
    spend(effort, left);
  }
  return sameScalar(left, right);
}

/** NaN for what has no order, which makes every comparison false. */
function orderOf(left: unknown, right: unknown, effort: Effort): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  if (typeof left !== "string" || typeof right !== "string") return Number.NaN;
  spend(effort, left.length < right.length ? left : right);
  return compareText(left, right);
}

/** Arithmetic on numbers; `+` also joins two texts or two lists. All else yields nothing. */
export function calculating(
  operator: Arithmetic,
  left: Operand,
  right: Operand,
  effort: Effort,
): Operand {
  if (operator === "+") {
    return (variables) => sumOf(left(variables), right(variables), effort);
  }
  const calculate = CALCULATIONS[operator];
  return (variables) => {
    const a = left(variables);
    const b = right(variables);
    return typeof a === "number" && typeof b === "number" ? finite(calculate(a, b)) : undefined;
  };
}

const CALCULATIONS = {
  "-": (a: number, b: number) => a - b,
  "*": (a: number, b: number) => a * b,
  "/": (a: number, b: number) => a / b,
  "%": (a: number, b: number) => a % b,
} as const;

function finite(number: number): number | undefined {
  // Adding 0 turns -0 into 0.
  return Number.isFinite(number) ? number + 0 : undefined;
}

function sumOf(left: unknown, right: unknown, effort: Effort): unknown {
  if (typeof left === "string" && typeof right === "string") {
    spend(effort, left);
    spend(effort, right);
    return joined(left, right);
  }
  if (typeof left === "number" && typeof right === "number") return finite(left + right);
  if (!isList(left) || !isList(right) || left.length + right.length > MOST_ITEMS) return undefined;
  spend(effort, left);
  spend(effort, right);
  return left.concat(right);
}

/** Whether a list holds a scalar, or a map a key. Nothing is in nothing. */
export function isIn(item: unknown, of: unknown, effort: Effort): boolean {
  if (isList(of)) {
    spend(effort, of);
    return !isNothing(item) && of.some((each) => isSame(item, each, effort));
  }
  return typeof item === "string" && isMap(of) && Object.hasOwn(of, item);
}
