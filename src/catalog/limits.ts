// A criterion's limits: tried in order, the last one always holds, and none costs more than
// the criterion weighs.

import { OBSERVATION_SCHEMA } from "../expression/schema.ts";
import type { Expression } from "../model/expression.ts";
import type { Severity } from "../model/finding.ts";
import type { Limit, Points } from "../model/framework.ts";
import type { MeasureKind } from "../model/measure.ts";
import { predicateAt } from "./checked-expression.ts";
import { LIMIT_NAMES } from "./observed-names.ts";
import { checkTexts } from "./texts.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/** A limit as the schema lets it through. */
export interface LimitFile {
  readonly result: Limit["result"];
  readonly when?: string;
  readonly severity: Severity;
  readonly points: number | { readonly each: number; readonly at_most: number };
  readonly description: string;
  readonly recommendation: string;
}

/** What limits are checked against: the kind of the measure and the weight of the criterion. */
interface Setting {
  readonly kind: MeasureKind;
  readonly weight: number;
}

/**
 * Checks a criterion's limits.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function limitsOf(
  yaml: YamlFile,
  path: Path,
  limits: readonly LimitFile[],
  setting: Setting,
): Limit[] {
  checkFigures(yaml, path, limits, setting);
  return limits.map((limit, index) => {
    const here = [...path, index];
    checkOrder(yaml, here, limit, index === limits.length - 1);
    const points = pointsOf(yaml, [...here, "points"], limit, setting);
    checkTexts(yaml, here, limit, setting.kind);
    const { result, severity, description, recommendation } = limit;
    const outcome = { result, severity, points, description, recommendation };
    return limit.when === undefined
      ? outcome
      : { ...outcome, when: conditionOf(yaml, [...here, "when"], limit.when, setting.kind) };
  });
}

/** A criterion without weight only gives figures, and figures have one text. */
function checkFigures(
  yaml: YamlFile,
  path: Path,
  limits: readonly LimitFile[],
  { weight }: Setting,
): void {
  const figure = limits.findIndex(({ result }) => result === "context");
  if (weight === 0) {
    const verdict = limits.findIndex(({ result }) => result !== "context");
    if (verdict === -1) return;
    throw yaml.refuse(
      [...path, verdict, "result"],
      "a criterion of weight 0 gives figures only; expected the result context",
      { hint: "Give the criterion a weight, or change the result." },
    );
  }
  if (figure === -1) return;
  throw yaml.refuse(
    [...path, figure, "result"],
    `a criterion of weight ${weight} needs a verdict; expected pass, warn or fail`,
    { hint: "Set the weight to 0, or change the result." },
  );
}

function checkOrder(yaml: YamlFile, path: Path, { when }: LimitFile, last: boolean): void {
  if (last && when !== undefined) {
    throw yaml.refuse([...path, "when"], 'the last limit must always hold and has no "when"', {
      atKey: true,
      hint: "Remove the condition, or add a limit for everything else.",
    });
  }
  if (!last && when === undefined) {
    throw yaml.refuse(path, 'expected the key "when", because another limit follows', {
      hint: "A limit without a condition always holds; those after it would never be tried.",
    });
  }
}

function pointsOf(
  yaml: YamlFile,
  path: Path,
  { result, points }: LimitFile,
  { kind, weight }: Setting,
): Points {
  const most = typeof points === "number" ? points : points.at_most;
  if ((result === "pass" || result === "context") && most > 0) {
    throw yaml.refuse(path, `a limit of result ${result} takes no points, got ${most}`);
  }
  if (most > weight) {
    throw yaml.refuse(path, `expected at most the criterion's weight, ${weight}, got ${most}`);
  }
  if (typeof points === "number") return points;
  if (points.each > points.at_most) {
    throw yaml.refuse(
      [...path, "each"],
      `expected at most ${points.at_most}, which is the most in all, got ${points.each}`,
    );
  }
  if (kind === "groups") {
    throw yaml.refuse(path, "a measure of kind groups has no exceptions to take points for");
  }
  return { each: points.each, atMost: points.at_most };
}

function conditionOf(yaml: YamlFile, path: Path, source: string, kind: MeasureKind): Expression {
  const condition = predicateAt(yaml, path, source, OBSERVATION_SCHEMA);
  const missing = condition.fields.find((name) => !LIMIT_NAMES[kind].includes(name));
  if (missing === undefined) return condition;
  throw yaml.refuse(path, `in "when": a measure of kind ${kind} gives no ${missing}`, {
    textOffset: source.search(new RegExp(`\\b${missing}\\b`)),
    hint: `It gives ${LIMIT_NAMES[kind].join(", ")}.`,
  });
}
