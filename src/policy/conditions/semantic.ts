// semantic "text": word lists for what an action is about. It knows words, not meanings: no
// inflections (`deleted`), no camelCase (`deleteUser`), nothing inside nested parameters.

import type { Action } from "../decision.ts";
import type { Mistake } from "../mistakes.ts";
import { expected } from "../tree/fields.ts";
import type { Tree } from "../tree/tree.ts";
import type { Answer, Occasion, Semantic } from "./condition.ts";

const CATEGORIES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    "destructive",
    ["delete", "drop", "remove", "destroy", "kill", "terminate", "truncate", "purge"],
  ],
  [
    "data_exposure",
    ["export", "download", "share", "send", "email", "upload", "transfer", "leak", "expose"],
  ],
  ["privileged", ["admin", "root", "sudo", "superuser", "escalate", "override", "bypass"]],
  ["financial", ["payment", "transfer", "refund", "charge", "invoice", "billing", "withdraw"]],
  ["pii", ["name", "email", "phone", "address", "ssn", "passport", "credit_card", "dob"]],
]);

const STOP_WORDS: ReadonlySet<string> = new Set([
  "or",
  "and",
  "the",
  "a",
  "an",
  "of",
  "in",
  "to",
  "for",
  "is",
  "with",
]);

/** Text without any word to look for is a mistake: the rule could never match. */
export function readSemantic(tree: Tree, mistakes: Mistake[]): Semantic | undefined {
  if (tree.kind !== "scalar" || typeof tree.value !== "string") {
    return expected(tree, "a category or words as text", mistakes);
  }
  const text = tree.value;
  const lower = text.trim().toLowerCase();
  const words = CATEGORIES.get(lower) ?? expandedWords(lower);
  if (words.length === 0) {
    const hint = `Categories are ${[...CATEGORIES.keys()].join(", ")}.`;
    return expected(tree, "at least one word that is not a mere filler", mistakes, hint);
  }
  return { kind: "semantic", text, words };
}

function expandedWords(text: string): readonly string[] {
  const words = wordsIn(text).filter((word) => !STOP_WORDS.has(word));
  return [...new Set(words.flatMap((word) => CATEGORIES.get(word) ?? [word]))];
}

/** Runs of letters, digits and `_`, of any script. */
function wordsIn(text: string): readonly string[] {
  return text.toLowerCase().match(/[\p{L}\p{M}\p{N}_]+/gu) ?? [];
}

export function holdsSemantic(condition: Semantic, occasion: Occasion): Answer {
  const words = occasion.words();
  return condition.words.some((word) => words.has(word));
}

/** The words of type, target, description, parameter names and text parameters, whole and split at `_`. */
export function wordsOfAction(action: Action): ReadonlySet<string> {
  const words = new Set<string>();
  const add = (text: string) => {
    for (const word of wordsIn(text)) {
      words.add(word);
      for (const part of word.split("_")) words.add(part);
    }
  };
  add(action.type);
  add(action.target);
  if (typeof action.description === "string") add(action.description);
  for (const [name, value] of Object.entries(action.params ?? {})) {
    add(name);
    if (typeof value === "string") add(value);
  }
  return words;
}
