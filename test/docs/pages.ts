// The documentation's pages about measures and frameworks, written from the files that the
// reports are made with, so that neither can say what the other does not.

import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { ResolvedFramework } from "../../src/catalog/catalog.ts";
import {
  BASIS_IN_WORDS,
  limitsInWords,
  measureInWords,
} from "../../src/catalog/measure-in-words.ts";
import type { WordedPart } from "../../src/catalog/measure-in-words.ts";
import { reachOf } from "../../src/cli/framework-reach.ts";
import { compareText } from "../../src/expression/text.ts";
import type {
  AskedMeasure,
  WeightedCriterion,
  WeightedFramework,
} from "../../src/model/framework.ts";
import type { Limits, Measure, MeasureExample } from "../../src/model/measure.ts";

const WRITTEN = "<!-- Written by `npm run golden` from the files of the catalog. -->\n\n";

/** A criterion that asks a measure, and how. */
interface Asking {
  readonly framework: string;
  readonly criterion: string;
  readonly as: "decides" | "supports" | "figure";
}

/** Path below `docs/` -> page. */
export function pages(): Map<string, string> {
  const catalog = loadCatalog();
  const frameworks = catalog.frameworkIds.map((id) => catalog.framework(id));
  const measures = measuresOf(frameworks, (id) => catalog.measure(id).measure);
  const askings = askingsOf(frameworks);
  const all = new Map<string, string>();
  all.set("frameworks/README.md", frameworkList(frameworks));
  for (const resolved of frameworks) {
    all.set(`frameworks/${resolved.framework.id}.md`, frameworkPage(resolved, measures));
  }
  all.set("measures/README.md", measureList(measures, askings));
  for (const measure of measures.values()) {
    all.set(`measures/${measure.id}.md`, measurePage(measure, askings.get(measure.id) ?? []));
  }
  return all;
}

/** Every measure that a framework asks, with its examples; those of a code first. */
function measuresOf(
  frameworks: readonly ResolvedFramework[],
  ofShelf: (id: string) => Measure,
): Map<string, Measure> {
  const shelf = new Set(loadCatalog().measureIds);
  const found = new Map<string, Measure>();
  for (const { measures } of frameworks) {
    for (const measure of measures) {
      if (measure.id.includes(":")) continue;
      found.set(measure.id, shelf.has(measure.id) ? ofShelf(measure.id) : measure);
    }
  }
  return new Map([...found].sort(([, left], [, right]) => compareText(order(left), order(right))));
}

function order({ code, id }: Measure): string {
  return code === undefined ? `~${id}` : `${code} ${id}`;
}

function askingsOf(frameworks: readonly ResolvedFramework[]): Map<string, Asking[]> {
  const askings = new Map<string, Asking[]>();
  const add = (measure: string, asking: Asking): void => {
    askings.set(measure, [...(askings.get(measure) ?? []), asking]);
  };
  for (const { framework } of frameworks) {
    if (framework.scoring === "points") {
      for (const { id, measure, doubt, weight } of framework.criteria) {
        const asking = { framework: framework.id, criterion: id } as const;
        add(measure, { ...asking, as: weight === 0 ? "figure" : "decides" });
        if (doubt !== undefined) add(doubt.measure, { ...asking, as: "supports" });
      }
      continue;
    }
    for (const { id, mode, decisive, supporting } of framework.criteria) {
      const asking = { framework: framework.id, criterion: id } as const;
      for (const { measure } of decisive) add(measure, { ...asking, as: "decides" });
      for (const { measure } of supporting) {
        add(measure, { ...asking, as: mode === "figures" ? "figure" : "supports" });
      }
    }
  }
  return askings;
}

function frameworkList(frameworks: readonly ResolvedFramework[]): string {
  const rows = frameworks.map(({ framework }) => {
    const { tested, disproveOnly, figures, open = "–", total = "–" } = reachOf(framework);
    const link = `[${framework.id}](${framework.id}.md)`;
    const cells = [link, plain(framework.title), plain(framework.edition)];
    return row(cells.concat([tested, disproveOnly, figures, open, total].map(String)));
  });
  return `# Frameworks

${WRITTEN}What an agent's log can do for each edition. _Tested_: in part, with a verdict both ways. _Disproved_:
a fault can show, its absence proves nothing and earns nothing. _Figures_: no verdict. _Open_: criteria of
the edition that the log says nothing about; each report lists them with why, and what to ask for
instead. Laws have no number of criteria.

| id | title | edition | tested | disproved | figures | open | of |
| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |
${rows.join("\n")}
`;
}

