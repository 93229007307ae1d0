// What a database must offer so that entries can be logged to it.

import type { AuditEntry, EntryField } from "../model/audit-entry.ts";
import type { Instant } from "../model/instant.ts";
import type { EntryQuery } from "./entry-filter.ts";
import type { StoredValue } from "./logged-action.ts";

/** All columns of an entry but its id. */
export type EntryRow = Readonly<Record<Exclude<EntryField, "id">, StoredValue>>;

/** An entry on its way into the database. */
export interface NewEntry {
  /** Tells it from every other entry that was ever logged; by it a lost answer is found again. */
  readonly key: string;
  /** Whether the caller gave the key, so that the entry may be there since long ago. */
  readonly keyGiven: boolean;
  /** Where the database gives no ids. */
  readonly id?: number;
  readonly row: EntryRow;
  /** Characters, roughly. */
  readonly size: number;
}

/** A database that keeps a log. */
export interface LogStore {
  /**
   * Prepares what the logger made of one call.
   *
   * @throws ComplianceError `invalid-action` when the database cannot hold the row
   */
  take(entry: Omit<NewEntry, "id" | "size">, time: Instant): NewEntry;
  /**
   * Stores entries, those that are there already left out, in this order. When it returns they are on
   * disk. Creates the table when there is none.
   *
   * @param again whether an earlier attempt at these entries may have succeeded without our knowing
   * @returns their ids
   */
  append(entries: readonly NewEntry[], again: boolean): Promise<readonly number[]>;
  /** Whether the same may succeed when it is tried again: the connection was lost, the server restarts. */
  mayPass(error: unknown): boolean;
  /** Entries whose columns are as asked, by rising id. Times and limit are left to the caller. */
  entries(query: EntryQuery): AsyncIterable<AuditEntry>;
  /** Gives up what is under way, and the connection with it. The next `append` makes another. */
  drop(): void;
  /** May be called again. What is under way fails. */
  close(): Promise<void>;
}
