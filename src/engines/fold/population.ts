// Counts everything that is read and what becomes of it, so that the sums tie.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { Instant } from "../../model/instant.ts";
import { LISTED } from "../../model/observation.ts";
import type { LogPopulation, Rejection } from "../../model/population.ts";

/** One stretch of the log in its own order, to find entries that stand before earlier ones. */
interface Stretch {
  /** Position of its first entry in the log. */
  readonly position: number;
  first: Instant;
  last: Instant;
}

/** A pointer to an entry with its position, so that the first of several threads' can be told. */
interface Pointer {
  readonly position: number;
  readonly pointer: string;
}

export interface PopulationState {
  read: number;
  notEntries: number;
  readonly notEntriesFirst: Pointer[];
  unreadable: number;
  readonly unreadableFirst: Pointer[];
  outOfPeriod: number;
  inScope: number;
  /** Infinity and -Infinity while nothing is in scope. */
  first: Instant;
  last: Instant;
  naive: number;
  unordered: number;
  future: number;
  readonly stretches: Stretch[];
  /** How many entries in scope record which fields, by bit mask over the field names' order. */
  readonly recordedMasks: Map<number, number>;
}

/** The part of a log's population that counting entries can tell; the source adds the rest. */
export type CountedPopulation = Omit<LogPopulation, "inputs" | "recordable" | "tenure">;

/** The same without the ids, which are counted apart. */
type CountedEntries = Omit<CountedPopulation, "ids">;

export function emptyPopulation(position: number): PopulationState {
  return {
    read: 0,
    notEntries: 0,
    notEntriesFirst: [],
    unreadable: 0,
    unreadableFirst: [],
    outOfPeriod: 0,
    inScope: 0,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    naive: 0,
    unordered: 0,
    future: 0,
    stretches: [{ position, first: Number.NaN, last: Number.NaN }],
    recordedMasks: new Map(),
  };
}

/** Keeps the first so many pointers by position. */
export function addPointer(list: Pointer[], position: number, pointer: string): void {
  if (list.length < LISTED) list.push({ position, pointer });
}

export function mergePopulation(state: PopulationState, other: PopulationState): void {
  state.read += other.read;
  state.notEntries += other.notEntries;
  mergePointers(state.notEntriesFirst, other.notEntriesFirst);
  state.unreadable += other.unreadable;
  mergePointers(state.unreadableFirst, other.unreadableFirst);
  state.outOfPeriod += other.outOfPeriod;
  state.inScope += other.inScope;
  state.first = Math.min(state.first, other.first);
  state.last = Math.max(state.last, other.last);
  state.naive += other.naive;
  state.unordered += other.unordered;
  state.future += other.future;
  state.stretches.push(...other.stretches);
  for (const [mask, number] of other.recordedMasks) {
    state.recordedMasks.set(mask, (state.recordedMasks.get(mask) ?? 0) + number);
  }
}

function mergePointers(list: Pointer[], other: readonly Pointer[]): void {
  const all = [...list, ...other].sort((left, right) => left.position - right.position);
  list.splice(0, list.length, ...all.slice(0, LISTED));
}

/**
 * The population's counts.
 *
 * @param rejectUnreadable whether entries without a readable time were left out because a
 *   period was asked for
 */
export function finishPopulation(
  state: PopulationState,
  rejectUnreadable: boolean,
): CountedEntries {
  const rejections: Rejection[] = [];
  if (state.notEntries > 0) {
    rejections.push({
      reason: "not-an-entry",
      count: state.notEntries,
      first: state.notEntriesFirst.map(({ pointer }) => pointer),
    });
  }
  const unreadableFirst = state.unreadableFirst.map(({ pointer }) => pointer);
  if (rejectUnreadable && state.unreadable > 0) {
    rejections.push({
      reason: "unreadable-timestamp",
      count: state.unreadable,
      first: unreadableFirst,
    });
  }
  const rejected = rejections.reduce((sum, { count }) => sum + count, 0);
  return {
    read: state.read,
    accepted: state.read - rejected,
    rejected,
    rejections,
    duplicate: 0,
    outOfPeriod: state.outOfPeriod,
    inScope: state.inScope,
    ...(Number.isFinite(state.first) ? { first: state.first, last: state.last } : {}),
    recorded: recordedFields(state.recordedMasks),
    timestamps: {
      unreadable: state.unreadable,
      firstUnreadable: unreadableFirst,
      naive: state.naive,
      unordered: state.unordered + unorderedBetween(state.stretches),
      future: state.future,
    },
  };
}

/** Entries that open a stretch earlier than the stretch before it closed. */
function unorderedBetween(stretches: readonly Stretch[]): number {
  const timed = stretches
    .filter(({ first }) => !Number.isNaN(first))
    .sort((left, right) => left.position - right.position);
  let unordered = 0;
  for (let index = 1; index < timed.length; index += 1) {
    const before = timed[index - 1];
    const after = timed[index];
    if (before !== undefined && after !== undefined && after.first < before.last) unordered += 1;
  }
  return unordered;
}

function recordedFields(masks: ReadonlyMap<number, number>): Map<EntryField, number> {
  const recorded = new Map<EntryField, number>();
  for (const [bit, field] of ENTRY_FIELD_NAMES.entries()) {
    let number = 0;
    for (const [mask, count] of masks) {
      if ((mask & (1 << bit)) !== 0) number += count;
    }
    recorded.set(field, number);
  }
  return recorded;
}
