// Keeps the log in ClickHouse. It has no transactions and no unique keys: ids are given here, by
// them a batch in doubt is found again, and what is missing of it is sent once more.

import { setTimeout as sleep } from "node:timers/promises";
import { ENTRY_FIELD_NAMES, type AuditEntry } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { idClock } from "./clickhouse-ids.ts";
import { openClickHousePlace, type ClickHousePlace } from "./clickhouse-place.ts";
import { clickHouseText, completeClickHouseTable } from "./clickhouse-table.ts";
import { entryOf, type EntryQuery } from "./entry-filter.ts";
import type { LogStore, NewEntry } from "./log-store.ts";
import type { StoredValue } from "./logged-action.ts";
import { requireDepth, sizeOfRow } from "./row-limits.ts";

/**
 * Connects and makes the table when there is none.
 *
 * @param url `clickhouse://…`
 * @param writer number of this process among those that log at the same time
 * @throws ComplianceError `invalid-option`, `unreadable-source`, `unsupported-source`,
 *   `missing-package`
 */
export async function openClickHouseStore(url: string, writer: number): Promise<LogStore> {
  const place = await openClickHousePlace(url);
  let highest = 0;
  try {
    await completeClickHouseTable(place, ENTRY_FIELD_NAMES);
    const [row] = await place.query(`SELECT max(id) FROM ${place.table}`);
    highest = Number(row?.[0] ?? 0);
  } catch (error) {
    await place.close();
    throw error;
  }
  const nextId = idClock(writer, highest);
  return {
    take(entry, time) {
      requireDepth(entry.row);
      return { ...entry, id: nextId(time), size: sizeOfRow(entry.row) };
    },
    async append(entries, again) {
      if (again) await untilQuiet(place);
      const ids = await storedIds(place, entries, again);
      const fresh = new Map<string, NewEntry>();
      for (const entry of entries) {
        if (!ids.has(entry.key) && !fresh.has(entry.key)) fresh.set(entry.key, entry);
      }
      const rows = [...fresh.values()].map(rowOf);
      await place.insert(COLUMNS, rows);
      return entries.map(({ key }) => ids.get(key) ?? (fresh.get(key)?.id as number));
    },
    mayPass: (error) => place.mayPass(error),
    drop: () => {
      place.drop();
    },
    entries: (query) => matching(place.read(selectEntries(place, query)), query),
    close: () => place.close(),
  };
}

/** The key last: it tells whether a row has come whole. */
const COLUMNS = [...ENTRY_FIELD_NAMES, "entry_key"];

function rowOf({ id, key, row }: NewEntry): readonly StoredValue[] {
  const values = ENTRY_FIELD_NAMES.map((field) => (field === "id" ? (id ?? null) : row[field]));
  values.push(key);
  return values;
}

/** Keys and characters that fit into one statement: servers refuse more than 256 KiB. */
const KEYS = 500;
const LONG_TEXT = 10_000;

/** What is there already of entries that may be. */
async function storedIds(
  { query, table, name }: ClickHousePlace,
  entries: readonly NewEntry[],
  again: boolean,
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  const given = entries.filter(({ keyGiven }) => keyGiven).map(({ key }) => clickHouseText(key));
  for (let first = 0; first < given.length; first += KEYS) {
    const some = given.slice(first, first + KEYS).join(", ");
    for (const [key, id] of await query(
      `SELECT entry_key, min(id) FROM ${table} WHERE entry_key IN (${some}) GROUP BY entry_key`,
    )) {
      ids.set(key as string, id as number);
    }
  }
  if (!again) return ids;
  const byId = new Map(entries.map((entry) => [entry.id as number, entry]));
  const sent = [...byId.keys()];
  for (const [id, key] of await query(
    `SELECT id, entry_key FROM ${table} WHERE id IN (${sent.join(", ")})`,
  )) {
    if (byId.get(id as number)?.key !== key) throw sameWriter(name);
    ids.set(key as string, id as number);
  }
  return ids;
}

/** Milliseconds between two looks at what the server does, and how many there are at most. */
const LOOK_AGAIN = 50;
const LOOKS = 40;

/**
 * Waits while inserts run that began before now: one of them may be ours, with nobody left to hear
 * of its end. What a server does not tell is not waited for.
 */
async function untilQuiet(place: ClickHousePlace): Promise<void> {
  for (let look = 0; look < LOOKS; look += 1) {
    if (!(await isInserting(place, (look * LOOK_AGAIN) / 1000))) return;
    await sleep(LOOK_AGAIN);
  }
}

async function isInserting(place: ClickHousePlace, seconds: number): Promise<boolean> {
  try {
    const [row] = await place.query(
      "SELECT count() FROM system.processes " +
        `WHERE positionCaseInsensitive(query, 'INSERT INTO') = 1 AND elapsed >= ${seconds}`,
    );
    return row?.[0] !== 0;
  } catch (error) {
    if (place.mayPass(error)) throw error;
    return false;
  }
}

/** Entries of the query, and some more where a text is too long to be said. */
function selectEntries({ table }: ClickHousePlace, { conditions }: EntryQuery): string {
  const tests = conditions.map(({ column, value }) => {
    if (value.length > LONG_TEXT) return `length(${column}) = ${Buffer.byteLength(value)}`;
    return column === "risk_level"
      ? `upper(risk_level) = upper(${clickHouseText(value)})`
      : `${column} = ${clickHouseText(value)}`;
  });
  const where = tests.length === 0 ? "" : ` WHERE ${tests.join(" AND ")}`;
  return `SELECT ${ENTRY_FIELD_NAMES.join(", ")} FROM ${table}${where} ORDER BY id`;
}

async function* matching(
  batches: AsyncIterable<readonly (readonly unknown[])[]>,
  { conditions }: EntryQuery,
): AsyncGenerator<AuditEntry> {
  const long = conditions.filter(({ value }) => value.length > LONG_TEXT);
  for await (const rows of batches) {
    for (const row of rows) {
      const entry = entryOf(row);
      // No level of risk is so long that its capitals matter.
      if (long.every(({ column, value }) => entry[column] === value)) yield entry;
    }
  }
}

function sameWriter(name: string): ComplianceError {
  return new ComplianceError(
    "invalid-option",
    `Expected a writer number of its own for each process that logs to ${name}, but another process uses this one`,
    { hint: "Give each process another `writer`, 0 to 255." },
  );
}
