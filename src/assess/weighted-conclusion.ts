// The first sentence of a weighted criterion's finding: about tests, about an outcome, or about
// traces of a risk, and never more than was tested.

import { formatCount } from "../model/figures.ts";
import type { Test } from "../model/finding.ts";
import type { WeightedCriterion, WeightedFramework } from "../model/framework.ts";
import type { Reason } from "../model/result.ts";
import type { RolledUp } from "./roll-up.ts";

/** What all findings of a report have in common. */
export interface Occasion {
  readonly reading: WeightedFramework["reading"];
  /** Entries in scope. */
  readonly actions: number;
  /** ISO 8601 text; null when unknown. */
  readonly from: string | null;
  readonly to: string | null;
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
  occasion: Occasion,
): string {
  const within = scope(occasion);
  const words = WORDS[occasion.reading];
  switch (rolled.result) {
    case "pass":
      return `${within}, ${words.passed(id, foundBy(asked))}.`;
    case "warn": {
      if (rolled.heldBecause !== undefined)
        return `${within}, ${words.passed(id, foundBy(asked))}.`;
      const warns =
        mode === "tested" && rolled.open === undefined ? words.warned : words.warnedOnly;
      return `${within}, ${warns(id)}: ${warned(rolled, asked)}.`;
    }
    case "fail":
      return `${within}, ${words.failed(id)}: ${failed(asked)}.`;
    case "no_exception":
      return `${within}, ${words.unfound(id, foundBy(asked))}. Such tests can only disprove, so this is no pass.`;
    case "inconclusive":
      return `${within}, nothing could be concluded on ${id}: ${CLAUSES[rolled.reason ?? "too-few"]}.`;
    case "context":
      return `${within}, these figures say something about ${id}; no verdict is drawn from them.`;
    case "not_applicable":
      return `${within}, there is nothing that ${id} could be about.`;
    default:
      return rolled.deciding === undefined
        ? `No test is asked for ${id}.`
        : `A test of ${id} could not be run.`;
  }
}

/** Decisive tests that keep a criterion from a result. */
export function leftOpen(decisive: readonly Test[]): readonly Test[] {
  const open = decisive.filter(
    ({ result }) => !["pass", "no_exception", "not_applicable"].includes(result),
  );
  return open.length > 0 ? open : decisive;
}

/** `In the 1,204 recorded agent actions between 2026-01-01 and 2026-03-31`. */
function scope({ actions, from, to }: Occasion): string {
  if (actions === 0) return "With no recorded agent action in the period under review";
  const them =
    actions === 1
      ? "the one recorded agent action"
      : `the ${formatCount(actions)} recorded agent actions`;
  return `In ${them} ${between(from, to)}`;
}

function between(from: string | null, to: string | null): string {
  if (from === null || to === null) return "without a readable time";
  const [first, last] = [from.slice(0, 10), to.slice(0, 10)];
  return first === last ? `of ${first}` : `between ${first} and ${last}`;
}

/** How a reading speaks of a criterion. */
interface Words {
  readonly passed: (id: string, found: Found) => string;
  /** Tests that can only disprove found nothing. */
  readonly unfound: (id: string, found: Found) => string;
  readonly warned: (id: string) => string;
  /** Nothing speaks for it: the tests can only disprove, or those that decide are open. */
  readonly warnedOnly: (id: string) => string;
  readonly failed: (id: string) => string;
}

const TESTS: Words = {
  passed: (id, { tests, what }) => `the ${tests} designed for ${id} found ${what}`,
  unfound: (id, { tests, what }) => `the ${tests} designed for ${id} found ${what}`,
  warned: (id) => `the tests designed for ${id} give a warning`,
  warnedOnly: (id) => `the tests designed for ${id} give a warning`,
  failed: (id) => `the tests designed for ${id} found exceptions`,
};

