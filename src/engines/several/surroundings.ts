// What stands around the counts of several populations, together.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { parseInstant } from "../../model/instant.ts";
import type { TenureCheck } from "../../model/population.ts";
import type { Surroundings } from "../part.ts";
import { intakeOfAll } from "./intake-of-all.ts";
import { inputIn } from "./named-log.ts";

/** What stands around the counts of one of several logs. */
export interface SurroundedLog {
  readonly name: string;
  /** Of the whole log, whatever the period. */
  readonly entries: number;
  readonly surroundings: Surroundings;
}

/** The surroundings of all logs, in their order. */
export function surroundingsOfAll(logs: readonly SurroundedLog[]): Surroundings {
  const all = logs.map(({ surroundings }) => surroundings);
  const atEnd = all.flatMap(({ missingAtEnd }) => missingAtEnd ?? []);
  const tenure = tenureOfAll(all.flatMap((one) => one.tenure ?? []));
  const intake = intakeOfAll(all.map((one) => one.intake));
  return {
    inputs: logs.flatMap(({ name, surroundings }) =>
      surroundings.inputs.map((input) => ({ ...input, name: inputIn(name, input.name) })),
    ),
    recordable: recordableByAll(logs),
    ...(tenure === undefined ? {} : { tenure }),
    ...(intake === undefined ? {} : { intake }),
    ...(atEnd.length === 0 ? {} : { missingAtEnd: atEnd.reduce((sum, one) => sum + one, 0) }),
  };
}

/**
 * The fields that all logs can record. One that only some have would turn the entries of the
 * others into false findings. A log without entries has no say, as long as another has some.
 */
function recordableByAll(logs: readonly SurroundedLog[]): EntryField[] {
  const spoken = logs.filter(({ entries }) => entries > 0);
  const asked = spoken.length === 0 ? logs : spoken;
  return ENTRY_FIELD_NAMES.filter((field) =>
    asked.every(({ surroundings }) => surroundings.recordable.includes(field)),
  );
}

/**
 * Sums over the logs that keep a counter. One that has more rows than it counted does not make
 * up for one that has fewer: where there are both, only those that have fewer are summed.
 */
export function tenureOfAll(checks: readonly TenureCheck[]): TenureCheck | undefined {
  const fewer = checks.filter(({ rows, total_actions }) => rows < total_actions);
  const isMixed =
    fewer.length > 0 && checks.some(({ rows, total_actions }) => rows > total_actions);
  const summed = isMixed ? fewer : checks;
  if (summed.length === 0) return undefined;
  const activated = earliest(summed.flatMap(({ first_activated: first }) => first ?? []));
  return {
    ...(activated === undefined ? {} : { first_activated: activated }),
    total_actions: summed.reduce((sum, one) => sum + one.total_actions, 0),
    rows: summed.reduce((sum, { rows }) => sum + rows, 0),
  };
}

/** The earliest of the texts that are times. */
function earliest(texts: readonly string[]): string | undefined {
  let first: { readonly text: string; readonly instant: number } | undefined;
  for (const text of texts) {
    const instant = parseInstant(text);
    if (Number.isNaN(instant) || (first !== undefined && first.instant <= instant)) continue;
    first = { text, instant };
  }
  return first?.text;
}
