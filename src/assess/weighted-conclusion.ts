// What the first sentence of a weighted criterion's finding is about: tests, an outcome, or
// traces of a risk, and never more than was tested.

import type { Language } from "../languages/language.ts";
import type { Concluded, FoundNothing, WarnedBy } from "../languages/words/assess.ts";
import type { Test } from "../model/finding.ts";
import type { WeightedCriterion, WeightedFramework } from "../model/framework.ts";
import type { RolledUp } from "./roll-up.ts";

/** What all findings of a report have in common. */
export interface Occasion {
  readonly reading: WeightedFramework["reading"];
  /** Entries in scope. */
  readonly actions: number;
  /** ISO 8601 text; null when unknown. */
  readonly from: string | null;
  readonly to: string | null;
  readonly language: Language;
}

/** The tests of one criterion. */
export interface Asked {
  readonly decisive: readonly Test[];
  readonly supporting: readonly Test[];
}

/** What was tested on what, and what came out of it. */
export function conclusion(
  { id, mode }: Pick<WeightedCriterion, "id" | "mode">,
  rolled: RolledUp,
  asked: Asked,
  { language, ...occasion }: Occasion,
): string {
  return language.assess.weighted.conclusion(concluded(mode, rolled, asked), {
    criterion: id,
    ...occasion,
  });
}

function concluded(mode: WeightedCriterion["mode"], rolled: RolledUp, asked: Asked): Concluded {
  switch (rolled.result) {
    case "pass":
      return { kind: "passed", found: foundBy(asked) };
    case "warn":
      if (rolled.heldBecause !== undefined) return { kind: "passed", found: foundBy(asked) };
      return {
        kind: "warned",
        only: mode !== "tested" || rolled.open !== undefined,
        by: warnedBy(rolled, asked),
      };
    case "fail":
      return {
        kind: "failed",
        tests: amount(asked.decisive, "fail"),
        of: asked.decisive.length,
      };
    case "no_exception":
      return { kind: "unfound", found: foundBy(asked) };
    case "inconclusive":
      return { kind: "inconclusive", reason: rolled.reason ?? "too-few" };
    case "context":
      return { kind: "context" };
    case "not_applicable":
      return { kind: "not-applicable" };
    default:
      return { kind: rolled.deciding === undefined ? "no-test" : "not-run" };
  }
}

/** Decisive tests that keep a criterion from a result. */
export function leftOpen(decisive: readonly Test[]): readonly Test[] {
  const open = decisive.filter(
    ({ result }) => !["pass", "no_exception", "not_applicable"].includes(result),
  );
  return open.length > 0 ? open : decisive;
}

function amount(tests: readonly Test[], result: Test["result"]): number {
  return tests.filter((test) => test.result === result).length;
}

function foundBy({ decisive, supporting }: Asked): FoundNothing {
  return {
    exceptions: decisive.every(({ exceptions }) => exceptions === 0) ? "none" : "within limits",
    warnings: amount(supporting, "warn"),
    errors: amount(supporting, "error"),
  };
}

function warnedBy({ open }: RolledUp, { decisive, supporting }: Asked): WarnedBy {
  const warnings = amount(decisive, "warn");
  if (warnings > 0) return { kind: "deciding", tests: warnings, of: decisive.length };
  return {
    kind: "supporting",
    tests: amount(supporting, "fail"),
    ...(open === undefined
      ? {}
      : {
          open: {
            tests: leftOpen(decisive).length,
            of: decisive.length,
            because:
              open.result === "not_applicable"
                ? ("not-applicable" as const)
                : (open.reason ?? "not-exercised"),
          },
        }),
  };
}
