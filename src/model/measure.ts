// A measure is a question put to the log, with the limits that its answer is held against
// unless a framework sets its own. It names no framework, no points and no severity.

import type { AuditEntry, EntryField } from "./audit-entry.ts";
import type { Expression, NumberExpression, TextExpression } from "./expression.ts";
import type { Reason, Result } from "./result.ts";
import type { InputName } from "./inputs.ts";

/** Where a limit comes from. Most are engineering defaults, which an owner should replace by their own. */
export type LimitBasis =
  | "law"
  | "standard"
  | "analogy-to-a-standard"
  | "audit-practice"
  | "statistic"
  | "zero-tolerance"
  | "engineering-default"
  | "owner";

/** What a measure comes out as when a condition over its observation holds. */
export interface MeasureLimit {
  readonly result: Extract<
    Result,
    "pass" | "warn" | "fail" | "no_exception" | "context" | "inconclusive" | "not_applicable"
  >;
  /** With `inconclusive` only. */
  readonly reason?: Reason;
  /** CEL over the observation's numbers; absent on the last, which always holds. */
  readonly when?: Expression;
}

/** Limits with the place they come from. */
export interface Limits {
  readonly basis: LimitBasis;
  /** Why they lie where they lie: clause, standard, statistic. */
  readonly reason: string;
  /** Tried in order. */
  readonly of: readonly MeasureLimit[];
}

/** Counted besides, under a name that limits and sentences may use. */
export interface NamedCount {
  readonly name: string;
  /** Among which entries. */
  readonly of: "population" | "exceptions";
  readonly where: Expression;
}

/** The share of a part among some entries of the population; undefined where there are none of them. */
export interface NamedShare {
  readonly name: string;
  readonly among: Expression;
  readonly part: Expression;
}

interface MeasureBase {
  /** Kebab-case, equal to the file's name. */
  readonly id: string;
  /** Short code of the catalogue, such as `ENF-01`. Absent on the report's own figures. */
  readonly code?: string;
  readonly title: string;
  /** The question in plain English. */
  readonly question: string;
  /** What a log cannot show about it, however good the log. */
  readonly limitations: string;
  /** Which entries are asked about. */
  readonly population: Expression;
  /** Fields that the source must be able to record for the question to have an answer. */
  readonly fields: readonly EntryField[];
  /** Of each of these groups, at least one field must be recordable. */
  readonly anyFields?: readonly (readonly EntryField[])[];
  /** Inputs beside the log without which there is no answer. */
  readonly needs?: readonly InputName[];
  /** Classes of actions whose definitions it uses, for the hit counts; sorted. */
  readonly classes?: readonly string[];
  readonly counts?: readonly NamedCount[];
  readonly shares?: readonly NamedShare[];
  /** Absent on measures that only frameworks with points ask, which set their own. */
  readonly limits?: Limits;
  /** What was observed, in one sentence with placeholders. Present with limits. */
  readonly sentence?: string;
  /** What to change when it fails. Present with limits. */
  readonly remedy?: string;
  /** What an empty population means, and how to say so. Present with limits. */
  readonly empty?: { readonly reason: "not-exercised" | "not-applicable"; readonly says: string };
  /** Absent where the measure was read to be asked, not to be tried. */
  readonly examples?: readonly MeasureExample[];
}

/** How many entries of the population deviate. */
export interface CountMeasure extends MeasureBase {
  readonly kind: "count";
  readonly exception: Expression;
}

/** Which share of the population is of a kind; either that part or the rest counts as exceptions. */
export interface RatioMeasure extends MeasureBase {
  readonly kind: "ratio";
  readonly part: Expression;
  readonly exceptions: "part" | "rest";
}

/** How many different values there are. Has no exceptions. */
export interface DistinctMeasure extends MeasureBase {
  readonly kind: "distinct";
  /** What is told apart, by name; unrecorded values are none. */
  readonly of: readonly { readonly name: string; readonly value: TextExpression }[];
  /** Counted apart for each of these; the groups of the answer. */
  readonly per?: TextExpression;
}

/** Values that a list beside the log does not have. Entries with such a value are the exceptions. */
export interface SetDifferenceMeasure extends MeasureBase {
  readonly kind: "set-difference";
  readonly by: TextExpression;
  readonly reference: Extract<InputName, "roster" | "allow-list">;
}

