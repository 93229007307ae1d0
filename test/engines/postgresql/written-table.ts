// Writes entries into a table of a PostgreSQL database as they are, without the constraints that
// would refuse an odd entry or a repeated id; a column `ordinal` keeps their order.

import { Client } from "pg";
import { ENTRY_FIELD_NAMES } from "../../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../../src/model/audit-entry.ts";

/** A connection for the test's own statements, which are its own text. */
export async function withClient<Result>(
  url: string,
  work: (client: Client) => Promise<Result>,
): Promise<Result> {
  const client = new Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Types of the columns; text where absent. */
export type ColumnTypes = Partial<Record<EntryField, string>>;

export interface WrittenTable {
  /** As SQL writes it; `audit_log` when absent. */
  readonly name?: string;
  readonly types?: ColumnTypes;
  readonly fields?: readonly EntryField[];
}

export async function writeTable(
  client: Client,
  entries: readonly AuditEntry[],
  { name = "audit_log", types = {}, fields = ENTRY_FIELD_NAMES }: WrittenTable = {},
): Promise<void> {
  const typeOf = (field: EntryField): string =>
    types[field] ??
    (field === "chain_depth" ? "integer" : field === "id" ? idType(entries) : "text");
  const columns = fields.map((field) => `${field} ${typeOf(field)}`);
  await client.query(`CREATE TABLE ${name} (ordinal bigint, ${columns.join(", ")})`);
  await appendRows(client, entries, { name, fields, typeOf });
}

/** Rows of one statement. */
const ROWS = 10_000;

export async function appendRows(
  client: Client,
  entries: readonly AuditEntry[],
  {
    name,
    fields,
    typeOf = () => "text",
    first = 1,
  }: {
    readonly name: string;
    readonly fields: readonly EntryField[];
    readonly typeOf?: (field: EntryField) => string;
    readonly first?: number;
  },
): Promise<void> {
  for (let start = 0; start < entries.length; start += ROWS) {
    const rows = entries.slice(start, start + ROWS).map((entry, index) => ({
      ordinal: first + start + index,
      ...Object.fromEntries(fields.map((field) => [field, stored(entry[field])])),
    }));
    const values = fields.map((field) => `${field}::${typeOf(field)}`);
    const records = fields.map((field) => `${field} text`);
    await client.query(
      `INSERT INTO ${name} (ordinal, ${fields.join(", ")}) SELECT ordinal, ${values.join(", ")} ` +
        `FROM json_to_recordset($1::json) AS entry(ordinal bigint, ${records.join(", ")})`,
      [JSON.stringify(rows)],
    );
  }
}

/** A column of whole numbers would make numbers of texts that look like one. */
function idType(entries: readonly AuditEntry[]): string {
  return entries.some(({ id }) => typeof id === "string") ? "text" : "bigint";
}

function stored(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value === "string") return value;
  return typeof value === "number" ? String(value) : JSON.stringify(value);
}
