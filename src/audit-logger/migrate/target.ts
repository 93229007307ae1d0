// The database that rows are migrated to.

import { ComplianceError } from "../../model/error.ts";
import { idOf, sameRow, type MigratedRow, type RefusalReason } from "./row.ts";

/** What is migrated to. */
export interface MigrationTarget {
  /** What names it, without credentials. */
  readonly name: string;
  /** Why the database cannot hold a row; undefined when it can. */
  refusal(row: MigratedRow): RefusalReason | undefined;
  /**
   * Stores the rows that are not there yet.
   *
   * @returns how many were written; the others were there already
   * @throws ComplianceError `unsupported-source` when one of the ids is there with other content
   */
  add(rows: readonly MigratedRow[]): Promise<number>;
  /** The rows with these ids, as often as they are there. */
  withIds(ids: readonly number[]): Promise<readonly MigratedRow[]>;
  /** How many rows the table has. */
  count(): Promise<number>;
  /** May be called again. What is under way fails. */
  close(): Promise<void>;
}

/**
 * The rows that are not there yet.
 *
 * @param there rows of the same ids
 * @throws ComplianceError `unsupported-source` naming the first id that is there with other content,
 *   or more than once
 */
export function missingFrom(
  there: readonly MigratedRow[],
  rows: readonly MigratedRow[],
  target: string,
): readonly MigratedRow[] {
  const byId = new Map<number, MigratedRow>();
  for (const row of there) {
    if (byId.has(idOf(row))) throw conflict(row, "stands there more than once", target);
    byId.set(idOf(row), row);
  }
  return rows.filter((row) => {
    const other = byId.get(idOf(row));
    if (other !== undefined && !sameRow(row, other)) {
      throw conflict(row, "is there with other content", target);
    }
    return other === undefined;
  });
}

function conflict(row: MigratedRow, what: string, target: string): ComplianceError {
  return new ComplianceError(
    "unsupported-source",
    `Expected ${target} to hold the same rows or none, but the entry with id ${idOf(row)} ${what}`,
    { hint: "Migrate into a table of its own; nothing that was there was changed." },
  );
}
