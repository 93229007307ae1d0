// The optional package `@duckdb/node-api`, loaded only when a Parquet file is read or written.

import { ComplianceError } from "../model/error.ts";

/** The part of the package that is used here. */
export interface DuckDbPackage {
  readonly DuckDBInstance: {
    create(path: string, options: Readonly<Record<string, string>>): Promise<DuckDbInstance>;
  };
}

export interface DuckDbInstance {
  connect(): Promise<DuckDbConnection>;
  closeSync(): void;
}

export interface DuckDbConnection {
  run(sql: string): Promise<DuckDbResult>;
  stream(sql: string): Promise<DuckDbResult>;
  interrupt(): void;
  closeSync(): void;
}

export interface DuckDbResult {
  readonly columnCount: number;
  columnNames(): readonly string[];
  columnTypes(): readonly ColumnType[];
  fetchChunk(): Promise<DuckDbChunk | null>;
}

/** Type of a column; what its kind has not is absent. */
export interface ColumnType {
  readonly typeId: number;
  /** `JSON` for text that is JSON. */
  readonly alias?: string;
  /** Of a list, array or map. */
  readonly valueType?: ColumnType;
  /** Of a struct. */
  readonly entryNames?: readonly string[];
  readonly entryTypes?: readonly ColumnType[];
  /** Digits of a decimal. */
  readonly width?: number;
}

/** Rows of a result, by column. Its memory lives as long as this object. */
export interface DuckDbChunk {
  readonly rowCount: number;
  getColumnVector(column: number): DuckDbVector;
}

/** Values of a column. */
export interface DuckDbVector {
  getItem(row: number): unknown;
  /** The items of all rows' lists; of a list only. */
  readonly childVector?: { readonly items?: Int32Array | Float64Array };
  /** Where the items of a row's list begin, and how many there are; of a list only. */
  getEntryOffset?(row: number): number;
  getEntryLength?(row: number): number;
}

/**
 * Loads the package.
 *
 * @param load gives the package's exports; by default it is looked up in `node_modules`
 * @throws ComplianceError `missing-package` when it is not installed, or not for this system
 */
export async function loadDuckDb(
  load: () => Promise<unknown> = () => import("@duckdb/node-api"),
): Promise<DuckDbPackage> {
  try {
    return (await load()) as DuckDbPackage;
  } catch (cause) {
    throw new ComplianceError(
      "missing-package",
      `Parquet files and ledgers need the package @duckdb/node-api, which is not installed for ${process.platform} ${process.arch}`,
      { hint: "Run `npm install @duckdb/node-api@1.5`.", cause },
    );
  }
}