const OUTCOMES: Words = {
  passed: (id, { tests, what }) => `the ${tests} run support the outcome ${id}; they found ${what}`,
  unfound: (id, { tests, what }) =>
    `the ${tests} run say nothing against the outcome ${id}; they found ${what}`,
  warned: (id) => `the tests run support the outcome ${id} only in part`,
  warnedOnly: (id) => `the tests run give a warning about the outcome ${id}`,
  failed: (id) => `the tests run do not support the outcome ${id}`,
};

const TRACES: Words = {
  passed: (id, { tests, what }) => `no traces of ${id} were seen; the ${tests} run found ${what}`,
  unfound: (id, { tests, what }) => `no traces of ${id} were seen; the ${tests} run found ${what}`,
  warned: (id) => `there may be traces of ${id}`,
  warnedOnly: (id) => `there may be traces of ${id}`,
  failed: (id) => `traces of ${id} were seen`,
};

const WORDS: Readonly<Record<WeightedFramework["reading"], Words>> = {
  tests: TESTS,
  outcomes: OUTCOMES,
  traces: TRACES,
};

/** What decided, as a noun, and what it found. */
interface Found {
  readonly tests: string;
  readonly what: string;
}

/** Where a supporting test speaks against it, only the deciding ones are claimed for. */
function foundBy({ decisive, supporting }: Asked): Found {
  const warnings = supporting.filter(({ result }) => result === "warn").length;
  const errors = supporting.filter(({ result }) => result === "error").length;
  return {
    tests: warnings + errors === 0 ? "tests" : "deciding tests",
    what: [
      nothingFound(decisive),
      ...(warnings === 0 ? [] : [`${supportingTests(warnings)} between its limits`]),
      ...(errors === 0 ? [] : [`${supportingTests(errors)} without an answer`]),
    ].join("; "),
  };
}

/** `no exceptions`, or that they stayed within limits. */
function nothingFound(decisive: readonly Test[]): string {
  return decisive.every(({ exceptions }) => exceptions === 0)
    ? "no exceptions"
    : "no more exceptions than their limits allow";
}

/** `a supporting test is`, `2 supporting tests are each`. */
function supportingTests(some: number): string {
  return some === 1 ? "a supporting test is" : `${some} supporting tests are each`;
}

function warned({ open }: RolledUp, { decisive, supporting }: Asked): string {
  const warnings = decisive.filter(({ result }) => result === "warn").length;
  if (warnings > 0) return `${outOf(warnings, decisive.length)} between its limits`;
  const failures = supporting.filter(({ result }) => result === "fail").length;
  const beyond = `${supportingTests(failures)} beyond its limit`;
  return open === undefined ? beyond : `${beyond}, and ${undecided(open, decisive)}`;
}

/** `the deciding test could not be decided: too little is recorded`. */
function undecided(
  { result, reason = "not-exercised" }: RolledUp,
  decisive: readonly Test[],
): string {
  const some = leftOpen(decisive).length;
  const all = decisive.length;
  if (result === "not_applicable") {
    return all === 1 ? "the deciding test does not apply" : "the deciding tests do not apply";
  }
  const tests =
    some < all
      ? `${some} of the ${all} deciding tests`
      : `the deciding ${all === 1 ? "test" : "tests"}`;
  return `${tests} could not be decided: ${CLAUSES[reason]}`;
}

function failed({ decisive }: Asked): string {
  const failures = decisive.filter(({ result }) => result === "fail").length;
  return `${outOf(failures, decisive.length)} beyond its limit`;
}

/** `1 of 3 tests is`, `2 of 3 tests are each`, `the test is`. */
function outOf(some: number, all: number): string {
  if (all === 1) return "the test is";
  return `${some} of ${all} tests ${some === 1 ? "is" : "are each"}`;
}

const CLAUSES: Readonly<Record<Reason, string>> = {
  "not-exercised": "nothing happened that would test it",
  "not-recorded": "the log does not record what the tests need",
  "too-few": "too little is recorded",
  "missing-input": "an input beside the log is missing",
  "record-in-doubt": "the record itself is in doubt",
};
