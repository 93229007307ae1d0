// The contract of a source: the bytes of one file in, its records out, each decoded strictly
// or refused with a reason; nothing is left out.

import type { RejectionReason } from "../model/intake.ts";

/** Kinds of files that can be read. A test holds them equal to what `openSource` knows. */
export const LOG_FORMATS = ["jsonl", "json", "csv", "tsv", "parquet", "sqlite"] as const;

/** Kind of a file, without its packing. */
export type LogFormat = (typeof LOG_FORMATS)[number];

/** How a file is packed. */
export type LogPacking = "none" | "gzip" | "zstd";

/** One file to read. */
export interface LogFile {
  /** Where it is; `-` for standard input. */
  readonly path: string;
  /** As reports show it: relative to what the user named, with `/`, unique among the files found together. */
  readonly name: string;
  readonly format: LogFormat;
  readonly packing: LogPacking;
  /** Size as stored. What is appended later is not read. Absent for a stream. */
  readonly bytes?: number;
  /** What to read instead of the path: standard input, or a pipe. */
  readonly stream?: ByteStream;
}

/**
 * Bytes that come once. The first of them are kept, so that a stream can be looked into
 * (its kind, its mapping) and then be read from the start.
 */
export interface ByteStream {
  /**
   * The bytes from the start, in chunks that are valid until the next one is asked for.
   *
   * @throws ComplianceError `closed` when more was read before than is kept (16 MiB)
   */
  open(): AsyncIterable<Buffer>;
}

/** A record that was decoded: a JSON value, or a table row as `{column: text}`. */
export interface SourceDocument {
  readonly value: unknown;
  /** Line on which it begins, in a text file; number of the row in others. From 1, in a range from its start. */
  readonly line: number;
  /** As it stands in the file, without the line's end. Valid until the next batch is asked for. */
  readonly bytes: Uint8Array;
  /** Numbers in it that no double holds, kept as their text. */
  readonly unsafeIntegers: number;
  readonly reason?: undefined;
}

/** A record that was not decoded. */
export interface SourceRefusal {
  /** As in {@link SourceDocument}. */
  readonly line: number;
  readonly reason: RejectionReason;
  /** What exactly is wrong, without the record's own text. */
  readonly message: string;
  /** The record's bytes; of one longer than 64 KiB the beginning. Valid until the next batch is asked for. */
  readonly bytes: Uint8Array;
  /** How many bytes the record has in all. */
  readonly length: number;
}

/** What a source yields; a refusal has a `reason`. */
export type SourceItem = SourceDocument | SourceRefusal;

/** What is known when a file was read to its end. */
export interface SourceEnd {
  /** Lines that start in what was read, blank ones included; of a file that is no text, its rows. */
  readonly lines: number;
  /** Stored bytes that were read. */
  readonly bytes: number;
  /** SHA-256 of those bytes, lower-case hex; when `digest` was asked for. */
  readonly sha256?: string;
}

/** How a file is read. A source ignores what does not concern it. */
export interface SourceOptions {
  /** JSON: dotted paths of lists whose items are the documents, such as `Records`. */
  readonly containers?: readonly string[];
  /** CSV and TSV: names of the columns, when the first row is no header. */
  readonly columns?: readonly string[];
  /** SQLite: the table; its only one when absent. */
  readonly table?: string;
  /** Longest record in bytes, 64 MiB when absent. */
  readonly longestRecord?: number;
  /** Most bytes that are unpacked of one packed file; when absent, a thousand times its size, and at least 64 MiB. */
  readonly mostUnpacked?: number;
  /** JSON Lines that are not packed: only lines that start at a byte of `[start, end)`. */
  readonly range?: ByteRange;
  /** Told how many more stored bytes were read, for progress. */
  readonly onBytes?: (bytes: number) => void;
  /** Whether the SHA-256 is taken while reading; text sources only, and not of a range. */
  readonly digest?: boolean;
  /** Told once, when everything was read; not when the reader stops early. */
  readonly onEnd?: (end: SourceEnd) => void;
}

/** Positions in a file, half-open. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads one kind of file. Yields batches of items in the file's order, none of them empty;
 * reads on only when the next batch is asked for, in constant memory. Every file of the shelf
 * exports its source as `source`.
 *
 * @throws ComplianceError `unreadable-source`, `unsupported-source`, `source-changed`,
 *   `missing-package`, `closed`; what is wrong inside a file is no error but a refusal
 */
export type Source = (
  file: LogFile,
  options: SourceOptions,
) => AsyncIterable<readonly SourceItem[]>;
