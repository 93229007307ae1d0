// A measure is a question put to the log. It says what is, never what it is worth: limits,
// points and severities belong to frameworks.

import type { AuditEntry, EntryField } from "./audit-entry.ts";
import type { Expression, TextExpression } from "./expression.ts";

interface MeasureBase {
  /** Kebab-case, equal to the file's name. */
  readonly id: string;
  readonly title: string;
  /** The question in plain English. */
  readonly question: string;
  /** What a log cannot show about it, however good the log. */
  readonly limitations: string;
  /** Which entries are asked about. */
  readonly population: Expression;
  /** Fields that the source must be able to record for the question to have an answer. */
  readonly fields: readonly EntryField[];
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

/** How often the population falls silent for longer than a span. Its population is the entries with a readable time. */
export interface GapMeasure extends MeasureBase {
  readonly kind: "gap";
  /** Microseconds; a silence of exactly this length is no gap. */
  readonly longerThan: number;
}

export type Measure = CountMeasure | RatioMeasure | GroupsMeasure | ShareOfTopMeasure | GapMeasure;
export type MeasureKind = Measure["kind"];

/** A small log and the answer it must give, on every engine. */
export interface MeasureExample {
  readonly name: string;
  readonly entries: readonly AuditEntry[];
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
}
