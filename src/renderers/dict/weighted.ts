// What only reports of weighted frameworks hold, as plain data.

import type { Test, WeightedFinding } from "../../model/finding.ts";
import type { ClassHits, InputStatement, Override, WeightedStatement } from "../../model/report.ts";
import type { FindingDict, ReportDict, TestDict, WeightedDict } from "../report-dict.ts";
import { evidenceDict, listKeys, observedKeys } from "./evidence.ts";

type Item<Key extends "classes" | "overrides" | "inputs"> = NonNullable<ReportDict[Key]>[number];

/** The keys that a finding of a weighted framework has besides. */
export function weightedKeys(weighted: WeightedFinding | undefined): Partial<FindingDict> {
  if (weighted === undefined) return {};
  const { mode, criterionSeverity, shows, notShown, decisive, supporting } = weighted;
  return {
    criterion_severity: criterionSeverity,
    mode,
    shows,
    not_shown: notShown,
    decisive: [...decisive],
    supporting: [...supporting],
    ...(weighted.bindsFrom === undefined ? {} : { binds_from: weighted.bindsFrom }),
    ...(weighted.recordInDoubt === undefined ? {} : { record_in_doubt: weighted.recordInDoubt }),
    ...(weighted.heldBecause === undefined ? {} : { held_because: weighted.heldBecause }),
    ...(weighted.open === undefined ? {} : { open: weighted.open }),
  };
}

/** The statement beside the findings, with every test once. */
export function weightedDict(weighted: WeightedStatement): WeightedDict {
  const { capped, criteria } = weighted;
  return {
    introduction: weighted.introduction,
    publisher: weighted.publisher,
    source: weighted.source,
    licence: weighted.licence,
    text_use: weighted.textUse,
    reading: weighted.reading,
    band: weighted.band,
    ...(weighted.withheld === undefined ? {} : { withheld: weighted.withheld }),
    ...(capped === undefined
      ? {}
      : { capped: { at: capped.at, uncapped: capped.uncapped, by: [...capped.by] } }),
    record_in_doubt: [...weighted.recordInDoubt],
    criteria: {
      tested: criteria.tested,
      disprove_only: criteria.disproveOnly,
      figures: criteria.figures,
      not_assessed: criteria.notAssessed,
    },
    tests: weighted.tests.map(testDict),
    ...(weighted.readiness === undefined ? {} : { readiness: weighted.readiness }),
    applications: weighted.applications.map(({ what, from, binding }) => ({
      what,
      from,
      binding,
    })),
    questions: weighted.questions.map(({ id, asks, answer }) => ({
      id,
      asks,
      answer: answer === "unknown" ? null : [...answer],
    })),
    reviewed: weighted.reviewed,
    ...(weighted.stale === undefined ? {} : { stale: weighted.stale }),
  };
}

function testDict(test: Test): TestDict {
  return {
    key: test.key,
    measure: test.measure,
    ...(test.code === undefined ? {} : { code: test.code }),
    title: test.title,
    question: test.question,
    result: test.result,
    ...(test.reason === undefined ? {} : { reason: test.reason }),
    says: test.says,
    remedy: test.remedy,
    population: test.population,
    exceptions: test.exceptions,
    exception_entries: test.exceptionEntries.map(evidenceDict),
    ...observedKeys(test.observed),
    numbers: Object.fromEntries(Object.entries(test.numbers).sort(([a], [b]) => (a < b ? -1 : 1))),
    limits: test.limits.map(({ result, when }) =>
      when === undefined ? { result } : { result, when },
    ),
    basis: test.basis,
    limit_reason: test.limitReason,
    classes: [...test.classes],
    criteria: [...test.criteria],
    ...(test.missingFields === undefined ? {} : { missing_fields: [...test.missingFields] }),
    ...(test.missingInputs === undefined ? {} : { missing_inputs: [...test.missingInputs] }),
    ...listKeys(test),
    ...(test.pairs === undefined
      ? {}
      : {
          pairs: test.pairs.map((pair) => ({
            before: evidenceDict(pair.first),
            exception: evidenceDict(pair.then),
          })),
        }),
    ...(test.rules === undefined
      ? {}
      : {
          rules: test.rules.map(({ rule, line, message }) => ({
            ...(rule === undefined ? {} : { rule }),
            ...(line === undefined ? {} : { line }),
            message,
          })),
        }),
  };
}

/** How often a class of actions was found. */
export function classDict(hits: ClassHits): Item<"classes"> {
  const { name, meaning, cel, entries, overridden } = hits;
  return { name, meaning, cel, entries, overridden };
}

/** One thing that the user's configuration changes. */
export function overrideDict({ kind, name, from, to, reason }: Override): Item<"overrides"> {
  return { kind, name, from, to, ...(reason === undefined ? {} : { reason }) };
}

/** One input beside the log. */
export function inputDict(input: InputStatement): Item<"inputs"> {
  const { name, given, source, sha256, holds, measures } = input;
  return {
    name,
    given,
    ...(source === undefined ? {} : { source }),
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(holds === undefined ? {} : { holds }),
    measures: [...measures],
  };
}
