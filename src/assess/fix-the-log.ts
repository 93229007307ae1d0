// What the log would have to record for more criteria to be tested, and what that is worth.

import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import type { ComplianceFinding } from "../model/finding.ts";
import type { Framework } from "../model/framework.ts";
import type { Measure } from "../model/measure.ts";
import type { LogPopulation } from "../model/population.ts";
import type { FieldToRecord } from "../model/report.ts";
import { missingFields } from "./missing-fields.ts";

/**
 * The fields that open criteria were missing, the most valuable first: by the weight that the
 * field alone would open, then by the weight that it takes part in, then in the fields' order.
 * Criteria that the format must not answer are left out: no field would help them.
 */
export function fixTheLog(
  framework: Framework,
  findings: readonly ComplianceFinding[],
  measures: ReadonlyMap<string, Measure>,
  population: LogPopulation,
): FieldToRecord[] {
  const barred = population.intake?.cannotAnswer ?? new Map<string, string>();
  const open = framework.criteria.flatMap((criterion) => {
    const finding = findings.find(({ criterion: id }) => id === criterion.id);
    if (finding?.reason !== "not-recorded") return [];
    if (finding.measures.some((measure) => barred.has(measure))) return [];
    return [{ ...criterion, missing: missingFields(criterion, measures, population) }];
  });
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

function sum(criteria: readonly { readonly weight: number }[]): number {
  return criteria.reduce((total, { weight }) => total + weight, 0);
}
