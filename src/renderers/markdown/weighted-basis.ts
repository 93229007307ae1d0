// What a weighted report rests on, in Markdown: classes, limits, inputs, answers, dates, method.

import { criteriaNotAssessed } from "../../model/coverage-in-words.ts";
import type { Test } from "../../model/finding.ts";
import type { ComplianceReport, WeightedStatement } from "../../model/report.ts";
import { BASES, limitsInWords, oneLine, testName } from "../words/weighted.ts";
import { document, table } from "./blocks.ts";
import { markup, passage, unabridged } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** Classes of actions with their hits; absent when none is used. */
export function classes({ classes: all }: ComplianceReport): Markdown | undefined {
  if (all.length === 0) return undefined;
  return document(
    markup`Classes are **heuristic**: an action belongs to one because of words in its name, its target or its parameters. Tests about a class are as good as its definition. Read the hits; a class that finds nothing, or too much, needs a definition of your own.`,
    table(
      ["Class", "Meaning", { right: "Entries in scope" }, "Definition"],
      all.map(({ name, meaning, entries, cel, overridden }) => [
        name,
        passage(meaning),
        entries,
        markup`${unabridged(oneLine(cel))}${overridden ? markup` (replaced by the configuration)` : markup``}`,
      ]),
    ),
  );
}

/** Every test's limits with the place they come from. */
export function limits(tests: readonly Test[]): Markdown | undefined {
  if (tests.length === 0) return undefined;
  return document(
    markup`Limits are tried in the order shown, and the first that holds decides. A comparison with a number that is undefined does not hold. Where the basis is an engineering default, the owner should set a limit of their own.`,
    table(
      ["Test", "Limits", "Basis", "Why there"],
      tests.map((test) => [
        testName(test),
        passage(limitsInWords(test)),
        BASES[test.basis],
        passage(test.limitReason),
      ]),
    ),
  );
}

/** Inputs beside the log; absent when none is given or asked for. */
export function inputs({ inputs: all }: ComplianceReport): Markdown | undefined {
  return table(
    ["Input", "Given", "What it holds", "From", "SHA-256", "Measures that use it"],
    all.map(({ name, given, holds, source, sha256, measures }) => [
      name,
      given ? "yes" : markup`**no**`,
      holds,
      source,
      sha256,
      passage(measures.join(", ")),
    ]),
  );
}

/** Questions about the organisation, and their answers. */
export function questions({ questions: all }: WeightedStatement): Markdown | undefined {
  return table(
    ["Question", "Answer"],
    all.map(({ id, asks, answer }) => [
      markup`${passage(asks)} (${id})`,
      answer === "unknown" ? "unknown; everything is taken to apply" : passage(answer.join(", ")),
    ]),
  );
}

/** From when which part binds. */
export function dates({ applications }: WeightedStatement): Markdown | undefined {
  return table(
    ["From", "What", "At the time of this report"],
    applications.map(({ from, what, binding }) => [
      from,
      passage(what),
      binding ? "binding" : "not yet binding",
    ]),
  );
}

/** How the score is made, and where the framework comes from. */
export function ownMethod(
  report: ComplianceReport,
  weighted: WeightedStatement,
): readonly Markdown[] {
  const { criteria, publisher, source, licence, textUse, reviewed } = weighted;
  const text =
    textUse === "official"
      ? "the publisher's own text"
      : "identifiers, with titles in our own words";
  return [
    markup`Publisher: ${publisher}; source: ${passage(source)}; licence of its text: ${passage(licence)}; what stands here of it: ${text}; last compared with the source: ${reviewed}`,
    markup`Criteria here: ${criteria.tested} testable in part, ${criteria.disproveOnly} only disprovable, which count as testable once they are disproved, ${criteria.figures} with figures only; ${criteriaNotAssessed(report)}`,
    markup`Evidence score: an average over the criteria that were decided, weighted critical 10, high 7.5, medium 5, low 2.5; a pass counts whole, a warning half, a failure nothing; at most 49 beside a critical failure and 79 beside a high one; criteria that can only be disproved, and warnings by supporting tests beside open ones, can lower it and never raise it; none below 20 entries, below half of the testable weight, or on a record in doubt`,
    markup`Scores of different frameworks, or of different editions, are not to be averaged or compared: they share tests`,
  ];
}
