// Opens a logger on a database by its URL.

import { isPostgresUrl } from "../postgresql/url.ts";
import type { Instant } from "../model/instant.ts";
import { LAST_WRITER } from "./clickhouse-ids.ts";
import { openClickHouseStore } from "./clickhouse-store.ts";
import { DatabaseAuditLogger } from "./database-audit-logger.ts";
import { jsonText } from "./json-text.ts";
import { invalidOption, requireKnown, systemClock } from "./logger-options.ts";
import { openPostgresStore } from "./postgresql-store.ts";
import { redaction, type RedactionOptions } from "./redaction.ts";

/** How a logger on a database works. */
export interface OpenAuditLoggerOptions {
  /** Gives the time of logging, in microseconds. The system's clock unless given, which has milliseconds. */
  readonly clock?: (() => Instant) | undefined;
  /** What else counts as a secret, or not. */
  readonly redact?: RedactionOptions | undefined;
  /**
   * Number of this process, 0 to 255. Of the processes that log to one table of ClickHouse at the
   * same time, each needs its own; PostgreSQL needs none. 0 unless given.
   */
  readonly writer?: number | undefined;
  /** The most entries of one insert: 1000 unless given, for ClickHouse 10,000. */
  readonly batchEntries?: number | undefined;
  /**
   * Milliseconds that an entry waits for others, to share an insert with them: 2 unless given, for
   * ClickHouse 100, because every insert makes files there.
   */
  readonly batchDelayMs?: number | undefined;
  /** From so many entries in line on, `ready` waits: 10,000 unless given. */
  readonly queueEntries?: number | undefined;
  /** Milliseconds for which a batch is tried again while the database is away: 30,000 unless given. */
  readonly retryMs?: number | undefined;
}

/**
 * Opens a logger on a table of PostgreSQL or ClickHouse, and makes the table when there is none.
 *
 * @param url `postgres://user@host:5432/database?table=audit_log` or
 *   `clickhouse://user@host:8123/database?table=audit_log`, without password: that comes from the
 *   environment or a file
 * @throws ComplianceError `invalid-option` for a wrong URL or option, `unreadable-source` when the
 *   database does not answer, `unsupported-source` for a table of another layout, `missing-package`
 */
export async function openAuditLogger(
  url: string,
  options: OpenAuditLoggerOptions = {},
): Promise<DatabaseAuditLogger> {
  requireKnown(options, OPTION_NAMES);
  const isPostgres = isPostgresUrl(url);
  const defaults = isPostgres ? POSTGRES_DEFAULTS : CLICKHOUSE_DEFAULTS;
  const writer = whole("writer", options.writer, 0, 0, LAST_WRITER);
  const { batchEntries, batchDelayMs, queueEntries, retryMs } = options;
  const setup = {
    clock: options.clock ?? systemClock,
    redaction: redaction(options.redact),
    batchEntries: whole("batchEntries", batchEntries, defaults.batchEntries, 1, MOST_IN_BATCH),
    batchDelayMs: whole("batchDelayMs", batchDelayMs, defaults.batchDelayMs, 0, LONGEST_WAIT),
    queueEntries: whole("queueEntries", queueEntries, QUEUE_ENTRIES, 1, Number.MAX_SAFE_INTEGER),
    retryMs: whole("retryMs", retryMs, RETRY_MS, 1, LONGEST_WAIT),
  };
  const store = isPostgres ? await openPostgresStore(url) : await openClickHouseStore(url, writer);
  return new DatabaseAuditLogger(store, setup);
}

const POSTGRES_DEFAULTS = { batchEntries: 1000, batchDelayMs: 2 };
const CLICKHOUSE_DEFAULTS = { batchEntries: 10_000, batchDelayMs: 100 };
const QUEUE_ENTRIES = 10_000;
const RETRY_MS = 30_000;
/** Ids of a batch are listed in one statement of ClickHouse, which has its limit. */
const MOST_IN_BATCH = 10_000;
/** Longer than Node's timers go. */
const LONGEST_WAIT = 2 ** 31 - 1;

const OPTION_NAMES = [
  "clock",
  "redact",
  "writer",
  "batchEntries",
  "batchDelayMs",
  "queueEntries",
  "retryMs",
] as const satisfies readonly (keyof OpenAuditLoggerOptions)[];

function whole(
  name: string,
  value: unknown,
  unlessGiven: number,
  lowest: number,
  highest: number,
): number {
  if (value === undefined) return unlessGiven;
  if (typeof value === "number" && Number.isSafeInteger(value)) {
    if (value >= lowest && value <= highest) return value;
  }
  throw invalidOption(
    `Expected ${name} to be a whole number from ${lowest} to ${highest}, got ${jsonText(value)}`,
  );
}
