// A window of a table by the combinations of values that its rows have: DuckDB groups the rows by
// all columns that are looked into, which is what it is fastest at, and hands over each combination
// once, with the rows that have it. Times, ids and how often the other columns are recorded come apart.

import type { DuckDb, DuckDbNumbers, DuckDbValue } from "../../duckdb/open.ts";
import type { TableColumn } from "./coded-table.ts";
import { InstantReader } from "./instant-reader.ts";
import type { RowRange } from "./places.ts";

/** The columns of a table by what is done with them. */
export interface ColumnsByUse {
  /** Absent where the table has none. */
  readonly id?: TableColumn;
  readonly time: TableColumn;
  /** Values are looked into. */
  readonly looked: readonly TableColumn[];
  /** It is only counted how often they are recorded. */
  readonly others: readonly TableColumn[];
}

/** The times of a window, by row. */
export interface Times {
  readonly instants: Float64Array;
  /** 1 where it names no offset. */
  readonly naive: Uint8Array;
}

/** A window of rows. */
export interface CombinedWindow {
  readonly length: number;
  /** Longest text in bytes. */
  readonly longest: number;
  /** Values of the columns that are looked into, in their order, each combination once. */
  readonly combinations: readonly (readonly unknown[])[];
  /** By row, the number of its combination. */
  readonly combinationOf: Uint32Array;
  /** Undefined when one cannot be read. */
  readonly times: Times | undefined;
  /** By row; undefined where ids are the rows' numbers from this one on. */
  readonly ids: readonly unknown[] | undefined;
  readonly firstId: number;
  /** How many rows record each of the other columns. */
  readonly recorded: readonly number[];
}

/** More combinations among so many rows are hardly any gain. */
const WORTHWHILE = 8;
const LARGEST_NUMBER = 2 ** 52;

export class CombinedColumns {
  readonly #duckdb: DuckDb;
  readonly #source: string;
  readonly columns: ColumnsByUse;
  readonly #instants = new InstantReader();
  /** Whether ids were the rows' numbers so far. */
  #numbered: boolean;

  /** @param source what stands behind FROM; has the column `file_row_number` */
  constructor(duckdb: DuckDb, source: string, columns: ColumnsByUse) {
    this.#duckdb = duckdb;
    this.#source = source;
    this.columns = columns;
    this.#numbered = columns.id?.kind === "number";
  }

