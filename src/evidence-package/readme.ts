// README.txt: what an auditor reads first. Plain text of at most 80 characters a line.

import type { Language } from "../languages/language.ts";
import type { ComplianceReport } from "../model/report.ts";
import type { EvidenceFiles } from "./evidence.ts";
import { shownText } from "./line.ts";

/** What the README tells of. */
export interface Told {
  readonly reports: readonly ComplianceReport[];
  readonly evidence: readonly EvidenceFiles[];
  /** Exceptions that are no entries, by measure. */
  readonly unlisted: ReadonlyMap<string, number>;
  /** Whether texts of measures and frameworks lie in the package. */
  readonly hasDefinitions: boolean;
  readonly hasSamples: boolean;
  /** Formats whose packages are not installed, with what to do about it. */
  readonly missing: ReadonlyMap<string, string | undefined>;
}

const WIDTH = 80;
const INDENT = "  ";

/** The text in a language. Names from outside stand on lines of ours, escaped and cut. */
export function readme(told: Told, language: Language): string {
  const words = language.sheets.package;
  const { headings } = words;
  const [first] = told.reports;
  if (first === undefined) return "";
  const { masking, sampling } = first;
  return [
    words.title,
    "=".repeat(words.title.length),
    ...words.about.flatMap((paragraph) => ["", ...wrapped(paragraph)]),
    ...section(headings.facts, facts(first, language)),
    ...section(headings.reports, reportLines(told.reports)),
    ...section(headings.files, fileLines(told, language)),
    ...section(headings.check, checkLines(language)),
    ...section(
      headings.follow,
      words.follow.flatMap((step, index) => wrapped(step, `${index + 1}. `, "   ")),
    ),
    ...section(headings.evidence, evidenceLines(told, language)),
    ...section(
      headings.masking,
      wrapped(
        masking.revealed === undefined
          ? words.masking.masked
          : words.masking.revealed(shownText(masking.revealed)),
      ),
    ),
    ...(sampling === undefined
      ? []
      : section(
          headings.sampling,
          wrapped(words.sampled(language.numbers.count(sampling.size), shownText(sampling.seed))),
        )),
    ...(told.missing.size === 0
      ? []
      : section(
          headings.missing,
          Array.from(told.missing).flatMap(([format, hint = ""]) =>
            wrapped(`${words.missing(format)} ${hint}`.trimEnd()),
          ),
        )),
    ...section(headings.signature, wrapped(words.signature)),
  ]
    .map((line) => `${line}\n`)
    .join("");
}

function section(heading: string, lines: readonly string[]): readonly string[] {
  return ["", heading, "-".repeat(heading.length), "", ...lines];
}

function facts(report: ComplianceReport, { numbers, sheets }: Language): readonly string[] {
  const words = sheets.package.facts;
  const { presentation, periodStart, periodEnd, population, tool } = report;
  const period =
    periodStart === null || periodEnd === null
      ? words.open
      : words.periodOf(numbers.time(periodStart), numbers.time(periodEnd));
  const stated = (text: string | undefined): string =>
    text === undefined ? words.none : shownText(text);
  return [
    [words.organisation, stated(presentation?.organisation)] as const,
    [words.system, stated(presentation?.system)] as const,
    [words.contact, stated(presentation?.contact)] as const,
    [words.period, period] as const,
    [words.entries, numbers.count(report.totalActions)] as const,
    ...population.inputs.map(
      ({ name, sha256 }) =>
        [
          words.input,
          `${shownText(name)}${sha256 === undefined ? "" : `, SHA-256 ${sha256}`}`,
        ] as const,
    ),
    [words.generated, numbers.time(report.generatedAt)] as const,
    [words.tool, `${tool.name} ${tool.version}`] as const,
  ].map(([name, value]) => `${name}: ${value}`);
}

function reportLines(reports: readonly ComplianceReport[]): readonly string[] {
  return reports.flatMap(({ reportType, framework, summary }) => [
    ...wrapped(`${reportType}: ${framework.title}, ${framework.edition}`),
    ...wrapped(shownText(summary, 2000), INDENT, INDENT),
  ]);
}

function fileLines(told: Told, language: Language): readonly string[] {
  const { files } = language.sheets.package;
  const rows: readonly (readonly [string, string])[] = [
    ["README.txt", files.readme],
    ["reports/", files.reports],
    ["controls.csv", files.controls],
    ...(told.evidence.length === 0 ? [] : [["evidence/", files.evidence] as const]),
    ...(told.hasSamples ? [["samples/", files.samples] as const] : []),
    ["population.json", files.population],
    ["definitions/", definitions(told, files)],
    ["digests.txt", files.digests],
  ];
  return rows.flatMap(([path, text]) => [path].concat(wrapped(text, INDENT, INDENT)));
}

/** The definitions alone do not say what was asked where a policy or a configuration was given too. */
function definitions(
  { reports, hasDefinitions }: Told,
  words: Language["sheets"]["package"]["files"],
): string {
  const replaced = new Set(
    reports.flatMap(({ overrides }) => overrides.map(({ kind, name }) => `${kind} ${name}`)),
  ).size;
  const besides = [
    ...(reports.some(({ policy }) => policy !== undefined) ? [words.policy] : []),
    ...(reports.some(({ configuration }) => configuration !== undefined)
      ? [words.configuration]
      : []),
  ];
  return [
    hasDefinitions ? words.definitions : words.definitionsAbsent,
    ...(replaced === 0 ? [] : [words.replaced(replaced)]),
    ...(besides.length === 0 ? [] : [words.besides(besides)]),
  ].join(" ");
}

function checkLines({ sheets }: Language): readonly string[] {
  const { check } = sheets.package;
  return [
    ...wrapped(check.unpack),
    "",
    `${INDENT}sha256sum -c digests.txt`,
    "",
    ...wrapped(check.windows),
    ...wrapped(check.inputs),
    ...wrapped(check.again),
  ];
}

function evidenceLines(told: Told, { numbers, sheets }: Language): readonly string[] {
  const words = sheets.package.evidence;
  const { evidence, unlisted } = told;
  if (evidence.length === 0 && unlisted.size === 0) return wrapped(words.none);
  return [
    ...(evidence.length === 0 ? [] : wrapped(words.intro)),
    ...evidence.flatMap(({ paths, entries }) =>
      paths
        .filter((path) => path.endsWith(".jsonl"))
        .map((path, part, parts) => {
          const last =
            part === parts.length - 1 ? `, ${words.row(numbers.count(entries), entries)}` : "";
          return `${INDENT}${path}${last}`;
        }),
    ),
    ...(unlisted.size === 0 ? [] : wrapped(words.unlistedIntro)),
    ...[...unlisted].map(
      ([measure, exceptions]) => `${INDENT}${words.unlisted(measure, numbers.count(exceptions))}`,
    ),
  ];
}

/** Broken between words; a word that is longer than a line stays whole. */
function wrapped(text: string, first = "", others = ""): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = others;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
