// A criterion's limits: tried in order, the last one always holds, and none costs more than
// the criterion weighs.

import type { Severity } from "../../model/finding.ts";
import type { Limit, Points } from "../../model/framework.ts";
import type { Measure } from "../../model/measure.ts";
import { predicateAt } from "../checked-expression.ts";
import { checkLimitOrder } from "../measure-limits.ts";
import { limitSchema, numbersOf } from "../observed-numbers.ts";
import { checkTexts } from "../texts.ts";
import type { Path, YamlFile } from "../yaml-file.ts";

/** A limit as the schema lets it through. */
export interface LimitFile {
  readonly result: Limit["result"];
  readonly when?: string;
  readonly severity: Severity;
  readonly points: number | { readonly each: number; readonly at_most: number };
  readonly description: string;
  readonly recommendation: string;
}

/** What limits are checked against: the measure and the weight of the criterion. */
interface Setting {
  readonly measure: Measure;
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
  const schema = limitSchema(setting.measure);
  return limits.map((limit, index) => {
    const here = [...path, index];
    checkLimitOrder(yaml, here, limit, index === limits.length - 1);
    const points = pointsOf(yaml, [...here, "points"], limit, setting);
    checkTexts(yaml, here, limit, setting.measure);
    const { result, severity, description, recommendation } = limit;
    const outcome = { result, severity, points, description, recommendation };
    return limit.when === undefined
      ? outcome
      : { ...outcome, when: predicateAt(yaml, [...here, "when"], limit.when, schema) };
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

function pointsOf(
  yaml: YamlFile,
  path: Path,
  { result, points }: LimitFile,
  { measure, weight }: Setting,
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
  if (!numbersOf(measure).has("exceptions")) {
    throw yaml.refuse(
      path,
      `a measure of kind ${measure.kind} has no exceptions to take points for`,
    );
  }
  return { each: points.each, atMost: points.at_most };
}
