// Collects entries until there are enough for a set of parts. They wait in files of JSON, in
// groups of rows turned into columns: written by one call, read by DuckDB without a row's cost.

import { appendFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { ENTRY_FIELDS, ENTRY_FIELD_NAMES, fieldText, isRecorded } from "../model/audit-entry.ts";
import type { EntryField } from "../model/audit-entry.ts";
import { formatInstant, parseInstant } from "../model/instant.ts";
import { LEDGER_COLUMNS } from "./layout.ts";
import type { LedgerColumn } from "./layout.ts";

/** Where an entry's record stands, and what it is. */
export interface RecordPlace {
  readonly file: string;
  readonly line: number;
  /** Of the record's bytes, lower-case hex. */
  readonly sha256: string;
}

/** Entries of one day that wait to become a part. */
export interface StagedDay {
  /** `2026-01-31`, or `undated`. */
  readonly day: string;
  rows: number;
  /** Ordinals of its first and last row. */
  readonly first: number;
  last: number;
  /** Files of JSON, in order. */
  readonly files: string[];
}

/** Entries that become parts together. */
export interface EntryBatch {
  /** From 1. */
  readonly number: number;
  /** In the order in which the days came up. */
  readonly days: readonly StagedDay[];
  readonly rows: number;
  /** Ordinal of its last row: where the log goes on behind it. */
  readonly last: number;
  readonly illFormed: number;
  /** Length of the longest line in the files, in bytes. */
  readonly longestLine: number;
  /** The folder of the files. */
  readonly folder: string;
}

/** Most rows of a batch. Both limits depend on nothing but the entries, and so do the parts. */
export const MOST_ROWS = 65_536;
/** Most text of a batch, in UTF-16 units. */
const MOST_TEXT = 24 * 1024 * 1024;
/** Rows, and text, that are turned into columns at once. */
const GROUP_ROWS = 256;
const GROUP_TEXT = 1024 * 1024;
/** DuckDB holds a whole file of JSON while it takes it apart. */
const FILE_TEXT = 1024 * 1024;

const COLUMNS = [...LEDGER_COLUMNS.keys()];
const FIELDS = ENTRY_FIELD_NAMES.length;
const column = (name: LedgerColumn): number => COLUMNS.indexOf(name);
const ID_NUMBER = column("id_number");
const PRESENT = column("present");
const RECORDED = column("recorded");
const ILL_FORMED = column("ill_formed");
const SOURCE_FILE = column("source_file");
const SOURCE_LINE = column("source_line");
const RECORD_SHA256 = column("record_sha256");
const ORDINAL = column("ordinal");
const ID = ENTRY_FIELD_NAMES.indexOf("id");
const TIMESTAMP = ENTRY_FIELD_NAMES.indexOf("timestamp");
const IS_JSON = ENTRY_FIELD_NAMES.map((field) => ENTRY_FIELDS[field] === "json");

interface OpenDay extends StagedDay {
  columns: unknown[][];
  groupText: number;
  fileText: number;
}

/** Takes entries for one batch. */
export class BatchCollector {
  readonly #number: number;
  readonly #folder: string;
  readonly #mostRows: number;
  readonly #days = new Map<string, OpenDay>();
  #files = 0;
  #rows = 0;
  #text = 0;
  #last = 0;
  #illFormed = 0;
  #longestLine = 0;

  /**
   * @param number of the batch, from 1
   * @param staging folder in which it may make a folder of its own
   * @param mostRows after which it is full
   */
  constructor(number: number, staging: string, mostRows: number) {
    this.#number = number;
    this.#mostRows = mostRows;
    this.#folder = join(staging, `batch-${number}`);
  }

  get rows(): number {
    return this.#rows;
  }

  /** Whether the batch must be closed now. */
  get full(): boolean {
    return this.#rows >= this.#mostRows || this.#text >= MOST_TEXT;
  }

  /** Takes one entry as the intake gives it. */
  add(values: readonly unknown[], { file, line, sha256 }: RecordPlace, ordinal: number): void {
    const day = this.#dayOf(values[TIMESTAMP], ordinal);
    const { columns } = day;
    let present = 0;
    let recorded = 0;
    let text = 0;
    let illFormed: Record<string, string> | undefined;
    for (let slot = 0; slot < FIELDS; slot += 1) {
      const value = values[slot];
      const cells = columns[slot] as unknown[];
      if (value === undefined || value === null) {
        if (value === null) present |= 1 << slot;
        cells.push(null);
        continue;
      }
      const field = ENTRY_FIELD_NAMES[slot] as EntryField;
      present |= 1 << slot;
      if (isRecorded(field, value)) recorded |= 1 << slot;
      if (IS_JSON[slot] === true) {
        const json = JSON.stringify(value) as string | undefined;
        text += json?.length ?? 0;
        cells.push(json ?? null);
      } else if (typeof value === "string") {
        text += value.length;
        if (isWellFormed(value)) {
          cells.push(value);
        } else {
          illFormed ??= {};
          illFormed[field] = value;
          cells.push(toWellFormed(value));
        }
      } else {
        // Whole numbers: an id, which is text here, or a depth.
        cells.push(slot === ID ? fieldText(value) : value);
      }
    }
    const id = values[ID];
    columns[ID_NUMBER]?.push(typeof id === "number" ? id : null);
    columns[PRESENT]?.push(present);
    columns[RECORDED]?.push(recorded);
    columns[ILL_FORMED]?.push(illFormed === undefined ? null : JSON.stringify(illFormed));
    columns[SOURCE_FILE]?.push(toWellFormed(file));
    columns[SOURCE_LINE]?.push(line);
    columns[RECORD_SHA256]?.push(sha256);
    columns[ORDINAL]?.push(ordinal);
    if (illFormed !== undefined) this.#illFormed += 1;
    day.rows += 1;
    day.last = ordinal;
    day.groupText += text;
    this.#rows += 1;
    this.#text += text;
    this.#last = ordinal;
    if ((columns[ORDINAL]?.length ?? 0) >= GROUP_ROWS || day.groupText >= GROUP_TEXT) {
      this.#writeGroup(day);
    }
  }

  /** Writes what waits and ends the batch. */
  close(): EntryBatch {
    for (const day of this.#days.values()) this.#writeGroup(day);
    return {
      number: this.#number,
      days: [...this.#days.values()],
      rows: this.#rows,
      last: this.#last,
      illFormed: this.#illFormed,
      longestLine: this.#longestLine,
      folder: this.#folder,
    };
  }

  #dayOf(timestamp: unknown, ordinal: number): OpenDay {
    const instant = typeof timestamp === "string" ? parseInstant(timestamp) : Number.NaN;
    const name = Number.isNaN(instant) ? "undated" : dayName(instant);
    const known = this.#days.get(name);
    if (known !== undefined) return known;
    const day: OpenDay = {
      day: name,
      rows: 0,
      first: ordinal,
      last: ordinal,
      files: [],
      columns: COLUMNS.map(() => []),
      groupText: 0,
      fileText: Number.POSITIVE_INFINITY,
    };
    this.#days.set(name, day);
    return day;
  }

  #writeGroup(day: OpenDay): void {
    if (day.columns[ORDINAL]?.length === 0) return;
    const line = `${JSON.stringify(
      Object.fromEntries(COLUMNS.map((name, slot) => [name, day.columns[slot]])),
    )}\n`;
    if (day.fileText + line.length > FILE_TEXT) {
      if (this.#files === 0) mkdirSync(this.#folder, { recursive: true });
      this.#files += 1;
      day.files.push(`${this.#files}.json`);
      day.fileText = 0;
    }
    const bytes = Buffer.from(line);
    appendFileSync(join(this.#folder, day.files.at(-1) ?? ""), bytes, { mode: 0o600 });
    this.#longestLine = Math.max(this.#longestLine, bytes.length);
    day.fileText += line.length;
    day.groupText = 0;
    day.columns = COLUMNS.map(() => []);
  }
}

const MICROSECONDS_PER_DAY = 86_400_000_000;
let lastDay = Number.NaN;
let lastDayName = "";

function dayName(instant: number): string {
  const day = Math.floor(instant / MICROSECONDS_PER_DAY);
  if (day !== lastDay) {
    lastDay = day;
    lastDayName = formatInstant(day * MICROSECONDS_PER_DAY).slice(0, 10);
  }
  return lastDayName;
}

const SURROGATES = /[\uD800-\uDFFF]/;
/** With the flag `u`, halves of a pair that stand together are no surrogates any more. */
const LONE_SURROGATES = /\p{Surrogate}/gu;

function isWellFormed(text: string): boolean {
  return !SURROGATES.test(text) || text.search(LONE_SURROGATES) === -1;
}

function toWellFormed(text: string): string {
  return SURROGATES.test(text) ? text.replace(LONE_SURROGATES, "\uFFFD") : text;
}
