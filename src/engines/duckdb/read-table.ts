// Reads Parquet through DuckDB, a window of rows in one answer: by the combinations of their values
// where the question allows it and the rows have few of them, else row by row, with texts that come
// again and again as numbers.

import { openDuckDb } from "../../duckdb/open.ts";
import type { DuckDb } from "../../duckdb/open.ts";
import { columnText, isWhole } from "../../duckdb/row-json.ts";
import type { Column } from "../../duckdb/row-json.ts";
import { quoteName, quoteText } from "../../duckdb/sql-text.ts";
import { Variables } from "../../intake/apply/variables.ts";
import type { PlannedInput } from "../../intake/plan.ts";
import { ENTRY_FIELDS, ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { columnsOf, readsEachEntry } from "../fold/fold.ts";
import type { Fold } from "../fold/fold.ts";
import type { Question } from "../engine.ts";
import { AlikeRows } from "./alike-rows.ts";
import { CodedTable } from "./coded-table.ts";
import type { TableBatch, TableColumn } from "./coded-table.ts";
import { CombinedColumns } from "./combined-columns.ts";
import type { ColumnsByUse, CombinedWindow } from "./combined-columns.ts";
import type { OwnColumns } from "./own-columns.ts";
import type { RowRange } from "./places.ts";
import { steppingBack, windowsOf } from "./row-ranges.ts";
import { StepBack } from "./step-back.ts";
import type { StrictRecords } from "./strict-records.ts";

export interface TableOptions {
  readonly rows: RowRange;
  readonly question: Question;
  /** What the records go to. */
  readonly running: Fold;
  /** Told how many bytes stand for what was read. */
  readonly onBytes: (bytes: number) => void;
  /** Awaited after each window. */
  readonly settle: () => Promise<void>;
  readonly signal: AbortSignal | undefined;
}

/** A window that is longer in a text cell is left to the ordinary way. */
const LONGEST_TEXT = 1 << 20;
/** So many entries are handed over before others are let in. */
const AT_ONCE = 16_384;

/**
 * Reads some rows of a file.
 *
 * @param wanted fields whose values are read
 * @returns how many rows that were
 * @throws StepBack when a column is no field of an entry, or DuckDB cannot read the file
 */
export async function readTable(
  { file, mapping }: PlannedInput,
  own: OwnColumns,
  wanted: ReadonlySet<EntryField>,
  records: StrictRecords,
  { rows, question, running, onBytes, settle, signal }: TableOptions,
): Promise<number> {
  const duckdb = await steppingBack(() => openDuckDb({ path: file.path }));
  const onAbort = (): void => {
    void duckdb.interrupt();
  };
  signal?.addEventListener("abort", onAbort);
  try {
    const source = `read_parquet(${quoteText(duckdb.path)}, hive_partitioning = false, file_row_number = true)`;
    const columns = await tableColumns(duckdb, own, wanted);
    const idOf = idReader(mapping, columns);
    const all = await windowsOf(duckdb);
    const total = all.at(-1)?.end ?? 0;
    const windows = all.filter(({ start, end }) => start >= rows.start && end <= rows.end);
    const values: unknown[] = ENTRY_FIELD_NAMES.map(() => undefined);
    let present = 0;
    for (const { slot } of columns) if (slot < ENTRY_FIELD_NAMES.length) present |= 1 << slot;

    const check = (
      { length, longest }: { length: number; longest: number },
      at: RowRange,
    ): void => {
      if (longest > LONGEST_TEXT || length !== at.end - at.start) {
        throw new StepBack("a window is not what it should be");
      }
    };

    let table: CodedTable | undefined;
    const readRows = async (window: RowRange): Promise<TableBatch> => {
      table ??= await CodedTable.learn(duckdb, source, rows, columns);
      return table.read(window);
    };
    const takeRows = async (batch: TableBatch, window: RowRange): Promise<void> => {
      check(batch, window);
      for (let index = 0; index < batch.length; index += 1) {
        batch.fill(values, index);
        if (idOf !== undefined) values[ID] = idOf(values[ID]);
        records.accept(values, present, window.start + index + 1, noBytes);
        if (index % AT_ONCE === AT_ONCE - 1) await settle();
      }
    };

    const combined = await steppingBack(() =>
      combinedColumns(duckdb, source, windows[0], usedAlike(columns, question)),
    );
    const alike = combined && new AlikeRows(running, question, combined.columns, idOf ?? asItIs);
    const startOn = (window: RowRange | undefined): Started | undefined => {
      if (window === undefined) return undefined;
      const started =
        combined === undefined ? { rows: readRows(window) } : { combined: combined.read(window) };
      // Awaited in its turn; a failure before that must not count as one that nobody handles.
      for (const reading of Object.values(started)) reading.catch(() => undefined);
      return started;
    };

    let next = startOn(windows[0]);
    for (const [number, window] of windows.entries()) {
      const started = next;
      const found = await steppingBack(async () => started?.combined);
      const batch = await steppingBack(async () => started?.rows);
      next = startOn(windows[number + 1]);
      if (found !== undefined) check(found, window);
      if (found !== undefined && alike?.take(found, question.period) === true) {
        records.acceptMany(found.length, present);
      } else {
        await takeRows(batch ?? (await steppingBack(() => readRows(window))), window);
      }
      onBytes(((file.bytes ?? 0) * (window.end - window.start)) / Math.max(1, total));
      await settle();
    }
    return rows.end - rows.start;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await duckdb.close();
  }
}

const ID = ENTRY_FIELD_NAMES.indexOf("id");
const TIMESTAMP = ENTRY_FIELD_NAMES.indexOf("timestamp");

/** A window that is being read. */
interface Started {
  readonly combined?: Promise<CombinedWindow | undefined>;
  readonly rows?: Promise<TableBatch>;
}

/** Undefined where it is not allowed, or where hardly two rows are alike. */
async function combinedColumns(
  duckdb: DuckDb,
  source: string,
  first: RowRange | undefined,
  used: ColumnsByUse | undefined,
): Promise<CombinedColumns | undefined> {
  if (first === undefined || used === undefined) return undefined;
  const combined = new CombinedColumns(duckdb, source, used);
  return (await combined.isWorthwhile(first)) ? combined : undefined;
}

const asItIs = (value: unknown): unknown => value;

/**
 * What is done with each column where rows are told apart by their values only; undefined where
 * the question, or a column, does not allow it.
 */
function usedAlike(columns: readonly TableColumn[], question: Question): ColumnsByUse | undefined {
  const time = columns.find(({ slot }) => slot === TIMESTAMP);
  if (time === undefined || time.kind !== "text" || readsEachEntry(question)) return undefined;
  const asked = new Set(columnsOf(question).map((field) => ENTRY_FIELD_NAMES.indexOf(field)));
  const id = columns.find(({ slot }) => slot === ID);
  const rest = columns.filter((column) => column !== time && column !== id);
  const looked = rest.filter(({ slot }) => asked.has(slot));
  if (!looked.every(({ mayRepeat }) => mayRepeat)) return undefined;
  const others = rest.filter(({ slot }) => !asked.has(slot));
  return { ...(id === undefined ? {} : { id }), time, looked, others };
}

/** The bytes of a rejected row are its JSON text, which only the ordinary way writes. */
function noBytes(): never {
  throw new StepBack("a row was rejected");
}

/** The columns of a file, in its order. */
export async function tableColumns(
  duckdb: DuckDb,
  { fieldOf, othersPass }: OwnColumns,
  wanted: ReadonlySet<EntryField>,
): Promise<TableColumn[]> {
  const described = await steppingBack(() =>
    duckdb.describe(
      `SELECT * FROM read_parquet(${quoteText(duckdb.path)}, hive_partitioning = false)`,
    ),
  );
  return described.map((column) => {
    const field = fieldOf.get(column.name);
    if (field !== undefined) return tableColumn(column, field, wanted.has(field));
    const other = othersPass ? otherColumn(column) : undefined;
    if (other === undefined) throw new StepBack("a column is no field of an entry");
    return other;
  });
}

/** A column that is passed over; undefined when it may hold what the ordinary way counts. */
function otherColumn(column: Column): TableColumn | undefined {
  const text = columnText(column);
  const kind = text === undefined ? "number" : "text";
  if (text === undefined && !isWhole(column)) return undefined;
  return {
    slot: ENTRY_FIELD_NAMES.length,
    kind,
    sql: text ?? quoteName(column.name),
    isWanted: false,
    mayRepeat: false,
  };
}

function tableColumn(column: Column, field: EntryField, isWanted: boolean): TableColumn {
  const slot = ENTRY_FIELD_NAMES.indexOf(field);
  const text = columnText(column);
  if (ENTRY_FIELDS[field] === "integer" && isWhole(column)) {
    return {
      slot,
      kind: "number",
      sql: quoteName(column.name),
      isWanted: true,
      mayRepeat: field !== "id",
    };
  }
  if (text === undefined || field === "chain_depth") {
    throw new StepBack("a column is of another type than its field");
  }
  const mayRepeat = field !== "id" && field !== "timestamp" && ENTRY_FIELDS[field] !== "json";
  return { slot, kind: "text", sql: text, isWanted, mayRepeat };
}

/** Reads an id that is a text as the mapping does; undefined where ids are numbers already. */
export function idReader(
  { fields }: PlannedInput["mapping"],
  columns: readonly TableColumn[],
): ((value: unknown) => unknown) | undefined {
  const column = columns.find(({ slot }) => slot === ID);
  const expression = fields.get("id");
  if (column === undefined || column.kind === "number" || expression === undefined)
    return undefined;
  const variables = new Variables({ tables: new Map(), onUnknownWord() {}, onMended() {} });
  const slots = [variables.slot("record"), variables.slot("document")];
  const evaluate = variables.compile(expression);
  const name = expression.paths[0]?.split(".").at(-1) ?? "id";
  return (value) => {
    for (const slot of slots) variables.values[slot] = { [name]: value };
    return evaluate();
  };
}
