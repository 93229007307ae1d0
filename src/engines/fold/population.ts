// Counts everything that is read and what becomes of it, so that the sums tie.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { Instant } from "../../model/instant.ts";
import { REJECTION_REASONS } from "../../model/intake.ts";
import type { RejectionReason } from "../../model/intake.ts";
import { LISTED } from "../../model/observation.ts";
import type { LogPopulation, Rejection } from "../../model/population.ts";
import type { Place } from "./accumulator.ts";

/** One stretch of the log in its own order, to find entries that stand before earlier ones. */
interface Stretch {
  /** Position of its first entry in the log. */
  readonly position: number;
  first: Instant;
  last: Instant;
}

/** Points to a record: as a text, or as a place whose line is known when all parts are read. */
export type Pointer = string | Place;

/** A pointer with the record's position, so that the first of several threads' can be told. */
interface Pointed {
  readonly position: number;
  readonly pointer: Pointer;
}

interface Refused {
  count: number;
  readonly first: Pointed[];
}

export interface PopulationState {
  read: number;
  duplicate: number;
  /** What the source refused; entries without a readable time are counted apart. */
  readonly refused: Map<RejectionReason, Refused>;
  unreadable: number;
  readonly unreadableFirst: Pointed[];
  outOfPeriod: number;
  inScope: number;
  /** Earliest readable time of the whole log, whatever the period; Infinity while there is none. */
  earliest: Instant;
  /** Latest readable time of the whole log, likewise; -Infinity while there is none. */
  latest: Instant;
  /** Infinity and -Infinity while nothing is in scope. */
  first: Instant;
  last: Instant;
  naive: number;
  unordered: number;
  future: number;
  readonly stretches: Stretch[];
  /**
   * How many entries in scope record which fields, by bit mask over the field names' order. The
   * fields of one entry may be counted under several masks, so that only a field's sum means something.
   */
  readonly recordedMasks: Map<number, number>;
}

/** The part of a log's population that counting entries can tell; the source adds the rest. */
export type CountedPopulation = Omit<LogPopulation, "inputs" | "recordable" | "tenure" | "intake">;

/** The same without the ids, which are counted apart. */
type CountedEntries = Omit<CountedPopulation, "ids">;

export function emptyPopulation(position: number): PopulationState {
  return {
    read: 0,
    duplicate: 0,
    refused: new Map(),
    unreadable: 0,
    unreadableFirst: [],
    outOfPeriod: 0,
    inScope: 0,
    earliest: Number.POSITIVE_INFINITY,
    latest: Number.NEGATIVE_INFINITY,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
    naive: 0,
    unordered: 0,
    future: 0,
    stretches: [{ position, first: Number.NaN, last: Number.NaN }],
    recordedMasks: new Map(),
  };
}

/** Counts a refused record and keeps the first so many pointers by position. */
export function refuseRecord(
  state: PopulationState,
  position: number,
  pointer: Pointer,
  reason: RejectionReason,
): void {
  const refused = refusedFor(state, reason);
  refused.count += 1;
  addPointer(refused.first, position, pointer);
}

/** Counts an entry without a readable time. */
export function addUnreadable(state: PopulationState, position: number, pointer: Pointer): void {
  state.unreadable += 1;
  addPointer(state.unreadableFirst, position, pointer);
}

function refusedFor(state: PopulationState, reason: RejectionReason): Refused {
  const known = state.refused.get(reason);
  if (known !== undefined) return known;
  const refused = { count: 0, first: [] };
  state.refused.set(reason, refused);
  return refused;
}

function addPointer(list: Pointed[], position: number, pointer: Pointer): void {
  if (list.length < LISTED) list.push({ position, pointer });
}

export function mergePopulation(state: PopulationState, other: PopulationState): void {
  state.read += other.read;
  state.duplicate += other.duplicate;
  for (const [reason, { count, first }] of other.refused) {
    const refused = refusedFor(state, reason);
    refused.count += count;
    mergePointers(refused.first, first);
  }
  state.unreadable += other.unreadable;
  mergePointers(state.unreadableFirst, other.unreadableFirst);
  state.outOfPeriod += other.outOfPeriod;
  state.inScope += other.inScope;
  state.earliest = Math.min(state.earliest, other.earliest);
  state.latest = Math.max(state.latest, other.latest);
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

function mergePointers(list: Pointed[], other: readonly Pointed[]): void {
  const all = [...list, ...other].sort((left, right) => left.position - right.position);
  list.splice(0, list.length, ...all.slice(0, LISTED));
}

/** Entries of the whole log, whatever the period. */
export function entriesOf({ read, duplicate, refused }: PopulationState): number {
  const none = [...refused.values()].reduce((sum, { count }) => sum + count, 0);
  return read - duplicate - none;
}

/**
 * The population's counts.
 *
 * @param rejectUnreadable whether entries without a readable time were left out because a
 *   period was asked for
 * @param textOf writes a pointer that is a place
 */
export function finishPopulation(
  state: PopulationState,
  rejectUnreadable: boolean,
  textOf: (place: Place) => string,
): CountedEntries {
  const texts = (list: readonly Pointed[]): string[] =>
    list.map(({ pointer }) => (typeof pointer === "string" ? pointer : textOf(pointer)));
  const refused = new Map(state.refused);
  if (rejectUnreadable && state.unreadable > 0) {
    const first = [...(refused.get("unreadable-timestamp")?.first ?? [])];
    mergePointers(first, state.unreadableFirst);
    const count = (refused.get("unreadable-timestamp")?.count ?? 0) + state.unreadable;
    refused.set("unreadable-timestamp", { count, first });
  }
  const rejections: Rejection[] = REJECTION_REASONS.flatMap((reason) => {
    const { count = 0, first = [] } = refused.get(reason) ?? {};
    return count === 0 ? [] : [{ reason, count, first: texts(first) }];
  });
  const rejected = rejections.reduce((sum, { count }) => sum + count, 0);
  return {
    read: state.read,
    accepted: state.read - rejected - state.duplicate,
    rejected,
    rejections,
    duplicate: state.duplicate,
    outOfPeriod: state.outOfPeriod,
    inScope: state.inScope,
    ...(Number.isFinite(state.first) ? { first: state.first, last: state.last } : {}),
    recorded: recordedFields(state.recordedMasks),
    timestamps: {
      unreadable: state.unreadable,
      firstUnreadable: texts(state.unreadableFirst),
      naive: state.naive,
      unordered: state.unordered + unorderedBetween(state.stretches),
      future: state.future,
    },
  };
}

/** Entries that open a stretch earlier than the stretch before it closed. */
export function unorderedBetween(stretches: readonly Stretch[]): number {
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
