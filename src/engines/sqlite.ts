// An audit database as SQLite keeps it. Rows are iterated raw, only the asked columns, and
// folded; large logs in workers by row range. SQLite's own grouping without an index is
// slower than this, and the fold cannot disagree with itself.

import { availableParallelism } from "node:os";
import { ENTRY_FIELD_NAMES, EVIDENCE_FIELDS, toEvidence } from "../model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { openForReading } from "../sqlite/reader.ts";
import type { SqliteReader } from "../sqlite/reader.ts";
import type { Answer, Engine, EntrySelection, ObserveOptions, Question } from "./engine.ts";
import type { EntryReference } from "./fold/accumulator.ts";
import { columnsOf, fold } from "./fold/fold.ts";
import { selectionTest } from "./fold/selection.ts";
import { inputsOf } from "./sqlite/input.ts";
import { readRange } from "./sqlite/read-range.ts";
import { inspectTable, selectRange, selectRows } from "./sqlite/table.ts";
import type { AuditTable, RowRange } from "./sqlite/table.ts";
import type { WorkerTask } from "./sqlite/worker.ts";
import { foldInThreads } from "./threads/fold-in-threads.ts";
import type { FoldingThreads } from "./threads/fold-in-threads.ts";

export interface SqliteOptions {
  /** Threads that read. By default one for each processor, at most four; below 100,000 rows only the caller's. */
  readonly workers?: number;
}

/** Below so many rows a thread costs more than it saves. */
const SMALL_LOG = 100_000;
const MOST_WORKERS = 4;
const THREADS: FoldingThreads = { worker: "#sqlite-worker", nurseryMb: 4, others: "are-ended" };
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
  const open = (): SqliteReader => {
    if (closed) throw new ComplianceError("closed", "this engine was closed");
    return reader;
  };
  return {
    observe: async (question, observing) =>
      observe(open(), table, path, options, question, observing),
    entries: async function* entries(selection) {
      yield* select(open(), table, selection);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      reader.close();
    },
  };
}

async function observe(
  reader: SqliteReader,
  table: AuditTable,
  path: string,
  { workers }: SqliteOptions,
  question: Question,
  { onProgress }: ObserveOptions = {},
): Promise<Answer> {
  const { range } = table;
  const span = range === undefined ? 0 : range.last - range.first + 1;
  let done = 0;
  const onRows = (rows: number): void => {
    done += rows;
    onProgress?.({ done, total: span });
  };
  const whole = fold(question, range?.first ?? 1);
  const inputs = inputsOf(path, range);
  // A failure of the reading is thrown first; the digest's own must not go unhandled meanwhile.
  inputs.catch(() => undefined);
  const threads = workers ?? defaultThreads(span);
  if (range !== undefined && threads < 2) {
    readRange(reader, table, columnsOf(question), range, whole, onRows);
  } else if (range !== undefined) {
    const tasks = split(range, threads).map((part): WorkerTask => ({
      path,
      table,
      question,
      range: part,
    }));
    await foldInThreads(THREADS, tasks, whole, onRows);
  }
  const evidence = lookUp(reader, table, whole.references());
  const { population, observations } = whole.finish((reference) =>
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
    observations,
  };
}

function defaultThreads(rows: number): number {
  return rows < SMALL_LOG ? 1 : Math.min(availableParallelism(), MOST_WORKERS);
}

/** Equal parts of a range of row numbers. */
function split({ first, last }: RowRange, parts: number): RowRange[] {
  const size = Math.ceil((last - first + 1) / parts);
  return Array.from({ length: parts }, (_, part) => ({
    first: first + part * size,
    last: Math.min(last, first + (part + 1) * size - 1),
  })).filter((range) => range.first <= range.last);
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
  reader: SqliteReader,
  table: AuditTable,
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
