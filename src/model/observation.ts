// A measure's answer over one log and one period.

import type { AuditEntry } from "./audit-entry.ts";

/** How many exceptions, groups and gaps an observation lists; the counts are always full. */
export const LISTED = 50;

interface ObservationBase {
  /** Id of the measure that was asked. */
  readonly measure: string;
  /** Entries in scope of the question. */
  readonly population: number;
  /** Entries (for `gap`: silences) that count against a limit. */
  readonly exceptions: number;
  /** The first {@link LISTED} of them by time, then id; entries without a readable time last. */
  readonly exceptionEntries: readonly AuditEntry[];
}

export interface CountObservation extends ObservationBase {
  readonly kind: "count";
}

export interface RatioObservation extends ObservationBase {
  readonly kind: "ratio";
  /** How many entries are of the kind. The share is `part / population`. */
  readonly part: number;
}

/** One value of the grouping text and how many entries have it; "" stands for unrecorded. */
export interface Group {
  readonly key: string;
  readonly count: number;
}

export interface GroupsObservation extends ObservationBase {
  readonly kind: "groups";
  /** How many groups there are. */
  readonly distinct: number;
  /** The {@link LISTED} largest; ties by the key's UTF-8 bytes. */
  readonly groups: readonly Group[];
  /** All of them. */
  readonly all: ReadonlyMap<string, number>;
}

export interface ShareOfTopObservation extends ObservationBase {
  readonly kind: "share-of-top";
  /** The largest group; ties go to the smaller key by UTF-8 bytes. Absent when no entry is among them. */
  readonly top?: Group;
  readonly distinct: number;
}

/** A silence: the last entry before it and the first after it. */
export interface Gap {
  readonly from: AuditEntry;
  readonly to: AuditEntry;
  /** Length in microseconds. */
  readonly length: number;
}

export interface GapObservation extends ObservationBase {
  readonly kind: "gap";
  /** The first {@link LISTED} in time order. */
  readonly gaps: readonly Gap[];
  /** The longest silence over the limit, in microseconds; absent when there is none. */
  readonly longest?: number;
}

export type Observation =
  | CountObservation
  | RatioObservation
  | GroupsObservation
  | ShareOfTopObservation
  | GapObservation;
