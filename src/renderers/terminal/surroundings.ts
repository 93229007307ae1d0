// What stands around the findings of a terminal report: the actions, the log, the policy.

import type { Language } from "../../languages/language.ts";
import type { ComplianceReport } from "../../model/report.ts";
import {
  decidedActions,
  notAssessedCount,
  sumsTie,
  unrecordedDecisions,
} from "../words/readings.ts";
import { BLANK, heading, labelled, quoted } from "./layout.ts";
import type { Block } from "./layout.ts";

/** What the policy and humans decided. */
export function actionFigures(report: ComplianceReport, language: Language): readonly Block[] {
  const { numbers, report: words } = language;
  const { terminal: say } = words;
  const { totalActions, humanDecisions } = report;
  const unrecorded = unrecordedDecisions(report);
  if (unrecorded === "of the policy") {
    return [
      labelled(say.labels.actions, numbers.count(totalActions)),
      labelled(say.labels.decisions, say.policyUnrecorded),
    ];
  }
  return [
    labelled(
      say.labels.actions,
      say.actions(totalActions, report.autoApproved, report.approvedActions, report.blockedActions),
    ),
    labelled(
      say.labels.answers,
      unrecorded === "of humans"
        ? say.answersUnrecorded
        : say.answers(humanDecisions.approved, humanDecisions.denied, humanDecisions.unanswered),
    ),
    labelled(
      say.labels.enforcement,
      totalActions === 0
        ? say.noActions
        : say.enforcement(numbers.share(decidedActions(report), totalActions)),
    ),
  ];
}

/** How many fields, and how many inputs, are named. */
const NAMED = 5;

/** Which fields would open most, for a log that lacks some. */
export function fixTheLog(
  { fixTheLog: fields }: ComplianceReport,
  { report: { terminal: say } }: Language,
): readonly Block[] {
  if (fields.length === 0) return [];
  const more = fields.length - NAMED;
  return [
    heading(say.headings.fix),
    ...fields.slice(0, NAMED).map(({ field, criteria, weight }) => {
      const opened = criteria.map(({ criterion, alsoNeeds }) =>
        alsoNeeds.length === 0 ? criterion : say.openedWith(criterion, alsoNeeds.join(", ")),
      );
      return labelled(say.labels.record, say.opens(field, opened.join(", "), weight));
    }),
    ...(more > 0 ? [labelled("", say.moreFields(more))] : []),
    BLANK,
  ];
}

/** How a foreign log was read. */
function mappingLines(
  { intake }: ComplianceReport["population"],
  { report: { terminal: say } }: Language,
): readonly Block[] {
  if (intake === undefined) return [];
  const { mappings, leftOut, records, withoutAction, actions, unmapped, unknownWords } = intake;
  const unknown = unknownWords.reduce((sum, { count }) => sum + count, 0);
  const notes = [
    leftOut.count === 0 ? undefined : say.leftOut(leftOut.count),
    withoutAction === 0 ? undefined : say.withoutAction(actions, records, withoutAction),
    unmapped.length === 0 ? undefined : say.unmapped(unmapped.length),
    unknown === 0 ? undefined : say.unknownWords(unknown),
  ].filter((text) => text !== undefined);
  return [
    ...mappings.map(({ id, version }) => labelled(say.labels.mapping, say.mapping(id, version))),
    ...notes.map((text) => labelled("", text)),
  ];
}

/** What is odd about the log; nothing where nothing is. */
function oddities(
  { population: { timestamps, ids } }: ComplianceReport,
  { report: { terminal: say } }: Language,
): readonly Block[] {
  const { oddities: tell } = say;
  const all = [
    [timestamps.unreadable, tell.unreadable],
    [timestamps.naive, tell.naive],
    [timestamps.unordered, tell.unordered],
    [timestamps.future, tell.future],
    [ids.repeated ?? 0, tell.repeated],
    [(ids.missing ?? 0) + (ids.missingAtEnd ?? 0), tell.missing],
  ] as const;
  return all
    .filter(([amount]) => amount > 0)
    .map(([amount, told], index) => labelled(index === 0 ? say.labels.note : "", told(amount)));
}

function inputLines(
  { population: { inputs } }: ComplianceReport,
  { report: { terminal: say } }: Language,
): readonly Block[] {
  const more = inputs.length - NAMED;
  return [
    ...inputs
      .slice(0, NAMED)
      .map(({ name, sha256 }) =>
        quoted(say.labels.input, sha256 === undefined ? name : say.inputDigest(name, sha256)),
      ),
    ...(more > 0 ? [labelled("", say.moreInputs(more))] : []),
  ];
}

/** The log, the policy, and what was not looked at. */
export function surroundings(report: ComplianceReport, language: Language): readonly Block[] {
  const { numbers, report: words } = language;
  const { terminal: say } = words;
  const { labels } = say;
  const { population, policy, configuration, overrides, inputs } = report;
  return [
    heading(say.headings.log),
    ...inputLines(report, language),
    ...mappingLines(population, language),
    labelled(labels.entries, say.counts(population) + (sumsTie(report) ? say.tie : say.untied)),
    ...(population.first === undefined || population.last === undefined
      ? []
      : [
          labelled(
            labels.covers,
            say.covers(numbers.exactSpan(population.last - population.first)),
          ),
        ]),
    ...oddities(report, language),
    labelled(
      labels.policy,
      policy === undefined
        ? say.noPolicy
        : say.policy(policy.rules, policy.unknownRulesInLog.length, policy.lint.length),
    ),
    ...(configuration === undefined
      ? []
      : [quoted(labels.configuration, configuration.name ?? words.basis.method.asText)]),
    ...overrides.map(({ kind, name }) =>
      quoted(labels.overridden, `${words.names.overrides[kind]} ${name}`),
    ),
    ...inputs
      .filter(({ given }) => !given)
      .map(({ name, measures }) =>
        labelled(labels.notGiven, say.notGiven(name, measures.join(", "))),
      ),
    ...notAssessed(report, language),
  ];
}

function notAssessed(report: ComplianceReport, language: Language): readonly Block[] {
  const { terminal: say } = language.report;
  const rows = report.notAssessed.length;
  if (rows === 0) return [];
  const amount =
    report.weighted === undefined
      ? say.requirements(rows)
      : language.assess.coverage.amount(notAssessedCount(report), report.coverage.total);
  return [labelled(say.labels.notAssessed, amount)];
}
