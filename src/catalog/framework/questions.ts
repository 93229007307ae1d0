// Questions about the organisation, and what refers to their answers.

import type { FrameworkQuestion } from "../../model/framework.ts";
import { didYouMean } from "../suggestion.ts";
import type { Path, YamlFile } from "../yaml-file.ts";

export interface QuestionFile {
  readonly asks: string;
  readonly answers: Readonly<Record<string, string>>;
  readonly several?: boolean;
  readonly default?: readonly string[];
}

/** Answers by question; one of them must be given. */
export type AnswersFile = Readonly<Record<string, readonly string[]>>;

/**
 * The questions of a framework, their defaults checked.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function questionsOf(
  yaml: YamlFile,
  questions: Readonly<Record<string, QuestionFile>>,
): FrameworkQuestion[] {
  const read = Object.entries(questions).map(([id, question]) => questionOf(id, question));
  for (const { id, default: otherwise } of read) {
    const path = ["questions", id, "default"];
    if (otherwise !== undefined) checkGiven(yaml, path, id, otherwise, read);
  }
  return read;
}

function questionOf(
  id: string,
  { asks, answers, several = false, default: otherwise }: QuestionFile,
): FrameworkQuestion {
  const question = { id, asks, answers, several };
  return otherwise === undefined ? question : { ...question, default: otherwise };
}

/**
 * Refuses answers to questions that the framework does not ask, and answers that they do not
 * have.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function checkAnswers(
  yaml: YamlFile,
  path: Path,
  answers: AnswersFile,
  questions: readonly FrameworkQuestion[],
): void {
  for (const [id, listed] of Object.entries(answers)) {
    checkKnown(yaml, [...path, id], questionAt(yaml, [...path, id], id, questions), listed);
  }
}

/**
 * Refuses what somebody answers to a question: besides what {@link checkAnswers} refuses, more
 * than one answer where only one can be true.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function checkGiven(
  yaml: YamlFile,
  path: Path,
  id: string,
  given: readonly string[],
  questions: readonly FrameworkQuestion[],
): void {
  const question = questionAt(yaml, path, id, questions);
  checkKnown(yaml, path, question, given);
  if (question.several || given.length === 1) return;
  throw yaml.refuse(path, `expected one answer to "${id}", got ${given.length}`);
}

function questionAt(
  yaml: YamlFile,
  path: Path,
  id: string,
  questions: readonly FrameworkQuestion[],
): FrameworkQuestion {
  const question = questions.find((known) => known.id === id);
  if (question !== undefined) return question;
  const ids = questions.map((known) => known.id);
  throw yaml.refuse(path, `this framework does not ask "${id}"`, {
    atKey: true,
    hint:
      ids.length === 0 ? "It asks nothing." : (didYouMean(id, ids) ?? `It asks ${ids.join(", ")}.`),
  });
}

function checkKnown(
  yaml: YamlFile,
  path: Path,
  { id, answers }: FrameworkQuestion,
  given: readonly string[],
): void {
  const known = Object.keys(answers);
  for (const [index, answer] of given.entries()) {
    if (known.includes(answer)) continue;
    throw yaml.refuse([...path, index], `"${answer}" is no answer to "${id}"`, {
      hint: didYouMean(answer, known) ?? `Answers: ${known.join(", ")}.`,
    });
  }
}
