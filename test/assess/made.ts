// Criteria, observations and populations made by hand, each with only what a test is about.

import { parsePredicate, parseText } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA, OBSERVATION_SCHEMA } from "../../src/expression/schema.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { EntryField } from "../../src/model/audit-entry.ts";
import type { ComplianceFinding } from "../../src/model/finding.ts";
import type { Criterion, Limit, PointsFramework } from "../../src/model/framework.ts";
import type { Measure } from "../../src/model/measure.ts";
import type {
  GapObservation,
  GroupsObservation,
  Observation,
  PlainObservation,
  RatioObservation,
  ShareOfTopObservation,
} from "../../src/model/observation.ts";
import type { LogPopulation } from "../../src/model/population.ts";

export function limit(result: Limit["result"], when?: string, more: Partial<Limit> = {}): Limit {
  return {
    result,
    severity: result === "pass" || result === "context" ? "info" : "warning",
    points: result === "pass" || result === "context" ? 0 : 10,
    description: `${result} of {population}`,
    recommendation: result === "pass" ? "" : `mend {exceptions}`,
    ...(when === undefined ? {} : { when: parsePredicate(when, OBSERVATION_SCHEMA) }),
    ...more,
  };
}

export function criterion(more: Partial<Criterion> = {}): Criterion {
  return {
    id: "C1",
    title: "Something",
    category: "audit_trail",
    measure: "main",
    weight: 10,
    limits: [limit("pass", "exceptions == 0"), limit("fail")],
    empty: "not-exercised",
    whenEmpty: { description: "nothing of the kind", recommendation: "look elsewhere" },
    ...more,
  };
}

export function framework(
  criteria: readonly Criterion[],
  more: Partial<PointsFramework> = {},
): PointsFramework {
  return {
    id: "own",
    scoring: "points",
    title: "Own framework",
    edition: "1",
    publisher: "",
    source: "",
    textPolicy: "",
    criteriaInEdition: criteria.length,
    criteria,
    notAssessed: [],
    digest: "00",
    ...more,
  };
}

/** A measure of any kind that needs these fields. */
export function measure(id: string, fields: readonly EntryField[] = []): Measure {
  return {
    id,
    kind: "groups",
    title: "",
    question: "",
    limitations: "",
    population: parsePredicate("true", ENTRY_SCHEMA),
    by: parseText("agent_id", ENTRY_SCHEMA),
    fields,
  };
}

const base = (population: number, exceptions: number) => ({
  measure: "main",
  population,
  exceptions,
  exceptionEntries: Array.from({ length: Math.min(50, exceptions) }, (_, index) => ({
    id: index + 1,
  })),
});

export function counted(population: number, exceptions: number): PlainObservation {
  return { ...base(population, exceptions), kind: "count" };
}

/** A share whose rest are the exceptions. */
export function rated(population: number, part: number): RatioObservation {
  return { ...base(population, population - part), kind: "ratio", part };
}

export function grouped(sizes: Readonly<Record<string, number>>): GroupsObservation {
  const all = new Map(Object.entries(sizes));
  const population = [...all.values()].reduce((sum, size) => sum + size, 0);
  const groups = [...all].map(([key, count]) => ({ key, count }));
  return { ...base(population, 0), kind: "groups", distinct: all.size, groups, all };
}

export function topped(population: number, key?: string, count = 0): ShareOfTopObservation {
  return {
    ...base(population, count),
    kind: "share-of-top",
    distinct: key === undefined ? 0 : 1,
    ...(key === undefined ? {} : { top: { key, count } }),
  };
}

/** Silences of these lengths, in microseconds. */
export function silent(population: number, lengths: readonly number[]): GapObservation {
  const gaps = lengths.map((length, index) => ({
    from: { id: index },
    to: { id: index + 1 },
    length,
  }));
  return {
    ...base(population, lengths.length),
    kind: "gap",
    gaps,
    ...(gaps.length === 0 ? {} : { longest: Math.max(...lengths) }),
  };
}

export function logPopulation(more: Partial<LogPopulation> = {}): LogPopulation {
  const inScope = more.inScope ?? 100;
  return {
    inputs: [],
    read: inScope,
    accepted: inScope,
    rejected: 0,
    rejections: [],
    duplicate: 0,
    outOfPeriod: 0,
    inScope,
    recordable: ENTRY_FIELD_NAMES,
    recorded: new Map(),
    timestamps: { unreadable: 0, firstUnreadable: [], naive: 0, unordered: 0, future: 0 },
    ids: { repeated: 0 },
    ...more,
  };
}

export function finding(
  result: ComplianceFinding["result"],
  more: Partial<ComplianceFinding> = {},
): ComplianceFinding {
  return {
    severity: "info",
    category: "audit_trail",
    title: "",
    description: "",
    recommendation: "",
    criterion: "C1",
    result,
    population: 1,
    exceptions: 0,
    exceptionEntries: [],
    points: 0,
    measures: ["main"],
    ...more,
  };
}

/** Observations by the name under which a criterion asks for them. */
export function answers(by: Readonly<Record<string, Observation>>): Map<string, Observation> {
  return new Map(
    Object.entries(by).map(([id, observation]) => [id, { ...observation, measure: id }]),
  );
}
