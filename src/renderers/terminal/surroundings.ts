// What stands around the findings of a terminal report: the actions, the log, the policy.

import { notAssessedAmount } from "../../model/coverage-in-words.ts";
import { formatCount, formatShare } from "../../model/figures.ts";
import type { ComplianceReport } from "../../model/report.ts";
import * as words from "../words/phrases.ts";
import { BLANK, heading, labelled, quoted } from "./layout.ts";
import type { Block } from "./layout.ts";

/** What the policy and humans decided. */
export function actionFigures(report: ComplianceReport): readonly Block[] {
  const { totalActions, humanDecisions } = report;
  const unrecorded = words.unrecordedDecisions(report);
  if (unrecorded === "of the policy") {
    return [
      labelled("Actions", formatCount(totalActions)),
      labelled("Decisions", "the log does not record what the policy decided"),
    ];
  }
  const decided = words.decidedActions(report);
  return [
    labelled(
      "Actions",
      `${formatCount(totalActions)}, of which ${formatCount(report.autoApproved)} let through, ` +
        `${formatCount(report.approvedActions)} sent to a human, ` +
        `${formatCount(report.blockedActions)} blocked`,
    ),
    labelled(
      "Human answers",
      unrecorded === "of humans"
        ? "not recorded by the log"
        : `${formatCount(humanDecisions.approved)} approved, ${formatCount(humanDecisions.denied)} ` +
            `denied, ${formatCount(humanDecisions.unanswered)} unanswered`,
    ),
    labelled(
      "Enforcement",
      totalActions === 0
        ? "no action to take a share of"
        : `${formatShare(decided, totalActions)} of actions carry a decision of the policy`,
    ),
  ];
}

/** How many fields, and how many inputs, are named. */
const NAMED = 5;

/** Which fields would open most, for a log that lacks some. */
export function fixTheLog({ fixTheLog: fields }: ComplianceReport): readonly Block[] {
  if (fields.length === 0) return [];
  const more = fields.length - NAMED;
  return [
    heading("Fix the log"),
    ...fields.slice(0, NAMED).map(({ field, criteria, weight }) => {
      const opened = criteria.map(({ criterion, alsoNeeds }) =>
        alsoNeeds.length === 0 ? criterion : `${criterion} (with ${alsoNeeds.join(", ")})`,
      );
      return labelled("Record", `${field}: opens ${opened.join(", ")}; weight ${weight}`);
    }),
    ...(more > 0 ? [labelled("", `and ${words.counted(more, "more field", "more fields")}`)] : []),
    BLANK,
  ];
}

/** How a foreign log was read. */
function mappingLines({ intake }: ComplianceReport["population"]): readonly Block[] {
  if (intake === undefined) return [];
  const { mappings, leftOut, records, withoutAction, actions, unmapped, unknownWords } = intake;
  const unknown = unknownWords.reduce((sum, { count }) => sum + count, 0);
  const notes = [
    leftOut.count === 0
      ? undefined
      : `${words.counted(leftOut.count, "file", "files")} beside the inputs not read, because they are no logs`,
    withoutAction === 0
      ? undefined
      : `${formatCount(actions)} actions in ${words.counted(records, "record", "records")}, of which ${formatCount(withoutAction)} hold none`,
    unmapped.length === 0
      ? undefined
      : words.counted(unmapped.length, "raw field", "raw fields") + " left unmapped",
    unknown === 0 ? undefined : `${words.counted(unknown, "word", "words")} outside the tables`,
  ].filter((text) => text !== undefined);
  return [
    ...mappings.map(({ id, version }) => labelled("Mapping", `${id}, version ${version}`)),
    ...notes.map((text) => labelled("", text)),
  ];
}

/** The log, the policy, and what was not looked at. */
export function surroundings(report: ComplianceReport): readonly Block[] {
  const { population, policy, notAssessed, configuration, overrides, inputs } = report;
  const { timestamps, ids } = population;
  const oddities = [
    [timestamps.unreadable, "with a time that cannot be read"],
    [timestamps.naive, "with a time without offset, read as UTC"],
    [timestamps.unordered, "earlier than the one before"],
    [timestamps.future, "later than this report"],
    [ids.repeated ?? 0, "with a repeated id"],
    [(ids.missing ?? 0) + (ids.missingAtEnd ?? 0), "missing by id"],
  ] as const;
  const seen = oddities.filter(([amount]) => amount > 0);
  return [
    heading("Log"),
    ...population.inputs
      .slice(0, NAMED)
      .map(({ name, sha256 }) =>
        quoted("Input", sha256 === undefined ? name : `${name}, SHA-256 ${sha256}`),
      ),
    ...(population.inputs.length > NAMED
      ? [labelled("", `and ${formatCount(population.inputs.length - NAMED)} more inputs`)]
      : []),
    ...mappingLines(population),
    labelled(
      "Entries",
      `${formatCount(population.read)} read, ${formatCount(population.rejected)} rejected, ` +
        `${formatCount(population.duplicate)} duplicate, ` +
        `${formatCount(population.outOfPeriod)} out of period, ` +
        `${formatCount(population.inScope)} in scope; ` +
        (words.sumsTie(report) ? "the sums tie" : "THE SUMS DO NOT TIE"),
    ),
    ...(population.first === undefined || population.last === undefined
      ? []
      : [
          labelled(
            "Covers",
            `${words.span(population.last - population.first)}, first entry to last`,
          ),
        ]),
    ...seen.map(([amount, what], index) =>
      labelled(index === 0 ? "Of note" : "", `${formatCount(amount)} ${what}`),
    ),
    labelled(
      "Policy",
      policy === undefined
        ? "none given"
        : `${words.counted(policy.rules, "rule", "rules")}; the log names ` +
            `${formatCount(policy.unknownRulesInLog.length)} that it lacks; ` +
            words.counted(policy.lint.length, "weakness", "weaknesses"),
    ),
    ...(configuration === undefined
      ? []
      : [quoted("Configuration", configuration.name ?? "given as text")]),
    ...overrides.map(({ kind, name }) => quoted("Overridden", `${kind} ${name}`)),
    ...inputs
      .filter(({ given }) => !given)
      .map(({ name, measures }) =>
        labelled("Not given", `${name}, which ${measures.join(", ")} would use`),
      ),
    ...(notAssessed.length === 0
      ? []
      : [
          labelled(
            "Not assessed",
            report.weighted === undefined
              ? words.counted(notAssessed.length, "requirement or range", "requirements or ranges")
              : notAssessedAmount(report),
          ),
        ]),
  ];
}