function frameworkPage(
  { framework, measures }: ResolvedFramework,
  all: ReadonlyMap<string, Measure>,
) {
  const { tested, disproveOnly, figures, total } = reachOf(framework);
  const head = [
    `# ${plain(framework.title)}\n`,
    WRITTEN.trim(),
    "",
    `${plain(framework.edition)}. ${plain(framework.publisher)}, <${framework.source.match(/https?:\S+/)?.[0] ?? "https://example.org"}>`,
    "",
    `Of ${total === undefined ? "its" : total} criteria, an agent's log tests ${tested} in part, can only ` +
      `disprove ${disproveOnly}, and gives figures for ${figures}.`,
    "",
    `\`aegis-compliance report --type ${framework.id}\``,
    "",
  ];
  const body =
    framework.scoring === "weighted"
      ? weightedBody(framework, all)
      : [
          "## Criteria\n",
          "| criterion | title | measure | weight |",
          "| --- | --- | --- | ---: |",
          ...framework.criteria.map(({ id, title, measure, weight }) =>
            row([id, plain(title), linkTo(measure, all), String(weight)]),
          ),
          "",
        ];
  const open = [
    "## Not assessed\n",
    "| requirement | why a log cannot show it | what to ask for |",
    "| --- | --- | --- |",
    ...framework.notAssessed.map(({ criterion, why, askFor }) =>
      row([plain(criterion), plain(why), plain(askFor)]),
    ),
    "",
    `Text: ${plain(framework.textPolicy)}`,
    "",
  ];
  void measures;
  return [...head, ...body, ...open].join("\n");
}

const MODES = { tested: "tested", "disprove-only": "disproved", figures: "figures" } as const;

