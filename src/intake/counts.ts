// What the intake counts while it reads, as plain data: it crosses threads and adds up in any
// order.

import type { RejectionReason } from "../model/intake.ts";
import { draw } from "./unmapped/drawn.ts";
import type { DrawnDocument } from "./unmapped/drawn.ts";

/** Most words that are told apart for one table; further ones are not counted. */
const MOST_TOLD_APART = 20_000;

/** How much of a word is kept. */
const LONGEST_WORD = 200;

/** Counts of everything that one mapping read. */
export interface IntakeCounts {
  /** Records that were decoded or refused. */
  records: number;
  /** Decoded records that hold no action. */
  withoutAction: number;
  /** Actions that the mapping found. */
  actions: number;
  /** Actions that left as entries. */
  accepted: number;
  /** Actions that left as duplicates. */
  duplicate: number;
  /** Duplicates whose content differs from the one that was kept. */
  duplicatesDiffering: number;
  readonly refused: Map<RejectionReason, number>;
  /** Answers that found their action. */
  answersMatched: number;
  answersUnmatched: number;
  /** Whole numbers beyond 2^53. */
  unsafeIntegers: number;
  mendedTimes: number;
  /** Fields that were there in at least one action, null included: bit mask in the fields' order. */
  present: number;
  /** Table -> word that it does not know -> how often. */
  readonly unknownWords: Map<string, Map<string, number>>;
  /** Documents that were looked through for raw fields that no expression reads. */
  readonly drawn: DrawnDocument[];
}

/** Counts of nothing. */
export function noCounts(): IntakeCounts {
  return {
    records: 0,
    withoutAction: 0,
    actions: 0,
    accepted: 0,
    duplicate: 0,
    duplicatesDiffering: 0,
    refused: new Map(),
    answersMatched: 0,
    answersUnmatched: 0,
    unsafeIntegers: 0,
    mendedTimes: 0,
    present: 0,
    unknownWords: new Map(),
    drawn: [],
  };
}

/** Adds one part's counts to another's; the order of the parts makes no difference. */
export function addCounts(counts: IntakeCounts, other: IntakeCounts): void {
  counts.records += other.records;
  counts.withoutAction += other.withoutAction;
  counts.actions += other.actions;
  counts.accepted += other.accepted;
  counts.duplicate += other.duplicate;
  counts.duplicatesDiffering += other.duplicatesDiffering;
  counts.answersMatched += other.answersMatched;
  counts.answersUnmatched += other.answersUnmatched;
  counts.unsafeIntegers += other.unsafeIntegers;
  counts.mendedTimes += other.mendedTimes;
  counts.present |= other.present;
  for (const [reason, count] of other.refused) addTo(counts.refused, reason, count);
  for (const document of other.drawn) draw(counts.drawn, document);
  for (const [table, words] of other.unknownWords) {
    const known = wordsOf(counts, table);
    for (const [word, count] of words) addTo(known, word, count);
  }
}

/** How many records were refused, for whatever reason. */
export function refusedIn({ refused }: IntakeCounts): number {
  let sum = 0;
  for (const count of refused.values()) sum += count;
  return sum;
}

/** Counts a refused record. */
export function countRefusal(counts: IntakeCounts, reason: RejectionReason): void {
  counts.records += 1;
  addTo(counts.refused, reason, 1);
}

/** Counts a word that its table does not know. */
export function countUnknownWord(counts: IntakeCounts, table: string, word: string): void {
  const kept = word.length > LONGEST_WORD ? `${word.slice(0, LONGEST_WORD)}…` : word;
  addTo(wordsOf(counts, table), kept, 1);
}

function wordsOf(counts: IntakeCounts, table: string): Map<string, number> {
  const known = counts.unknownWords.get(table);
  if (known !== undefined) return known;
  const words = new Map<string, number>();
  counts.unknownWords.set(table, words);
  return words;
}

function addTo<Key>(sums: Map<Key, number>, key: Key, count: number): void {
  const sum = sums.get(key);
  if (sum === undefined && sums.size >= MOST_TOLD_APART) return;
  sums.set(key, (sum ?? 0) + count);
}
