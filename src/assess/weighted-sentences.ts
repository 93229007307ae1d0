// What a weighted criterion's finding says: what was concluded on what, what the tests saw, and
// what the log does not show.

import type { Test } from "../model/finding.ts";
import type { WeightedCriterion } from "../model/framework.ts";
import type { Result } from "../model/result.ts";
import type { RolledUp } from "./roll-up.ts";
import { conclusion, leftOpen } from "./weighted-conclusion.ts";
import type { Asked, Occasion } from "./weighted-conclusion.ts";

/** The finding in a few sentences: what was tested on what, what came out of it, what it does not show. */
export function describe(
  criterion: WeightedCriterion,
  rolled: RolledUp,
  asked: Asked,
  occasion: Occasion,
): string {
  const { weighted } = occasion.language.assess;
  return [
    conclusion(criterion, rolled, asked, occasion),
    ...relevant(rolled, asked).map((test) => `${test.code ?? test.title}: ${ended(test.says)}`),
    rolled.heldBecause === undefined ? "" : weighted.heldAtWarning(ended(rolled.heldBecause)),
    shownNot(criterion, rolled) ? weighted.notShown(ended(criterion.notShown)) : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

/** What does not apply has nothing that could be shown. */
function shownNot({ notShown }: WeightedCriterion, { result }: RolledUp): boolean {
  return notShown !== "" && result !== "not_applicable";
}

/** Which tests are quoted: those that made the result or left it open; all where it is good or a figure. */
function relevant(
  { result, deciding, open }: RolledUp,
  { decisive, supporting }: Asked,
): readonly Test[] {
  const all = [...decisive, ...supporting];
  switch (result) {
    case "fail":
    case "warn": {
      const found = decisive.filter((test) => DEVIATING.includes(test.result));
      if (found.length > 0) return found;
      const backing = supporting.filter((test) => test.result === "fail");
      if (open !== undefined) return [...backing, ...leftOpen(decisive)];
      return backing.length > 0 ? backing : [...decisive, ...contrary(supporting)];
    }
    case "inconclusive": {
      const unpassed = decisive.filter((test) => test.result !== "pass");
      return unpassed.length > 0 ? unpassed : all;
    }
    case "error":
      return deciding === undefined ? [] : [deciding];
    case "context":
      return all.filter(
        (test) => test.result !== "inconclusive" && test.result !== "not_applicable",
      );
    default:
      return decisive.length > 0 ? [...decisive, ...contrary(supporting)] : all;
  }
}

/** Supporting tests that speak against a good result without changing it. */
function contrary(supporting: readonly Test[]): readonly Test[] {
  return supporting.filter(({ result }) => result === "warn" || result === "error");
}

const DEVIATING: readonly Result[] = ["fail", "warn"];

function ended(sentence: string): string {
  const text = sentence.trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
