// A framework in another language: its texts and those of its criteria.

import type {
  AskedMeasure,
  Criterion,
  Framework,
  NotAssessed,
  Outcome,
  WeightedCriterion,
  WeightedFramework,
} from "../model/framework.ts";
import type { Measure } from "../model/measure.ts";
import type { Texts } from "./translation.ts";
import type { Path } from "./yaml-file.ts";

/**
 * The framework with its texts translated.
 *
 * @param measureOf the measures that its sentences speak of
 * @throws ComplianceError `invalid-catalog` at a translation that does not fit
 */
export function translatedFramework(
  framework: Framework,
  texts: Texts,
  measureOf: (id: string) => Measure,
): Framework {
  texts.onlyKnown(
    ["criteria"],
    framework.criteria.map(({ id }) => id),
    "criterion",
  );
  texts.onlyKnown(
    ["not_assessed"],
    framework.notAssessed.map(({ criterion }) => criterion),
    "requirement",
  );
  const head = {
    title: texts.name(["title"], framework.title),
    edition: texts.name(["edition"], framework.edition),
  };
  if (framework.scoring === "points") {
    const criteria = framework.criteria.map((one) => ofPoints(one, texts, measureOf));
    return { ...framework, ...head, criteria, notAssessed: notAssessed(framework, texts) };
  }
  return {
    ...framework,
    ...head,
    licence: texts.name(["licence"], framework.licence),
    introduction: texts.text(["introduction"], framework.introduction),
    questions: questions(framework, texts),
    appliesFrom: appliesFrom(framework, texts),
    criteria: framework.criteria.map((one) => weighted(one, texts)),
    notAssessed: notAssessed(framework, texts),
  };
}

function ofPoints(
  criterion: Criterion,
  texts: Texts,
  measureOf: (id: string) => Measure,
): Criterion {
  const path: Path = ["criteria", criterion.id];
  const { limits, whenEmpty, doubt } = criterion;
  const measure = measureOf(criterion.measure);
  texts.asLong([...path, "limits"], limits.length);
  return {
    ...criterion,
    title: texts.text([...path, "title"], criterion.title),
    limits: limits.map((limit, index) =>
      Object.assign({}, limit, outcome([...path, "limits", index], limit, texts, measure)),
    ),
    whenEmpty: outcome([...path, "when_empty"], whenEmpty, texts),
    ...(doubt === undefined
      ? {}
      : {
          doubt: {
            ...doubt,
            ...outcome([...path, "doubt"], doubt, texts, measureOf(doubt.measure)),
          },
        }),
  };
}

function outcome(
  path: Path,
  { description, recommendation }: Pick<Outcome, "description" | "recommendation">,
  texts: Texts,
  measure?: Measure,
): Pick<Outcome, "description" | "recommendation"> {
  return {
    description: texts.text([...path, "description"], description, measure),
    recommendation: texts.text([...path, "recommendation"], recommendation, measure),
  };
}

function weighted(criterion: WeightedCriterion, texts: Texts): WeightedCriterion {
  const path: Path = ["criteria", criterion.id];
  const { title, shows, notShown, remedy, atBest, decisive, supporting } = criterion;
  const ask = (asked: AskedMeasure): AskedMeasure => {
    const { limits, measure } = asked;
    if (limits === undefined) return asked;
    const reason = texts.text([...path, "limit_reasons", measure], limits.reason);
    return { ...asked, limits: { ...limits, reason } };
  };
  texts.onlyKnown(
    [...path, "limit_reasons"],
    [...decisive, ...supporting].flatMap(({ measure, limits }) =>
      limits === undefined ? [] : [measure],
    ),
    "limits for",
  );
  return {
    ...criterion,
    title: texts.text([...path, "title"], title),
    shows: texts.text([...path, "shows"], shows),
    notShown: texts.text([...path, "not_shown"], notShown),
    remedy: texts.text([...path, "remedy"], remedy),
    decisive: decisive.map(ask),
    supporting: supporting.map(ask),
    ...(atBest === undefined
      ? {}
      : { atBest: { ...atBest, why: texts.text([...path, "at_best"], atBest.why) } }),
  };
}

function notAssessed({ notAssessed: rows }: Framework, texts: Texts): NotAssessed[] {
  return rows.map((row) => {
    const path: Path = ["not_assessed", row.criterion];
    return {
      ...row,
      criterion: texts.name([...path, "criterion"], row.criterion),
      why: texts.text([...path, "why"], row.why),
      askFor: texts.text([...path, "ask_for"], row.askFor),
    };
  });
}

function questions(framework: WeightedFramework, texts: Texts): WeightedFramework["questions"] {
  texts.onlyKnown(
    ["questions"],
    framework.questions.map(({ id }) => id),
    "question",
  );
  return framework.questions.map((question) => {
    const path: Path = ["questions", question.id];
    texts.onlyKnown([...path, "answers"], Object.keys(question.answers), "answer");
    const answers = Object.entries(question.answers).map(([key, meaning]) => [
      key,
      texts.text([...path, "answers", key], meaning),
    ]);
    return {
      ...question,
      asks: texts.text([...path, "asks"], question.asks),
      answers: Object.fromEntries(answers) as typeof question.answers,
    };
  });
}

function appliesFrom(framework: WeightedFramework, texts: Texts): WeightedFramework["appliesFrom"] {
  texts.asLong(["applies_from"], framework.appliesFrom.length);
  return framework.appliesFrom.map((one, index) => ({
    ...one,
    what: texts.text(["applies_from", index], one.what),
  }));
}
