// Explains one criterion: what is asked of the log, what counts, and what the answer is worth.

import { ComplianceError, loadCatalog } from "../../../index.ts";
import type { ResolvedFramework } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { frameworkNamed } from "../../framework-source.ts";
import { jsonLine, shown } from "../../shown.ts";
import { print } from "../../streams.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { styled } from "../../theme.ts";
import { wrapped } from "../../wrapped.ts";

export interface ExplainFlags {
  readonly in?: string | undefined;
  readonly color?: boolean | undefined;
}

type Criterion = ResolvedFramework["framework"]["criteria"][number];
type Measure = ResolvedFramework["measures"][number];

/** @throws ComplianceError when no framework has such a criterion */
export async function runExplain(wanted: string, flags: ExplainFlags): Promise<ExitCode> {
  const catalog = loadCatalog();
  const frameworks =
    flags.in === undefined
      ? catalog.frameworkIds.map((id) => catalog.framework(id))
      : [frameworkNamed(flags.in)];
  const found = frameworks.flatMap((resolved) =>
    resolved.framework.criteria
      .filter(({ id }) => id.toLowerCase() === wanted.toLowerCase())
      .map((criterion) => ({ resolved, criterion })),
  );
  if (found.length === 0) throw noSuchCriterion(wanted, frameworks);
  const color = wantsColor(process.stdout, process.env, flags.color);
  const width = widthOf(process.stdout, process.env);
  const texts = found.map(({ resolved, criterion }) => {
    const own = resolved.measures.find(({ id }) => id === criterion.measure);
    // Those of the package are resolved without their examples.
    const measure = own?.examples === undefined ? catalog.measure(criterion.measure).measure : own;
    return explained(resolved, criterion, measure, { color, width });
  });
  await print(texts.join("\n"));
  return EXIT.fine;
}

function noSuchCriterion(
  wanted: string,
  frameworks: readonly ResolvedFramework[],
): ComplianceError {
  const known = frameworks.flatMap(({ framework }) => framework.criteria.map(({ id }) => id));
  return new ComplianceError(
    "invalid-option",
    `no criterion that is tested is called ${JSON.stringify(wanted)}`,
    { hint: `Tested are ${known.join(", ")}.` },
  );
}

function explained(
  { framework }: ResolvedFramework,
  criterion: Criterion,
  measure: Measure,
  { color, width }: { readonly color: boolean; readonly width: number },
): string {
  const heading = (text: string): string => styled(shown(text), "bold", color);
  const part = (name: string, text: string): string[] => [
    heading(name),
    ...wrapped(text, width, 2),
  ];
  const [example] = measure.examples ?? [];
  const lines = [
    heading(`${criterion.id} ${criterion.title}`),
    ...wrapped(`${framework.title}, ${framework.edition}; weight ${criterion.weight}`, width, 2),
    "",
    ...part("Asks", measure.question),
    ...part("Over", expressionOf(measure)),
    ...wordsIn(expressionOf(measure)).flatMap((meaning) => wrapped(meaning, width, 2)),
    ...part("Reads", measure.fields.join(", ") || "nothing"),
    ...part("Cannot show", measure.limitations),
    "",
    heading("Results, the first whose condition holds"),
    ...criterion.limits.flatMap(({ result, when, points, severity }) =>
      wrapped(
        `${result.toUpperCase()} when ${when?.source ?? "nothing before it held"}; ` +
          `${severity}, ${pointsText(points)}`,
        width,
        2,
      ),
    ),
    ...(criterion.atLeast === undefined
      ? []
      : wrapped(`INCONCLUSIVE below ${criterion.atLeast} entries`, width, 2)),
    ...wrapped(`INCONCLUSIVE (${criterion.empty}) where the population is empty`, width, 2),
    ...(criterion.doubt === undefined
      ? []
      : wrapped(
          `INCONCLUSIVE instead of a pass when ${criterion.doubt.measure} finds any`,
          width,
          2,
        )),
    ...(example === undefined
      ? []
      : [
          "",
          heading(`Example: ${example.name}`),
          ...example.entries.map((entry) => `  ${jsonLine(entry)}`),
          `  gives ${jsonLine(example.expect)}`,
        ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** What the shared words of an expression mean. */
function wordsIn(expression: string): string[] {
  const { meanings } = loadCatalog().definitions();
  return [...meanings]
    .filter(([word]) => new RegExp(`\\b${word}\\b`).test(expression))
    .map(([word, meaning]) => `${word}: ${meaning}`);
}

function pointsText(points: Criterion["limits"][number]["points"]): string {
  if (typeof points === "number") return `${points} points lost`;
  return `${points.each} points lost for each, at most ${points.atMost}`;
}

function expressionOf(measure: Measure): string {
  const condition = measure.population.source.trim();
  const population = condition === "true" ? "all entries" : `entries with ${condition}`;
  switch (measure.kind) {
    case "count":
      return `${population}; exceptions: ${measure.exception.source.trim()}`;
    case "ratio":
      return `${population}; part: ${measure.part.source.trim()}; exceptions: the ${measure.exceptions}`;
    case "groups":
      return `${population}, by ${measure.by.source}`;
    case "share-of-top":
      return `${population}; the largest group by ${measure.by.source} among ${measure.among.source.trim()}`;
    case "gap":
      return `${population}; silences longer than ${measure.longerThan / 1_000_000} seconds`;
  }
}
