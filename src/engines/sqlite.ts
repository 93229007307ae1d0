// An audit database as SQLite keeps it. Rows are iterated raw, only the asked columns, and
// folded; large logs in workers by row range. SQLite's own grouping without an index is
// slower than this, and the fold cannot disagree with itself.

import { ENTRY_FIELD_NAMES, EVIDENCE_FIELDS, toEvidence } from "../model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { openForReading } from "../sqlite/reader.ts";
import type { SqliteReader } from "../sqlite/reader.ts";
import type { EntrySelection, ObserveOptions, Question } from "./engine.ts";
import type { EntryReference } from "./fold/accumulator.ts";
import { selectionTest } from "./fold/selection.ts";
import type { GrowingEngine } from "./growing.ts";
import { answerOf } from "./part.ts";
import type { FoldedPart } from "./part.ts";
import { foldRows, spanOf } from "./sqlite/fold-rows.ts";
import type { AuditDatabase } from "./sqlite/fold-rows.ts";
import { growingView } from "./sqlite/growing-view.ts";
import { inputsOf } from "./sqlite/input.ts";
import { listExceptions, listRows } from "./sqlite/list-exceptions.ts";
import { PAUSE_EVERY, pause } from "./stopping/pause.ts";
import { inspectTable, selectRange, selectRows, shiftFor } from "./sqlite/table.ts";
import type { AuditTable } from "./sqlite/table.ts";
import { rowProgress } from "./progress/row-progress.ts";

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
export async function sqlite(path: string, options: SqliteOptions = {}): Promise<GrowingEngine> {
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
    observe: async (question, observing) =>
      answerOf(await foldDatabase(open(), question, 0, observing)),
    view: async (signal) =>
      growingView(open(), (references) => lookUp(reader, table, references, 0), signal),
    foldPart: async (question, base, observing) =>
      foldDatabase(open(), question, shiftFor(table, base, path), observing),
    exceptions: async function* exceptions(question, observing) {
      yield* listExceptions(open(), question, observing);
    },
    entries: async function* entries(selection, { signal } = {}) {
      yield* select(open(), selection, signal);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      reader.close();
    },
  };
}

/** @param shift added to row numbers, which then are references and positions */
async function foldDatabase(
  database: AuditDatabase,
  question: Question,
  shift: number,
  { onProgress, signal }: ObserveOptions = {},
): Promise<FoldedPart> {
  signal?.throwIfAborted();
  const { reader, table, path } = database;
  const digesting = new AbortController();
  const stopped =
    signal === undefined ? digesting.signal : AbortSignal.any([signal, digesting.signal]);
  const described = inputsOf(path, table.range, stopped);
  // A failure of the reading is thrown first; the digest's own must not go unhandled meanwhile.
  described.catch(() => undefined);
  try {
    const onRows = rowProgress(spanOf(table), onProgress);
    const running = await foldRows(database, question, { shift, onRows, signal });
    const { columns: recordable, missingAtEnd, tenure } = table;
    const { read } = running.state.population;
    return {
      running,
      surroundings: {
        inputs: await described,
        recordable,
        ...(missingAtEnd === undefined ? {} : { missingAtEnd: Math.max(0, missingAtEnd) }),
        ...(tenure === undefined ? {} : { tenure: { ...tenure, rows: read } }),
      },
      resolve: async (references) => {
        const entries = lookUp(reader, table, references, shift);
        return (reference) => {
          const rowId = (reference as number) - shift;
          return toEvidence(entries.get(rowId) ?? { id: rowId });
        };
      },
      exceptions: (asked, known, { onProgress: tell, signal: stop } = {}) => {
        const listed = rowProgress(spanOf(table), tell);
        return listRows(database, asked, known, { shift, onRows: listed, signal: stop });
      },
    };
  } catch (error) {
    digesting.abort();
    await described.catch(() => undefined);
    throw error;
  }
}

function lookUp(
  reader: SqliteReader,
  table: AuditTable,
  references: ReadonlySet<EntryReference>,
  shift: number,
): Map<number, AuditEntry> {
  const entries = new Map<number, AuditEntry>();
  const rowIds = [...references].flatMap((reference) =>
    typeof reference === "number" ? [reference - shift] : [],
  );
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
  signal: AbortSignal | undefined,
): AsyncGenerator<AuditEntry> {
  if (table.range === undefined) return;
  const isSelected = selectionTest(selection);
  const { first, last } = table.range;
  let rows = 0;
  for (const row of reader.rows(selectRange(table, ENTRY_FIELD_NAMES), [first, last])) {
    rows += 1;
    if (rows % PAUSE_EVERY === 0) await pause(signal);
    if (isSelected(row)) yield entryOf(ENTRY_FIELD_NAMES, row);
  }
}

function entryOf(columns: readonly EntryField[], values: readonly unknown[]): AuditEntry {
  return Object.fromEntries(columns.map((column, slot) => [column, values[slot]]));
}
