// Inputs beside the log: which a measure cannot do without, which it uses, what they hold.

import type { Language } from "../languages/language.ts";
import type { InputName, Inputs } from "../model/inputs.ts";
import { INPUT_NAMES } from "../model/inputs.ts";
import type { Limits, Measure } from "../model/measure.ts";
import type { InputStatement } from "../model/report.ts";
import type { StatedPolicy } from "./policy-statement.ts";

/** Inputs without which a measure has no answer. */
export function neededInputs(measure: Measure): readonly InputName[] {
  const needed = new Set(measure.needs);
  if (measure.kind === "policy-lint" || measure.kind === "policy-replay") needed.add("policy");
  return INPUT_NAMES.filter((name) => needed.has(name));
}

/** Numbers that an observation has only where an input was given. */
const NUMBERS: Partial<Readonly<Record<InputName, readonly string[]>>> = {
  "deployed-since": ["deployed_days"],
  "recovery-time": ["recovery_seconds", "times_recovery"],
};

/** Inputs that were not given, and without which a condition of some limits cannot hold. */
export function inputsForLimits({ of }: Limits, given: ReadonlySet<InputName>): InputName[] {
  const compared = new Set(of.flatMap(({ when }) => when?.fields ?? []));
  return INPUT_NAMES.filter(
    (name) => !given.has(name) && NUMBERS[name]?.some((number) => compared.has(number)) === true,
  );
}

/** Inputs that change a measure's answer when they are there. */
function usedInputs(measure: Measure): ReadonlySet<InputName> {
  const { examples: _, ...question } = measure;
  const used = new Set(neededInputs(measure));
  if (measure.kind === "set-difference") used.add(measure.reference);
  if (measure.kind === "reach") used.add("deployed-since");
  if (measure.kind === "percentile") used.add("recovery-time");
  addInputsOfPredicates(question, used);
  return used;
}

/** Expressions are plain data wherever they stand in a measure. */
function addInputsOfPredicates(value: unknown, used: Set<InputName>): void {
  if (typeof value !== "object" || value === null) return;
  if ("kind" in value) {
    if (value.kind === "in-incident") used.add("incidents");
    if (value.kind === "listed" && "input" in value) {
      if (value.input === "roster" || value.input === "allow-list") used.add(value.input);
    }
  }
  for (const part of Object.values(value)) addInputsOfPredicates(part, used);
}

/** What somebody said about an input that was given. */
export type GivenInput = Pick<InputStatement, "name" | "source" | "sha256" | "holds">;

/** Every input that was given, or that one of the measures would use, in a fixed order. */
export function inputStatements(
  measures: readonly Measure[],
  given: readonly GivenInput[],
): InputStatement[] {
  const users = measures.map((measure) => ({ id: measure.id, inputs: usedInputs(measure) }));
  return INPUT_NAMES.flatMap((name) => {
    const asking = users.filter(({ inputs }) => inputs.has(name)).map(({ id }) => id);
    const statement = given.find((input) => input.name === name);
    if (statement === undefined && asking.length === 0) return [];
    return [{ ...statement, name, given: statement !== undefined, measures: asking }];
  });
}

/** The inputs that were given, with what is known about them. */
export function givenInputs({
  inputs,
  inputStatements: stated = [],
  policy,
  language,
}: {
  readonly inputs?: Inputs;
  readonly inputStatements?: readonly GivenInput[];
  readonly policy?: StatedPolicy;
  readonly language: Language;
}): GivenInput[] {
  const words = language.assess.inputs;
  const given: GivenInput[] =
    policy === undefined
      ? []
      : [
          {
            name: "policy",
            sha256: policy.digest,
            holds: words.policy.holds(policy.rules.length),
          },
        ];
  const held: readonly (readonly [InputName, unknown])[] = [
    ["roster", inputs?.roster],
    ["allow-list", inputs?.allowList],
    ["deployed-since", inputs?.deployedSince],
    ["recovery-time", inputs?.recoveryTime],
    ["incidents", inputs?.incidents],
  ];
  for (const [name, value] of held) {
    if (value === undefined) continue;
    const statement = stated.find((one) => one.name === name) ?? { name };
    // What holds a list is told in the report's language; dates and spans stand as they were given.
    given.push(
      statement.holds !== undefined && Array.isArray(value)
        ? { ...statement, holds: words[name].holds(value.length) }
        : statement,
    );
  }
  return given;
}
