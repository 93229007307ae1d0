// How a foreign log format becomes audit entries. A format is data only: one YAML in
// `mappings/`, or a user's own.

import type { EntryField } from "./audit-entry.ts";
import type { RecordExpression } from "./record-expression.ts";

/** One step from a document to the records inside it. */
export interface Step {
  /** Yields a list; anything else yields no records. */
  readonly each: RecordExpression;
  /** Variable that stands for the list's item in everything that follows. */
  readonly as: string;
}

/** Records that complete an action that was logged before: a tool's result, say. */
export interface Answers {
  /** Items inside the record that are answers; absent when the record itself is one. */
  readonly each?: Step;
  /** Which of them are answers at all. */
  readonly when: RecordExpression;
  /** The `call` of the action that it answers. */
  readonly to: RecordExpression;
  /** Fields of the entry that the answer fills. */
  readonly fields: ReadonlyMap<EntryField, RecordExpression>;
}

/** A table from a format's own words to ours, such as `allowed` to `auto`. Keys are compared exactly. */
export type WordTable = ReadonlyMap<string, string>;

/** One foreign log format. */
export interface Mapping {
  /** Equal to the file's name. */
  readonly id: string;
  readonly title: string;
  /** Raised whenever the same record would become another entry. From 1. */
  readonly version: number;
  /** Where the format is described. */
  readonly source: string;
  /** What this mapping was tried on. */
  readonly basis: "real-logs" | "documentation";
  readonly limitations: string;
  /** Whether documents are JSON values or rows of a table (CSV, TSV, Parquet, SQLite). */
  readonly shape: "json" | "table";
  /** Dotted path to the list of documents inside a JSON file, such as `Records`. */
  readonly container?: string;
  /** Names of the columns of a table that has no header row. */
  readonly columns?: readonly string[];
  /** Over `document`: whether it is of this format. Must be false for every other preset's. */
  readonly recognise: RecordExpression;
  /** From the document to its records, outermost first; none when the document is the record. */
  readonly records: readonly Step[];
  /** Tells a record's ancestors inside its document: the variable `ancestors`, nearest first. */
  readonly tree?: { readonly id: RecordExpression; readonly parent: RecordExpression };
  /** Named values of a record, computed at most once for it, in order. */
  readonly lets: ReadonlyMap<string, RecordExpression>;
  /** Items inside the record that are actions; absent when the record itself is one. */
  readonly each?: Step;
  /** Which of them are actions; the others are set aside and counted. */
  readonly when?: RecordExpression;
  /** The key under which an action waits for its answer. */
  readonly call?: RecordExpression;
  readonly answers?: Answers;
  /** What makes two records one and the same action; the second is a duplicate. Absent: none is. */
  readonly key?: RecordExpression;
  /** Why two records with one key are the same action, for the report. */
  readonly keyMeaning?: string;
  readonly tables: ReadonlyMap<string, WordTable>;
  readonly fields: ReadonlyMap<EntryField, RecordExpression>;
  /** Fields that the format can never record; with `fields` and what `answers` fill, all 18. */
  readonly never: readonly EntryField[];
  /** Mapped fields whose absence from a whole log is a fact about it: no error happened, say. */
  readonly sparse: readonly EntryField[];
  /** What the format's own hash chain protects; absent when it has none. */
  readonly chain?: { readonly covers: readonly EntryField[]; readonly described: string };
  /** Measures that this format must not answer, by id, with the reason: its deletions erase no person's data. */
  readonly cannotAnswer: ReadonlyMap<string, string>;
  /** Raw paths that are known and left out on purpose, so that they are not reported as unmapped. */
  readonly ignored: readonly string[];
  /** SHA-256 over the file's bytes, lower-case hex. */
  readonly digest: string;
}
