// What every kind of measure does while a log is folded: say what an entry means to it, take
// another fold's state, and answer. States are plain data and merge in any order.

import type { Row } from "../../expression/compile.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { Instant } from "../../model/instant.ts";
import type { Observation } from "../../model/observation.ts";

/** Where a record of a foreign log stands: a line of one of the parts that the log was read in. */
export interface Place {
  readonly part: number;
  /** From 1 in its part, which may begin in the middle of a file. */
  readonly line: number;
}

/** An entry of a foreign log: its evidence, and where it stands. */
export type PlacedEntry = Place & AuditEntry;

/**
 * Stands for one entry while the log is folded: the entry itself where it is in memory, its
 * row number in a table, its evidence with its place where it cannot be looked up again.
 */
export type EntryReference = number | AuditEntry | PlacedEntry;

/** Finds the entry that a reference stands for. */
export type Resolve = (reference: EntryReference) => AuditEntry;

/** One entry as an accumulator sees it. The row is only valid during the call. */
export interface Step {
  row: Row;
  /** Microseconds, or Infinity when the time is unreadable. */
  instant: Instant;
  /** Absent when the entry records none. */
  id: number | string | undefined;
  /** Place of the entry in its log, from 1; tells entries of one time and id apart. */
  position: number;
  reference: EntryReference;
  /**
   * Holds the reference for somebody who will hardly need it, as another entry soon takes its
   * place. Absent where `reference` is as good.
   *
   * @param over held before by the same one, and not needed any more; it may be written over
   */
  hold?(over: Held | undefined): Held;
}

/** A reference that is made when it is asked for. */
export interface Held {
  readonly reference: EntryReference;
}

/** A listed entry: where it stands in the order, and what it refers to. */
export interface Listed {
  readonly instant: number;
  readonly id: number | string | undefined;
  readonly position: number;
  readonly reference: EntryReference;
}

/** What entries that are alike mean to a measure. */
export interface CountedMeaning {
  /** Counts so many of them. */
  readonly count?: (times: number) => void;
  /** Takes one of them, besides; absent where counting is all. */
  readonly each?: (step: Step) => void;
}

/** What all entries for which a measure's conditions answer alike mean to it. */
export interface Meaning extends CountedMeaning {
  /**
   * What those mean that have a whole row in common, so that its texts and numbers are read once
   * and more is counted than taken one by one. Absent where nothing more can be counted.
   */
  readonly alike?: (row: Row) => CountedMeaning;
}

/** Which entries are exceptions, of kinds that know it only at the end of the log. */
export interface Late {
  /** These. */
  readonly entries?: readonly Listed[];
  /** Those that were offered under this group; absent when there is none. */
  readonly group?: string | undefined;
}

/**
 * A number that stands for an entry in both readings of a log: its row number where it has one,
 * its position otherwise. Grows along the log.
 */
export function placeOf({ reference, position }: Step | Listed): number {
  return typeof reference === "number" ? reference : position;
}

export interface Accumulator<State> {
  /**
   * What an entry means: nothing when undefined. Of the row only conditions are asked that
   * were compiled by {@link Asking.condition}, so that it need not be asked again for an entry
   * for which all of them answer alike.
   */
  meaning(row: Row): Meaning | undefined;
  /** Plain data that another thread can merge. */
  readonly state: State;
  merge(other: State): void;
  /** Absent where an exception is offered as soon as the entry is there. */
  late?(): Late;
  /** References whose entries the answer shows. */
  references(): readonly EntryReference[];
  finish(resolve: Resolve): Observation;
}
