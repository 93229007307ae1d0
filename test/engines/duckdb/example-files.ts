// Entries in files of the kinds that have a fast way, each value as such a file can hold it.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { openDuckDb } from "../../../src/duckdb/open.ts";
import type { DuckDb } from "../../../src/duckdb/open.ts";
import { quoteName, quoteText } from "../../../src/duckdb/sql-text.ts";
import { ENTRY_FIELDS, ENTRY_FIELD_NAMES, fieldText } from "../../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../../src/model/audit-entry.ts";
import { csvCell } from "../../sources/mutations.ts";

type Entries = readonly AuditEntry[];

interface DescribedKind {
  /** The mapping that reads it. */
  readonly mapping: "aegis-jsonl" | "aegis-table";
  /** What a population calls it. */
  readonly input: string;
  /** The entries as such a file tells them. */
  readonly held: (entries: Entries) => Entries;
  /** Why one with something odd cannot be read the fast way. */
  readonly odd: string;
}

const JSON_LINES = {
  mapping: "aegis-jsonl",
  held: inJson,
  odd: "the last line was cut off",
} as const;
const TABLE = { mapping: "aegis-table", held: inTable } as const;

/** The kinds, by the ends of their files' names. */
export const KINDS = {
  parquet: { ...TABLE, input: "parquet", odd: "a column is of another type than its field" },
  jsonl: { ...JSON_LINES, input: "jsonl" },
  csv: { ...TABLE, input: "csv", odd: "a row is not well-formed" },
  "jsonl.zst": { ...JSON_LINES, input: "jsonl+zstd" },
  "jsonl.gz": { ...JSON_LINES, input: "jsonl+gzip" },
} as const satisfies Record<string, DescribedKind>;

export type FileKind = keyof typeof KINDS;

/** JSON holds every value as it is; read from a file, a number in a field of texts is its text. */
function inJson(entries: Entries): Entries {
  return changed(entries, (field, value) => {
    const isText = ENTRY_FIELDS[field] === "text" || ENTRY_FIELDS[field] === "instant";
    return isText && typeof value === "number" ? String(value) : value;
  });
}

/**
 * In a table, null and absent are one, and in CSV empty text is the same; a column has one type,
 * so that a number among texts is its text; what is neither is its JSON text, as in an audit
 * database.
 */
function inTable(entries: Entries): Entries {
  return changed(entries, (field, value) => {
    if (value === undefined || value === null) return undefined;
    if (ENTRY_FIELDS[field] === "integer" || typeof value === "string") return value;
    return JSON.stringify(value);
  });
}

function changed(
  entries: Entries,
  change: (field: EntryField, value: unknown) => unknown,
): Entries {
  return entries.map((entry) => {
    const fields = ENTRY_FIELD_NAMES.filter((field) => entry[field] !== undefined);
    return Object.fromEntries(fields.map((field) => [field, change(field, entry[field])]));
  });
}

interface ExampleFiles {
  /** Writes entries, in their order. @returns the path */
  readonly write: (kind: FileKind, entries: Entries) => Promise<string>;
  /** Writes what only the ordinary way reads. */
  readonly writeOdd: (kind: FileKind) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Writes files into a folder; the names of later ones sort behind those of earlier ones. */
export function exampleFiles(folder: string): ExampleFiles {
  let files = 0;
  let opening: Promise<DuckDb> | undefined;
  const copy = async (sql: string, to: string, format: string): Promise<void> => {
    opening ??= openDuckDb({ path: folder });
    await (await opening).run(`COPY (${sql}) TO ${quoteText(to)} (${format})`);
  };
  const pathOf = (kind: FileKind): string => {
    files += 1;
    return join(folder, `${String(files).padStart(6, "0")}.${kind}`);
  };
  const writeLines = async (path: string, kind: FileKind, lines: string): Promise<void> => {
    if (kind === "jsonl.gz") writeFileSync(path, gzipSync(lines));
    else if (kind === "jsonl") writeFileSync(path, lines);
    else {
      writeFileSync(`${path}.lines`, lines);
      const content = `SELECT content FROM read_blob(${quoteText(`${path}.lines`)})`;
      await copy(content, path, "FORMAT blob, COMPRESSION zstd");
    }
  };
  return {
    async write(kind, entries) {
      const path = pathOf(kind);
      if (kind === "csv") writeFileSync(path, csvOf(inTable(entries)));
      else if (kind === "parquet") {
        const rows = inTable(entries);
        writeFileSync(`${path}.lines`, jsonLines(rows));
        await copy(rowsIn(`${path}.lines`, rows), path, "FORMAT parquet");
      } else await writeLines(path, kind, jsonLines(entries));
      return path;
    },
    async writeOdd(kind) {
      const path = pathOf(kind);
      if (kind === "csv") writeFileSync(path, 'id,approval,action_type\n1,"a"b,c\n');
      else if (kind === "parquet") {
        await copy("SELECT 1 AS id, 7 AS approval", path, "FORMAT parquet");
      } else await writeLines(path, kind, '{"id":1,"approval":"auto"}\n{"id":2,"appr');
      return path;
    },
    close: async () => (await opening)?.close(),
  };
}

function jsonLines(entries: Entries): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}

/** Fields that some entry has; more where that is one, since a table has two columns or more. */
function fieldsOf(entries: Entries): readonly EntryField[] {
  const there = new Set(entries.flatMap((entry) => Object.keys(entry)));
  const fields = ENTRY_FIELD_NAMES.filter((field) => there.has(field));
  return fields.length < 2 ? ENTRY_FIELD_NAMES : fields;
}

function csvOf(entries: Entries): string {
  const fields = fieldsOf(entries);
  const rows = entries.map((entry) =>
    fields.map((field) => csvCell(fieldText(entry[field]), false)).join(","),
  );
  return [fields.join(","), ...rows, ""].join("\n");
}

function rowsIn(path: string, rows: Entries): string {
  const columns = fieldsOf(rows).map((field) => `${quoteName(field)}: '${typeOf(field, rows)}'`);
  return (
    `SELECT * FROM read_json(${quoteText(path)}, format = 'newline_delimited', ` +
    `columns = {${columns.join(", ")}})`
  );
}

/** A column of whole numbers would make numbers of texts that look like one. */
function typeOf(field: EntryField, rows: Entries): string {
  if (field === "chain_depth") return "INTEGER";
  if (field !== "id") return "VARCHAR";
  return rows.some(({ id }) => typeof id === "string") ? "VARCHAR" : "BIGINT";
}
