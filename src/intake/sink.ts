// Where entries go once they have left the intake, and how each names its place in the log.

import type { RejectedRecord } from "../model/intake.ts";

/** Where an action stands in the log. */
export interface Origin {
  /** Name of the input. */
  readonly file: string;
  /** Ordinal of the input in the plan, from 0. */
  readonly fileIndex: number;
  /** Line of a text file, number of a JSON value or row in others; from 1. */
  readonly line: number;
  /** Ordinal of the action in its document, from 1; above 1 only where one document holds several. */
  readonly position: number;
  /** The document's bytes, only valid during the call. */
  readonly bytes: Uint8Array;
}

/**
 * Takes what the intake gives out. Every action of the log arrives once, in the log's order:
 * as an entry or as a duplicate.
 */
export interface IntakeSink {
  /**
   * One entry.
   *
   * @param values in the order of `ENTRY_FIELD_NAMES`, only valid during the call: undefined is
   *   absent from the record, null is there but empty. Texts are text, `json` fields any value,
   *   the id text or a whole number, the chain depth a whole number.
   * @param origin only valid during the call
   */
  accept(values: readonly unknown[], origin: Origin): void;
  /**
   * One action that was there already.
   *
   * @param differing whether its content differs from the one that was kept
   */
  duplicate(origin: Origin, differing: boolean): void;
  /** One record that can hold no entry; its bytes are only valid during the call. */
  refuse(record: RejectedRecord): void;
  /** Awaited after each batch of records, so that a slow sink slows the reading down. */
  settle?(): Promise<void> | void;
}
