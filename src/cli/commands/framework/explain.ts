// Explains one criterion or one measure: what is asked of the log, what counts, and what the
// answer is worth.

import { ComplianceError, loadCatalog } from "../../../index.ts";
import type { Framework, Measure, ResolvedFramework } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { frameworkNamed } from "../../framework-source.ts";
import { print } from "../../streams.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { explainedMeasure, explainedPoints, explainedWeighted } from "./explanation.ts";

export interface ExplainFlags {
  readonly in?: string | undefined;
  readonly color?: boolean | undefined;
}

/** @throws ComplianceError when nothing is called so */
export async function runExplain(wanted: string, flags: ExplainFlags): Promise<ExitCode> {
  const catalog = loadCatalog();
  const frameworks =
    flags.in === undefined
      ? catalog.frameworkIds.map((id) => catalog.framework(id))
      : [frameworkNamed(flags.in)];
  const screen = {
    color: wantsColor(process.stdout, process.env, flags.color),
    width: widthOf(process.stdout, process.env),
  };
  const texts = [
    ...frameworks.flatMap((resolved) =>
      explainedCriteria(resolved, (id) => isSame(id, wanted), screen),
    ),
    ...measuresNamed(wanted, frameworks).map((measure) => explainedMeasure(measure, screen)),
  ];
  if (texts.length === 0) throw nothingCalled(wanted, frameworks);
  await print(texts.join("\n"));
  return EXIT.fine;
}

function isSame(id: string, wanted: string): boolean {
  return id.toLowerCase() === wanted.toLowerCase();
}

function explainedCriteria(
  { framework, measures }: ResolvedFramework,
  isWanted: (id: string) => boolean,
  screen: { readonly color: boolean; readonly width: number },
): string[] {
  const measureOf = (id: string): Measure =>
    withExamples(
      measures.find((one) => one.id === id),
      id,
    );
  return framework.scoring === "points"
    ? framework.criteria
        .filter(({ id }) => isWanted(id))
        .map((criterion) => explainedPoints(framework, criterion, measureOf, screen))
    : framework.criteria
        .filter(({ id }) => isWanted(id))
        .map((criterion) => explainedWeighted(framework, criterion, measureOf, screen));
}

/** Measures of the package are resolved without their examples. */
function withExamples(own: Measure | undefined, id: string): Measure {
  if (own?.examples !== undefined) return own;
  const catalog = loadCatalog();
  if (!catalog.measureIds.includes(id) && own !== undefined) return own;
  return catalog.measure(id).measure;
}

/** By id or by the code of the catalogue; those of the shelf and those of the frameworks. */
function measuresNamed(wanted: string, frameworks: readonly ResolvedFramework[]): Measure[] {
  const found = new Map<string, Measure>();
  for (const { measures } of frameworks) {
    for (const measure of measures) {
      if (isSame(measure.id, wanted) || isSame(measure.code ?? "", wanted)) {
        found.set(measure.id, withExamples(measure, measure.id));
      }
    }
  }
  return [...found.values()];
}

function nothingCalled(wanted: string, frameworks: readonly ResolvedFramework[]): ComplianceError {
  const known = frameworks.map(({ framework }) => idsOf(framework));
  return new ComplianceError(
    "invalid-option",
    `no criterion that is tested, and no measure, is called ${JSON.stringify(wanted)}`,
    {
      hint:
        frameworks.length === 1
          ? `Tested are ${known.join("")}.`
          : "aegis-compliance framework show soc2 lists the criteria of one framework.",
    },
  );
}

function idsOf({ criteria }: Framework): string {
  return criteria.map(({ id }) => id).join(", ");
}