/** How the population divides by a text. Has no exceptions. */
export interface GroupsMeasure extends MeasureBase {
  readonly kind: "groups";
  readonly by: TextExpression;
}

/** Which share of the population the largest group among some of its entries makes up. Its entries count as exceptions. */
export interface ShareOfTopMeasure extends MeasureBase {
  readonly kind: "share-of-top";
  readonly among: Expression;
  readonly by: TextExpression;
}

/** Shares of a part on steps that should not fall from one to a later one. Exceptions are the rest on the last step. */
export interface ProfileMeasure extends MeasureBase {
  readonly kind: "profile";
  readonly part: Expression;
  /** From the least to the most. */
  readonly steps: readonly { readonly name: string; readonly where: Expression }[];
  /** Entries that a step needs to be compared. */
  readonly atLeast: number;
}

/** The largest value of a number. Entries above a value count as exceptions. */
export interface MaxMeasure extends MeasureBase {
  readonly kind: "max";
  readonly of: NumberExpression;
  readonly above: number;
}

/** How far back the log goes: its oldest and its newest entry, of any period, and the report's own time. */
export interface ReachMeasure extends MeasureBase {
  readonly kind: "reach";
}

/** Whether ids are unique and, where they are a dense sequence, none is missing. Over the whole log. */
export interface IdentityMeasure extends MeasureBase {
  readonly kind: "identity";
}

/** Entries whose time is missing, unreadable, without offset, in the future, or earlier than the entry written before it. */
export interface ClockMeasure extends MeasureBase {
  readonly kind: "clock";
  /** Order of writing is compared among entries that share the first of these that is recorded. */
  readonly by: readonly EntryField[];
  /** How far an entry may lie behind the one written before it, in microseconds. */
  readonly tolerance: number;
  /** How far beyond the report's own time is no error yet, in microseconds. */
  readonly ahead: number;
}

/** Buckets of time with far more entries than usual: above the median by so many median absolute deviations, and so many times the median. */
export interface SpikeMeasure extends MeasureBase {
  readonly kind: "spike";
  /** Microseconds. */
  readonly bucket: number;
  readonly deviations: number;
  readonly times: number;
  /** Non-empty buckets without which nothing can be said. */
  readonly atLeast: number;
}

/**
 * How often the population falls silent for longer than a span. Its population is the entries
 * with a readable time. With `by`, silences are looked for within each partition, and the span
 * may grow with the partition's own rhythm.
 */
export interface GapMeasure extends MeasureBase {
  readonly kind: "gap";
  /** Microseconds; a silence of exactly this length is no gap. */
  readonly longerThan: number;
  /** Partition: the first of these fields that is recorded. */
  readonly by?: readonly EntryField[];
  /** A gap is also longer than so many times this percentile of all spacings inside partitions. */
  readonly rhythm?: { readonly percentile: number; readonly times: number };
  /** A silence that begins at such an entry is no gap. */
  readonly unlessAfter?: Expression;
  /** Counts as `corroborated` when an entry of this kind that shares one of the fields with the entry before the gap lies strictly inside it. */
  readonly corroboration?: { readonly same: EntryField; readonly where: Expression };
}

/** Entries of one kind that follow one of another in the same chain. */
export interface SequenceMeasure extends MeasureBase {
  readonly kind: "sequence";
  /** The entry that should have consequences. The observation's population. Equal to `population`. */
  readonly first: Expression;
  /** Exceptions, when they follow. */
  readonly then: Expression;
  /** Partition: the first of these fields that is recorded. Entries with none are in no chain. */
  readonly by: readonly EntryField[];
  /** Fields that both must have alike, besides. */
  readonly same: readonly EntryField[];
  /** Fields that both must have different. */
  readonly different: readonly EntryField[];
  /** An entry of this kind in the same partition (whatever its `same` fields) ends what the first began. */
  readonly until?: Expression;
  /** Microseconds, counted from the latest first; exactly this length is still inside. Absent: to the end of the log. */
  readonly within?: number;
}

