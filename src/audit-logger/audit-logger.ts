// Writes and reads the audit database, `aegis_audit.db`, in the form of the Python
// original: either program reads and continues the other's file.

import { statSync } from "node:fs";
import type { AuditEntry, EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { formatInstant, type Instant } from "../model/instant.ts";
import type { SqliteReader } from "../sqlite/reader.ts";
import { openForWriting, type SqliteWriter } from "../sqlite/writer.ts";
import { appendEntry } from "./append-entry.ts";
import { countEntries, entryQuery, selectEntries, type EntryFilters } from "./entry-filter.ts";
import { jsonText } from "./json-text.ts";
import { writeLines } from "./line-file.ts";
import { loggedRow, type LogDetails, type LoggedDecision } from "./logged-action.ts";
import { invalidOption, requireKnown, systemClock, timeBy } from "./logger-options.ts";
import { readAtRest } from "./read-at-rest.ts";
import { redaction, type Redaction, type RedactionOptions } from "./redaction.ts";
import { auditColumns, completeSchema } from "./schema.ts";

/** How a logger is made. */
export interface AuditLoggerOptions {
  /** Path of the database, or `:memory:` for one that is not kept. `aegis_audit.db` unless given. */
  readonly dbPath?: string | undefined;
  /** Gives the time of logging, in microseconds. The system's clock unless given, which has milliseconds. */
  readonly clock?: (() => Instant) | undefined;
  /** What else counts as a secret, or not. */
  readonly redact?: RedactionOptions | undefined;
}

/**
 * Logs what agents do, and gives it back.
 *
 * A missing or empty file is made when the logger is. A file that exists is changed only by
 * `log`: its first call switches to write-ahead logging and adds what an older form lacks.
 * When `log` returns, the entry is on disk. Several processes may log to one file.
 */
export class AuditLogger {
  readonly #path: string;
  readonly #clock: () => Instant;
  readonly #redaction: Redaction;
  #writer: SqliteWriter | undefined;
  #complete = false;
  #closed = false;

  /**
   * @throws ComplianceError `invalid-option` for an option that does not exist or has a wrong
   *   value, `unreadable-source` or `unsupported-source` when the file cannot be used,
   *   `missing-package` when the runtime has no SQLite driver
   */
  constructor(options: AuditLoggerOptions = {}) {
    requireKnown(options, OPTION_NAMES);
    const { dbPath = "aegis_audit.db", clock = systemClock, redact } = options;
    if (typeof dbPath !== "string" || dbPath === "") {
      throw invalidOption("Expected dbPath to be a path or `:memory:`, got no text");
    }
    this.#path = dbPath;
    this.#clock = clock;
    this.#redaction = redaction(redact);
    if (dbPath === ":memory:" || isMissingOrEmpty(dbPath)) this.#create();
    else this.#read((_source, columns) => columns.size);
  }

  /**
   * Logs one action. Secrets in its params, its result's data and its texts are replaced by
   * `[REDACTED]`; half surrogate pairs in texts become U+FFFD.
   *
   * @param decision what the policy decided, as `Policy.evaluate` returns it
   * @returns the row's id
   * @throws ComplianceError `invalid-action` when the decision lacks something or has a wrong
   *   type, `unreadable-source` when the file cannot be written or stays locked for about
   *   half a minute, `unsupported-source` when it holds something else, `closed` after
   *   `close`. Then nothing was logged.
   */
  log(sessionId: string, decision: LoggedDecision, details: LogDetails = {}): number {
    this.#requireOpen();
    const row = loggedRow(sessionId, decision, details, this.#redaction);
    const writer = (this.#writer ??= openForWriting(this.#path));
    return writer.transaction(() => {
      if (!this.#complete) completeSchema(writer, this.#path);
      const id = appendEntry(writer, row, formatInstant(timeBy(this.#clock)));
      this.#complete = true;
      return id;
    });
  }

  /**
   * The entries that match, by rising id, with all 18 columns. `action_params` and
   * `result_data` are JSON text; a column that an older file lacks is null.
   *
   * @throws ComplianceError `invalid-option` for a wrong filter, `unreadable-source` when the
   *   file cannot be read, `closed` after `close`
   */
  getLog(filters: EntryFilters = {}): AuditEntry[] {
    const query = entryQuery(filters);
    return this.#read((source, columns) => [...selectEntries(source, columns, query)]);
  }

  /** How many entries match. Errors as `getLog`. */
  count(filters: Omit<EntryFilters, "limit"> = {}): number {
    if ("limit" in filters) throw invalidOption("Expected no limit for a count, got one");
    const query = entryQuery(filters);
    return this.#read((source, columns) => countEntries(source, columns, query));
  }

  /**
   * Writes the entries that match to a file, one JSON object a line, in ASCII. The file is
   * replaced when the new one is complete.
   *
   * @returns how many entries were written
   * @throws ComplianceError as `getLog`, and `invalid-option` when `path` cannot be written
   */
  exportJsonl(path: string, filters: EntryFilters = {}): number {
    const query = entryQuery(filters);
    const forbidden = ["", "-wal", "-shm"].map((ending) => `${this.#path}${ending}`);
    return this.#read((source, columns) =>
      writeLines(path, asLines(selectEntries(source, columns, query)), forbidden),
    );
  }

  /** Closes the file. May be called again; every other method throws `closed` from then on. */
  close(): void {
    this.#closed = true;
    this.#writer?.close();
  }

  #create(): void {
    const writer = openForWriting(this.#path);
    try {
      writer.transaction(() => {
        completeSchema(writer, this.#path);
      });
    } catch (error) {
      writer.close();
      throw error;
    }
    this.#writer = writer;
    this.#complete = true;
  }

  /** Reads through the open connection, or, before anything was logged, without a trace. */
  #read<T>(work: (source: RowSource, columns: ReadonlySet<EntryField>) => T): T {
    this.#requireOpen();
    const read = (source: RowSource): T => work(source, auditColumns(source, this.#path));
    return this.#writer === undefined ? readAtRest(this.#path, read) : read(this.#writer);
  }

  #requireOpen(): void {
    if (!this.#closed) return;
    throw new ComplianceError("closed", "The audit logger was used after it was closed", {
      hint: "Make a new one.",
    });
  }
}

type RowSource = Pick<SqliteReader, "rows">;

const OPTION_NAMES = [
  "dbPath",
  "clock",
  "redact",
] as const satisfies readonly (keyof AuditLoggerOptions)[];

function isMissingOrEmpty(path: string): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || (stats.isFile() && stats.size === 0);
}

function* asLines(entries: Iterable<AuditEntry>): Generator<string> {
  for (const entry of entries) yield jsonText(entry);
}
