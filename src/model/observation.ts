// A measure's answer over one log and one period.

import type { AuditEntry } from "./audit-entry.ts";
import type { MeasureKind } from "./measure.ts";

/** How many exceptions, groups and gaps an observation lists; the counts are always full. */
export const LISTED = 50;

interface ObservationBase {
  /** Id of the measure that was asked. */
  readonly measure: string;
  /** Entries in scope of the question. */
  readonly population: number;
  /** Entries (for `gap`: silences; for `spike`: buckets) that count against a limit. */
  readonly exceptions: number;
  /** The first {@link LISTED} of them by time, then id; entries without a readable time last. */
  readonly exceptionEntries: readonly AuditEntry[];
  /**
   * Every other number that limits and sentences may name: the measure's own counts and shares,
   * and those of its kind. A name is absent where its number is undefined, as a share of
   * nothing is.
   */
  readonly numbers?: Readonly<Record<string, number>>;
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
  /** The first {@link LISTED} in time order of their ends. */
  readonly gaps: readonly Gap[];
  /** The longest silence over the limit, in microseconds; absent when there is none. */
  readonly longest?: number;
}

/** Values with how many entries (for `distinct`: how many different values) each has. */
export interface ListedGroupsObservation extends ObservationBase {
  readonly kind: "distinct" | "set-difference";
  /** The {@link LISTED} largest; ties by the key's UTF-8 bytes. */
  readonly groups: readonly Group[];
}

/** An exception with the entry that makes it one: the refusal before an execution, say. */
export interface Pair {
  readonly first: AuditEntry;
  readonly then: AuditEntry;
}

export interface SequenceObservation extends ObservationBase {
  readonly kind: "sequence";
  /** Those of the listed exceptions, in their order. */
  readonly pairs: readonly Pair[];
}

/** A weakness of a policy that counts as an exception. */
export interface ListedRule {
  readonly rule?: string;
  readonly line?: number;
  readonly message: string;
}

export interface PolicyLintObservation extends ObservationBase {
  readonly kind: "policy-lint";
  readonly rules: readonly ListedRule[];
}

/** Kinds whose answer is numbers and exceptions, and nothing else. */
export interface PlainObservation extends ObservationBase {
  readonly kind: Exclude<
    MeasureKind,
    | "ratio"
    | "groups"
    | "share-of-top"
    | "gap"
    | "distinct"
    | "set-difference"
    | "sequence"
    | "policy-lint"
  >;
}

export type Observation =
  | PlainObservation
  | RatioObservation
  | GroupsObservation
  | ShareOfTopObservation
  | GapObservation
  | ListedGroupsObservation
  | SequenceObservation
  | PolicyLintObservation;
