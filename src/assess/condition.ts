// Conditions of limits over the numbers of an observation.

import { compilePredicate } from "../expression/compile.ts";
import type { Expression, Predicate } from "../model/expression.ts";

/** Something that comes out when its condition holds; the last of a list has none. */
interface Conditional {
  readonly when?: Expression;
}

/**
 * The first of some limits whose condition holds. A comparison with a number that is not
 * there is false, `!=` excepted.
 */
export function firstThatHolds<Limit extends Conditional>(
  limits: readonly Limit[],
  numbers: Readonly<Record<string, number>>,
): Limit | undefined {
  return limits.find(({ when }) => when === undefined || holds(when, numbers));
}

function holds(when: Expression, numbers: Readonly<Record<string, number>>): boolean {
  const names = when.fields;
  const test = compilePredicate(when.predicate, (name) => names.indexOf(name));
  return test(names.map((name) => (Object.hasOwn(numbers, name) ? numbers[name] : undefined)));
}

/** The numbers that limits compare with, so that no figure is rounded onto one. */
export function comparedNumbers(limits: readonly Conditional[]): number[] {
  return limits.flatMap(({ when }) => (when === undefined ? [] : numbersIn(when.predicate)));
}

function numbersIn(predicate: Predicate): number[] {
  switch (predicate.kind) {
    case "and":
    case "or":
      return predicate.of.flatMap(numbersIn);
    case "not":
      return numbersIn(predicate.of);
    case "compare":
      return [predicate.left, predicate.right].flatMap((term) =>
        term.kind === "number" ? [term.value] : [],
      );
    default:
      return [];
  }
}
