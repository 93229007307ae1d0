// What is needed of an SQLite driver.

/** A value that can be bound to a parameter of a statement. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** How a file is opened. */
export interface OpenMode {
  readonly readOnly: boolean;
  /** The file does not change while it is open: no locks are taken, no `-wal` or `-shm` is looked at. */
  readonly immutable?: boolean;
}

/** One SQLite library. */
export interface Driver {
  readonly name: "node:sqlite" | "better-sqlite3";
  /** Whether `immutable` can be asked for. */
  readonly opensImmutable: boolean;
  /**
   * Opens an absolute path or `:memory:`. Errors are the library's own; `describeFailure`
   * translates them.
   */
  open(path: string, mode: OpenMode): Connection;
}

/** One open file. Errors are the library's own. */
export interface Connection {
  /** Rows as arrays, one by one; every INTEGER comes as a bigint. */
  iterate(sql: string, parameters: readonly SqlValue[]): Iterator<unknown[]>;
  /**
   * All rows of a query at once, as arrays. The statement is kept for the next time.
   *
   * @param bigints whether every INTEGER comes as a bigint; without, those beyond 2^53 - 1
   *   are rounded or refused, as the library has it
   */
  all(sql: string, parameters: readonly SqlValue[], bigints: boolean): unknown[][];
  /** Runs one statement that yields no rows. */
  run(sql: string, parameters: readonly SqlValue[]): { readonly lastInsertRowid: number | bigint };
  /** Runs any number of statements without parameters. */
  exec(sql: string): void;
  /** Every iterator must have ended before. */
  close(): void;
}