/** Consecutive entries of the population in a partition, unbroken by another kind. */
export interface RunMeasure extends MeasureBase {
  readonly kind: "run";
  readonly by: readonly EntryField[];
  /** An entry of this kind ends a run, and is not part of one. */
  readonly brokenBy: Expression;
  /** Entries of runs of at least this length are the exceptions. */
  readonly atLeast: number;
}

/** How many entries, or different values, lie within a window that slides over a partition. */
export interface RateMeasure extends MeasureBase {
  readonly kind: "rate";
  readonly by: readonly EntryField[];
  /** Fields that all entries of a window have alike, besides. */
  readonly same: readonly EntryField[];
  /** Microseconds; two entries exactly this far apart lie in one window. */
  readonly window: number;
  /** Entries that lie in any window with at least so many are the exceptions. */
  readonly atLeast: number;
  /** Different values of this field are counted instead of entries; unrecorded is no value. */
  readonly distinct?: EntryField;
}

/** A percentile (nearest rank) of how long it takes from each entry of the population to the next of another kind. Exceptions are those that nothing follows in time. */
export interface PercentileMeasure extends MeasureBase {
  readonly kind: "percentile";
  readonly to: Expression;
  /** Fields that both have alike. Empty: any entry of the log. */
  readonly same: readonly EntryField[];
  /** 1 to 100. */
  readonly percentile: number;
  /** Microseconds; what takes longer counts as never. */
  readonly within: number;
}

/** Delegated entries whose delegator did not act before them in the same chain, one step higher. */
export interface DelegationMeasure extends MeasureBase {
  readonly kind: "delegation";
}

/** Weaknesses of the policy itself. Needs no entries; the population is the policy's rules. */
export interface PolicyLintMeasure extends MeasureBase {
  readonly kind: "policy-lint";
  /** Codes whose findings are the exceptions. */
  readonly codes: readonly string[];
  /** Findings counted besides, by name. */
  readonly lintCounts: readonly {
    readonly name: string;
    readonly codes: readonly string[];
    readonly severity?: "error" | "warning" | "info";
  }[];
}

/** Entries that the policy, asked again, decides otherwise than the log says. */
export interface PolicyReplayMeasure extends MeasureBase {
  readonly kind: "policy-replay";
}

export type Measure =
  | CountMeasure
  | RatioMeasure
  | DistinctMeasure
  | SetDifferenceMeasure
  | GroupsMeasure
  | ShareOfTopMeasure
  | ProfileMeasure
  | MaxMeasure
  | ReachMeasure
  | IdentityMeasure
  | ClockMeasure
  | SpikeMeasure
  | GapMeasure
  | SequenceMeasure
  | RunMeasure
  | RateMeasure
  | PercentileMeasure
  | DelegationMeasure
  | PolicyLintMeasure
  | PolicyReplayMeasure;
export type MeasureKind = Measure["kind"];

/** A small log and the answer it must give, on every engine. */
export interface MeasureExample {
  readonly name: string;
  readonly entries: readonly AuditEntry[];
  /** Repeats the entries with new ids and later times, so that small files can hold large populations. */
  readonly repeat?: { readonly times: number; readonly every: number };
  /** The report's own time as ISO 8601; 2026-06-30T00:00:00Z when absent. */
  readonly now?: string;
  /** Inputs beside the log, as a configuration file writes them. */
  readonly inputs?: unknown;
  /** Text of the policy. */
  readonly policy?: string;
  readonly expect: ExpectedObservation;
}

/** The parts of an observation that an example states. */
export interface ExpectedObservation {
  readonly population: number;
  readonly exceptions?: number;
  /** Ids of the first exceptions, in order. */
  readonly exception_ids?: readonly (number | string)[];
  readonly part?: number;
  readonly groups?: Readonly<Record<string, number>>;
  readonly top?: { readonly key: string; readonly count: number } | null;
  /** Of the longest silence over the limit, to the microsecond; null when there is none. */
  readonly longest_seconds?: number | null;
  /** Any other number of the observation, by the name that limits use; null where it is undefined. */
  readonly numbers?: Readonly<Record<string, number | null>>;
  /** What the measure's own limits make of it. */
  readonly result?: MeasureLimit["result"];
  /** With `result: inconclusive`. */
  readonly reason?: Reason;
}
