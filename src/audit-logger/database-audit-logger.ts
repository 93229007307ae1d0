// Logs to a database that many processes share: calls are gathered into batches, and what a lost
// connection leaves in doubt is looked up before it is sent again.

import { randomUUID } from "node:crypto";
import type { AuditEntry } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { formatInstant, type Instant } from "../model/instant.ts";
import { entryQuery, timeTest, type EntryFilters } from "./entry-filter.ts";
import { entryQueue, type EntryQueue } from "./entry-queue.ts";
import type { LogStore, NewEntry } from "./log-store.ts";
import { loggedRow, type LogDetails, type LoggedDecision } from "./logged-action.ts";
import { invalidOption, timeBy } from "./logger-options.ts";
import type { Redaction } from "./redaction.ts";
import { withPatience } from "./retry.ts";

/** What is logged beside the decision, and how the entry is told from others. */
export interface DatabaseLogDetails extends LogDetails {
  /**
   * An entry that is logged again under the same key is not stored again, whoever logs it: `log`
   * gives the id that it has. One of its own unless given; 1 to 200 characters.
   */
  readonly entryKey?: string | undefined;
}

/** Checked options of a logger. */
export interface LoggerSetup {
  readonly clock: () => Instant;
  readonly redaction: Redaction;
  readonly batchEntries: number;
  readonly batchDelayMs: number;
  readonly queueEntries: number;
  readonly retryMs: number;
}

/**
 * Logs what agents do to PostgreSQL or ClickHouse, and gives it back. Entries of one logger are
 * stored in the order of its calls. Several processes may log to one table.
 */
export class DatabaseAuditLogger {
  readonly #store: LogStore;
  readonly #setup: LoggerSetup;
  readonly #queue: EntryQueue<NewEntry, number>;
  readonly #name = randomUUID();
  #calls = 0;
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(store: LogStore, setup: LoggerSetup) {
    this.#store = store;
    this.#setup = setup;
    this.#queue = entryQueue((entries) => this.#send(entries), setup);
  }

  /**
   * Logs one action, checked, redacted and dated at once. Resolves when the entry is on the
   * database's disk; until then it is in memory only, in line with those of other calls. While the
   * database is away, the line waits for `retryMs`.
   *
   * Whoever does not await each call must await `ready()` between them: nothing else bounds the line.
   *
   * @param decision what the policy decided, as `Policy.evaluate` returns it
   * @returns the entry's id
   * @throws ComplianceError `invalid-action` when the decision lacks something, has a wrong type or
   *   cannot be held by the database, `closed` after `close`: then nothing was logged.
   *   `unreadable-source` when the database was away for longer or refuses the entry; whether it was
   *   logged is then not known. Logged again under the same `entryKey` it is not stored twice.
   */
  async log(
    sessionId: string,
    decision: LoggedDecision,
    details: DatabaseLogDetails = {},
  ): Promise<number> {
    this.#requireOpen();
    const given = checkedKey(details.entryKey);
    const logged = loggedRow(sessionId, decision, details, this.#setup.redaction);
    const time = timeBy(this.#setup.clock);
    this.#calls += 1;
    const entry = this.#store.take(
      {
        key: given ?? `${this.#name}-${String(this.#calls).padStart(KEY_DIGITS, "0")}`,
        keyGiven: given !== undefined,
        row: { ...logged, timestamp: formatInstant(time) },
      },
      time,
    );
    return this.#queue.add(entry);
  }

  /** Resolves when there is room in the line of entries that are not yet stored. */
  ready(): Promise<void> {
    return this.#queue.room();
  }

  /** How many entries are not yet known to be stored. */
  get waiting(): number {
    return this.#queue.waiting;
  }

  /**
   * Sends what waits in line, and resolves when every entry logged before is stored.
   *
   * @throws what the first of their calls throws that fails
   */
  async flush(): Promise<void> {
    this.#requireOpen();
    await this.#queue.flush();
  }

  /**
   * The stored entries that match, by rising id, with all 18 columns. `action_params` and
   * `result_data` are JSON text.
   *
   * @throws ComplianceError `invalid-option` for a wrong filter, `unreadable-source` when the
   *   database cannot be read, `closed` after `close`
   */
  async getLog(filters: EntryFilters = {}): Promise<AuditEntry[]> {
    this.#requireOpen();
    const found: AuditEntry[] = [];
    for await (const entry of this.#matching(filters)) found.push(entry);
    return found;
  }

  /** How many stored entries match. Errors as `getLog`. */
  async count(filters: Omit<EntryFilters, "limit"> = {}): Promise<number> {
    this.#requireOpen();
    if ("limit" in filters) throw invalidOption("Expected no limit for a count, got one");
    let count = 0;
    for await (const _ of this.#matching(filters)) count += 1;
    return count;
  }

  /**
   * Stores what waits, as `flush`, and ends the connection. May be called again; every other method
   * throws `closed` from then on.
   *
   * @throws what `flush` throws; the connection is ended all the same
   */
  close(): Promise<void> {
    return (this.#closing ??= this.#end());
  }

  async #end(): Promise<void> {
    try {
      await this.#queue.flush();
    } finally {
      await this.#store.close();
    }
  }

  #send(entries: readonly NewEntry[]): Promise<readonly number[]> {
    const milliseconds = this.#setup.retryMs;
    return withPatience((before) => this.#store.append(entries, before > 0), {
      milliseconds,
      mayPass: (error) => this.#store.mayPass(error),
      giveUp: () => {
        this.#store.drop();
        return noAnswer(milliseconds);
      },
    });
  }

  async *#matching(filters: EntryFilters): AsyncGenerator<AuditEntry> {
    const query = entryQuery(filters);
    const isWithin = timeTest(query);
    let left = query.limit ?? Number.POSITIVE_INFINITY;
    if (left === 0) return;
    for await (const entry of this.#store.entries(query)) {
      if (!isWithin(entry.timestamp)) continue;
      yield entry;
      left -= 1;
      if (left === 0) return;
    }
  }

  #requireOpen(): void {
    if (this.#closing === undefined) return;
    throw new ComplianceError("closed", "The audit logger was used after it was closed", {
      hint: "Open a new one.",
    });
  }
}

/** As many as a process logs in its life; keys of one logger then sort as they were made. */
const KEY_DIGITS = 12;
const LONGEST_KEY = 200;

function checkedKey(key: unknown): string | undefined {
  if (key === undefined) return undefined;
  if (typeof key === "string" && KEY.test(key)) return key;
  throw new ComplianceError(
    "invalid-action",
    `Expected entryKey to be 1 to ${LONGEST_KEY} printable characters of ASCII, got ${JSON.stringify(key)}`,
    { hint: "Give a key that tells this entry from every other, such as a UUID." },
  );
}

const KEY = new RegExp(`^[!-~]{1,${LONGEST_KEY}}$`);

function noAnswer(milliseconds: number): ComplianceError {
  return new ComplianceError(
    "unreadable-source",
    `Expected the database to store entries within ${milliseconds} ms, got no answer`,
    { hint: "Check the database; the entries may or may not have been stored." },
  );
}
