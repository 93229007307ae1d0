// Whatever answers measures over a period. The fold is the reference: where two engines
// differ, it is right.

import type { Activity } from "../model/activity.ts";
import type { AuditEntry } from "../model/audit-entry.ts";
import type { Expression } from "../model/expression.ts";
import type { Inputs } from "../model/inputs.ts";
import type { Instant } from "../model/instant.ts";
import type { Measure } from "../model/measure.ts";
import type { Observation } from "../model/observation.ts";
import type { Period } from "../model/period.ts";
import type { LogPopulation } from "../model/population.ts";
import type { PolicyDocument } from "../policy/rule.ts";

/** What is asked of a log in one reading. */
export interface Question {
  readonly measures: readonly Measure[];
  readonly period: Period;
  /** The report's own time; later entries are counted as future. */
  readonly now: Instant;
  /** What the log cannot hold. */
  readonly inputs?: Inputs;
  /** Entries to draw from each measure's population; none when absent. */
  readonly sampling?: { readonly size: number; readonly seed: string };
  /** The policy to ask again, as plain data; measures of kind `policy-replay` need it. */
  readonly policy?: PolicyDocument;
}

/** What a log answers. Every measure asked has an observation. */
export interface Answer {
  readonly population: LogPopulation;
  readonly observations: ReadonlyMap<string, Observation>;
  readonly activity: Activity;
  /** By measure; only when the question asks for them. */
  readonly samples?: ReadonlyMap<string, readonly AuditEntry[]>;
}

/** One entry that counts against a measure. */
export interface ListedException {
  readonly measure: string;
  readonly entry: AuditEntry;
}

/** How far a reading has come. */
export interface Progress {
  /** Entries read so far; bytes of the inputs where `unit` says so. */
  readonly done: number;
  /** Absent when the length is not known beforehand. */
  readonly total?: number;
  /** `entries` when absent. */
  readonly unit?: "entries" | "bytes";
  /** Entries so far, where `done` counts bytes. */
  readonly entries?: number;
}

export interface ObserveOptions {
  /** Called now and then while the log is read, never more than about ten times a second. */
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the reading, in the database too; it then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Which entries to list. */
export interface EntrySelection {
  readonly where?: Expression;
  readonly period: Period;
}

/**
 * Answers measures over a log. `observe` reads the log once, however many measures are
 * asked. It may be called again unless the engine was made of a stream that can be read
 * once only; then the second call throws `closed`. The log is never changed.
 */
export interface Engine {
  observe(question: Question, options?: ObserveOptions): Promise<Answer>;
  /**
   * Every exception of every measure asked, in the log's own order; as many of each as `observe`
   * counts, for measures whose exceptions are entries. Reads the log anew, in memory that does not grow
   * with the exceptions but for what kinds that need order keep.
   */
  exceptions(question: Question, options?: ObserveOptions): AsyncIterable<ListedException>;
  /** The entries of a selection, in the log's own order. */
  entries(selection: EntrySelection, options?: ObserveOptions): AsyncIterable<AuditEntry>;
  close(): Promise<void>;
}
