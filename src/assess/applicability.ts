// Which criteria of a framework apply, and from when they bind.

import type {
  Application,
  FrameworkQuestion,
  WeightedCriterion,
  WeightedFramework,
} from "../model/framework.ts";
import type { Language } from "../languages/language.ts";
import { parseInstant } from "../model/instant.ts";
import type { Instant } from "../model/instant.ts";
import type { WeightedStatement } from "../model/report.ts";

/** Answers to a framework's questions, by the question's id. */
export type Answers = Readonly<Record<string, readonly string[]>>;

/** The answer to a question: what was said, else its default, else unknown. */
export function answerTo(
  question: FrameworkQuestion,
  answers: Answers,
): readonly string[] | "unknown" {
  const said = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined;
  return said ?? question.default ?? "unknown";
}

/** An answer with which a criterion does not apply; empty where "none" was answered. */
export interface UnfitAnswer {
  /** Id of the question. */
  readonly question: string;
  readonly answers: readonly string[];
}

/** The answers with which a criterion does not apply; none where it does. What is unknown is taken to apply. */
export function ruledOutBy(
  { appliesWhen }: Pick<WeightedCriterion, "appliesWhen">,
  { questions }: Pick<WeightedFramework, "questions">,
  answers: Answers,
): readonly UnfitAnswer[] {
  return unfitAnswers(appliesWhen, questions, answers);
}

/** Each question whose answer lies outside the wanted ones. */
function unfitAnswers(
  wanted: WeightedCriterion["appliesWhen"],
  questions: readonly FrameworkQuestion[],
  answers: Answers,
): UnfitAnswer[] {
  return Object.entries(wanted ?? {}).flatMap(([id, accepted]) => {
    const question = questions.find((one) => one.id === id);
    const answer = question === undefined ? "unknown" : answerTo(question, answers);
    if (answer === "unknown" || answer.some((given) => accepted.includes(given))) return [];
    return [{ question: id, answers: answer }];
  });
}

/** The dates that hold with these answers; with unknown answers, every date does. */
export function datesThatHold(framework: WeightedFramework, answers: Answers): Application[] {
  return framework.appliesFrom.filter(
    ({ when }) => unfitAnswers(when, framework.questions, answers).length === 0,
  );
}

/**
 * The date from which a criterion binds; undefined where it binds without one. Dates that
 * name the criterion go before those about all criteria; of several, the earliest counts.
 */
export function bindsFrom(criterion: string, dates: readonly Application[]): string | undefined {
  const named = dates.filter(({ criteria }) => criteria?.includes(criterion) === true);
  const about = named.length > 0 ? named : dates.filter(({ criteria }) => criteria === undefined);
  return about
    .map(({ from }) => from)
    .toSorted()
    .at(0);
}

/** Whether a date has come. It comes with its first instant in UTC. */
export function hasCome(date: string, now: Instant): boolean {
  return now >= parseInstant(`${date}T00:00:00Z`);
}

/** The dates of a framework at the report's own time, and what that means for its criteria. */
export function applicationsAt(
  framework: WeightedFramework,
  dates: readonly Application[],
  { now, language }: { readonly now: Instant; readonly language: Language },
): Pick<WeightedStatement, "applications" | "readiness"> {
  const applications = dates.map(({ what, from }) => ({ what, from, binding: hasCome(from, now) }));
  const later = framework.criteria.flatMap(({ id }) => {
    const from = bindsFrom(id, dates);
    return from === undefined || hasCome(from, now) ? [] : [from];
  });
  if (later.length === 0) return { applications };
  const counted = [...new Set(later)]
    .toSorted()
    .map((date) => ({ date, criteria: later.filter((one) => one === date).length }));
  const { readiness } = language.assess.applicability;
  return {
    applications,
    readiness: readiness({ criteria: framework.criteria.length, later: counted }),
  };
}
