// What an English report says about what its results rest on.

import type { BasisWords } from "../../words/report/basis.ts";
import { count, counted } from "./counted.ts";

/** Words about limits, classes, configuration and method. */
export const BASIS: BasisWords = {
  notAssessed: {
    title: "Not assessed",
    none: "The framework names no requirement that an agent log cannot answer.",
    introduction:
      "An agent log cannot answer these requirements. They are open, not passed; the last column says what to ask for.",
    caption: "Requirements that were not assessed",
    criterion: "Criterion",
    criteria: "Criteria",
    requirements: "Requirements",
    why: "Why an agent log cannot show it",
    ask: "What to ask for",
  },
  classes: {
    title: "Classes of actions",
    introduction:
      "Classes are heuristic: an action belongs to one because of words in its name, its target or its parameters. Tests about a class are as good as its definition. Read the hits; a class that finds nothing, or too much, needs a definition of your own.",
    caption: "Classes of actions and how often they were found",
    name: "Class",
    meaning: "Meaning",
    entries: "Entries in scope",
    definition: "Definition",
    replaced: "(replaced by the configuration)",
  },
  limits: {
    title: "Limits",
    introduction:
      "Limits are tried in the order shown, and the first that holds decides. A comparison with a number that is undefined does not hold. Where the basis is an engineering default, the owner should set a limit of their own.",
    caption: "The limits of every test, and where they come from",
    test: "Test",
    limits: "Limits",
    basis: "Basis",
    why: "Why there",
  },
  overrides: {
    title: "What the configuration changes",
    caption: "What the configuration changes",
    what: "What",
    name: "Name",
    from: "As packaged",
    to: "As used here",
    why: "Why",
  },
  inputs: {
    title: "Inputs beside the log",
    caption: "Inputs beside the log, and which tests ask for them",
    input: "Input",
    given: "Given",
    holds: "What it holds",
    from: "From",
    measures: "Measures that use it",
  },
  questions: {
    title: "Questions and dates",
    caption: "Questions about the organisation",
    question: "Question",
    answer: "Answer",
    unknown: "unknown; everything is taken to apply",
    dates: "From when which part binds",
    from: "From",
    what: "What",
    now: "At the time of this report",
    binding: "binding",
    notBinding: "not yet binding",
  },
  method: {
    title: "Method and versions",
    period: "Period",
    generated: "Report generated",
    tool: "Tool",
    toolAndSchema: (tool, version, schema) => `${tool} ${version}; report schema ${schema}`,
    framework: "Framework",
    frameworkEdition: (title, edition, id) =>
      `${title}, edition ${edition} (${id}), SHA-256 {digest}`,
    publisher: "Publisher",
    publication: (textUse, reviewed) =>
      `{publisher}; source: {source}; licence of its text: {licence}; what stands here of it: ${textUse}; last compared with the source: ${reviewed}`,
    criteria: "Criteria here",
    criteriaByMode: (tested, disproveOnly, figures, rest) =>
      `${count(tested)} testable in part, ${count(disproveOnly)} only disprovable, which count as testable once they are disproved, ${count(figures)} with figures only; ${rest}`,
    scoring: "Score",
    points:
      "100 less the points that findings lose, and at most the share of the weight that could be decided, rounded down; none without an entry in scope or a decided criterion",
    weighted:
      "an average over the criteria that were decided, weighted critical 10, high 7.5, medium 5, low 2.5; a pass counts whole, a warning half, a failure nothing; at most 49 beside a critical failure and 79 beside a high one; criteria that can only be disproved, and warnings by supporting tests beside open ones, can lower it and never raise it; none below 20 entries, below half of the testable weight, or on a record in doubt",
    comparison: "Comparison",
    notComparable:
      "scores of different frameworks, or of different editions, are not to be averaged or compared: they share tests",
    configuration: "Configuration of the user",
    asText: "given as text",
    definitions: "Definitions that the measures share",
    reading: "How to read numbers",
    shares:
      "Shares have one decimal; a whole or half percent is shown only where it is exact. Lists end after 50; the numbers beside them are always full.",
    texts:
      "A dash stands for what was not recorded. Characters without a shape are written as a backslash, the letter u and their number in Unicode, and long texts are cut with their length. Where a format could turn a name, number or address of the log into a mention or a link, it parts it by what is not seen. The JSON form of this report changes and cuts no text; what is masked is masked there too.",
    masking: "Masking",
    masked: (texts) =>
      `Secrets and personal data in evidence are masked; something was masked in ${counted(texts, "text", "texts")} of this report`,
    revealed: "Secrets and personal data are shown as the log has them. The reason given: {reason}",
    translation: "Translation",
    sampling: "Samples",
    sampled: (size) =>
      `${count(size)} of each measure's population, or all where it is smaller: those with the smallest SHA-256 of seed, measure and entry. The seed is {seed}; whoever has the log and the seed draws the same ones`,
    digests: "Digests of the measures",
    measure: "Measure",
  },
};
