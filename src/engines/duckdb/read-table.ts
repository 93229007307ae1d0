// Reads Parquet through DuckDB: texts that come again and again as numbers, a window of rows in
// one answer.

import { openDuckDb } from "../../duckdb/open.ts";
import type { DuckDb } from "../../duckdb/open.ts";
import { columnText, isWhole } from "../../duckdb/row-json.ts";
import type { Column } from "../../duckdb/row-json.ts";
import { quoteName, quoteText } from "../../duckdb/sql-text.ts";
import { Variables } from "../../intake/apply/variables.ts";
import type { PlannedInput } from "../../intake/plan.ts";
import { ENTRY_FIELDS, ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { CodedTable } from "./coded-table.ts";
import type { TableColumn } from "./coded-table.ts";
import type { OwnColumns } from "./own-columns.ts";
import type { RowRange } from "./places.ts";
import { steppingBack, windowsOf } from "./row-ranges.ts";
import { StepBack } from "./step-back.ts";
import type { StrictRecords } from "./strict-records.ts";

export interface TableOptions {
  readonly rows: RowRange;
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
  { rows, onBytes, settle, signal }: TableOptions,
): Promise<number> {
  const duckdb = await steppingBack(() => openDuckDb({ path: file.path }));
  const onAbort = (): void => {
    void duckdb.interrupt();
  };
  signal?.addEventListener("abort", onAbort);
  try {
    const source = `read_parquet(${quoteText(duckdb.path)}, hive_partitioning = false, file_row_number = true)`;
    const columns = await columnsOf(duckdb, own, wanted);
    const idOf = idReader(mapping, columns);
    const table = await steppingBack(() => CodedTable.learn(duckdb, source, rows, columns));
    const all = await windowsOf(duckdb);
    const total = all.at(-1)?.end ?? 0;
    const windows = all.filter(({ start, end }) => start >= rows.start && end <= rows.end);
    const values: unknown[] = ENTRY_FIELD_NAMES.map(() => undefined);
    let present = 0;
    for (const { slot } of columns) if (slot < ENTRY_FIELD_NAMES.length) present |= 1 << slot;
    let at = rows.start;
    let next = startOn(table, windows[0]);
    for (const [number, window] of windows.entries()) {
      const batch = await steppingBack(() => next as NonNullable<typeof next>);
      next = startOn(table, windows[number + 1]);
      if (batch.longest > LONGEST_TEXT || batch.length !== window.end - window.start) {
        throw new StepBack("a window is not what it should be");
      }
      for (let index = 0; index < batch.length; index += 1) {
        batch.fill(values, index);
        if (idOf !== undefined) values[ID] = idOf(values[ID]);
        at += 1;
        records.accept(values, present, at, noBytes);
        if (index % AT_ONCE === AT_ONCE - 1) await settle();
      }
      onBytes(((file.bytes ?? 0) * batch.length) / Math.max(1, total));
      await settle();
    }
    await next?.catch(() => undefined);
    return at - rows.start;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await duckdb.close();
  }
}

const ID = ENTRY_FIELD_NAMES.indexOf("id");

function startOn(
  table: CodedTable,
  window: RowRange | undefined,
): ReturnType<CodedTable["read"]> | undefined {
  if (window === undefined) return undefined;
  const reading = table.read(window);
  // Awaited in its turn; a failure before that must not count as one that nobody handles.
  reading.catch(() => undefined);
  return reading;
}

/** The bytes of a rejected row are its JSON text, which only the ordinary way writes. */
function noBytes(): never {
  throw new StepBack("a row was rejected");
}

async function columnsOf(
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
function idReader(
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
