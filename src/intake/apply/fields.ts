// Fills the fields of an entry from a raw record.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { RecordExpression } from "../../model/record-expression.ts";
import { typedFor } from "./typed.ts";
import type { Typed } from "./typed.ts";
import type { Variables } from "./variables.ts";

/** Fields that are filled together, as parallel lists. */
export interface FieldGroup {
  readonly prepare: () => void;
  readonly evaluate: readonly ((variables: unknown[]) => unknown)[];
  /** Positions in an entry's values. */
  readonly at: readonly number[];
  readonly typed: readonly Typed[];
  /** Whether a text must be typed too. */
  readonly texts: readonly boolean[];
}

/** Values of an entry in the order of `ENTRY_FIELD_NAMES`, none of them there. */
export function noValues(): unknown[] {
  return Array.from({ length: ENTRY_FIELD_NAMES.length });
}

/** Compiles the fields that a mapping fills in one go. */
export function fieldGroup(
  variables: Variables,
  fields: ReadonlyMap<EntryField, RecordExpression>,
): FieldGroup {
  const names = [...fields.keys()];
  const { prepare, evaluate } = variables.compileAll([...fields.values()]);
  return {
    prepare,
    evaluate,
    at: names.map((name) => ENTRY_FIELD_NAMES.indexOf(name)),
    typed: names.map(typedFor),
    texts: names.map((name) => name === "chain_depth"),
  };
}

/** Fills an action's values; yields which of them are there, as a bit mask in the fields' order. */
export function fillFields(values: unknown[], group: FieldGroup, variables: unknown[]): number {
  const { evaluate, at, typed, texts } = group;
  group.prepare();
  let present = 0;
  for (let index = 0; index < evaluate.length; index += 1) {
    const field = at[index] as number;
    const value = (evaluate[index] as (from: unknown[]) => unknown)(variables);
    if (value === undefined) {
      values[field] = undefined;
      continue;
    }
    present |= 1 << field;
    values[field] =
      value === null || (typeof value === "string" && texts[index] !== true)
        ? value
        : (typed[index] as Typed)(value);
  }
  return present;
}

/**
 * Completes an action by an answer: the answer's value counts where it is something, or where
 * there was none. Yields which values the answer has, as a bit mask.
 */
export function completeFields(values: unknown[], group: FieldGroup, variables: unknown[]): number {
  const given = noValues();
  const present = fillFields(given, group, variables);
  for (const field of group.at) {
    const value = given[field];
    const isSomething = value !== undefined && value !== null && value !== "";
    if (isSomething || values[field] === undefined) values[field] = value;
  }
  return present;
}
