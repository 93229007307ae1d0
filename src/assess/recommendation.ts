// What a finding on a weighted criterion recommends: what to change, or what would make the
// criterion testable.

import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { Language } from "../languages/language.ts";
import type { Test } from "../model/finding.ts";
import type { WeightedCriterion } from "../model/framework.ts";
import type { RolledUp } from "./roll-up.ts";
import type { Asked, Occasion } from "./weighted-conclusion.ts";

/** The recommendation as sentences; empty when there is nothing to do. */
export function recommendation(
  { remedy }: Pick<WeightedCriterion, "remedy">,
  { result, open }: RolledUp,
  asked: Asked,
  { actions, language }: Pick<Occasion, "actions" | "language">,
): string {
  const { decisive, supporting } = asked;
  const { undecided, weighted } = language.assess;
  switch (result) {
    case "fail":
    case "warn": {
      const opening = open?.result === "inconclusive" ? toOpen(decisive, language) : "";
      return sentences(
        remedy,
        remediesBeside(remedy, causes(asked), language),
        opening === "" ? "" : weighted.toDecide(opening),
      );
    }
    case "inconclusive":
      if (actions === 0) return undecided.checkPeriod;
      return toOpen(decisive.length === 0 ? supporting : decisive, language);
    case "error":
      return sentences(
        ...[...decisive, ...supporting]
          .filter((test) => test.result === "error")
          .map((test) => test.remedy),
      );
    default:
      return "";
  }
}

/** The tests that brought a failure or a warning about. A supporting warning brings nothing about. */
function causes({ decisive, supporting }: Asked): readonly Test[] {
  return [
    ...decisive.filter(({ result }) => result === "fail" || result === "warn"),
    ...supporting.filter(({ result }) => result === "fail"),
  ];
}

/** What the tests say besides: `For LOG-03 and LOG-05: …`. A criterion without a remedy has theirs. */
function remediesBeside(own: string, tests: readonly Test[], { assess }: Language): string {
  if (own === "") return sentences(...tests.map(({ remedy }) => remedy));
  const byRemedy = new Map<string, string[]>();
  for (const { remedy, code, title } of tests) {
    if (remedy === "" || says(own, remedy)) continue;
    const names = byRemedy.get(remedy) ?? [];
    if (!names.includes(code ?? title)) names.push(code ?? title);
    byRemedy.set(remedy, names);
  }
  return [...byRemedy].map(([remedy, names]) => assess.weighted.remedyFor(names, remedy)).join(" ");
}

/** Whether one text says what another does, whatever the case and the stops. */
function says(text: string, other: string): boolean {
  return bare(text).includes(bare(other));
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** What would give open tests an answer. The fields that they lack are one list. */
function toOpen(tests: readonly Test[], { assess }: Language): string {
  const open = tests.filter(({ result }) => result === "inconclusive");
  const missing = new Set(open.flatMap(({ missingFields = [] }) => missingFields));
  const fields = ENTRY_FIELD_NAMES.filter((field) => missing.has(field));
  return sentences(
    fields.length === 0 ? "" : assess.fields.toRecord(fields),
    ...open.filter(({ missingFields }) => missingFields === undefined).map(({ remedy }) => remedy),
  );
}

/** Each once; absent ones are left out. */
function sentences(...all: readonly string[]): string {
  return [...new Set(all)].filter((sentence) => sentence !== "").join(" ");
}
