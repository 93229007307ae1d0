// Which entries of the database are asked for. Times are compared as instants; everything
// else is compared by the database.

import { ENTRY_FIELD_NAMES, type AuditEntry, type EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { parseInstant, type Instant } from "../model/instant.ts";
import type { SqlValue } from "../sqlite/driver.ts";
import type { SqliteReader } from "../sqlite/reader.ts";
import { jsonText } from "./json-text.ts";
import { storable } from "./logged-action.ts";

/** Which entries to return; all conditions must hold, and an absent one is none. */
export interface EntryFilters {
  readonly sessionId?: string | undefined;
  readonly actionType?: string | undefined;
  /** Compared without regard to ASCII case. */
  readonly riskLevel?: string | undefined;
  readonly resultStatus?: string | undefined;
  readonly agentId?: string | undefined;
  readonly chainId?: string | undefined;
  /**
   * Earliest time, included: a Date, or ISO 8601 text, which is read as UTC when it names no
   * offset. Entries whose own time cannot be read are never within a bound.
   */
  readonly since?: Date | string | undefined;
  /** Latest time, included. */
  readonly until?: Date | string | undefined;
  /** The most entries to return, from the lowest id; 0 returns none. */
  readonly limit?: number | undefined;
}

/** Checked filters. */
export interface EntryQuery {
  readonly conditions: readonly {
    readonly column: EntryField;
    readonly test: string;
    readonly value: string;
  }[];
  readonly since: Instant | undefined;
  readonly until: Instant | undefined;
  readonly limit: number | undefined;
}

/**
 * Checks filters.
 *
 * @throws ComplianceError `invalid-option` for a filter that does not exist, for empty text
 *   (which might mean all entries or those that record nothing), for a time that is none,
 *   and for a limit that is no whole number from 0
 */
export function entryQuery(filters: EntryFilters): EntryQuery {
  const conditions: EntryQuery["conditions"][number][] = [];
  for (const [name, value] of Object.entries(filters) as [string, unknown][]) {
    if (!isFilterName(name)) {
      throw invalid(`Expected a filter of ${FILTER_NAMES.join(", ")}, got ${JSON.stringify(name)}`);
    }
    if (value === undefined || !(name in TEXT_FILTERS)) continue;
    const [column, test] = TEXT_FILTERS[name as keyof typeof TEXT_FILTERS];
    conditions.push({ column, test, value: requireText(name, value) });
  }
  return {
    conditions,
    since: bound("since", filters.since),
    until: bound("until", filters.until),
    limit: checkedLimit(filters.limit),
  };
}

/** The entries that a query selects, by rising id, read as they are asked for. Columns that the database lacks are null. */
export function* selectEntries(
  source: Pick<SqliteReader, "rows">,
  columns: ReadonlySet<EntryField>,
  query: EntryQuery,
): Generator<AuditEntry> {
  const list = ENTRY_FIELD_NAMES.map((name) => (columns.has(name) ? name : "NULL")).join(", ");
  let left = query.limit ?? Number.POSITIVE_INFINITY;
  if (left === 0 || columns.size === 0) return;
  for (const row of matchingRows(source, columns, query, list, TIMESTAMP_POSITION)) {
    yield entryOf(row);
    left -= 1;
    if (left === 0) return;
  }
}

/** How many entries a query selects. */
export function countEntries(
  source: Pick<SqliteReader, "rows">,
  columns: ReadonlySet<EntryField>,
  query: EntryQuery,
): number {
  let count = 0;
  if (columns.size === 0) return count;
  for (const _ of matchingRows(source, columns, query, "timestamp", 0)) count += 1;
  return count;
}

/** Whether a row's time is within the query's bounds. */
export function timeTest({ since, until }: EntryQuery): (timestamp: unknown) => boolean {
  if (since === undefined && until === undefined) return () => true;
  const first = since ?? Number.NEGATIVE_INFINITY;
  const last = until ?? Number.POSITIVE_INFINITY;
  return (timestamp) => {
    const instant = typeof timestamp === "string" ? parseInstant(timestamp) : Number.NaN;
    return instant >= first && instant <= last;
  };
}

/** The entry of a row of all columns. A whole number that JavaScript cannot hold exactly stays exact as text. */
export function entryOf(row: readonly unknown[]): AuditEntry {
  const pairs = ENTRY_FIELD_NAMES.map((name, index): [EntryField, unknown] => {
    const value = row[index];
    return [name, typeof value === "bigint" ? String(value) : value];
  });
  return Object.fromEntries(pairs) as AuditEntry;
}

const TEXT_FILTERS = {
  sessionId: ["session_id", "session_id = ?"],
  actionType: ["action_type", "action_type = ?"],
  riskLevel: ["risk_level", "upper(risk_level) = upper(?)"],
  resultStatus: ["result_status", "result_status = ?"],
  agentId: ["agent_id", "agent_id = ?"],
  chainId: ["chain_id", "chain_id = ?"],
} as const satisfies Partial<Record<keyof EntryFilters, readonly [EntryField, string]>>;

const FILTER_NAMES = [
  ...(Object.keys(TEXT_FILTERS) as (keyof typeof TEXT_FILTERS)[]),
  "since",
  "until",
  "limit",
] as const satisfies readonly (keyof EntryFilters)[];

const TIMESTAMP_POSITION = ENTRY_FIELD_NAMES.indexOf("timestamp");

function* matchingRows(
  source: Pick<SqliteReader, "rows">,
  columns: ReadonlySet<EntryField>,
  query: EntryQuery,
  list: string,
  timestampAt: number,
): Generator<unknown[]> {
  const parameters: SqlValue[] = [];
  let where = "";
  for (const { column, test, value } of query.conditions) {
    if (!columns.has(column)) return;
    where += `${where === "" ? " WHERE" : " AND"} ${test}`;
    parameters.push(value);
  }
  const isWithin = timeTest(query);
  for (const row of source.rows(`SELECT ${list} FROM audit_log${where} ORDER BY id`, parameters)) {
    if (isWithin(row[timestampAt])) yield row;
  }
}

function isFilterName(name: string): boolean {
  return FILTER_NAMES.some((filter) => filter === name);
}

function requireText(name: string, value: unknown): string {
  if (typeof value === "string" && value !== "") return storable(value);
  throw invalid(`Expected ${name} to be text that is not empty, got ${jsonText(value)}`);
}

function bound(name: string, value: unknown): Instant | undefined {
  if (value === undefined) return undefined;
  const instant =
    value instanceof Date
      ? value.getTime() * 1000
      : typeof value === "string"
        ? parseInstant(value)
        : Number.NaN;
  if (!Number.isNaN(instant)) return instant;
  throw invalid(
    `Expected ${name} to be a Date or a time like 2026-01-31T09:00:00Z, got ${jsonText(value)}`,
  );
}

function checkedLimit(limit: unknown): number | undefined {
  if (limit === undefined) return undefined;
  if (typeof limit === "number" && Number.isSafeInteger(limit) && limit >= 0) return limit;
  throw invalid(`Expected limit to be a whole number from 0, got ${jsonText(limit)}`);
}

function invalid(message: string): ComplianceError {
  return new ComplianceError("invalid-option", message, {
    hint: "Leave a filter out to select without it.",
  });
}
