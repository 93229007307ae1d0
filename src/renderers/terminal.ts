// The report for people at a terminal: the conclusion and what to do, on a screen or two.
// Headings and labels stand in the first columns and text begins right of them, so text from
// a log, however many lines it takes, never looks like a part of the report.

import { formatCount, formatShare } from "../model/figures.ts";
import { fieldText } from "../model/audit-entry.ts";
import type { ComplianceFinding, Result } from "../model/finding.ts";
import type { ComplianceReport } from "../model/report.ts";
import type { Renderer } from "./renderer.ts";
import { wrap } from "./terminal/cells.ts";
import type { Run, Style } from "./terminal/cells.ts";
import { arrange, bareTitle, resultWord, tally } from "./words/arrangement.ts";
import * as words from "./words/phrases.ts";

/** `terminal`: a summary for people. */
export const renderer: Renderer = {
  name: "terminal",
  mediaType: "text/plain",
  extension: "txt",
  render: (report, { width = 80, color = false } = {}) =>
    [
      ...head(report),
      BLANK,
      ...figures(report),
      BLANK,
      ...findings(report.findings),
      BLANK,
      ...surroundings(report),
      BLANK,
      ...fixTheLog(report),
      ...FOOTER,
    ]
      .flatMap(({ runs, indent, hanging }) =>
        wrap(runs, { width: Math.max(40, width), indent, hanging, color }),
      )
      .map((line) => `${line}\n`)
      .join(""),
};

/** A paragraph and how far its first and its following lines are indented. */
interface Block {
  readonly runs: readonly Run[];
  readonly indent: number;
  readonly hanging: number;
}

const BLANK: Block = { runs: [], indent: 0, hanging: 0 };

/** Characters shown of a description or a recommendation. */
const PASSAGE = 600;

/** Exceptions named below a finding. */
const POINTERS = 5;

/** Column at which what a label says begins. */
const LABELLED = 16;

const MARKS: Readonly<Record<Result, { readonly mark: string; readonly style: Style }>> = {
  fail: { mark: "✗", style: "red" },
  error: { mark: "✗", style: "red" },
  warn: { mark: "!", style: "yellow" },
  inconclusive: { mark: "?", style: "cyan" },
  not_assessed: { mark: "?", style: "cyan" },
  pass: { mark: "✓", style: "green" },
  no_exception: { mark: "○", style: "dim" },
  not_applicable: { mark: "○", style: "dim" },
  context: { mark: "·", style: "dim" },
};

function heading(text: string): Block {
  return { runs: [{ text, style: "bold" }], indent: 0, hanging: LABELLED };
}

function labelled(label: string, text: string, indent = 2, column = LABELLED): Block {
  const runs: readonly Run[] = [
    { text: label, style: "dim", pad: column - indent - 1 },
    { text, most: PASSAGE },
  ];
  return { runs, indent, hanging: column };
}

function head(report: ComplianceReport): readonly Block[] {
  return [
    heading(`${report.reportType.toUpperCase()} Compliance Report`),
    labelled("Period", `${words.periodDays(report)}, UTC`),
    labelled("About", words.NOTICE),
  ];
}

function figures(report: ComplianceReport): readonly Block[] {
  const { score, grade, totalActions, humanDecisions } = report;
  const verdict: Run =
    score === null
      ? { text: `Not graded: ${words.whyNotGraded(report)}`, style: "cyan" }
      : { text: `Score ${score} of 100, grade ${grade ?? "none"}`, style: gradeStyle(score) };
  const decided = words.decidedActions(report);
  return [
    { runs: [verdict], indent: 0, hanging: LABELLED },
    ...(report.summary === "" ? [] : [labelled("Summary", report.summary)]),
    labelled(
      "Actions",
      `${formatCount(totalActions)}, of which ${formatCount(report.autoApproved)} let through, ` +
        `${formatCount(report.approvedActions)} sent to a human, ` +
        `${formatCount(report.blockedActions)} blocked`,
    ),
    labelled(
      "Human answers",
      `${formatCount(humanDecisions.approved)} approved, ${formatCount(humanDecisions.denied)} ` +
        `denied, ${formatCount(humanDecisions.unanswered)} unanswered`,
    ),
    labelled(
      "Enforcement",
      totalActions === 0
        ? "no action to take a share of"
        : `${formatShare(decided, totalActions)} of actions carry a decision of the policy`,
    ),
    labelled("Coverage", `${words.coverage(report)} decided`),
  ];
}

function gradeStyle(score: number): Style {
  if (score >= 90) return "green";
  return score >= 60 ? "yellow" : "red";
}

function findings(all: readonly ComplianceFinding[]): readonly Block[] {
  const { first, open, rest } = arrange(all);
  return [
    heading(all.length === 0 ? "Findings: none" : `Findings: ${tally(all)}`),
    ...[...first, ...open].flatMap(explained),
    ...rest.map(titleLine),
  ];
}

/** Column at which a finding's title begins. */
const FINDING = 19;

/** Column at which a finding's text begins. */
const EXPLAINED = FINDING + 4;

function titleLine(finding: ComplianceFinding): Block {
  const { mark, style } = MARKS[finding.result];
  const tag: Run = { text: `${mark} ${resultWord(finding.result)}`, style, pad: FINDING - 3 };
  const title: Run = { text: bareTitle(finding), style: "bold" };
  const figure = figureOf(finding);
  const runs: readonly Run[] = [
    tag,
    title,
    ...(figure === undefined ? [] : [{ text: `· ${figure}` }]),
    ...(finding.points === 0
      ? []
      : [{ text: `· ${words.counted(finding.points, "point", "points")} lost`, style }]),
  ];
  return { runs, indent: 2, hanging: EXPLAINED };
}

function figureOf({ observed, population }: ComplianceFinding): string | undefined {
  if (observed === undefined) return undefined;
  return observed.kind === "count"
    ? `${formatCount(observed.value)} of ${formatCount(population)}`
    : words.observed(observed);
}

function explained(finding: ComplianceFinding): readonly Block[] {
  const { description, recommendation, exceptions, exceptionEntries } = finding;
  const named = exceptionEntries
    .slice(0, POINTERS)
    .map(({ id, source }) => fieldText(id) || source || "without id");
  const more = exceptions - named.length;
  const where = `entries ${named.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
  return [
    titleLine(finding),
    labelled("Why", description, FINDING, EXPLAINED),
    ...(recommendation === "" ? [] : [labelled("Fix", recommendation, FINDING, EXPLAINED)]),
    ...(named.length === 0 ? [] : [labelled("See", where, FINDING, EXPLAINED)]),
  ];
}

/** How many fields, and how many inputs, are named. */
const NAMED = 5;

/** Which fields would open most, for a log that lacks some. */
function fixTheLog({ fixTheLog: fields }: ComplianceReport): readonly Block[] {
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
function surroundings(report: ComplianceReport): readonly Block[] {
  const { population, policy, notAssessed } = report;
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
        labelled("Input", sha256 === undefined ? name : `${name}, SHA-256 ${sha256}`),
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
    ...(notAssessed.length === 0
      ? []
      : [
          labelled(
            "Not assessed",
            words.counted(notAssessed.length, "requirement or range", "requirements or ranges"),
          ),
        ]),
  ];
}

const FOOTER: readonly Block[] = [
  labelled(
    "Details",
    "The Markdown and JSON forms of this report list the exceptions, the population statement, " +
      "the limits and the digests.",
  ),
];
