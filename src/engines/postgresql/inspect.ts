// What a table of a PostgreSQL database looks like, as its catalog tells: which column holds
// which field, and whether the role may read them. The catalog also tells of what may not be read.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { ComplianceError } from "../../model/error.ts";
import type { PostgresConnection, PostgresRow } from "../../postgresql/connection.ts";
import { serverName } from "../../postgresql/target.ts";
import type { PostgresTableName } from "../../postgresql/target.ts";
import type { PostgresUrl } from "../../postgresql/url.ts";
import { quoteIdentifier } from "../sql/dialect.ts";
import type { ColumnKind, LogColumn, LogTable } from "../sql/log-table.ts";

/** A table that was found. */
export interface PostgresTable {
  readonly table: LogTable;
  /** How the population statement calls it: `postgres://host:5432/database/schema.table`. */
  readonly name: string;
  /** Whether it can be locked against being emptied or rebuilt while it is read. */
  readonly isLockable: boolean;
}

/** A column as the catalog knows it. */
interface Found {
  readonly type: string;
  readonly kind: ColumnKind;
  readonly isReadable: boolean;
}

/** By the number of the type; a type that compares in a way of its own is read as its text. */
const KINDS: ReadonlyMap<number, ColumnKind> = new Map([
  [20, "integer"],
  [21, "integer"],
  [23, "integer"],
  [25, "text"],
  [1043, "text"],
  [1114, "timestamp"],
  [1184, "timestamp"],
  [114, "json"],
  [3802, "json"],
]);

/** Tables, partitioned tables, views, materialized views and foreign tables. */
const TABLES = "rpvmf";
const LOCKABLE = "rpv";

/**
 * Finds the table that a URL names.
 *
 * @throws ComplianceError `unsupported-source` when it is not there or lacks a column,
 *   `unreadable-source` when the role may not read it, `invalid-option` when a name can be none
 */
export async function inspectTable(
  connection: PostgresConnection,
  { table: named, order, columns }: PostgresUrl,
): Promise<PostgresTable> {
  const { schema, name, isLockable } = await findTable(connection, named);
  const called = serverName(connection.server, { schema, name });
  const from = qualified({ schema, name });
  const found = await columnsIn(connection, from);
  const refuse = (message: string, hint: string): ComplianceError =>
    new ComplianceError("unsupported-source", message, { hint, location: { file: called } });

  const mapped = new Map<EntryField, LogColumn>();
  for (const field of ENTRY_FIELD_NAMES) {
    const column = columns.get(field) ?? field;
    const { kind: holds } = found.get(column) ?? {};
    if (holds !== undefined) mapped.set(field, { name: column, kind: holds });
    else if (columns.has(field) || field === "id" || field === "timestamp") {
      throw refuse(
        `expected a column ${JSON.stringify(column)} for the field ${field}, but the table has none`,
        `Name the column that holds it: column.${field}=. ${listed(found)}`,
      );
    }
  }
  const ordering = found.get(order);
  if (ordering === undefined) {
    throw refuse(
      `expected a column ${JSON.stringify(order)} to order the log by, but the table has none`,
      `Name a column of unique whole numbers that grow along the log: order=. ${listed(found)}`,
    );
  }
  if (ordering.kind !== "integer") {
    throw refuse(
      `expected the column ${JSON.stringify(order)}, by which the log is ordered, to be smallint, integer or bigint, but it is ${ordering.type}`,
      "Name a column of unique whole numbers that grow along the log: order=.",
    );
  }
  const hidden = [...new Set([order, ...[...mapped.values()].map((column) => column.name)])].filter(
    (column) => found.get(column)?.isReadable === false,
  );
  if (hidden.length > 0) {
    throw new ComplianceError(
      "unreadable-source",
      `the role has no permission to read the column${hidden.length === 1 ? "" : "s"} ${hidden.map((column) => JSON.stringify(column)).join(", ")}`,
      { hint: "Grant it SELECT on the table.", location: { file: called } },
    );
  }
  return {
    table: { dialect: "postgresql", from, columns: mapped, order },
    name: called,
    isLockable,
  };
}

async function findTable(
  connection: PostgresConnection,
  named: PostgresTableName,
): Promise<Required<PostgresTableName> & Pick<PostgresTable, "isLockable">> {
  const [row] = await connection.query({
    text:
      "SELECT n.nspname, c.relname, c.relkind, " +
      "pg_catalog.has_table_privilege(c.oid, 'SELECT')::text FROM pg_catalog.pg_class c " +
      "JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace " +
      "WHERE c.oid = pg_catalog.to_regclass($1)",
    values: [qualified(named)],
  });
  const [schema = "", name = "", kind = "", readable] = (row ?? []) as readonly string[];
  if (row !== undefined && TABLES.includes(kind)) {
    return { schema, name, isLockable: LOCKABLE.includes(kind) && readable === "true" };
  }
  throw new ComplianceError(
    "unsupported-source",
    row === undefined
      ? "expected a table of this name, but the database has none"
      : "expected a table or a view of this name, but it is something else",
    {
      hint: "Name it as the database lists it, capitals and schema included: table=schema.audit_log.",
      location: { file: serverName(connection.server, named) },
    },
  );
}

/** All columns by name, with the type that a domain stands for. */
async function columnsIn(
  connection: PostgresConnection,
  from: string,
): Promise<ReadonlyMap<string, Found>> {
  const rows: readonly PostgresRow[] = await connection.query({
    text:
      "SELECT a.attname::text, coalesce(nullif(t.typbasetype, 0), t.oid), " +
      "pg_catalog.format_type(a.atttypid, a.atttypmod), " +
      "pg_catalog.has_column_privilege(a.attrelid, a.attnum, 'SELECT')::text " +
      "FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type t ON t.oid = a.atttypid " +
      "WHERE a.attrelid = pg_catalog.to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped " +
      "ORDER BY a.attnum",
    values: [from],
  });
  return new Map(
    rows.map(([name, base, type, readable]) => [
      name as string,
      {
        type: type as string,
        kind: KINDS.get(base as number) ?? "other",
        isReadable: readable === "true",
      },
    ]),
  );
}

function qualified({ schema, name }: PostgresTableName): string {
  return [schema, name]
    .filter((part) => part !== undefined)
    .map((part) => quoteIdentifier("postgresql", part))
    .join(".");
}

function listed(found: ReadonlyMap<string, Found>): string {
  const names = [...found.keys()].slice(0, 40).map((name) => JSON.stringify(name));
  return names.length === 0 ? "It has no columns." : `Its columns are ${names.join(", ")}.`;
}
