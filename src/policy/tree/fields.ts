// Small readers for the parts of a tree. Each takes what is allowed, records a mistake when
// something else came, and then returns undefined.

import { nearest } from "../suggest.ts";
import { listOf, quote } from "../quote.ts";
import type { Mistake } from "../mistakes.ts";
import type { MapEntry, MapTree, Tree } from "./tree.ts";
import { describeTree, placeOf } from "./tree.ts";

/** Records that something else was expected at this place. */
export function expected(tree: Tree, what: string, mistakes: Mistake[], hint?: string): undefined {
  mistakes.push({
    message: `${placeOf(tree.path)}: expected ${what}, came ${describeTree(tree)}`,
    ...(hint === undefined ? {} : { hint }),
    ...(tree.location === undefined ? {} : { location: tree.location }),
  });
}

/** A mapping that has no other keys than these. `what` names it: `a rule`. */
export function readMap(
  tree: Tree,
  what: string,
  keys: readonly string[],
  mistakes: Mistake[],
): MapTree | undefined {
  if (tree.kind !== "map") return expected(tree, `a mapping with ${listOf(keys, "or")}`, mistakes);
  for (const [key, entry] of tree.entries) {
    if (keys.includes(key)) continue;
    const meant = nearest(key, keys);
    const location = entry.location;
    mistakes.push({
      message: `${entry.value.path}: ${quote(key)} is no key of ${what}, which has ${listOf(keys)}`,
      hint: meant === undefined ? "Remove it." : `Did you mean ${quote(meant)}?`,
      ...(location === undefined ? {} : { location }),
    });
  }
  return tree;
}

/** The value below a key, or undefined when the key is absent. */
export function below(tree: MapTree, key: string): Tree | undefined {
  const entry: MapEntry | undefined = tree.entries.get(key);
  return entry?.value;
}

/** Whether the value is null, as after a key with nothing behind it. */
export function isNull(tree: Tree): boolean {
  return tree.kind === "scalar" && tree.value === null;
}

export function readText(tree: Tree, what: string, mistakes: Mistake[]): string | undefined {
  if (tree.kind === "scalar" && typeof tree.value === "string") return tree.value;
  const scalar = tree.kind === "scalar" && tree.value !== null;
  return expected(tree, what, mistakes, scalar ? "Put it in quotes." : undefined);
}

/** One of the choices, in any ASCII case. */
export function readChoice<T extends string>(
  tree: Tree,
  choices: readonly T[],
  mistakes: Mistake[],
): T | undefined {
  const what = `one of ${listOf(
    choices.map((choice) => choice.toLowerCase()),
    "or",
  )}`;
  if (tree.kind !== "scalar" || typeof tree.value !== "string") {
    return expected(tree, what, mistakes);
  }
  const word = asciiLower(tree.value);
  const found = choices.find((choice) => choice.toLowerCase() === word);
  if (found !== undefined) return found;
  const meant = nearest(tree.value, choices);
  return expected(
    tree,
    what,
    mistakes,
    meant === undefined ? undefined : `Did you mean ${quote(meant.toLowerCase())}?`,
  );
}

function asciiLower(text: string): string {
  return text.replaceAll(/[A-Z]/gu, (letter) => letter.toLowerCase());
}
