// An audit database as SQLite keeps it. Rows are iterated raw, only the asked columns, and
// folded; large logs in workers by row range. SQLite's own grouping without an index is
// slower than this, and the fold cannot disagree with itself.

import { ENTRY_FIELD_NAMES, EVIDENCE_FIELDS, toEvidence } from "../model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { openForReading } from "../sqlite/reader.ts";
import type { SqliteReader } from "../sqlite/reader.ts";
import type { Answer, Engine, EntrySelection, ObserveOptions, Question } from "./engine.ts";
import type { EntryReference } from "./fold/accumulator.ts";
import { selectionTest } from "./fold/selection.ts";
import { foldRows, spanOf, told } from "./sqlite/fold-rows.ts";
import type { AuditDatabase } from "./sqlite/fold-rows.ts";
import { inputsOf } from "./sqlite/input.ts";
import { listExceptions } from "./sqlite/list-exceptions.ts";
import { inspectTable, selectRange, selectRows } from "./sqlite/table.ts";
import type { AuditTable } from "./sqlite/table.ts";

export interface SqliteOptions {
  /** Threads that read. By default one for each processor, at most four; below 100,000 rows only the caller's. */
  readonly workers?: number;
}

/** Rows asked for in one statement when evidence is looked up. */
const LOOKED_UP = 500;

/**
 * Opens an audit database for reading. The file and its folder are never changed.
 *
 * @param path of the database file
 * @throws ComplianceError `unreadable-source`, `unsupported-source`, `missing-package`
 */
export async function sqlite(path: string, options: SqliteOptions = {}): Promise<Engine> {
  const reader = await openForReading(path);
  let closed = false;
  let table: AuditTable;
  try {
    table = inspectTable(reader, path);
  } catch (error) {
    reader.close();
    throw error;
  }
  const database: AuditDatabase = { reader, table, path, ...options };
  const open = (): AuditDatabase => {
    if (closed) throw new ComplianceError("closed", "this engine was closed");
    return database;
  };
  return {
    observe: async (question, observing) => observe(open(), question, observing),
    exceptions: async function* exceptions(question, observing) {
      yield* listExceptions(open(), question, observing);
    },
    entries: async function* entries(selection) {
      yield* select(open(), selection);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      reader.close();
    },
  };
}

async function observe(
  database: AuditDatabase,
  question: Question,
  { onProgress }: ObserveOptions = {},
): Promise<Answer> {
  const { reader, table, path } = database;
  const inputs = inputsOf(path, table.range);
  // A failure of the reading is thrown first; the digest's own must not go unhandled meanwhile.
  inputs.catch(() => undefined);
  const whole = await foldRows(database, question, told(spanOf(table), onProgress));
  const evidence = lookUp(reader, table, whole.references());
  const { population, ...found } = whole.finish((reference) =>
    toEvidence(evidence.get(reference as number) ?? { id: reference as number }),
  );
  const { missingAtEnd, tenure } = table;
  return {
    population: {
      ...population,
      inputs: await inputs,
      recordable: table.columns,
      recorded: new Map(table.columns.map((field) => [field, population.recorded.get(field) ?? 0])),
      ids: {
        ...population.ids,
        ...(missingAtEnd === undefined ? {} : { missingAtEnd: Math.max(0, missingAtEnd) }),
      },
      ...(tenure === undefined ? {} : { tenure: { ...tenure, rows: population.read } }),
    },
    ...found,
  };
}

function lookUp(
  reader: SqliteReader,
  table: AuditTable,
  references: ReadonlySet<EntryReference>,
): Map<number, AuditEntry> {
  const entries = new Map<number, AuditEntry>();
  const rowIds = [...references].filter((reference) => typeof reference === "number");
  for (let start = 0; start < rowIds.length; start += LOOKED_UP) {
    const some = rowIds.slice(start, start + LOOKED_UP);
    for (const [rowId, ...values] of reader.rows(
      selectRows(table, EVIDENCE_FIELDS, some.length),
      some,
    )) {
      entries.set(rowId as number, entryOf(EVIDENCE_FIELDS, values));
    }
  }
  return entries;
}

async function* select(
  { reader, table }: AuditDatabase,
  selection: EntrySelection,
): AsyncGenerator<AuditEntry> {
  if (table.range === undefined) return;
  const isSelected = selectionTest(selection);
  const { first, last } = table.range;
  for (const row of reader.rows(selectRange(table, ENTRY_FIELD_NAMES), [first, last])) {
    if (isSelected(row)) yield entryOf(ENTRY_FIELD_NAMES, row);
  }
}

function entryOf(columns: readonly EntryField[], values: readonly unknown[]): AuditEntry {
  return Object.fromEntries(columns.map((column, slot) => [column, values[slot]]));
}
