// Measures as a criterion asks them: by name, or with limits of its own.

import type { AskedMeasure, CriterionMode } from "../../model/framework.ts";
import type { LimitBasis, Limits } from "../../model/measure.ts";
import { measureLimitsOf } from "../measure-limits.ts";
import type { MeasureLimitFile } from "../measure-limits.ts";
import type { Path, YamlFile } from "../yaml-file.ts";
import { measureAt } from "./measure-shelf.ts";
import type { MeasureShelf } from "./measure-shelf.ts";

/** A measure's id, or a mapping with limits. */
export type AskedFile =
  | string
  | {
      readonly measure: string;
      readonly basis: LimitBasis;
      readonly limit_reason: string;
      readonly limits: readonly MeasureLimitFile[];
    };

/**
 * The measures in the list at a path, each with limits of its own or the criterion's.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function askedAt(
  yaml: YamlFile,
  path: Path,
  list: readonly AskedFile[],
  shelf: MeasureShelf,
): AskedMeasure[] {
  return list.map((asked, index) => {
    const here = [...path, index];
    if (typeof asked === "string") {
      const measure = measureAt(yaml, here, asked, shelf);
      if (measure.limits !== undefined) return { measure: asked };
      throw yaml.refuse(here, `the measure ${asked} has no limits of its own`, {
        hint: "Write { measure, basis, limit_reason, limits } instead of its id.",
      });
    }
    const measure = measureAt(yaml, [...here, "measure"], asked.measure, shelf);
    const of = measureLimitsOf(yaml, [...here, "limits"], asked.limits, measure);
    const limits = { basis: asked.basis, reason: asked.limit_reason, of };
    return { measure: asked.measure, limits };
  });
}

/** What a criterion asks. */
interface Asked {
  readonly mode: CriterionMode;
  readonly decisive: readonly AskedMeasure[];
  readonly supporting: readonly AskedMeasure[];
}

/**
 * Refuses a measure that is asked twice, and what contradicts the mode: figures decide
 * nothing, the others need something that decides.
 *
 * @param path of the criterion
 * @throws ComplianceError `invalid-catalog`
 */
export function checkAsked(
  yaml: YamlFile,
  path: Path,
  { mode, decisive, supporting }: Asked,
  shelf: MeasureShelf,
): void {
  checkOnce(yaml, path, { decisive, supporting });
  if (mode === "figures") {
    if (decisive.length > 0) {
      throw yaml.refuse([...path, "decisive"], "a criterion of mode figures has nothing decisive", {
        atKey: true,
        hint: "List its measures under supporting.",
      });
    }
    if (supporting.length > 0) return;
    throw yaml.refuse(path, "a criterion of mode figures needs a measure under supporting");
  }
  if (decisive.length === 0) {
    throw yaml.refuse(path, `a criterion of mode ${mode} needs a measure under decisive`);
  }
  if (mode === "disprove-only") return;
  const limitsOf = (asked: AskedMeasure) => asked.limits ?? shelf.measure(asked.measure).limits;
  if (decisive.some((asked) => canPass(limitsOf(asked)))) return;
  throw yaml.refuse([...path, "decisive"], "no decisive measure of this criterion can pass", {
    atKey: true,
    hint: "Set limits with the result pass, or make it disprove-only or figures.",
  });
}

/** Limits that wait for an input count too: with it, somebody sets others. */
function canPass(limits: Limits | undefined): boolean {
  return (limits?.of ?? []).some(
    ({ result, reason }) => result === "pass" || reason === "missing-input",
  );
}

function checkOnce(yaml: YamlFile, path: Path, lists: Omit<Asked, "mode">): void {
  const seen = new Set<string>();
  for (const key of ["decisive", "supporting"] as const) {
    for (const [index, { measure }] of lists[key].entries()) {
      if (seen.has(measure)) {
        throw yaml.refuse([...path, key, index], `the measure ${measure} is asked twice here`);
      }
      seen.add(measure);
    }
  }
}
