// What several foreign logs tell of their intake, as one statement.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { IntakeStatement, MappingUse, UnknownWord } from "../../model/intake.ts";
import { LISTED } from "../../model/observation.ts";

/**
 * The statements of all logs as one; a log that is not foreign has none. Counts are added up. What
 * each lists by frequency is listed anew from what they list, so the count of a path or word that is
 * rare in some of them is at least what is said.
 *
 * @returns nothing when no log is foreign
 */
export function intakeOfAll(
  all: readonly (IntakeStatement | undefined)[],
): IntakeStatement | undefined {
  const told = all.flatMap((one) => one ?? []);
  const [first, ...others] = told;
  if (first === undefined) return undefined;
  if (others.length === 0 && all.length === 1) return first;
  const sum = (of: (one: IntakeStatement) => number): number =>
    told.reduce((total, one) => total + of(one), 0);
  return {
    mappings: usedMappings(told.flatMap(({ mappings }) => mappings)),
    leftOut: {
      count: sum(({ leftOut }) => leftOut.count),
      first: told.flatMap(({ leftOut }) => leftOut.first).slice(0, LISTED),
    },
    records: sum(({ records }) => records),
    withoutAction: sum(({ withoutAction }) => withoutAction),
    actions: sum(({ actions }) => actions),
    answers: {
      matched: sum(({ answers }) => answers.matched),
      unmatched: sum(({ answers }) => answers.unmatched),
    },
    duplicatesDiffering: sum(({ duplicatesDiffering }) => duplicatesDiffering),
    duplicateMeanings: [...new Set(told.flatMap(({ duplicateMeanings }) => duplicateMeanings))],
    unsafeIntegers: sum(({ unsafeIntegers }) => unsafeIntegers),
    mendedTimes: sum(({ mendedTimes }) => mendedTimes),
    never: ENTRY_FIELD_NAMES.filter((field) => told.some(({ never }) => never.includes(field))),
    unmapped: mostFrequentPaths(told.flatMap(({ unmapped }) => unmapped)),
    unmappedLookedAt: sum(({ unmappedLookedAt }) => unmappedLookedAt),
    unknownWords: mostFrequentWords(told.flatMap(({ unknownWords }) => unknownWords)),
    cannotAnswer: firstReasons(told),
    // A chain protects nothing of the logs that have none.
    chainCovers: ENTRY_FIELD_NAMES.filter((field) =>
      all.every((one) => one?.chainCovers.includes(field) === true),
    ),
  };
}

/** Why measures cannot be answered; the first log that says so has the word. */
function firstReasons(told: readonly IntakeStatement[]): Map<string, string> {
  const reasons = new Map<string, string>();
  for (const { cannotAnswer } of told) {
    for (const [measure, why] of cannotAnswer) {
      if (!reasons.has(measure)) reasons.set(measure, why);
    }
  }
  return reasons;
}

/** One use for each version of a mapping, by id. */
function usedMappings(uses: readonly MappingUse[]): MappingUse[] {
  const known = new Map<string, MappingUse>();
  for (const use of uses) {
    const key = JSON.stringify([use.id, use.version, use.digest]);
    known.set(key, { ...use, inputs: use.inputs + (known.get(key)?.inputs ?? 0) });
  }
  return [...known].toSorted(([left], [right]) => compareText(left, right)).map(([, use]) => use);
}

function mostFrequentPaths(paths: IntakeStatement["unmapped"]): IntakeStatement["unmapped"] {
  const records = new Map<string, number>();
  for (const one of paths) records.set(one.path, (records.get(one.path) ?? 0) + one.records);
  return [...records]
    .map(([path, count]) => ({ path, records: count }))
    .toSorted((left, right) => right.records - left.records || compareText(left.path, right.path))
    .slice(0, LISTED);
}

function mostFrequentWords(words: readonly UnknownWord[]): UnknownWord[] {
  const known = new Map<string, UnknownWord>();
  for (const { table, word, count } of words) {
    const key = JSON.stringify([table, word]);
    known.set(key, { table, word, count: count + (known.get(key)?.count ?? 0) });
  }
  return [...known.values()]
    .toSorted(
      (left, right) =>
        right.count - left.count ||
        compareText(left.table, right.table) ||
        compareText(left.word, right.word),
    )
    .slice(0, LISTED);
}

function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
