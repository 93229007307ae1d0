// One framework's file: its criteria checked against the measures they name.

import type { Criterion, Doubt, Framework, NotAssessed } from "../model/framework.ts";
import type { Severity } from "../model/finding.ts";
import type { Measure } from "../model/measure.ts";
import { checkFileName } from "./file-name.ts";
import { limitsOf } from "./limits.ts";
import type { LimitFile } from "./limits.ts";
import { checkTexts } from "./texts.ts";
import { didYouMean } from "./suggestion.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/** Where a framework's measures come from. */
export interface MeasureShelf {
  /** Ids of all measures, sorted. */
  readonly ids: readonly string[];
  /** The measure of an id that exists. */
  measure(id: string): Measure;
}

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

interface FrameworkFile {
  readonly id: string;
  readonly title: string;
  readonly edition: string;
  readonly publisher: string;
  readonly source: string;
  readonly text_policy: string;
  readonly criteria_in_edition: number;
  readonly criteria: readonly CriterionFile[];
  readonly not_assessed: readonly {
    readonly criterion: string;
    readonly why: string;
    readonly ask_for: string;
  }[];
}

/**
 * The framework in a file of the right form, checked against the measures it names.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function frameworkIn(yaml: YamlFile, shelf: MeasureShelf): Framework {
  const written = yaml.value as FrameworkFile;
  checkFileName(yaml, written.id);
  checkIds(yaml, written.criteria);
  const criteria = written.criteria.map((criterion, index) =>
    criterionOf(yaml, ["criteria", index], criterion, shelf),
  );
  checkSums(yaml, written);
  return {
    id: written.id,
    title: written.title,
    edition: written.edition,
    publisher: written.publisher,
    source: written.source,
    textPolicy: written.text_policy,
    criteriaInEdition: written.criteria_in_edition,
    criteria,
    notAssessed: written.not_assessed.map(notAssessedOf),
    digest: yaml.digest,
  };
}

function notAssessedOf(row: FrameworkFile["not_assessed"][number]): NotAssessed {
  return { criterion: row.criterion, why: row.why, askFor: row.ask_for };
}

function checkIds(yaml: YamlFile, criteria: readonly CriterionFile[]): void {
  const seen = new Set<string>();
  for (const [index, { id }] of criteria.entries()) {
    if (seen.has(id)) {
      throw yaml.refuse(["criteria", index, "id"], `the criterion "${id}" stands twice`);
    }
    seen.add(id);
  }
}

function checkSums(yaml: YamlFile, { criteria, criteria_in_edition: total }: FrameworkFile): void {
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
  const { kind } = measureAt(yaml, [...path, "measure"], written.measure, shelf);
  const limits = limitsOf(yaml, [...path, "limits"], written.limits, { kind, weight });
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
  const { kind } = measureAt(yaml, [...path, "measure"], doubt.measure, shelf);
  if (kind === "groups") {
    throw yaml.refuse(
      [...path, "measure"],
      `expected a measure with exceptions, but ${doubt.measure} is of kind groups`,
    );
  }
  checkTexts(yaml, path, doubt, kind);
  return doubt;
}

function measureAt(yaml: YamlFile, path: Path, id: string, shelf: MeasureShelf): Measure {
  if (shelf.ids.includes(id)) return shelf.measure(id);
  throw yaml.refuse(path, `no measure is called "${id}"`, {
    hint: didYouMean(id, shelf.ids) ?? `Known measures: ${shelf.ids.join(", ")}.`,
  });
}
