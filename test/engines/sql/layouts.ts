// Tables of odd rows: all text, as our own layout has it, and with types of the databases' own.

import { ENTRY_FIELDS, ENTRY_FIELD_NAMES } from "../../../src/model/audit-entry.ts";
import type { EntryField } from "../../../src/model/audit-entry.ts";
import type { DialectName } from "../../../src/engines/sql/log-table.ts";
import type { Cell, Made } from "./databases.ts";
import {
  BROKEN_TEXTS,
  NUL_TEXTS,
  NUL_TIMES,
  ODD_NUMBERS,
  ODD_TEXTS,
  ODD_TIMES,
  SQLITE_CELLS,
} from "./odd-values.ts";

const TEXT: Readonly<Record<DialectName, string>> = {
  sqlite: "TEXT",
  duckdb: "VARCHAR",
  postgresql: "text",
  clickhouse: "Nullable(String)",
  "clickhouse-18": "Nullable(String)",
};

const INTEGER: Readonly<Record<DialectName, string>> = {
  sqlite: "INTEGER",
  duckdb: "BIGINT",
  postgresql: "bigint",
  clickhouse: "Nullable(Int64)",
  "clickhouse-18": "Nullable(Int64)",
};

/** What each database can keep as text. */
const TEXTS: Readonly<Record<DialectName, readonly Cell[]>> = {
  sqlite: [...ODD_TEXTS, ...NUL_TEXTS, ...BROKEN_TEXTS, ...SQLITE_CELLS],
  duckdb: [...ODD_TEXTS, ...NUL_TEXTS],
  postgresql: ODD_TEXTS,
  clickhouse: [...ODD_TEXTS, ...NUL_TEXTS, ...BROKEN_TEXTS],
  "clickhouse-18": [...ODD_TEXTS, ...NUL_TEXTS, ...BROKEN_TEXTS],
};

