// Rows of any types as JSON text, written by DuckDB itself, so that every digit and every
// character arrives as it was stored.

import type { ColumnType } from "./load.ts";
import { quoteName, quoteText } from "./sql-text.ts";

/** One column of a query. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/**
 * SQL that yields a row as the text of a JSON array, one value for each column, in order.
 *
 * Numbers keep all their digits. Times are ISO 8601 text with microseconds (nanoseconds where
 * they are stored): with `Z` where the column is in UTC, without an offset where it is local.
 * Binary is its text where it is UTF-8, else base64. Numbers that JSON has no word for are
 * `"NaN"`, `"Infinity"` and `"-Infinity"`. A column that holds JSON text yields that text.
 */
export function rowJson(columns: readonly Column[]): string {
  const values = columns.map(({ name, type }) => {
    const column = quoteName(name);
    return type.alias === "JSON" ? `to_json(${column}::VARCHAR)` : json(plain(column, type, 0));
  });
  return `to_json([${values.join(", ")}])::VARCHAR`;
}

/**
 * SQL that yields the text of a column of texts or times, as {@link rowJson} has it; undefined
 * for a column of any other type.
 */
export function columnText({ name, type }: Column): string | undefined {
  if (type.typeId === VARCHAR) return `${quoteName(name)}::VARCHAR`;
  return TIMESTAMPS.has(type.typeId) ? plain(quoteName(name), type, 0) : undefined;
}

/** Whether a column holds whole numbers of at most 64 bits. */
export function isWhole({ type }: Column): boolean {
  return type.typeId >= TINYINT && type.typeId <= UBIGINT;
}

function json(value: string): string {
  return `to_json(${value})`;
}

// https://duckdb.org/docs/stable/clients/c/types, as the client numbers them
const TINYINT = 2;
const UBIGINT = 9;
const VARCHAR = 17;
const FLOAT = 10;
const DOUBLE = 11;
const TIMESTAMPS: ReadonlyMap<number, string> = new Map([
  [12, "%Y-%m-%dT%H:%M:%S.%f"],
  [20, "%Y-%m-%dT%H:%M:%S.%f"],
  [21, "%Y-%m-%dT%H:%M:%S.%f"],
  [22, "%Y-%m-%dT%H:%M:%S.%n"],
  [31, "%Y-%m-%dT%H:%M:%S.%fZ"],
]);
const BLOB = 18;
const DECIMAL = 19;
const LIST = 24;
const STRUCT = 25;
const MAP = 26;
const ARRAY = 33;
/** Digits that every double holds. */
const DOUBLE_DIGITS = 15;

/** The value in types that `to_json` writes as they are meant. */
function plain(value: string, type: ColumnType, depth: number): string {
  if (!needsChange(type)) return value;
  const format = TIMESTAMPS.get(type.typeId);
  if (format !== undefined) return `strftime(${value}, '${format}')`;
  // Names of their own, so that one inside another is never mistaken for it.
  const item = `item_${depth}`;
  switch (type.typeId) {
    case FLOAT:
    case DOUBLE:
      return `CASE WHEN isfinite(${value}) THEN to_json(${value}) ELSE to_json(${special(value)}) END`;
    case BLOB:
      return `coalesce(TRY(decode(${value})), base64(${value}))`;
    case DECIMAL:
      return `${value}::VARCHAR`;
    case LIST:
    case ARRAY:
      return type.valueType === undefined
        ? value
        : `list_transform(${value}, lambda ${item}: ${plain(item, type.valueType, depth + 1)})`;
    case STRUCT: {
      const entries = (type.entryNames ?? []).map((name, index) => {
        const entry = `struct_extract(${value}, ${quoteText(name)})`;
        const entryType = type.entryTypes?.[index];
        return `${quoteName(name)} := ${entryType === undefined ? entry : plain(entry, entryType, depth)}`;
      });
      return `CASE WHEN ${value} IS NOT NULL THEN struct_pack(${entries.join(", ")}) END`;
    }
    case MAP:
      return type.valueType === undefined
        ? value
        : `map_from_entries(list_transform(map_entries(${value}), lambda ${item}: {'key': ${item}.key, 'value': ${plain(`${item}.value`, type.valueType, depth + 1)}}))`;
    default:
      return value;
  }
}

function special(value: string): string {
  return `CASE WHEN isnan(${value}) THEN 'NaN' WHEN ${value} > 0 THEN 'Infinity' ELSE '-Infinity' END`;
}

function needsChange(type: ColumnType): boolean {
  if (TIMESTAMPS.has(type.typeId)) return true;
  switch (type.typeId) {
    case FLOAT:
    case DOUBLE:
    case BLOB:
      return true;
    case DECIMAL:
      return (type.width ?? 0) > DOUBLE_DIGITS;
    case LIST:
    case ARRAY:
    case MAP:
      return type.valueType !== undefined && needsChange(type.valueType);
    case STRUCT:
      return (type.entryTypes ?? []).some(needsChange);
    default:
      return false;
  }
}