function weightedBody(framework: WeightedFramework, all: ReadonlyMap<string, Measure>): string[] {
  const { appliesFrom, questions, criteria, reviewed } = framework;
  return [
    plain(framework.introduction),
    "",
    `Licence of the text: ${plain(framework.licence)}. Last compared with its source on ${reviewed.on}.`,
    "",
    ...(appliesFrom.length === 0
      ? []
      : [
          "## Applies from\n",
          "| from | what |",
          "| --- | --- |",
          ...appliesFrom.map(({ from, what }) => row([from, plain(what)])),
          "",
        ]),
    ...(questions.length === 0
      ? []
      : [
          "## What it asks about the organisation\n",
          ...questions.map(
            ({ id, asks, answers }) =>
              `- \`${id}\`: ${plain(asks)} ${Object.entries(answers)
                .map(([answer, meaning]) => `\`${answer}\` (${plain(meaning)})`)
                .join(", ")}`,
          ),
          "",
        ]),
    "## Criteria\n",
    ...criteria.flatMap((criterion) => criterionSection(criterion, all)),
  ];
}

function criterionSection(
  criterion: WeightedCriterion,
  all: ReadonlyMap<string, Measure>,
): string[] {
  return [
    `### ${plain(`${criterion.id} ${criterion.title}`)}\n`,
    `${MODES[criterion.mode]} · ${criterion.severity}`,
    "",
    `- The log shows: ${plain(criterion.shows)}`,
    `- It does not show: ${plain(criterion.notShown)}`,
    ...asked("Decided by", criterion.decisive, all),
    ...asked(
      criterion.mode === "figures" ? "Figures from" : "Supported by",
      criterion.supporting,
      all,
    ),
    ...(criterion.atBest === undefined
      ? []
      : [`- At best a warning: ${plain(criterion.atBest.why)}`]),
    `- When it fails: ${plain(criterion.remedy)}`,
    "",
  ];
}

function asked(
  label: string,
  measures: readonly AskedMeasure[],
  all: ReadonlyMap<string, Measure>,
): string[] {
  if (measures.length === 0) return [];
  const links = measures.map(({ measure }) => linkTo(measure, all)).join(", ");
  return [
    `- ${label}: ${links}`,
    ...measures.flatMap(({ measure, limits }) =>
      limits === undefined
        ? []
        : [
            `  - limits of its own for \`${measure}\` (${BASIS_IN_WORDS[limits.basis]}): ${plain(limits.reason)}`,
            ...limitsInWords(limits).map((part) => `    - ${worded(part)}`),
          ],
    ),
  ];
}

function measureList(
  measures: ReadonlyMap<string, Measure>,
  askings: ReadonlyMap<string, Asking[]>,
): string {
  const rows = [...measures.values()].map((measure) => {
    const frameworks = new Set((askings.get(measure.id) ?? []).map(({ framework }) => framework));
    const link = `[${measure.id}](${measure.id}.md)`;
    return row([
      measure.code ?? "",
      link,
      plain(measure.question),
      measure.kind,
      String(frameworks.size),
    ]);
  });
  return `# Measures

${WRITTEN}Questions that frameworks put to a log. The last column says how many frameworks ask each.

| code | id | question | kind | asked by |
| --- | --- | --- | --- | ---: |
${rows.join("\n")}
`;
}

function measurePage(measure: Measure, askings: readonly Asking[]): string {
  const { limits, examples = [] } = measure;
  const code = measure.code === undefined ? "" : ` (${measure.code})`;
  const fields = [
    ...measure.fields,
    ...(measure.anyFields ?? []).map((group) => group.join(" or ")),
  ];
  return [
    `# ${plain(measure.title)}${code}\n`,
    WRITTEN.trim(),
    "",
    plain(measure.question),
    "",
    `- id: \`${measure.id}\`, kind: ${measure.kind}`,
    ...measureInWords(measure).map((part) => `- ${worded(part)}`),
    `- Reads: ${fields.map((field) => `\`${field}\``).join(", ") || "nothing"}`,
    "",
    `**Cannot show.** ${plain(measure.limitations)}`,
    "",
    ...(limits === undefined ? [] : limitsSection(limits)),
    ...(measure.sentence === undefined
      ? []
      : [
          `**Says.** ${plain(measure.sentence)}`,
          "",
          `**When it fails.** ${plain(measure.remedy ?? "")}`,
          "",
        ]),
    ...(askings.length === 0
      ? []
      : [
          "## Asked by\n",
          "| framework | criterion | as |",
          "| --- | --- | --- |",
          ...askings.map(({ framework, criterion, as }) =>
            row([`[${framework}](../frameworks/${framework}.md)`, plain(criterion), as]),
          ),
          "",
        ]),
    ...(examples.length === 0 ? [] : ["## Examples\n"]),
    ...examples.filter(({ entries }) => entries.length <= 12).flatMap(exampleSection),
  ].join("\n");
}

function exampleSection({ name, entries, expect }: MeasureExample): string[] {
  return [
    `### ${plain(name)}\n`,
    "```json",
    ...entries.map((entry) => JSON.stringify(entry)),
    "```",
    "",
    "gives",
    "",
    "```json",
    JSON.stringify(expect),
    "```",
    "",
  ];
}

function limitsSection(limits: Limits): string[] {
  return [
    "## Limits\n",
    "The first whose condition holds; a framework may set its own.",
    "",
    ...limitsInWords(limits).map((part, index) => `${index + 1}. ${worded(part)}`),
    "",
    `Basis: ${BASIS_IN_WORDS[limits.basis]}. ${plain(limits.reason)}`,
    "",
  ];
}

function worded({ label, text, code }: WordedPart): string {
  return `${plain(label)}: ${code === true ? `\`${text}\`` : plain(text)}`;
}

function linkTo(id: string, all: ReadonlyMap<string, Measure>): string {
  return all.has(id) ? `[${id}](../measures/${id}.md)` : id;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

/** Text of the catalog on one line of Markdown. */
function plain(text: string): string {
  return text
    .trim()
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\|<>*_[\]]/g, String.raw`\$&`);
}
