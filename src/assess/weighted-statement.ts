// What a report of a weighted framework says of the framework, its dates and its score.

import type { Language } from "../languages/language.ts";
import type { Test } from "../model/finding.ts";
import type { CriterionMode, WeightedFramework } from "../model/framework.ts";
import type { Instant } from "../model/instant.ts";
import type { WeightedStatement } from "../model/report.ts";
import { answerTo, applicationsAt, datesThatHold } from "./applicability.ts";
import type { Answers } from "./applicability.ts";
import { staleReview } from "./review.ts";

/** What was concluded, and under which circumstances. */
interface Concluded extends Pick<
  WeightedStatement,
  "band" | "withheld" | "capped" | "recordInDoubt"
> {
  readonly tests: readonly Test[];
  readonly answers: Answers;
  readonly now: Instant;
  readonly language: Language;
}

/** The statement beside the findings. */
export function weightedStatement(
  framework: WeightedFramework,
  { band, withheld, capped, tests, recordInDoubt, answers, now, language }: Concluded,
): WeightedStatement {
  const stale = staleReview(framework, { now, language });
  const ofMode = (mode: CriterionMode): number =>
    framework.criteria.filter((criterion) => criterion.mode === mode).length;
  return {
    introduction: framework.introduction,
    publisher: framework.publisher,
    source: framework.source,
    licence: framework.licence,
    textUse: framework.textUse,
    reading: framework.reading,
    band,
    ...(withheld === undefined ? {} : { withheld }),
    ...(capped === undefined ? {} : { capped }),
    recordInDoubt,
    criteria: {
      tested: ofMode("tested"),
      disproveOnly: ofMode("disprove-only"),
      figures: ofMode("figures"),
      notAssessed: framework.notAssessed.reduce((sum, { count = 1 }) => sum + count, 0),
    },
    tests,
    ...applicationsAt(framework, datesThatHold(framework, answers), { now, language }),
    questions: framework.questions.map((question) => ({
      id: question.id,
      asks: question.asks,
      answer: answerTo(question, answers),
    })),
    reviewed: framework.reviewed.on,
    ...(stale === undefined ? {} : { stale }),
  };
}
