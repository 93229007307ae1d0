// param_contains: a list with a member, text with a part, a mapping with a key.

import type { Mistake } from "../mistakes.ts";
import { expected, isNull } from "../tree/fields.ts";
import type { Tree } from "../tree/tree.ts";
import { plainValue } from "../tree/tree.ts";
import type { Answer, Occasion, ParamContains } from "./condition.ts";
import { paramOf } from "./condition.ts";
import { isEqual, isJson } from "./values.ts";

export function readContains(
  param: string,
  tree: Tree,
  mistakes: Mistake[],
): ParamContains | undefined {
  if (isNull(tree)) return expected(tree, "a value to look for", mistakes);
  return { kind: "contains", param, member: plainValue(tree) };
}

/** False when the parameter is missing; undefined when it is nothing that could contain the value. */
export function holdsContains(condition: ParamContains, occasion: Occasion): Answer {
  const { member } = condition;
  const value = paramOf(occasion.action, condition.param);
  if (value === undefined) return false;
  if (typeof value === "string") {
    return typeof member === "string" ? value.includes(member) : undefined;
  }
  if (Array.isArray(value)) return holdsMember(value, condition);
  if (typeof value !== "object" || value === null || !isJson(value)) return undefined;
  if (typeof member === "object") return undefined;
  return typeof member === "string" && Object.hasOwn(value, member);
}

function holdsMember(list: readonly unknown[], condition: ParamContains): Answer {
  let answer: Answer = false;
  for (const item of list) {
    const one = isEqual(item, condition.member);
    if (one === true) return true;
    if (one === undefined) answer = undefined;
  }
  return answer;
}
