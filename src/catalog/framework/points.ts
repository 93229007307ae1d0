// A framework with points: each criterion asks one measure and sets limits of its own.

import type { Severity } from "../../model/finding.ts";
import type { Criterion, Doubt, PointsFramework } from "../../model/framework.ts";
import { numbersOf } from "../observed-numbers.ts";
import { checkTexts } from "../texts.ts";
import type { Path, YamlFile } from "../yaml-file.ts";
import { measureAt } from "./measure-shelf.ts";
import type { MeasureShelf } from "./measure-shelf.ts";
import { limitsOf } from "./points-limits.ts";
import type { LimitFile } from "./points-limits.ts";
import { checkIdsOnce, headOf, notAssessedOf } from "./rows.ts";
import type { FrameworkHead, NotAssessedFile } from "./rows.ts";

interface CriterionFile {
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly measure: string;
  readonly weight: number;
  readonly at_least?: number;
  readonly limits: readonly LimitFile[];
  readonly empty: Criterion["empty"];
  readonly when_empty: { readonly description: string; readonly recommendation: string };
  readonly doubt?: {
    readonly measure: string;
    readonly severity: Severity;
    readonly description: string;
    readonly recommendation: string;
  };
}

export interface PointsFile extends FrameworkHead {
  readonly scoring?: "points";
  readonly criteria_in_edition: number;
  readonly criteria: readonly CriterionFile[];
  readonly not_assessed: readonly NotAssessedFile[];
}

/**
 * Checks a framework with points against the measures it names.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function pointsFrameworkOf(
  yaml: YamlFile,
  written: PointsFile,
  shelf: MeasureShelf,
): PointsFramework {
  checkIdsOnce(yaml, written.criteria);
  const criteria = written.criteria.map((criterion, index) =>
    criterionOf(yaml, ["criteria", index], criterion, shelf),
  );
  checkSums(yaml, written);
  return {
    ...headOf(yaml, written),
    scoring: "points",
    criteriaInEdition: written.criteria_in_edition,
    criteria,
    notAssessed: written.not_assessed.map(notAssessedOf),
  };
}

function checkSums(yaml: YamlFile, { criteria, criteria_in_edition: total }: PointsFile): void {
  if (criteria.every(({ weight }) => weight === 0)) {
    throw yaml.refuse(["criteria"], "expected at least one criterion with a weight above 0", {
      atKey: true,
    });
  }
  if (criteria.length > total) {
    throw yaml.refuse(
      ["criteria_in_edition"],
      `expected at least as many as stand in this file, ${criteria.length}, got ${total}`,
    );
  }
}

function criterionOf(
  yaml: YamlFile,
  path: Path,
  written: CriterionFile,
  shelf: MeasureShelf,
): Criterion {
  const { id, title, category, weight, empty, at_least: atLeast } = written;
  const measure = measureAt(yaml, [...path, "measure"], written.measure, shelf);
  const limits = limitsOf(yaml, [...path, "limits"], written.limits, { measure, weight });
  checkTexts(yaml, [...path, "when_empty"], written.when_empty, undefined);
  return {
    id,
    title,
    category,
    measure: written.measure,
    weight,
    limits,
    ...(atLeast === undefined ? {} : { atLeast }),
    empty,
    whenEmpty: written.when_empty,
    ...(written.doubt === undefined
      ? {}
      : { doubt: doubtOf(yaml, [...path, "doubt"], written.doubt, shelf) }),
  };
}

function doubtOf(
  yaml: YamlFile,
  path: Path,
  doubt: NonNullable<CriterionFile["doubt"]>,
  shelf: MeasureShelf,
): Doubt {
  const measure = measureAt(yaml, [...path, "measure"], doubt.measure, shelf);
  if (!numbersOf(measure).has("exceptions")) {
    throw yaml.refuse(
      [...path, "measure"],
      `expected a measure with exceptions, but ${doubt.measure} is of kind ${measure.kind}`,
    );
  }
  checkTexts(yaml, path, doubt, measure);
  return doubt;
}
