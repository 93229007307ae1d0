// What the log would have to record for more criteria to be tested, and what that is worth.

import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import type { ComplianceFinding, Test } from "../model/finding.ts";
import type { Framework, PointsFramework } from "../model/framework.ts";
import type { Measure } from "../model/measure.ts";
import type { LogPopulation } from "../model/population.ts";
import type { FieldToRecord } from "../model/report.ts";
import { missingFields } from "./missing-fields.ts";
import { SEVERITY_WEIGHTS } from "./weighted-score.ts";

/** What was concluded, and what it rests on. */
export interface Concluded {
  readonly findings: readonly ComplianceFinding[];
  /** Of weighted frameworks only. */
  readonly tests: readonly Test[];
  readonly measures: ReadonlyMap<string, Measure>;
  readonly population: LogPopulation;
}

interface OpenCriterion {
  readonly id: string;
  readonly weight: number;
  readonly missing: readonly EntryField[];
}

/**
 * The fields that open criteria were missing, the most valuable first: by the weight that the
 * field alone would open, then by the weight that it takes part in, then in the fields' order.
 * Criteria that no field would help are left out: those that the format must not answer, and
 * weighted ones of which another test is open for another reason.
 */
export function fixTheLog(framework: Framework, concluded: Concluded): FieldToRecord[] {
  const open =
    framework.scoring === "points" ? openByPoints(framework, concluded) : openByTests(concluded);
  const fields = ENTRY_FIELD_NAMES.filter((field) =>
    open.some(({ missing }) => missing.includes(field)),
  );
  return fields
    .map((field): FieldToRecord => {
      const criteria = open
        .filter(({ missing }) => missing.includes(field))
        .map(({ id, weight, missing }) => ({
          criterion: id,
          weight,
          alsoNeeds: missing.filter((other): other is EntryField => other !== field),
        }));
      return {
        field,
        criteria,
        weight: sum(criteria),
        weightAlone: sum(criteria.filter(({ alsoNeeds }) => alsoNeeds.length === 0)),
      };
    })
    .toSorted((a, b) => b.weightAlone - a.weightAlone || b.weight - a.weight);
}

function openByPoints(
  { criteria }: PointsFramework,
  { findings, measures, population }: Concluded,
): OpenCriterion[] {
  const barred = population.intake?.cannotAnswer ?? new Map<string, string>();
  return criteria.flatMap(({ id, weight }) => {
    const finding = findings.find(({ criterion }) => criterion === id);
    if (finding?.reason !== "not-recorded") return [];
    if (finding.measures.some((measure) => barred.has(measure))) return [];
    const asked = finding.measures.flatMap((measure) => measures.get(measure) ?? []);
    return [{ id, weight, missing: missingFields(asked, population) }];
  });
}

function openByTests({ findings, tests }: Concluded): OpenCriterion[] {
  const byKey = new Map(tests.map((test) => [test.key, test]));
  return findings.flatMap(({ criterion, result, weighted }) => {
    if (weighted === undefined) return [];
    if (result !== "inconclusive" && weighted.open !== true) return [];
    const { mode, decisive, supporting, criterionSeverity } = weighted;
    const asked = mode === "figures" ? supporting : decisive;
    const open = asked
      .flatMap((key) => byKey.get(key) ?? [])
      .filter((test) => test.result === "inconclusive");
    if (open.length === 0 || open.some(({ missingFields: none }) => none === undefined)) return [];
    const missing = new Set(open.flatMap((test) => test.missingFields ?? []));
    return [
      {
        id: criterion,
        weight: mode === "figures" ? 0 : SEVERITY_WEIGHTS[criterionSeverity],
        missing: ENTRY_FIELD_NAMES.filter((field) => missing.has(field)),
      },
    ];
  });
}

function sum(criteria: readonly { readonly weight: number }[]): number {
  return criteria.reduce((total, { weight }) => total + weight, 0);
}
