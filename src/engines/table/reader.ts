// What a database must offer so that a log in one of its tables can be folded.

import type { LogInput } from "../../model/population.ts";
import type { LogTable } from "../sql/log-table.ts";
import type { Statement } from "../sql/statement.ts";

/** Values of one row, in the order of the statement: text, whole number (a bigint beyond 2^53), or null. */
export type TableRow = readonly unknown[];

/** A table of a database, open for reading. */
export interface TableReader {
  readonly table: LogTable;
  /**
   * Begins one consistent view: what is written later belongs to the next report. Views do not
   * disturb each other.
   */
  view(signal?: AbortSignal): Promise<TableView>;
  close(): Promise<void>;
}

/** One consistent view of the table, until it is closed. */
export interface TableView {
  /** Rows of the table in this view. */
  readonly rows: number;
  /** Order numbers of the first and the last row; absent when there is none. */
  readonly range?: { readonly first: number; readonly last: number };
  /** What identifies the table in the population statement. Never a credential. */
  readonly input: LogInput;
  /**
   * Runs a statement; some thousand rows at a time, in its order.
   *
   * @param signal stops this statement, instead of the signal that the view was begun with
   * @throws ComplianceError `unreadable-source` when the connection or a part of the cluster is
   *   lost: never fewer rows than there are; the signal's reason when it was aborted
   */
  read(statement: Statement, signal?: AbortSignal): AsyncIterable<readonly TableRow[]>;
  /** @throws ComplianceError `source-changed` when what was read is known not to be one state of the table */
  close(): Promise<void>;
}
