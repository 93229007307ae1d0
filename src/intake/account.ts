// What a report says of the intake: one statement over all mappings, and whether its counts tie.

import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import type { IntakeStatement, LeftOut, MappingUse, UnknownWord } from "../model/intake.ts";
import type { Mapping } from "../model/mapping.ts";
import { addCounts, noCounts, refusedIn } from "./counts.ts";
import type { IntakeCounts } from "./counts.ts";
import type { DrawnDocument } from "./unmapped/drawn.ts";

/** How many unmapped paths and unknown words a statement lists. */
const LISTED = 50;

/** One mapping with what was counted while it read. */
export interface MappingAccount {
  readonly mapping: Mapping;
  /** Inputs that it read. */
  readonly inputs: number;
  readonly counts: IntakeCounts;
}

const NOTHING_LEFT_OUT: LeftOut = { count: 0, first: [] };

/** The statement over everything that was read. */
export function intakeStatement(
  accounts: readonly MappingAccount[],
  leftOut: LeftOut = NOTHING_LEFT_OUT,
): IntakeStatement {
  const used = inOrder(accounts);
  const total = noCounts();
  for (const { counts } of used) addCounts(total, counts);
  const drawn = used.flatMap(({ counts }) => counts.drawn);
  const mappings = used.map(({ mapping }) => mapping);
  return {
    mappings: used.map(useOf),
    leftOut,
    records: total.records,
    withoutAction: total.withoutAction,
    actions: total.actions,
    answers: { matched: total.answersMatched, unmatched: total.answersUnmatched },
    duplicatesDiffering: total.duplicatesDiffering,
    duplicateMeanings: [
      ...new Set(
        mappings.flatMap(({ keyMeaning }) => (keyMeaning === undefined ? [] : [keyMeaning])),
      ),
    ],
    unsafeIntegers: total.unsafeIntegers,
    mendedTimes: total.mendedTimes,
    never: fieldsOf((field) => mappings.some(({ never }) => never.includes(field))),
    unmapped: mostFrequent(drawn),
    unmappedLookedAt: drawn.reduce((sum, { records }) => sum + records, 0),
    unknownWords: mostFrequentWords(total),
    cannotAnswer: new Map(mappings.flatMap(({ cannotAnswer }) => [...cannotAnswer])),
    chainCovers: chainCovers(mappings),
  };
}

/**
 * The fields that the log can record, as its own records show: there in at least one action,
 * or such that their absence says that nothing happened. Of several formats, those that all
 * of them record; a format without any action has no say.
 */
export function recordableFields(accounts: readonly MappingAccount[]): EntryField[] {
  const spoken = accounts.filter(({ counts }) => counts.actions > 0);
  if (spoken.length === 0) return [];
  return fieldsOf((field, bit) =>
    spoken.every(
      ({ mapping, counts }) =>
        !mapping.never.includes(field) &&
        ((counts.present & bit) !== 0 || mapping.sparse.includes(field)),
    ),
  );
}

/**
 * What does not add up, in words; undefined when every record and every action is accounted
 * for.
 */
export function whatDoesNotTie(counts: IntakeCounts): string | undefined {
  const refused = refusedIn(counts);
  const { records, withoutAction, actions, accepted, duplicate } = counts;
  if (actions !== accepted + duplicate) {
    return `${actions} actions were found, but ${accepted} were accepted and ${duplicate} were duplicates`;
  }
  const carriers = records - withoutAction - refused;
  if (carriers < 0 || carriers > actions || (carriers === 0 && actions > 0)) {
    return `${records} records were read, of which ${withoutAction} held no action and ${refused} were refused, but ${actions} actions were found`;
  }
  return undefined;
}

/** By id, so that the order of the inputs makes no difference. */
function inOrder(accounts: readonly MappingAccount[]): MappingAccount[] {
  return [...accounts].sort((left, right) => compareText(left.mapping.id, right.mapping.id));
}

function useOf({ mapping, inputs }: MappingAccount): MappingUse {
  const { id, title, version, digest, basis } = mapping;
  return { id, title, version, digest, basis, inputs };
}

function fieldsOf(holds: (field: EntryField, bit: number) => boolean): EntryField[] {
  return ENTRY_FIELD_NAMES.filter((field, index) => holds(field, 1 << index));
}

/** What the chains of all formats protect: nothing as soon as one has no chain. */
function chainCovers(mappings: readonly Mapping[]): EntryField[] {
  if (mappings.length === 0) return [];
  return fieldsOf((field) => mappings.every(({ chain }) => chain?.covers.includes(field) === true));
}

function mostFrequent(drawn: readonly DrawnDocument[]): IntakeStatement["unmapped"] {
  const sums = new Map<string, number>();
  for (const [path, records] of drawn.flatMap(({ unmapped }) => unmapped)) {
    sums.set(path, (sums.get(path) ?? 0) + records);
  }
  return [...sums]
    .map(([path, records]) => ({ path, records }))
    .sort((left, right) => right.records - left.records || compareText(left.path, right.path))
    .slice(0, LISTED);
}

function mostFrequentWords({ unknownWords }: IntakeCounts): UnknownWord[] {
  return [...unknownWords]
    .flatMap(([table, words]) => [...words].map(([word, count]) => ({ table, word, count })))
    .sort(
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
