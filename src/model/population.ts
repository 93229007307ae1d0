// Where the entries came from and how the counts tie:
// read = accepted + rejected + duplicate, accepted = in scope + out of period.

import type { AuditEntry, EntryField } from "./audit-entry.ts";
import type { Instant } from "./instant.ts";
import type { IntakeStatement, RejectionReason } from "./intake.ts";

/** Which part of an input was read. Numbers of rows and bytes are the input's own; both are included. */
export type InputPart =
  | { readonly kind: "every-entry" }
  | { readonly kind: "no-rows"; readonly table?: string }
  | {
      readonly kind: "rows";
      readonly table?: string;
      readonly first: number;
      readonly last: number;
    }
  | { readonly kind: "bytes"; readonly first: number; readonly last: number };

/** What stood between an input and its reader. */
export type InputWay =
  | { readonly kind: "ledger"; readonly sha256: string }
  | { readonly kind: "rollup" };

/** One input, by what identifies it. */
export interface LogInput {
  readonly name: string;
  /** `sqlite`, `sqlite-wal`, `memory`, `ledger`, or a source and its packing: `jsonl`, `csv+gzip`. */
  readonly kind: string;
  /** Size in bytes; absent when the input is no file. */
  readonly bytes?: number;
  /** SHA-256 of the file's bytes, lower-case hex; absent when the input is no file. */
  readonly sha256?: string;
  /** Which part of it was read, as an engine says it. */
  readonly part?: InputPart;
  /** What stood between the input and its reader: a ledger with the SHA-256 of its manifest, or a rollup. */
  readonly through?: InputWay;
  /** Both in the words of the report: `audit_log, rows 1 to 488`. */
  readonly query?: string;
  /** Id of the mapping that read it, for a foreign log. */
  readonly mapping?: string;
  /** Records that it holds, for a foreign log. */
  readonly records?: number;
}

/** Why records were refused, and the first of them. */
export interface Rejection {
  readonly reason: RejectionReason;
  readonly count: number;
  /** The first 50: as `file:line` where there is a file, as ids where they have one, `#position` (from 1) where not. */
  readonly first: readonly string[];
}

/** A run of ids that are missing between two that exist; both bounds included. */
export interface MissingIds {
  readonly from: number;
  readonly to: number;
}

/** What the counter table of the database says beside the rows that exist. */
export interface TenureCheck {
  readonly first_activated?: string;
  /** What the table counted since activation. */
  readonly total_actions: number;
  /** Rows that exist now. */
  readonly rows: number;
}

/** The population of one report: everything that was read, and what became of it. */
export interface LogPopulation {
  readonly inputs: readonly LogInput[];
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly rejections: readonly Rejection[];
  /** Actions that were there already, by the key that the mapping states; 0 where none states one. */
  readonly duplicate: number;
  readonly outOfPeriod: number;
  readonly inScope: number;
  /** Earliest and latest readable time in scope. */
  readonly first?: Instant;
  readonly last?: Instant;
  /** Fields that the source can record: columns of a database, keys seen in plain entries. */
  readonly recordable: readonly EntryField[];
  /** For each recordable field, how many entries in scope record it. */
  readonly recorded: ReadonlyMap<EntryField, number>;
  readonly timestamps: {
    /** In-scope or rejected entries whose time cannot be read. */
    readonly unreadable: number;
    /** The first 50 of them, by id. */
    readonly firstUnreadable: readonly string[];
    /** Entries whose time names no offset and was read as UTC. */
    readonly naive: number;
    /** Entries logged before the entry that stands before them. */
    readonly unordered: number;
    /** Entries later than the report's own time. */
    readonly future: number;
  };
  readonly ids: {
    /** Entries whose whole-number id stands more than once. They are kept. Absent when the ids were too many and too scattered to follow. */
    readonly repeated?: number;
    /** How many ids are missing between the lowest and the highest; absent when the ids are no dense sequence. */
    readonly missing?: number;
    /** The first 50 runs of them. */
    readonly missingRuns?: readonly MissingIds[];
    /** Ids that the database gave out after the highest row that exists. */
    readonly missingAtEnd?: number;
  };
  readonly tenure?: TenureCheck;
  /** Only of a foreign log. */
  readonly intake?: IntakeStatement;
}

/** The pointer under which a rejected or unreadable entry is listed. */
export function entryPointer(entry: AuditEntry, position: number): string {
  return entry.id === undefined || entry.id === null || entry.id === ""
    ? `#${position}`
    : String(entry.id);
}
