// Explanations of criteria and measures as text for a screen.

import { BASIS_IN_WORDS, limitsInWords, loadCatalog, measureInWords } from "../../../index.ts";
import type {
  Criterion,
  Limits,
  Measure,
  PointsFramework,
  WeightedCriterion,
  WeightedFramework,
} from "../../../index.ts";
import { jsonLine, shown } from "../../shown.ts";
import { styled } from "../../theme.ts";
import { wrapped } from "../../wrapped.ts";

/** Where the text is shown. */
export interface Screen {
  readonly color: boolean;
  readonly width: number;
}

/** Entries of an example that are printed. */
const MOST_ENTRIES = 8;

/** A criterion that takes points. */
export function explainedPoints(
  framework: PointsFramework,
  criterion: Criterion,
  measureOf: (id: string) => Measure,
  screen: Screen,
): string {
  const { heading, lines } = writerFor(screen);
  const indented = (text: string): string[] => wrapped(text, screen.width, 2);
  const measure = measureOf(criterion.measure);
  return lines([
    heading(`${criterion.id} ${criterion.title}`),
    ...indented(`${framework.title}, ${framework.edition}; weight ${criterion.weight}`),
    "",
    ...questionOf(measure, screen),
    "",
    heading("Results, the first whose condition holds"),
    ...criterion.limits.flatMap(({ result, when, points, severity }) =>
      indented(
        `${result.toUpperCase()} when ${when?.source ?? "nothing before it held"}; ` +
          `${severity}, ${pointsText(points)}`,
      ),
    ),
    ...(criterion.atLeast === undefined
      ? []
      : indented(`INCONCLUSIVE below ${criterion.atLeast} entries`)),
    ...indented(`INCONCLUSIVE (${criterion.empty}) where the population is empty`),
    ...(criterion.doubt === undefined
      ? []
      : indented(`INCONCLUSIVE instead of a pass when ${criterion.doubt.measure} finds any`)),
    ...exampleOf(measure, screen),
  ]);
}

const MODES = {
  tested: "tested in part, with a verdict both ways",
  "disprove-only": "can only be disproved: nothing found earns nothing",
  figures: "figures without a verdict",
} as const;

/** A criterion of a weighted framework, with its decisive measures. */
export function explainedWeighted(
  framework: WeightedFramework,
  criterion: WeightedCriterion,
  measureOf: (id: string) => Measure,
  screen: Screen,
): string {
  const { heading, lines, part } = writerFor(screen);
  return lines([
    heading(`${criterion.id} ${criterion.title}`),
    ...wrapped(
      `${framework.title}, ${framework.edition}; severity ${criterion.severity}; ` +
        MODES[criterion.mode],
      screen.width,
      2,
    ),
    "",
    ...part("The log shows", criterion.shows),
    ...part("It does not show", criterion.notShown),
    ...(criterion.supporting.length === 0
      ? []
      : part(
          criterion.mode === "figures" ? "Figures from" : "A failure of these turns it to WARN",
          criterion.supporting.map(({ measure }) => measure).join(", "),
        )),
    ...(criterion.atBest === undefined ? [] : part("At best a WARN", criterion.atBest.why)),
    ...part("When it fails", criterion.remedy),
    ...criterion.decisive.flatMap(({ measure, limits }) => [
      "",
      ...measureLines(measureOf(measure), limits, screen),
    ]),
  ]);
}

/** A measure by itself, with its own limits. */
export function explainedMeasure(measure: Measure, screen: Screen): string {
  return writerFor(screen).lines(measureLines(measure, undefined, screen));
}

function measureLines(measure: Measure, own: Limits | undefined, screen: Screen): string[] {
  const { heading } = writerFor(screen);
  const limits = own ?? measure.limits;
  const name = measure.code === undefined ? measure.id : `${measure.code} ${measure.id}`;
  return [
    heading(`${name}: ${measure.title}`),
    ...questionOf(measure, screen),
    ...(limits === undefined
      ? []
      : [
          heading("Limits, the first whose condition holds"),
          ...limitsInWords(limits).flatMap(({ label, text }) =>
            wrapped(`${label}: ${text}`, screen.width, 2),
          ),
          ...wrapped(`Basis: ${BASIS_IN_WORDS[limits.basis]}. ${limits.reason}`, screen.width, 2),
        ]),
    ...(measure.empty === undefined
      ? []
      : wrapped(
          `Nothing of the kind: ${measure.empty.reason}. ${measure.empty.says}`,
          screen.width,
          2,
        )),
    ...exampleOf(measure, screen),
  ];
}

function questionOf(measure: Measure, screen: Screen): string[] {
  const { part } = writerFor(screen);
  const words = measureInWords(measure);
  const sources = words.filter(({ code }) => code === true).map(({ text }) => text);
  return [
    ...part("Asks", measure.question),
    ...words.flatMap(({ label, text }) => part(label, text)),
    ...meaningsIn(sources).flatMap((meaning) => wrapped(meaning, screen.width, 2)),
    ...part("Reads", fieldsOf(measure)),
    ...part("Cannot show", measure.limitations),
  ];
}

function fieldsOf({ fields, anyFields = [] }: Measure): string {
  const groups = anyFields.map((group) => group.join(" or "));
  return [...fields, ...groups].join(", ") || "nothing";
}

/** What the shared words of some expressions mean. */
function meaningsIn(sources: readonly string[]): string[] {
  const text = sources.join(" ");
  return [...loadCatalog().definitions().meanings]
    .filter(([word]) => new RegExp(`\\b${word}\\b`).test(text))
    .map(([word, meaning]) => `${word}: ${meaning}`);
}

function exampleOf({ examples = [] }: Measure, screen: Screen): string[] {
  const example = examples.find(({ entries }) => entries.length <= MOST_ENTRIES);
  if (example === undefined) return [];
  const { heading } = writerFor(screen);
  return [
    "",
    heading(`Example: ${example.name}`),
    ...example.entries.map((entry) => `  ${jsonLine(entry)}`),
    `  gives ${jsonLine(example.expect)}`,
  ];
}

function pointsText(points: Criterion["limits"][number]["points"]): string {
  if (typeof points === "number") return `${points} points lost`;
  return `${points.each} points lost for each, at most ${points.atMost}`;
}

function writerFor({ color, width }: Screen) {
  const heading = (text: string): string => styled(shown(text), "bold", color);
  return {
    heading,
    part: (name: string, text: string): string[] => [heading(name), ...wrapped(text, width, 2)],
    lines: (all: readonly string[]): string => all.map((line) => `${line}\n`).join(""),
  };
}
