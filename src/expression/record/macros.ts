// exists, all, filter and map: a body for each item of a list.

import type { RecordTerm } from "../../model/record-expression.ts";
import type { Effort } from "./effort.ts";
import { orNull } from "./own.ts";
import { emptyOf, isList } from "./values.ts";

type Macro = Extract<RecordTerm, { kind: "each" }>["macro"];

/**
 * A macro over the list that `of` yields. Of anything else `exists` and `all` are false, and
 * `filter` and `map` yield nothing. The item's place in the array is put back afterwards: other
 * expressions may keep something there.
 */
export function visiting(
  macro: Macro,
  of: (variables: unknown[]) => unknown,
  slot: number,
  body: (variables: unknown[]) => unknown,
  effort: Effort,
): (variables: unknown[]) => unknown {
  const visit = VISITS[macro];
  const otherwise = macro === "exists" || macro === "all";
  return (variables) => {
    const list = of(variables);
    if (!isList(list)) return otherwise ? false : emptyOf(list);
    const kept = variables[slot];
    const value = visit(list, effort, (item) => {
      variables[slot] = item;
      return body(variables);
    });
    variables[slot] = kept;
    return value;
  };
}

type Visit = (
  list: readonly unknown[],
  effort: Effort,
  body: (item: unknown) => unknown,
) => unknown;

const VISITS: Readonly<Record<Macro, Visit>> = {
  exists: (list, effort, body) => {
    for (const item of list) {
      if (isSpent(effort)) return false;
      if (body(item) === true) return true;
    }
    return false;
  },
  all: (list, effort, body) => {
    for (const item of list) {
      if (isSpent(effort)) return false;
      if (body(item) !== true) return false;
    }
    return true;
  },
  filter: (list, effort, body) => {
    const chosen: unknown[] = [];
    for (const item of list) {
      if (isSpent(effort)) return undefined;
      if (body(item) === true) chosen.push(item);
    }
    return chosen;
  },
  map: (list, effort, body) => {
    const values: unknown[] = [];
    for (const item of list) {
      if (isSpent(effort)) return undefined;
      values.push(orNull(body(item)));
    }
    return values;
  },
};

/** Takes one step; true when there is none left and the whole expression yields nothing. */
function isSpent(effort: Effort): boolean {
  effort.left -= 1;
  return effort.left < 0;
}
