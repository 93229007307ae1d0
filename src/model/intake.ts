// What became of the records of a foreign log on their way to entries: nothing is lost without
// a word. actions + refused records = accepted + rejected + duplicate.

import type { EntryField } from "./audit-entry.ts";

/**
 * Why a record was refused, in the order in which a report lists the reasons.
 *
 * - `not-an-entry`: decoded, but no object or row
 * - `malformed`: no JSON value or table row; also a last one that was cut off
 * - `invalid-utf-8`: bytes that are no text
 * - `duplicate-key`: an object names a key twice, so two readers may see two records
 * - `too-long`: longer than the limit of one record
 * - `damaged-file`: the rest of a file that cannot be unpacked or read
 * - `unreadable-timestamp`: no readable time, where a period was asked for
 */
export const REJECTION_REASONS = [
  "not-an-entry",
  "malformed",
  "invalid-utf-8",
  "duplicate-key",
  "too-long",
  "damaged-file",
  "unreadable-timestamp",
] as const;

/** One of {@link REJECTION_REASONS}. */
export type RejectionReason = (typeof REJECTION_REASONS)[number];

/** A record that became no entry, as the side file keeps it. */
export interface RejectedRecord {
  /** Name of the input. */
  readonly file: string;
  /** Line of a text file, number of a JSON value or row in others; from 1. */
  readonly line: number;
  readonly reason: RejectionReason;
  /** What exactly is wrong, in a sentence without the record's own text. */
  readonly message: string;
  /** The record's bytes; of a long record the beginning. */
  readonly bytes: Uint8Array;
  /** How many bytes the record has in all. */
  readonly length: number;
}

/** Which mapping read an input. */
export interface MappingUse {
  readonly id: string;
  readonly title: string;
  readonly version: number;
  readonly digest: string;
  readonly basis: "real-logs" | "documentation";
  /** Inputs that it read. */
  readonly inputs: number;
}

/** A word of the format that its table does not know, with how often it stood there. */
export interface UnknownWord {
  readonly table: string;
  readonly word: string;
  readonly count: number;
}

/** Files of a folder or pattern that were not read, because they are no logs. */
export interface LeftOut {
  readonly count: number;
  /** The first 50, by name. */
  readonly first: readonly { readonly file: string; readonly reason: string }[];
}

/** The part of a population statement that only a foreign log has. */
export interface IntakeStatement {
  readonly mappings: readonly MappingUse[];
  readonly leftOut: LeftOut;
  /** Records that were decoded or refused. */
  readonly records: number;
  /** Decoded records that hold no action by the mapping's own rule: a chat message, say. */
  readonly withoutAction: number;
  /** Actions found in the others; several can come of one record. */
  readonly actions: number;
  /** Answers that found the action they belong to, and those that found none. */
  readonly answers: { readonly matched: number; readonly unmatched: number };
  /** Duplicates whose content differs from the record that was kept. */
  readonly duplicatesDiffering: number;
  /** Why two records count as one action, as the mappings say. */
  readonly duplicateMeanings: readonly string[];
  /** Whole numbers beyond 2^53, kept digit by digit as text. */
  readonly unsafeIntegers: number;
  /** Times that were mended before reading, such as `+00:00Z`. */
  readonly mendedTimes: number;
  /** Fields that some of the formats can never record. */
  readonly never: readonly EntryField[];
  /** Raw fields that no expression reads, by path, with in how many of the looked-at records; the 50 most frequent. */
  readonly unmapped: readonly { readonly path: string; readonly records: number }[];
  /** How many records were looked through for unmapped fields. */
  readonly unmappedLookedAt: number;
  /** The 50 most frequent. */
  readonly unknownWords: readonly UnknownWord[];
  /** Measures that a mapping says its format must not answer, with the reason. */
  readonly cannotAnswer: ReadonlyMap<string, string>;
  /** Fields that the formats' own hash chains protect; empty when there is none. */
  readonly chainCovers: readonly EntryField[];
}
