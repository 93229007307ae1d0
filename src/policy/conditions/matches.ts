// param_matches: a regular expression, searched in the text of a parameter.

import type { Mistake } from "../mistakes.ts";
import { compilePattern } from "../regex/pattern.ts";
import { expected } from "../tree/fields.ts";
import type { Tree } from "../tree/tree.ts";
import type { Answer, Occasion, ParamMatches } from "./condition.ts";
import { paramOf } from "./condition.ts";
import { textOfValue } from "./value-text.ts";

const LONGEST = 1000;

/** A pattern that is too long, invalid or outside the dialect could only be dead, and is a mistake. */
export function readMatches(
  param: string,
  tree: Tree,
  mistakes: Mistake[],
): ParamMatches | undefined {
  if (tree.kind !== "scalar" || typeof tree.value !== "string") {
    return expected(tree, "a regular expression as text", mistakes);
  }
  const pattern = tree.value;
  if (Array.from(pattern).length > LONGEST) {
    return expected(tree, `a regular expression of at most ${LONGEST} characters`, mistakes);
  }
  const compiled = compilePattern(pattern);
  if (compiled.test === undefined) {
    const what = `a regular expression that can match, but ${compiled.refusal}`;
    return expected(tree, what, mistakes, compiled.hint);
  }
  return { kind: "matches", param, pattern };
}

/** Compiles the condition once. Its answer is undefined when the parameter has no text. */
export function matcherOf(condition: ParamMatches): (occasion: Occasion) => Answer {
  const { test } = compilePattern(condition.pattern);
  return (occasion) => {
    const value = paramOf(occasion.action, condition.param);
    if (value === undefined) return false;
    const text = textOfValue(value);
    return text === undefined || test === undefined ? undefined : test(text);
  };
}
