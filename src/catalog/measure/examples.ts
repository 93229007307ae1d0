// A measure's examples: repeated where they say so, and refused where no engine could give
// what they expect.

import type { AuditEntry } from "../../model/audit-entry.ts";
import { LISTED } from "../../model/observation.ts";
import type { Measure, MeasureExample } from "../../model/measure.ts";
import { durationAt } from "../duration.ts";
import { inputsAt } from "../inputs/inputs.ts";
import { instantAt } from "../inputs/instant.ts";
import { numbersOf } from "../observed-numbers.ts";
import { didYouMean } from "../suggestion.ts";
import type { Path, YamlFile } from "../yaml-file.ts";
import { repeated } from "./repeat.ts";
import type { ExampleFile } from "./written.ts";

/**
 * The examples, with every entry written out.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function examplesOf(
  yaml: YamlFile,
  examples: readonly ExampleFile[],
  measure: Measure,
): MeasureExample[] {
  return examples.map((example, index) => exampleOf(yaml, ["examples", index], example, measure));
}

function exampleOf(
  yaml: YamlFile,
  path: Path,
  { repeat, ...example }: ExampleFile,
  measure: Measure,
): MeasureExample {
  checkIds(yaml, path, example.entries, measure);
  const entries =
    repeat === undefined
      ? example.entries
      : repeated(example.entries, {
          times: repeat.times,
          every: durationAt(yaml, [...path, "repeat", "every"], repeat.every),
        });
  if (repeat !== undefined) checkIds(yaml, path, entries, measure);
  if (example.now !== undefined) instantAt(yaml, [...path, "now"], example.now);
  if (example.inputs !== undefined) {
    inputsAt(yaml, [...path, "inputs"], example.inputs, { files: "none" });
  }
  const whole = { ...example, entries };
  checkExpected(yaml, [...path, "expect"], whole, measure);
  if (repeat === undefined) checkStated(yaml, [...path, "expect"], whole, measure);
  return whole;
}

/** Ids name the exceptions, so each stands once; only a measure of ids itself may see one twice. */
function checkIds(
  yaml: YamlFile,
  path: Path,
  entries: readonly AuditEntry[],
  { kind }: Measure,
): void {
  if (kind === "identity") return;
  const ids = new Set<unknown>();
  for (const [position, { id }] of entries.entries()) {
    if (id !== null && ids.has(id)) {
      throw yaml.refuse(
        [...path, "entries", position, "id"],
        `the id ${String(id)} stands twice in this example`,
        { hint: "The same action logged twice has two ids." },
      );
    }
    ids.add(id);
  }
}

function checkExpected(
  yaml: YamlFile,
  path: Path,
  { entries, expect }: MeasureExample,
  measure: Measure,
): void {
  const ids = new Set<unknown>(entries.map(({ id }) => id));
  for (const [position, id] of (expect.exception_ids ?? []).entries()) {
    if (ids.has(id)) continue;
    throw yaml.refuse(
      [...path, "exception_ids", position],
      `no entry of this example has the id ${String(id)}`,
    );
  }
  const known = numbersOf(measure);
  for (const name of Object.keys(expect.numbers ?? {})) {
    if (known.has(name)) continue;
    throw yaml.refuse([...path, "numbers", name], `this measure gives no number "${name}"`, {
      atKey: true,
      hint: didYouMean(name, known.keys()) ?? `It gives ${[...known.keys()].join(", ")}.`,
    });
  }
  checkResult(yaml, path, expect, measure);
}

/** Results that come out before any limit is tried: an empty population, a missing field or input. */
const WITHOUT_LIMITS: readonly string[] = ["inconclusive", "not_applicable"];

function checkResult(
  yaml: YamlFile,
  path: Path,
  { result, reason }: MeasureExample["expect"],
  { limits }: Measure,
): void {
  if (result === undefined) return;
  if (limits === undefined) {
    throw yaml.refuse([...path, "result"], "a measure without limits has no result", {
      atKey: true,
    });
  }
  const possible = [...new Set(limits.of.map((limit) => limit.result))];
  if (!possible.some((known) => known === result) && !WITHOUT_LIMITS.includes(result)) {
    throw yaml.refuse(
      [...path, "result"],
      `expected a result that the limits can give, ${possible.join(", ")}, got ${result}`,
    );
  }
  if ((result === "inconclusive") !== (reason !== undefined)) {
    throw yaml.refuse([...path, "result"], 'expected "reason" beside inconclusive, and only there');
  }
}

/** Kinds whose exceptions are no entries of the log, or not one entry each. */
const WITHOUT_ENTRIES: readonly Measure["kind"][] = ["gap", "policy-lint"];

/** An example that is written out also names its exceptions. */
function checkStated(
  yaml: YamlFile,
  path: Path,
  { expect: { exceptions = 0, exception_ids: ids } }: MeasureExample,
  { kind }: Measure,
): void {
  if (exceptions === 0 || ids !== undefined || WITHOUT_ENTRIES.includes(kind)) return;
  throw yaml.refuse(path, 'expected the key "exception_ids", because there are exceptions', {
    hint: `Name the first ${LISTED} by time, then id.`,
  });
}
