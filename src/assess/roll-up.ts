// From tests to a criterion's result: what one exception means, what open questions mean, and
// what a test that can only disprove is worth.

import type { Test } from "../model/finding.ts";
import type { WeightedCriterion } from "../model/framework.ts";
import type { Reason, Result } from "../model/result.ts";

/** What the tests of a criterion come to. */
export interface RolledUp {
  readonly result: Result;
  /** With `inconclusive`. */
  readonly reason?: Reason;
  /** The test whose answer this is; absent where no test was asked. */
  readonly deciding?: Test;
  /** A pass that the criterion holds at a warning, with the reason. */
  readonly heldBecause?: string;
  /** Of a warning by a supporting test alone: what the criterion would have come to without it. */
  readonly open?: RolledUp;
}

type Rules = Pick<WeightedCriterion, "mode" | "atBest">;

/** A criterion's result out of its tests, which stand in the framework's order. */
export function rollUp(
  criterion: Rules,
  decisive: readonly Test[],
  supporting: readonly Test[],
): RolledUp {
  switch (criterion.mode) {
    case "tested":
      return held(criterion, tested(decisive, supporting));
    case "disprove-only":
      return disproved(decisive, supporting);
    case "figures":
      return figures([...decisive, ...supporting]);
  }
}

/** A failure stands, whatever else is open; a pass needs every decisive test. */
function tested(decisive: readonly Test[], supporting: readonly Test[]): RolledUp {
  return (
    first(decisive, "fail") ??
    first(decisive, "error") ??
    first(decisive, "warn") ??
    contradicted(supporting, open(decisive)) ??
    first(supporting, "error") ??
    open(decisive) ??
    first(decisive, "pass") ??
    unasked()
  );
}

/** A supporting failure makes a warning, which decides nothing where the decisive tests are open. */
function contradicted(
  supporting: readonly Test[],
  undecided: RolledUp | undefined,
): RolledUp | undefined {
  const warning = first(supporting, "fail", "warn");
  if (warning === undefined || undecided === undefined) return warning;
  return { ...warning, open: undecided };
}

/** The first decisive test that keeps the criterion open, or that says it cannot apply. */
function open(decisive: readonly Test[]): RolledUp | undefined {
  const about = decisive.filter(({ result }) => result !== "not_applicable");
  if (about.length === 0) return first(decisive, "not_applicable");
  const passed = about.some(({ result }) => result === "pass");
  const deciding = about.find(
    ({ result }) => result !== "pass" && !(passed && result === "no_exception"),
  );
  if (deciding === undefined) return undefined;
  return { result: "inconclusive", reason: reasonOf(deciding), deciding };
}

/** Why a test that came out as something else than a pass or a failure decides nothing. */
function reasonOf({ result, reason }: Test): Reason {
  // A figure without a limit could be held against one; that nothing was found is no test passed.
  return reason ?? (result === "context" ? "missing-input" : "not-exercised");
}

/** One decisive test that found nothing is enough, since nothing is claimed by it. */
function disproved(decisive: readonly Test[], supporting: readonly Test[]): RolledUp {
  const unfound = first(decisive, "pass", "no_exception") ?? first(decisive, "no_exception");
  const undecided = unfound === undefined ? open(decisive) : undefined;
  return (
    first(decisive, "fail") ??
    first(decisive, "error") ??
    first(decisive, "warn") ??
    contradicted(supporting, undecided) ??
    unfound ??
    undecided ??
    unasked()
  );
}

/** Results that come with a figure. */
const FIGURES: readonly Result[] = ["context", "pass", "warn", "fail", "no_exception"];

function figures(tests: readonly Test[]): RolledUp {
  const deciding = tests.find(({ result }) => FIGURES.includes(result));
  const broken = first(tests, "error");
  if (broken !== undefined) return broken;
  return deciding === undefined ? (open(tests) ?? unasked()) : { result: "context", deciding };
}

/** The first test of a result, as that result or as another. */
function first(tests: readonly Test[], result: Result, as: Result = result): RolledUp | undefined {
  const deciding = tests.find((test) => test.result === result);
  return deciding === undefined ? undefined : { result: as, deciding };
}

/** A criterion that asks nothing is a mistake in the framework. */
function unasked(): RolledUp {
  return { result: "error" };
}

function held({ atBest }: Rules, rolled: RolledUp): RolledUp {
  if (atBest === undefined || rolled.result !== "pass") return rolled;
  return { ...rolled, result: atBest.result, heldBecause: atBest.why };
}
