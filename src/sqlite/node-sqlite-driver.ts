// The runtime's own SQLite: `node:sqlite`, from Node 24 on without any package.

import { pathToFileURL } from "node:url";
import type { Connection, Driver, SqlValue } from "./driver.ts";

/**
 * The built-in driver, or undefined where the runtime has none, or has one that cannot
 * return rows as arrays or cuts texts at a NUL character, as Node 22 does.
 */
export function nodeSqliteDriver(): Driver | undefined {
  const library = loadQuietly();
  if (library === undefined || !readsRowsWhole(library)) return undefined;
  return {
    name: "node:sqlite",
    opensImmutable: true,
    open(path, { readOnly, immutable = false }) {
      const location = immutable ? `${pathToFileURL(path).href}?immutable=1` : path;
      return connect(new library.DatabaseSync(location, { readOnly }));
    },
  };
}

/** The part of `node:sqlite` that is used here; the types of Node 20 do not have it. */
interface NodeSqlite {
  readonly DatabaseSync: new (
    location: string,
    options: { readonly readOnly: boolean },
  ) => NodeDatabase;
  readonly StatementSync: { readonly prototype: object };
}

interface NodeDatabase {
  prepare(sql: string): NodeStatement;
  exec(sql: string): void;
  close(): void;
}

interface NodeStatement {
  setReturnArrays(enabled: boolean): void;
  setReadBigInts(enabled: boolean): void;
  iterate(...parameters: SqlValue[]): Iterator<unknown[]>;
  all(...parameters: SqlValue[]): unknown[][];
  run(...parameters: SqlValue[]): { readonly lastInsertRowid: number | bigint };
}

function connect(database: NodeDatabase): Connection {
  const prepared = new Map<string, NodeStatement>();
  const queries = new Map<string, NodeStatement>();
  return {
    iterate(sql, parameters) {
      const statement = database.prepare(sql);
      statement.setReturnArrays(true);
      statement.setReadBigInts(true);
      return statement.iterate(...parameters);
    },
    all(sql, parameters, bigints) {
      let statement = queries.get(sql);
      if (statement === undefined) {
        statement = database.prepare(sql);
        statement.setReturnArrays(true);
        queries.set(sql, statement);
      }
      statement.setReadBigInts(bigints);
      return statement.all(...parameters);
    },
    run(sql, parameters) {
      let statement = prepared.get(sql);
      if (statement === undefined) {
        statement = database.prepare(sql);
        statement.setReadBigInts(true);
        prepared.set(sql, statement);
      }
      return statement.run(...parameters);
    },
    exec(sql) {
      database.exec(sql);
    },
    close() {
      database.close();
    },
  };
}

function readsRowsWhole(library: NodeSqlite): boolean {
  if (!("setReturnArrays" in library.StatementSync.prototype)) return false;
  const connection = connect(new library.DatabaseSync(":memory:", { readOnly: false }));
  const rows = connection.iterate("SELECT 'a' || char(0) || 'b'", []);
  const step = rows.next();
  rows.return?.();
  connection.close();
  return step.done !== true && step.value[0] === "a\0b";
}

/**
 * Loads the module without Node 22's notice that it is experimental, which would land on
 * the standard error of whoever prints a report. Only that notice is held back, and only
 * during this synchronous call.
 */
function loadQuietly(): NodeSqlite | undefined {
  const original = Object.getOwnPropertyDescriptor(process, "emitWarning");
  const emit: unknown = original?.value;
  if (original === undefined || typeof emit !== "function") return load();
  Object.defineProperty(process, "emitWarning", {
    ...original,
    value(...warning: unknown[]) {
      if (warning[1] !== "ExperimentalWarning") Reflect.apply(emit, process, warning);
    },
  });
  try {
    return load();
  } finally {
    Object.defineProperty(process, "emitWarning", original);
  }
}

function load(): NodeSqlite | undefined {
  return process.getBuiltinModule("node:sqlite") as NodeSqlite | undefined;
}
