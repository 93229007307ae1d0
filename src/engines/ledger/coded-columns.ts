// Columns with few different values, which most columns of a log are, as numbers: DuckDB hands
// over one number a row for all of them together, and the texts only once. A value that the
// sample did not have makes its window be read in full.

import type { DuckDb } from "../../duckdb/open.ts";
import { quoteTexts } from "../../duckdb/sql-text.ts";
import { LEDGER_COLUMNS } from "../../ledger/layout.ts";
import type { LedgerColumn } from "../../ledger/layout.ts";
import type { LedgerPart } from "../../ledger/manifest.ts";

/** One coded column. */
interface Coded {
  readonly column: LedgerColumn;
  /** SQL type: an enumeration of the values. */
  readonly type: string;
  /** Value by number; the last is null. */
  readonly values: readonly unknown[];
}

/** Coded columns that share a number: mixed radix, the first has the highest place. */
type Group = readonly Coded[];

/** Below so many rows learning costs more than it saves. */
const WORTH_LEARNING = 50_000;
/** Parts that are looked through, evenly spread. */
const SAMPLE_PARTS = 8;
/** Columns with more, or with longer texts (in bytes), are read in full. */
const MOST_VALUES = 500;
const LONGEST_VALUE = 256;
/** Highest number of a group; whole numbers of 32 bits are the fastest. */
const HIGHEST = 2 ** 30;
/** So many windows with unknown values, and a column is read in full from then on. */
const MOST_MISSES = 4;

let made = 0;

/** How coded columns are asked for and decoded. */
export class CodedColumns {
  readonly #misses = new Map<LedgerColumn, number>();
  #coded: readonly Coded[];
  #groups: readonly Group[];

  private constructor(coded: readonly Coded[]) {
    this.#coded = coded;
    this.#groups = grouped(coded);
  }

  /** Looks through some parts for columns with few different values. */
  static async learn(
    duckdb: DuckDb,
    parts: readonly LedgerPart[],
    columns: readonly LedgerColumn[],
  ): Promise<CodedColumns> {
    const rows = parts.reduce((sum, part) => sum + part.rows, 0);
    if (rows < WORTH_LEARNING || columns.length === 0) return new CodedColumns([]);
    const step = Math.max(1, parts.length / SAMPLE_PARTS);
    const sample = parts
      .filter((_, index) => Math.floor(index % step) === 0)
      .slice(0, SAMPLE_PARTS);
    const files = quoteTexts(sample.map(({ path }) => `${duckdb.path}/${path}`));
    const table = `read_parquet(${files}, hive_partitioning = false)`;
    const counts = columns.flatMap((column) => [
      `count(DISTINCT ${column})::VARCHAR`,
      `coalesce(max(strlen(${column}::VARCHAR)), 0)::VARCHAR`,
    ]);
    const numbers = (
      (await duckdb.firstRow(`SELECT ${counts.join(", ")} FROM ${table}`)) ?? []
    ).map(Number);
    const coded: Coded[] = [];
    for (const [index, column] of columns.entries()) {
      const values = numbers[2 * index] ?? 0;
      const longest = numbers[2 * index + 1] ?? 0;
      if (values === 0 || values > MOST_VALUES || longest > LONGEST_VALUE) continue;
      made += 1;
      const type = `values_${made}`;
      await duckdb.run(
        `CREATE TYPE ${type} AS ENUM (SELECT DISTINCT ${column}::VARCHAR FROM ${table} WHERE ${column} IS NOT NULL)`,
      );
      const row = await duckdb.firstRow(`SELECT to_json(enum_range(NULL::${type}))::VARCHAR`);
      const texts = JSON.parse(row?.[0] ?? "[]") as string[];
      const isText = LEDGER_COLUMNS.get(column) === "VARCHAR";
      coded.push({ column, type, values: [...(isText ? texts : texts.map(Number)), null] });
    }
    return new CodedColumns(coded);
  }

  get columns(): readonly LedgerColumn[] {
    return this.#coded.map(({ column }) => column);
  }

  /** What to select: the numbers of each group as a JSON list, then for each column how many values are unknown. */
  get selected(): readonly string[] {
    const numbers = this.#groups.map((group) => {
      const number = group.reduce(
        (higher, { column, type, values: { length } }) =>
          `(${higher}) * ${length} + ` +
          `coalesce(enum_code(TRY_CAST(${column}::VARCHAR AS ${type}))::INTEGER, ${length - 1})`,
        "0",
      );
      return `to_json(list(${number}))::VARCHAR`;
    });
    const unknown = this.#coded.map(
      ({ column, type }) =>
        `(count(${column}) - count(TRY_CAST(${column}::VARCHAR AS ${type})))::VARCHAR`,
    );
    return [...numbers, ...unknown];
  }

  /**
   * The columns of a window.
   *
   * @param texts of {@link selected}
   * @returns undefined when there are unknown values: the window must be read in full
   */
  decode(texts: readonly (string | null)[]): Map<LedgerColumn, unknown[]> | undefined {
    const unknown = this.#coded.filter((_, index) => texts[this.#groups.length + index] !== "0");
    if (unknown.length > 0) {
      for (const { column } of unknown)
        this.#misses.set(column, (this.#misses.get(column) ?? 0) + 1);
      return undefined;
    }
    const columns = new Map<LedgerColumn, unknown[]>();
    for (const [index, group] of this.#groups.entries()) {
      const numbers = JSON.parse(texts[index] ?? "[]") as number[];
      let place = 1;
      for (const { column, values } of [...group].reverse()) {
        const size = values.length;
        const divisor = place;
        columns.set(
          column,
          numbers.map((number) => values[((number / divisor) | 0) % size]),
        );
        place *= size;
      }
    }
    return columns;
  }

  /** Gives up columns whose values were unknown too often. @returns whether there were any */
  forget(): boolean {
    const kept = this.#coded.filter(({ column }) => (this.#misses.get(column) ?? 0) < MOST_MISSES);
    if (kept.length === this.#coded.length) return false;
    this.#coded = kept;
    this.#groups = grouped(kept);
    return true;
  }

  /** Removes what learning left in the database. */
  async drop(duckdb: DuckDb): Promise<void> {
    for (const { type } of this.#coded) await duckdb.run(`DROP TYPE IF EXISTS ${type}`);
  }
}

function grouped(coded: readonly Coded[]): Group[] {
  const groups: Coded[][] = [];
  let product = Number.POSITIVE_INFINITY;
  for (const one of coded) {
    product *= one.values.length;
    if (product > HIGHEST) {
      groups.push([]);
      product = one.values.length;
    }
    groups.at(-1)?.push(one);
  }
  return groups;
}
