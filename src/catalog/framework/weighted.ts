// A weighted framework: criteria roll up measures that carry limits of their own.

import type { WeightedCriterion, WeightedFramework } from "../../model/framework.ts";
import { checkWording } from "../wording.ts";
import type { Path, YamlFile } from "../yaml-file.ts";
import { askedAt, checkAsked } from "./asked.ts";
import type { AskedFile } from "./asked.ts";
import { checkDate } from "./date.ts";
import type { MeasureShelf } from "./measure-shelf.ts";
import { checkAnswers, questionsOf } from "./questions.ts";
import type { AnswersFile, QuestionFile } from "./questions.ts";
import { checkIdsOnce, headOf, notAssessedOf } from "./rows.ts";
import type { FrameworkHead, NotAssessedFile } from "./rows.ts";

export interface WeightedFile extends FrameworkHead {
  readonly scoring: "weighted";
  readonly introduction: string;
  readonly licence: string;
  readonly text_use: WeightedFramework["textUse"];
  readonly criteria_in_edition?: number;
  readonly reading?: WeightedFramework["reading"];
  readonly reviewed: { readonly on: string; readonly stale_after_days: number };
  readonly applies_from?: readonly ApplicationFile[];
  readonly questions?: Readonly<Record<string, QuestionFile>>;
  readonly criteria: readonly CriterionFile[];
  readonly not_assessed: readonly NotAssessedFile[];
}

interface ApplicationFile {
  readonly from: string;
  readonly what: string;
  readonly criteria?: readonly string[];
  readonly when?: AnswersFile;
}

interface CriterionFile extends Pick<
  WeightedCriterion,
  "id" | "title" | "category" | "mode" | "severity" | "shows" | "remedy"
> {
  readonly not_shown: string;
  readonly decisive?: readonly AskedFile[];
  readonly supporting?: readonly AskedFile[];
  readonly at_best?: { readonly result: "warn"; readonly why: string };
  readonly applies_when?: AnswersFile;
}

/**
 * Checks a weighted framework against the measures it names.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function weightedFrameworkOf(
  yaml: YamlFile,
  written: WeightedFile,
  shelf: MeasureShelf,
): WeightedFramework {
  checkIdsOnce(yaml, written.criteria);
  const questions = questionsOf(yaml, written.questions ?? {});
  const criteria = written.criteria.map((criterion, index) => {
    const path = ["criteria", index];
    if (criterion.applies_when !== undefined) {
      checkAnswers(yaml, [...path, "applies_when"], criterion.applies_when, questions);
    }
    return criterionOf(yaml, path, criterion, shelf);
  });
  checkDate(yaml, ["reviewed", "on"], written.reviewed.on);
  for (const [index, application] of (written.applies_from ?? []).entries()) {
    const path = ["applies_from", index];
    checkDate(yaml, [...path, "from"], application.from);
    if (application.when !== undefined) {
      checkAnswers(yaml, [...path, "when"], application.when, questions);
    }
    checkCriteria(yaml, [...path, "criteria"], application.criteria ?? [], written.criteria);
  }
  checkTotal(yaml, written);
  checkWords(yaml, written);
  const { criteria_in_edition: total } = written;
  return {
    ...headOf(yaml, written),
    scoring: "weighted",
    introduction: written.introduction,
    licence: written.licence,
    textUse: written.text_use,
    ...(total === undefined ? {} : { criteriaInEdition: total }),
    reading: written.reading ?? "tests",
    reviewed: { on: written.reviewed.on, staleAfterDays: written.reviewed.stale_after_days },
    appliesFrom: written.applies_from ?? [],
    questions,
    criteria,
    notAssessed: written.not_assessed.map(notAssessedOf),
  };
}

function criterionOf(
  yaml: YamlFile,
  path: Path,
  written: CriterionFile,
  shelf: MeasureShelf,
): WeightedCriterion {
  const { id, title, category, mode, severity, shows, remedy } = written;
  const decisive = askedAt(yaml, [...path, "decisive"], written.decisive ?? [], shelf);
  const supporting = askedAt(yaml, [...path, "supporting"], written.supporting ?? [], shelf);
  checkAsked(yaml, path, { mode, decisive, supporting }, shelf);
  return {
    id,
    title,
    category,
    mode,
    severity,
    shows,
    notShown: written.not_shown,
    decisive,
    supporting,
    remedy,
    ...(written.at_best === undefined ? {} : { atBest: written.at_best }),
    ...(written.applies_when === undefined ? {} : { appliesWhen: written.applies_when }),
  };
}

function checkCriteria(
  yaml: YamlFile,
  path: Path,
  ids: readonly string[],
  criteria: readonly { readonly id: string }[],
): void {
  for (const [index, id] of ids.entries()) {
    if (criteria.some((criterion) => criterion.id === id)) continue;
    throw yaml.refuse([...path, index], `no criterion of this framework is called "${id}"`);
  }
}

function checkTotal(
  yaml: YamlFile,
  { criteria, not_assessed: rows, criteria_in_edition: total }: WeightedFile,
): void {
  if (total === undefined) return;
  const listed = rows.reduce((sum, { count = 1 }) => sum + count, criteria.length);
  if (listed <= total) return;
  throw yaml.refuse(
    ["criteria_in_edition"],
    `expected at least as many as stand in this file, ${listed}, got ${total}`,
  );
}

/** No text of our own claims more than a log can show. */
function checkWords(yaml: YamlFile, written: WeightedFile): void {
  checkWording(yaml, ["introduction"], written.introduction);
  for (const [index, criterion] of written.criteria.entries()) {
    const path = ["criteria", index];
    if (written.text_use !== "official") checkWording(yaml, [...path, "title"], criterion.title);
    for (const key of ["shows", "not_shown", "remedy"] as const) {
      checkWording(yaml, [...path, key], criterion[key]);
    }
    if (criterion.at_best !== undefined) {
      checkWording(yaml, [...path, "at_best", "why"], criterion.at_best.why);
    }
  }
  for (const [index, row] of written.not_assessed.entries()) {
    checkWording(yaml, ["not_assessed", index, "why"], row.why);
    checkWording(yaml, ["not_assessed", index, "ask_for"], row.ask_for);
  }
}
