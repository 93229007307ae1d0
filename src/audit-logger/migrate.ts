// Copies an `aegis_audit.db` into PostgreSQL or ClickHouse: every row with its id, exactly as it
// stands, and afterwards reads both sides again to prove it.

import { ENTRY_FIELD_NAMES, type EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { idOf, rowDigest, sameRow } from "./migrate/row.ts";
import type { MigratedRow, RefusalReason } from "./migrate/row.ts";
import { openMigrationSource } from "./migrate/source.ts";
import type { MigrationSource, RefusedRow, SourceTenure } from "./migrate/source.ts";
import type { MigrationTarget } from "./migrate/target.ts";
import { openMigrationTarget } from "./migrate/open-target.ts";

/** How a database is migrated. */
export interface MigrateOptions {
  /** Called after each batch of some thousand rows. */
  readonly onProgress?: ((progress: MigrationProgress) => void) | undefined;
  /** Stops between two batches, or in the middle of one: what is written then stays. */
  readonly signal?: AbortSignal | undefined;
}

/** How far a migration has come. */
export interface MigrationProgress {
  readonly phase: "copying" | "verifying";
  /** Rows of this phase. */
  readonly done: number;
  readonly total: number;
}

/** What became of each row. `read` = `written` + `alreadyThere` + `refused`. */
export interface MigrationStatement {
  /** What names the new place, without credentials. */
  readonly target: string;
  /** Rows of the source. */
  readonly read: number;
  /** Rows that this run has written. */
  readonly written: number;
  /** Rows that were there before it, the same in every column. */
  readonly alreadyThere: number;
  /** Rows that stay behind. */
  readonly refused: number;
  readonly refusals: readonly MigrationRefusal[];
  /** Rows that were read again on both sides and are the same: `written` + `alreadyThere`. */
  readonly verified: number;
  /** SHA-256 over those rows, by row number; the same on both sides. */
  readonly sha256: string;
  /** Rows of the new place that the source does not have. */
  readonly others: number;
  /** Lowest and highest id that was verified; absent when there is none. */
  readonly ids?: { readonly first: number; readonly last: number };
  /** Fields that the source has no column for; they are null. */
  readonly absentFields: readonly EntryField[];
  /** Columns of the source that no audit entry has; they stay behind. */
  readonly columnsLeftBehind: readonly string[];
  /** Ids that the source gave out after its highest row; the new place does not know of them. */
  readonly missingAtEnd?: number;
  /** The source's counters; they stay behind. */
  readonly tenure?: SourceTenure;
}

/** Rows that stay behind for one reason. */
export interface MigrationRefusal {
  readonly reason: RefusalReason;
  readonly count: number;
  /** Row numbers of the first 50. */
  readonly first: readonly string[];
}

/**
 * Copies all rows of an audit database of any form, as they were when it was opened, into the table
 * that the URL names, by default `audit_log`; it is made when there is none. Run again, it goes on
 * where it was stopped, or finds everything there. Nothing may log to the table meanwhile.
 *
 * @param path of the SQLite database; the file and its folder are never changed
 * @param url `postgres://…` or `clickhouse://…`, without password
 * @throws ComplianceError `unsupported-source` when the new place has one of the ids with other
 *   content, or a table of another layout; `source-changed` when the rows of either side changed
 *   meanwhile; `unreadable-source` when a database cannot be read or the connection is lost;
 *   `invalid-option` for a wrong URL; `missing-package`. The signal's reason when it was aborted.
 */
export async function migrateAuditDatabase(
  path: string,
  url: string,
  { onProgress, signal }: MigrateOptions = {},
): Promise<MigrationStatement> {
  signal?.throwIfAborted();
  const source = await openMigrationSource(path);
  try {
    const target = await openMigrationTarget(url, source.columns);
    const stop = (): void => {
      target.close().catch(() => undefined);
    };
    signal?.addEventListener("abort", stop);
    try {
      const copied = await copy(source, target, told("copying", source, onProgress), signal);
      const verified = await verify(source, target, told("verifying", source, onProgress), signal);
      source.close();
      return statementOf(source, target, copied, verified);
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener("abort", stop);
      await target.close();
    }
  } finally {
    closeQuietly(source);
  }
}

/** Rows of one batch, and about how many characters. */
const BATCH_ROWS = 5000;
const BATCH_SIZE = 8_000_000;
const FIRST_REFUSED = 50;

interface Copied {
  readonly read: number;
  readonly written: number;
  readonly accepted: number;
  readonly refusals: ReadonlyMap<RefusalReason, { count: number; readonly first: string[] }>;
}

interface Verified {
  readonly rows: number;
  readonly sha256: string;
  readonly ids?: { readonly first: number; readonly last: number };
  readonly others: number;
}

async function copy(
  source: MigrationSource,
  target: MigrationTarget,
  tell: (rows: number) => void,
  signal: AbortSignal | undefined,
): Promise<Copied> {
  const refusals = new Map<RefusalReason, { count: number; readonly first: string[] }>();
  let read = 0;
  let written = 0;
  let accepted = 0;
  for (const { rows, refused } of batches(source, target)) {
    signal?.throwIfAborted();
    for (const { row, reason } of refused) {
      const counted = refusals.get(reason) ?? { count: 0, first: [] };
      refusals.set(reason, counted);
      counted.count += 1;
      if (counted.first.length < FIRST_REFUSED) counted.first.push(row);
    }
    if (rows.length > 0) written += await target.add(rows);
    accepted += rows.length;
    read += rows.length + refused.length;
    tell(rows.length + refused.length);
  }
  return { read, written, accepted, refusals };
}

/** Reads both sides again, and compares them row by row. */
async function verify(
  source: MigrationSource,
  target: MigrationTarget,
  tell: (rows: number) => void,
  signal: AbortSignal | undefined,
): Promise<Verified> {
  const here = rowDigest();
  const there = rowDigest();
  let count = 0;
  let ids: Verified["ids"];
  for (const { rows, refused } of batches(source, target)) {
    signal?.throwIfAborted();
    const wanted = rows.map(idOf);
    const found = wanted.length === 0 ? [] : await target.withIds(wanted);
    const byId = new Map(found.map((row) => [idOf(row), row]));
    if (found.length !== rows.length) throw changed(target);
    for (const row of rows) {
      const id = idOf(row);
      const other = byId.get(id);
      if (other === undefined || !sameRow(row, other)) throw changed(target);
      here.add(row);
      there.add(other);
      ids = { first: Math.min(ids?.first ?? id, id), last: Math.max(ids?.last ?? id, id) };
    }
    count += rows.length;
    tell(rows.length + refused.length);
  }
  const others = (await target.count()) - count;
  const sha256 = there.hex();
  if (others < 0 || sha256 !== here.hex()) throw changed(target);
  return { rows: count, sha256, others, ...(ids === undefined ? {} : { ids }) };
}

/** Rows of the source that the target can hold, some thousand at a time, and those that it cannot. */
function* batches(source: MigrationSource, target: MigrationTarget): Generator<Batch> {
  let rows: MigratedRow[] = [];
  let refused: RefusedRow[] = [];
  let size = 0;
  for (const page of source.pages()) {
    refused.push(...page.refused);
    for (const { row, values } of page.rows) {
      const reason = target.refusal(values);
      if (reason === undefined) {
        rows.push(values);
        size += sizeOf(values);
      } else refused.push({ row, reason });
    }
    if (rows.length + refused.length < BATCH_ROWS && size < BATCH_SIZE) continue;
    yield { rows, refused };
    rows = [];
    refused = [];
    size = 0;
  }
  if (rows.length + refused.length > 0) yield { rows, refused };
}

interface Batch {
  readonly rows: readonly MigratedRow[];
  readonly refused: readonly RefusedRow[];
}

function sizeOf(values: MigratedRow): number {
  return values.reduce<number>(
    (sum, value) => sum + (typeof value === "string" ? value.length : 8),
    0,
  );
}

function statementOf(
  source: MigrationSource,
  target: MigrationTarget,
  copied: Copied,
  verified: Verified,
): MigrationStatement {
  const refusals = [...copied.refusals].map(([reason, { count, first }]) => ({
    reason,
    count,
    first,
  }));
  const refused = refusals.reduce((sum, { count }) => sum + count, 0);
  const { columns, otherColumns, missingAtEnd, tenure } = source;
  if (copied.read !== source.rows || verified.rows !== copied.accepted) throw changed(target);
  return {
    target: target.name,
    read: copied.read,
    written: copied.written,
    alreadyThere: copied.accepted - copied.written,
    refused,
    refusals,
    verified: verified.rows,
    sha256: verified.sha256,
    others: verified.others,
    ...(verified.ids === undefined ? {} : { ids: verified.ids }),
    absentFields: ENTRY_FIELD_NAMES.filter((field) => !columns.includes(field)),
    columnsLeftBehind: otherColumns,
    ...(missingAtEnd === undefined ? {} : { missingAtEnd }),
    ...(tenure === undefined ? {} : { tenure }),
  };
}

function told(
  phase: MigrationProgress["phase"],
  source: MigrationSource,
  onProgress: MigrateOptions["onProgress"],
): (rows: number) => void {
  let done = 0;
  return (rows) => {
    done += rows;
    onProgress?.({ phase, done, total: source.rows });
  };
}

function closeQuietly(source: MigrationSource): void {
  try {
    source.close();
  } catch {
    // The error that led here is the one to report.
  }
}

function changed({ name }: MigrationTarget): ComplianceError {
  return new ComplianceError(
    "source-changed",
    `Expected the rows of both sides to stay the same, but those of ${name} changed`,
    { hint: "Let nothing log to the table meanwhile, and run again." },
  );
}