export interface Layout {
  readonly columns: readonly Made[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Every column is text but those of numbers; every odd value stands in every column once or more. */
export function textLayout(dialect: DialectName): Layout {
  const columns = ENTRY_FIELD_NAMES.map((field): Made =>
    ENTRY_FIELDS[field] === "integer"
      ? { field, type: INTEGER[dialect], kind: "integer" }
      : { field, type: TEXT[dialect], kind: "text" },
  );
  const texts: readonly Cell[] = [null, "", ...TEXTS[dialect]];
  const times: readonly Cell[] = [
    ...ODD_TIMES,
    ...(dialect === "postgresql" ? [] : NUL_TIMES),
    ...texts.slice(0, 30),
  ];
  const numbers: readonly Cell[] = [
    null,
    ...ODD_NUMBERS,
    ...(dialect === "sqlite" ? [...SQLITE_CELLS, "abc", "", "7x"] : []),
  ];
  const valuesOf = (field: EntryField): readonly Cell[] => {
    if (field === "timestamp") return times;
    return ENTRY_FIELDS[field] === "integer" ? numbers : texts;
  };
  return { columns, rows: rowsOf(columns, valuesOf, texts.length) };
}

/** As many rows as it takes; neighbouring columns are out of step, so that pairs differ. */
function rowsOf(
  columns: readonly Made[],
  valuesOf: (field: EntryField) => readonly Cell[],
  count: number,
): Cell[][] {
  return Array.from({ length: count }, (_, row) => [
    // Order numbers have holes, and may be below 0.
    row * 3 - 50,
    ...columns.map(({ field }, column): Cell => {
      const values = valuesOf(field);
      return values[(row + column * 7 + ((row * column) % 5)) % values.length] ?? null;
    }),
  ]);
}

/** Columns with types of the database's own. */
export function ownLayout(dialect: DialectName): Layout {
  const own = OWN[dialect];
  const columns = own.map(({ field, type, kind }): Made => ({ field, type, kind }));
  const values = new Map(own.map((column) => [column.field, column.values]));
  return { columns, rows: rowsOf(columns, (field) => values.get(field) ?? [null], 60) };
}

interface Own extends Made {
  readonly values: readonly Cell[];
}

const SHORT: readonly Cell[] = [null, "", "a", "A", "auto", "AUTO", "K", "İ", "  ", " b ", "ss"];
const JSONS: readonly Cell[] = [null, '{"a":1}', "[]", '""', "null", '"delete it"', "1.50", '"é"'];
const WHOLE: readonly Cell[] = [null, 0, 1, 2, 7, 9_007_199_254_740_993n];
const MOMENTS = [
  "2026-01-01 00:00:00",
  "2026-01-01 00:00:00.000001",
  "2026-06-30 23:59:59.999999",
  "1970-01-01 00:00:00",
  "1969-12-31 23:59:59.5",
  "1900-01-01 00:00:00",
  "2199-12-31 23:59:59.999999",
] as const;
const FAR = ["1899-12-31 23:59:59.999999", "2200-01-01 00:00:00", "0044-03-15 00:00:00"] as const;
const UUIDS: readonly Cell[] = [null, "61f0c404-5cb3-11e7-907b-a6006ad3dba0"];

const OWN: Readonly<Record<DialectName, readonly Own[]>> = {
  sqlite: [
    { field: "timestamp", type: "TEXT COLLATE NOCASE", kind: "text", values: [...ODD_TIMES] },
    { field: "agent_id", type: "TEXT COLLATE NOCASE", kind: "text", values: SHORT },
    { field: "approval", type: "TEXT COLLATE RTRIM", kind: "text", values: SHORT },
    { field: "session_id", type: "INTEGER", kind: "integer", values: [...WHOLE, 1.5, "abc"] },
    { field: "matched_rule", type: "", kind: "other", values: [...SHORT, ...SQLITE_CELLS] },
    { field: "action_params", type: "BLOB", kind: "json", values: [...JSONS, ...SQLITE_CELLS] },
    { field: "chain_depth", type: "REAL", kind: "other", values: [...WHOLE, 0.5, "abc"] },
  ],
  duckdb: [
    {
      field: "timestamp",
      type: "TIMESTAMPTZ",
      kind: "timestamp",
      values: [null, "infinity", "-infinity", "12026-01-01", ...zoned("+00"), ...zoned("+05:45")],
    },
    { field: "agent_id", type: "VARCHAR COLLATE NOCASE", kind: "text", values: SHORT },
    { field: "approval", type: "VARCHAR COLLATE NOACCENT", kind: "text", values: SHORT },
    { field: "session_id", type: "HUGEINT", kind: "integer", values: WHOLE },
    { field: "chain_depth", type: "UTINYINT", kind: "integer", values: [null, 0, 1, 255] },
    { field: "action_params", type: "JSON", kind: "json", values: JSONS },
    { field: "risk_level", type: "DECIMAL(12, 2)", kind: "other", values: [null, 1, "2.50"] },
    { field: "parent_agent_id", type: "BOOLEAN", kind: "other", values: [null, "true", "false"] },
    { field: "matched_rule", type: "UUID", kind: "other", values: UUIDS },
    { field: "chain_id", type: "DOUBLE", kind: "other", values: [null, "1.5", "1e300", "nan"] },
    {
      field: "action_desc",
      type: "TIMESTAMP",
      kind: "timestamp",
      values: [null, ...MOMENTS, ...FAR],
    },
    { field: "action_type", type: "TIMESTAMP_NS", kind: "timestamp", values: [null, ...MOMENTS] },
  ],
  postgresql: [
    {
      field: "timestamp",
      type: "timestamptz",
      kind: "timestamp",
      values: [
        null,
        "infinity",
        "-infinity",
        "2026-01-01 00:00:00+00 BC",
        "12026-01-01 00:00:00+00",
        ...zoned("+00"),
        ...zoned("+05:45"),
      ],
    },
    { field: "agent_id", type: 'text COLLATE "no_case"', kind: "text", values: SHORT },
    { field: "approval", type: 'varchar(99) COLLATE "de-x-icu"', kind: "text", values: SHORT },
    { field: "result_status", type: "char(6)", kind: "text", values: SHORT },
    { field: "session_id", type: "bigint", kind: "integer", values: WHOLE },
    { field: "chain_depth", type: "smallint", kind: "integer", values: [null, 0, 1, 7, -7] },
    { field: "id", type: "integer", kind: "integer", values: [null, 1, 2, 3, 7] },
    { field: "action_params", type: "jsonb", kind: "json", values: JSONS },
    { field: "result_data", type: "json", kind: "json", values: JSONS },
    { field: "risk_level", type: "numeric", kind: "other", values: [null, 1, "2.50"] },
    { field: "parent_agent_id", type: "boolean", kind: "other", values: [null, "true", "false"] },
    { field: "matched_rule", type: "uuid", kind: "other", values: UUIDS },
    { field: "chain_id", type: "bytea", kind: "other", values: [null, "\\x", "\\xff00"] },
    {
      field: "action_desc",
      type: "timestamp",
      kind: "timestamp",
      values: [null, "infinity", ...MOMENTS, ...FAR],
    },
    { field: "action_type", type: "date", kind: "timestamp", values: [null, "2026-01-01"] },
  ],
  clickhouse: [
    {
      field: "timestamp",
      type: "Nullable(DateTime64(6, 'Asia/Tokyo'))",
      kind: "timestamp",
      values: [null, ...MOMENTS],
    },
    { field: "agent_id", type: "LowCardinality(Nullable(String))", kind: "text", values: SHORT },
    { field: "approval", type: "String", kind: "text", values: SHORT.slice(1) },
    { field: "result_status", type: "Nullable(FixedString(6))", kind: "text", values: SHORT },
    {
      field: "session_id",
      type: "UInt64",
      kind: "integer",
      values: [...WHOLE.slice(1), 2n ** 64n - 1n],
    },
    { field: "chain_depth", type: "Nullable(UInt8)", kind: "integer", values: [null, 0, 1, 255] },
    { field: "id", type: "Int32", kind: "integer", values: [1, 2, 3, 7, -7] },
    {
      field: "risk_level",
      type: "Nullable(Decimal(12, 2))",
      kind: "other",
      values: [null, 1, "2.50"],
    },
    {
      field: "human_decision",
      type: "Enum8('approved' = 1, 'denied' = 2, '' = 3)",
      kind: "other",
      values: ["approved", "denied", ""],
    },
    { field: "matched_rule", type: "Nullable(UUID)", kind: "other", values: UUIDS },
    { field: "chain_id", type: "Float64", kind: "other", values: [0, "1.5", "1e300", "nan"] },
    {
      field: "action_desc",
      type: "DateTime('Asia/Tokyo')",
      kind: "timestamp",
      values: MOMENTS.slice(0, 3).map((time) => time.slice(0, 19)),
    },
    {
      field: "action_params",
      type: "JSON",
      kind: "json",
      values: ["{}", '{"a":1,"b":"delete it"}', '{"é":"🔒"}'],
    },
    { field: "result_data", type: "Array(String)", kind: "other", values: ["[]", "['a','É']"] },
    { field: "parent_agent_id", type: "Nullable(Bool)", kind: "other", values: [null, "true"] },
    { field: "action_type", type: "DateTime64(9)", kind: "timestamp", values: MOMENTS.slice(0, 3) },
  ],
  "clickhouse-18": [
    {
      field: "timestamp",
      type: "Nullable(DateTime)",
      kind: "timestamp",
      values: [null, "2026-01-01 00:00:00", "1970-01-01 00:00:00", "2038-01-01 00:00:00"],
    },
    { field: "approval", type: "String", kind: "text", values: SHORT.slice(1) },
    { field: "result_status", type: "Nullable(FixedString(6))", kind: "text", values: SHORT },
    {
      field: "session_id",
      type: "UInt64",
      kind: "integer",
      values: [...WHOLE.slice(1), 2n ** 64n - 1n],
    },
    { field: "chain_depth", type: "Nullable(UInt8)", kind: "integer", values: [null, 0, 1, 255] },
    { field: "id", type: "Int32", kind: "integer", values: [1, 2, 3, 7, -7] },
    {
      field: "human_decision",
      type: "Enum8('approved' = 1, 'denied' = 2, '' = 3)",
      kind: "other",
      values: ["approved", "denied", ""],
    },
    { field: "matched_rule", type: "Nullable(UUID)", kind: "other", values: UUIDS },
    { field: "chain_id", type: "Float64", kind: "other", values: [0, "1.5", "1e300", "nan"] },
    {
      field: "action_desc",
      type: "DateTime('Asia/Tokyo')",
      kind: "timestamp",
      values: ["2026-01-01 00:00:00", "2026-07-01 12:00:00"],
    },
  ],
};

function zoned(zone: string): string[] {
  return [...MOMENTS, ...FAR].map((time) => time + zone);
}