  /** Whether the rows of a window have few combinations. */
  async isWorthwhile(window: RowRange): Promise<boolean> {
    const values = this.columns.looked.map(({ sql }) => sql);
    if (values.length === 0) return true;
    const counted = await this.#duckdb.firstRow(
      `SELECT count(*)::VARCHAR FROM (SELECT DISTINCT ${values.join(", ")} FROM ${this.#rows(window)})`,
    );
    return Number(counted?.[0]) * WORTHWHILE <= window.end - window.start;
  }

  /**
   * Reads a window.
   *
   * @returns undefined when hardly two rows are alike
   * @throws Error as DuckDB says, and when a whole number is beyond 2^53
   */
  async read(window: RowRange): Promise<CombinedWindow | undefined> {
    const [each, combined] = await Promise.all([this.#readEach(window), this.#combine(window)]);
    if (combined === undefined) return undefined;
    const longest = Math.max(each.longest, combined.longest);
    const ids = each.ids ?? { ids: await this.#readIds(window), firstId: Number.NaN };
    return { ...each, ...combined, ...ids, longest };
  }

  /** What each row has for itself, and counts. */
  async #readEach(window: RowRange) {
    const { id, time, others } = this.columns;
    const texts = others.filter(({ kind }) => kind === "text");
    const numbers = others.filter(({ kind }) => kind === "number");
    const fromRow = `(${id?.sql ?? "NULL"})::HUGEINT - file_row_number`;
    const timeLength = `coalesce(strlen(${time.sql}), 0)::INTEGER`;
    const counts = [
      "count(*)",
      greatest(texts.map(({ sql }) => `max(strlen(${sql}))`)),
      greatest(
        numbers.flatMap(({ sql }) => [
          `abs(max((${sql})::HUGEINT))`,
          `abs(min((${sql})::HUGEINT))`,
        ]),
      ),
      ...others.map(({ sql, kind }) =>
        kind === "text" ? `count(*) FILTER ((${sql}) <> '')` : `count(${sql})`,
      ),
      `coalesce(max(${timeLength}), 0)`,
      ...(this.#numbered ? [`count(${id?.sql})`, `min(${fromRow})`, `max(${fromRow})`] : []),
    ];
    const found = await this.#duckdb.firstValues(
      `SELECT '=' || to_json([${counts.map((count) => `(${count})::DOUBLE`).join(", ")}])::VARCHAR, ` +
        `encode(string_agg(coalesce(${time.sql}, ''), '')), ` +
        `CASE WHEN min(${timeLength}) <> max(${timeLength}) THEN list(${timeLength}) ELSE [] END ` +
        `FROM ${this.#rows(window)}`,
      ([numbersText, joined, lengths]) => {
        const all = listIn(numbersText) as number[];
        const times = this.#timesIn(all[0] ?? 0, joined as Uint8Array, lengths as DuckDbNumbers);
        return { all, times };
      },
    );
    const { all = [], times } = found ?? {};
    const [length = 0, longestText = 0, largest = 0, ...rest] = all;
    if (largest > Number.MAX_SAFE_INTEGER) throw new Error("a whole number is beyond 2^53");
    const recorded = rest.slice(0, others.length);
    const [longestTime = 0, ...ids] = rest.slice(others.length);
    const [identified = 0, least = 0, most = 0] = ids;
    // Counts come as doubles: of larger numbers a difference could not be seen.
    const isExact = Math.abs(least) < LARGEST_NUMBER;
    const numbered = this.#numbered && identified === length && least === most && isExact;
    this.#numbered &&= numbered;
    return {
      length,
      longest: Math.max(longestTime, longestText),
      times,
      recorded,
      ids: numbered ? { ids: undefined, firstId: least + window.start } : undefined,
    };
  }

  /**
   * Reads times that stand one after the other.
   *
   * @param lengths of each in bytes; none where all are of one length
   */
  #timesIn(rows: number, texts: Uint8Array, lengths: DuckDbNumbers): Times | undefined {
    const instants = new Float64Array(rows);
    const naive = new Uint8Array(rows);
    const reader = this.#instants;
    const common = texts.length / rows;
    let at = 0;
    for (let row = 0; row < rows; row += 1) {
      const end = at + (lengths.length === 0 ? common : (lengths[row] as number));
      const instant = reader.read(texts, at, end);
      if (Number.isNaN(instant)) return undefined;
      instants[row] = instant;
      if (reader.naive) naive[row] = 1;
      at = end;
    }
    return { instants, naive };
  }

  async #combine(window: RowRange) {
    const { looked } = this.columns;
    if (looked.length === 0) {
      return {
        combinations: [[]],
        combinationOf: new Uint32Array(window.end - window.start),
        longest: 0,
      };
    }
    const names = looked.map((_, index) => `value_${index}`);
    const values = looked.map(({ sql }, index) => `(${sql})::VARCHAR AS ${names[index] ?? ""}`);
    const found = await this.#duckdb.firstValues(
      `SELECT '=' || to_json(list([${names.join(", ")}]))::VARCHAR, list(len(alike)::INTEGER), ` +
        `flatten(list(alike)) FROM (SELECT ${names.join(", ")}, list(place) AS alike FROM ` +
        `(SELECT ${values.join(", ")}, (file_row_number - ${window.start})::INTEGER AS place ` +
        `FROM ${this.#rows(window)}) GROUP BY ALL)`,
      ([texts, lengths, places]) => scattered(texts, lengths, places),
    );
    if (found === undefined) return undefined;
    const { combinations, combinationOf } = found;
    let longest = 0;
    for (const combination of combinations) {
      for (const text of combination) {
        if (text !== null) longest = Math.max(longest, Buffer.byteLength(text));
      }
    }
    return {
      combinations: combinations.map((combination) =>
        combination.map((text, index) =>
          looked[index]?.kind === "number" && text !== null ? wholeNumber(text) : text,
        ),
      ),
      combinationOf,
      longest,
    };
  }

  async #readIds(window: RowRange): Promise<readonly unknown[]> {
    const { id } = this.columns;
    if (id === undefined) return [];
    const ids =
      (await this.#duckdb.firstValues(
        `SELECT '=' || to_json(list(${id.sql}))::VARCHAR FROM ${this.#rows(window)}`,
        ([texts]) => listIn(texts),
      )) ?? [];
    if (ids.some(isUnsafe)) throw new Error("a whole number is beyond 2^53");
    return ids;
  }

  #rows({ start, end }: RowRange): string {
    return `${this.#source} WHERE file_row_number >= ${start} AND file_row_number < ${end}`;
  }
}

/** By row, the number of its combination; undefined when there are too many. */
function scattered(
  texts: DuckDbValue | undefined,
  lengths: DuckDbValue | undefined,
  places: DuckDbValue | undefined,
) {
  if (!(lengths instanceof Int32Array) || !(places instanceof Int32Array)) return undefined;
  if (lengths.length * WORTHWHILE > places.length) return undefined;
  const combinationOf = new Uint32Array(places.length);
  let at = 0;
  for (let combination = 0; combination < lengths.length; combination += 1) {
    const end = at + (lengths[combination] as number);
    for (; at < end; at += 1) combinationOf[places[at] as number] = combination;
  }
  return { combinations: listIn(texts) as (string | null)[][], combinationOf };
}

function greatest(values: readonly string[]): string {
  return values.length === 0 ? "0" : `coalesce(greatest(${values.join(", ")}), 0)`;
}

function listIn(text: DuckDbValue | undefined): unknown[] {
  return JSON.parse(typeof text === "string" ? text : "[]") as unknown[];
}

function isUnsafe(value: unknown): boolean {
  return typeof value === "number" && !Number.isSafeInteger(value);
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new Error("a whole number is beyond 2^53");
  return number;
}
