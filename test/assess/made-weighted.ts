// A weighted framework made up for tests, over measures made by hand: each with only what a
// test is about.

import type { Assignment } from "../../src/assess/assess.ts";
import { parsePredicate, parseText } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../src/expression/schema.ts";
import type { NameDeclaration } from "../../src/expression/schema.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { Test } from "../../src/model/finding.ts";
import type {
  AskedMeasure,
  WeightedCriterion,
  WeightedFramework,
} from "../../src/model/framework.ts";
import type { Limits, Measure, MeasureLimit } from "../../src/model/measure.ts";
import type { Pair } from "../../src/model/observation.ts";

/** Names that limits of tests use. */
const NUMBERS = new Map(
  [
    "population",
    "exceptions",
    "part",
    "share",
    "share_low",
    "groups",
    "duplicates",
    "missing",
    "critical_exceptions",
    "high_share",
    "high_share_low",
    "reach_days",
    "deployed_days",
    "unknown",
    "weak_rules",
  ].map((name): [string, NameDeclaration] => [
    name,
    { type: "number", cel: /share|days/.test(name) ? "double" : "int" },
  ]),
);

/** Limits out of `fail: exceptions > 0`, the last without a condition. */
export function limits(...written: readonly string[]): Limits {
  return {
    basis: "audit-practice",
    reason: "a tolerable deviation of 5 % is usual in audit sampling",
    of: written.map(limit),
  };
}

function limit(text: string): MeasureLimit {
  const [outcome = "", when] = text.split(": ");
  const [result, reason] = outcome.split(" ");
  return {
    result: result as MeasureLimit["result"],
    ...(reason === undefined ? {} : { reason: reason as NonNullable<MeasureLimit["reason"]> }),
    ...(when === undefined ? {} : { when: parsePredicate(when, NUMBERS) }),
  };
}

/** An exception with the entry that makes it one, made so that no linter awaits it. */
export function pair(first: AuditEntry, exception: AuditEntry): Pair {
  const members = new Map([
    ["first", first],
    ["then", exception],
  ]);
  return Object.fromEntries(members) as unknown as Pair;
}

const BASE = {
  title: "Something that is measured",
  question: "How many deviate?",
  limitations: "It sees what is logged.",
  population: parsePredicate("true", ENTRY_SCHEMA),
  fields: [],
  limits: limits("fail: exceptions > 0", "pass"),
  sentence: "{exceptions:exception} in {population:entry|entries}.",
  remedy: "Mend it.",
  empty: { reason: "not-exercised", says: "None of it happened." },
} as const;

type Own<Kind extends Measure["kind"]> = Partial<Extract<Measure, { kind: Kind }>>;

/** A measure of kind count. */
export function counting(id: string, more: Own<"count"> = {}): Measure {
  const exception = parsePredicate('approval == "auto"', ENTRY_SCHEMA);
  return { ...BASE, id, kind: "count", exception, ...more };
}

/** A measure of kind ratio whose rest are the exceptions. */
export function rating(id: string, more: Own<"ratio"> = {}): Measure {
  const part = parsePredicate("present(agent_id)", ENTRY_SCHEMA);
  return { ...BASE, id, kind: "ratio", part, exceptions: "rest", ...more };
}

/** A measure of kind groups, which gives figures. */
export function grouping(id: string, more: Own<"groups"> = {}): Measure {
  return {
    ...BASE,
    id,
    kind: "groups",
    by: parseText("agent_id", ENTRY_SCHEMA),
    limits: limits("context"),
    sentence: "{groups:agent} acted: {group_list}.",
    ...more,
  };
}

/** The two measures that say whether the record can be relied on. */
export const RECORD: readonly Measure[] = [
  rating("field-completeness", {
    code: "LOG-02",
    title: "Complete records",
    part: parsePredicate("present(timestamp) && present(action_type)", ENTRY_SCHEMA),
    limits: limits("fail: share < 0.9", "pass"),
    sentence: "{share} of {population:entry|entries} record who, what and when.",
  }),
  counting("record-identity", {
    code: "LOG-04",
    title: "Unique and unbroken ids",
    exception: parsePredicate("!present(id)", ENTRY_SCHEMA),
    sentence: "{exceptions:entry|entries} of {population} cannot be told apart.",
  }),
];

/** A criterion that one measure decides. */
export function weightedCriterion(more: Partial<WeightedCriterion> = {}): WeightedCriterion {
  return {
    id: "C1",
    title: "Something",
    category: "access_control",
    mode: "tested",
    severity: "high",
    shows: "That it happened",
    notShown: "Why it happened",
    decisive: asked("main"),
    supporting: [],
    remedy: "Change the rule.",
    ...more,
  };
}

/** Measures as a criterion asks them. */
export function asked(...measures: readonly string[]): AskedMeasure[] {
  return measures.map((measure) => ({ measure }));
}

export function weightedFramework(
  criteria: readonly WeightedCriterion[],
  more: Partial<WeightedFramework> = {},
): WeightedFramework {
  return {
    scoring: "weighted",
    id: "made-up",
    title: "Made-up framework",
    edition: "1",
    publisher: "Nobody",
    source: "https://example.invalid/made-up",
    licence: "CC0-1.0",
    textUse: "own-words",
    textPolicy: "All of it is ours.",
    introduction: "A framework for tests.",
    reading: "tests",
    reviewed: { on: "2026-01-01", staleAfterDays: 365 },
    appliesFrom: [],
    questions: [],
    criteria,
    notAssessed: [],
    digest: "0".repeat(64),
    ...more,
  };
}

export function assignment(
  framework: WeightedFramework,
  measures: readonly Measure[],
  more: Partial<Assignment> = {},
): Assignment {
  return {
    framework,
    measures: [...measures, ...RECORD.filter(({ id }) => !measures.some((one) => one.id === id))],
    measureDigests: {},
    definitionsDigest: "0".repeat(64),
    ...more,
  };
}

/** A test that came out so. */
export function tested(result: Test["result"], more: Partial<Test> = {}): Test {
  return {
    key: "main",
    measure: "main",
    title: "Something that is measured",
    question: "",
    result,
    says: `It is ${result}.`,
    remedy: "",
    population: 100,
    exceptions: result === "fail" || result === "warn" ? 3 : 0,
    exceptionEntries: [],
    numbers: {},
    limits: [],
    basis: "audit-practice",
    limitReason: "",
    classes: [],
    criteria: [],
    ...(result === "inconclusive" ? { reason: "too-few" as const } : {}),
    ...more,
  };
}
