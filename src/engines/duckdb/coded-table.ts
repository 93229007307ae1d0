// A table whose columns with few different values, which most columns of a log are, travel as
// one number a row, and whose other columns travel only as far as they are wanted. What the
// sample did not show makes a window be read with more columns in full.

import type { DuckDb, DuckDbNumbers, DuckDbValue } from "../../duckdb/open.ts";
import type { RowRange } from "./places.ts";
import { SOMETHING } from "./scanned-row.ts";

/** One column. */
export interface TableColumn {
  /** Ordinal of the field that it is. */
  readonly slot: number;
  readonly kind: "text" | "number";
  /** Its value: a text or a whole number. */
  readonly sql: string;
  /** Whether the value is wanted, or only whether it is recorded. */
  readonly isWanted: boolean;
  /** Whether it can have few different values. */
  readonly mayRepeat: boolean;
}

/** A window of rows. */
export interface TableBatch {
  readonly length: number;
  /** Longest text in bytes. */
  readonly longest: number;
  /** Writes the values of a row into their slots. */
  fill(values: unknown[], row: number): void;
}

interface Coded extends TableColumn {
  /** SQL type: an enumeration of the values. */
  readonly type: string;
  /** Value by number; the last is null. */
  readonly values: readonly unknown[];
}

/** Rows of the sample. */
const SAMPLE_ROWS = 131_072;
/** Columns with more values, or with longer texts (in bytes), are no codes. */
const MOST_VALUES = 500;
const LONGEST_VALUE = 256;
/** Highest number of a group; whole numbers of 32 bits are the fastest. */
const HIGHEST = 2 ** 30;

export class CodedTable {
  readonly #duckdb: DuckDb;
  readonly #source: string;
  #coded: readonly Coded[];
  #wanted: readonly TableColumn[];
  readonly #others: readonly TableColumn[];
  /** Of others whether each row records them is asked row by row. */
  readonly #mixed = new Set<TableColumn>();

  private constructor(
    duckdb: DuckDb,
    source: string,
    columns: readonly TableColumn[],
    coded: readonly Coded[],
  ) {
    this.#duckdb = duckdb;
    this.#source = source;
    const slots = new Set(coded.map(({ slot }) => slot));
    const rest = columns.filter(({ slot }) => !slots.has(slot));
    this.#coded = coded;
    this.#wanted = rest.filter(({ isWanted }) => isWanted);
    this.#others = rest.filter(({ isWanted }) => !isWanted);
  }

  /**
   * Looks at the first rows of a range for columns with few different values.
   *
   * @param source what stands behind FROM; has the column `file_row_number`
   */
  static async learn(
    duckdb: DuckDb,
    source: string,
    { start, end }: RowRange,
    columns: readonly TableColumn[],
  ): Promise<CodedTable> {
    const repeating = columns.filter(({ isWanted, mayRepeat }) => isWanted && mayRepeat);
    if (repeating.length === 0 || start === end) return new CodedTable(duckdb, source, columns, []);
    const last = Math.min(end, start + SAMPLE_ROWS);
    const sample = `${source} WHERE file_row_number >= ${start} AND file_row_number < ${last}`;
    const asked = repeating.flatMap(({ sql }) => [
      `count(DISTINCT ${sql})::VARCHAR`,
      `coalesce(max(strlen((${sql})::VARCHAR)), 0)::VARCHAR`,
    ]);
    const numbers = (
      (await duckdb.firstRow(`SELECT ${asked.join(", ")} FROM ${sample}`)) ?? []
    ).map(Number);
    const coded: Coded[] = [];
    for (const [index, column] of repeating.entries()) {
      const different = numbers[2 * index] ?? 0;
      if (different > MOST_VALUES || (numbers[2 * index + 1] ?? 0) > LONGEST_VALUE) continue;
      const type = `values_${column.slot}`;
      const { sql } = column;
      const list =
        different === 0
          ? "''"
          : `SELECT DISTINCT (${sql})::VARCHAR FROM ${sample} AND ${sql} IS NOT NULL`;
      await duckdb.run(`CREATE TYPE ${type} AS ENUM (${list})`);
      const row = await duckdb.firstRow(`SELECT to_json(enum_range(NULL::${type}))::VARCHAR`);
      const texts = JSON.parse(row?.[0] ?? "[]") as string[];
      const values = column.kind === "text" ? texts : texts.map(Number);
      if (values.some((value) => typeof value === "number" && !Number.isSafeInteger(value))) {
        throw new Error("a whole number is beyond 2^53");
      }
      coded.push({ ...column, type, values: [...values, null] });
    }
    return new CodedTable(duckdb, source, columns, coded);
  }

  /** Reads a window. */
  async read(window: RowRange): Promise<TableBatch> {
    for (;;) {
      const batch = await this.#tryRead(window);
      if (batch !== undefined) return batch;
    }
  }

  /** @returns undefined when more must be read in full */
  async #tryRead({ start, end }: RowRange): Promise<TableBatch | undefined> {
    const groups = grouped(this.#coded);
    const coded = groups.flat();
    const wanted = this.#wanted;
    const others = this.#others;
    const mixed = others.filter((column) => this.#mixed.has(column));
    const texts = [...wanted, ...others].filter(({ kind }) => kind === "text");
    const longest = texts.map(({ sql }) => `coalesce(max(strlen(${sql})), 0)`);
    const counts = [
      "count(*)",
      longest.length === 0 ? "0" : `greatest(${longest.join(", ")})`,
      ...coded.map(
        ({ sql, type }) => `count(${sql}) - count(TRY_CAST((${sql})::VARCHAR AS ${type}))`,
      ),
      ...others.map(({ sql, kind }) => `count(*) FILTER (${isRecorded(sql, kind)})`),
      ...[...wanted, ...others].map(({ sql, kind }) =>
        kind === "number"
          ? `coalesce(greatest(abs(max(${sql})::HUGEINT), abs(min(${sql})::HUGEINT)), 0)`
          : "0",
      ),
    ];
    const select = [
      `'=' || to_json([${counts.map((count) => `(${count})::DOUBLE`).join(", ")}])::VARCHAR`,
      ...groups.map((group) => `list(${codeOf(group)})`),
      ...wanted.map(({ sql, kind }) =>
        kind === "number"
          ? `list(coalesce((${sql})::DOUBLE, 'nan'::DOUBLE))`
          : `'=' || to_json(list(${sql}))::VARCHAR`,
      ),
      ...(mixed.length === 0 ? [] : [`list(${bitsOf(mixed)})`]),
    ];
    const row = await this.#duckdb.firstValues(
      `SELECT ${select.join(", ")} FROM ${this.#source} ` +
        `WHERE file_row_number >= ${start} AND file_row_number < ${end}`,
      copied,
    );
    if (row === undefined) throw new Error("a window has no answer");
    const [countsText, ...data] = row;
    const [length = 0, longestText = 0, ...rest] = JSON.parse(String(countsText)) as number[];
    const unknown = coded.filter((_, index) => (rest[index] ?? 0) > 0);
    const recorded = others.map((_, index) => rest[coded.length + index] ?? 0);
    const largest = rest.slice(coded.length + others.length);
    if (largest.some((number) => number > Number.MAX_SAFE_INTEGER)) {
      throw new Error("a whole number is beyond 2^53");
    }
    if (unknown.length > 0) {
      this.#giveUp(unknown);
      return undefined;
    }
    const surprising = others.filter(
      (column, index) =>
        !this.#mixed.has(column) && recorded[index] !== 0 && recorded[index] !== length,
    );
    if (surprising.length > 0) {
      for (const column of surprising) this.#mixed.add(column);
      return undefined;
    }
    const constants = others.map(({ slot }, index) => ({
      slot,
      value: recorded[index] === 0 ? null : SOMETHING,
    }));
    return {
      length,
      longest: longestText,
      fill: filling(groups, wanted, mixed, constants, data),
    };
  }

  /** Columns with values that the sample did not have are read in full from now on. */
  #giveUp(columns: readonly Coded[]): void {
    const given = new Set(columns.map(({ slot }) => slot));
    this.#coded = this.#coded.filter(({ slot }) => !given.has(slot));
    this.#wanted = [...this.#wanted, ...columns];
  }
}

/** Values that stay when DuckDB frees its own. */
function copied(values: readonly DuckDbValue[]): DuckDbValue[] {
  return values.map((value) => {
    if (value instanceof Uint8Array) return new Uint8Array(value);
    return value === null || typeof value === "string" ? value : value.slice();
  });
}

/** A row of a group as its code stands for it. */
type Tuple = readonly unknown[];

function filling(
  groups: readonly (readonly Coded[])[],
  wanted: readonly TableColumn[],
  mixed: readonly TableColumn[],
  constants: readonly { readonly slot: number; readonly value: unknown }[],
  data: readonly DuckDbValue[],
): TableBatch["fill"] {
  const codes = groups.map((_, index) => data[index] as DuckDbNumbers);
  const tuples = groups.map(() => new Map<number, Tuple>());
  const slots = groups.map((group) => group.map(({ slot }) => slot));
  const lists = wanted.map((column, index) => {
    const list = data[groups.length + index];
    const numbers = column.kind === "number" ? (list as DuckDbNumbers) : undefined;
    const texts =
      numbers === undefined ? (JSON.parse((list as string | null) ?? "[]") as unknown[]) : [];
    return { slot: column.slot, numbers, texts };
  });
  const bits =
    mixed.length === 0 ? undefined : (data[groups.length + wanted.length] as DuckDbNumbers);

  return (values, row) => {
    for (let group = 0; group < codes.length; group += 1) {
      const code = codes[group]?.[row] as number;
      const known = tuples[group] as Map<number, Tuple>;
      let tuple = known.get(code);
      if (tuple === undefined) {
        tuple = decoded(groups[group] as readonly Coded[], code);
        known.set(code, tuple);
      }
      const into = slots[group] as readonly number[];
      for (let index = 0; index < into.length; index += 1) {
        values[into[index] as number] = tuple[index];
      }
    }
    for (let index = 0; index < lists.length; index += 1) {
      const { slot, numbers, texts } = lists[index] as (typeof lists)[number];
      if (numbers === undefined) {
        values[slot] = texts[row];
      } else {
        const number = numbers[row] as number;
        values[slot] = Number.isNaN(number) ? null : number;
      }
    }
    for (let index = 0; index < constants.length; index += 1) {
      const { slot, value } = constants[index] as (typeof constants)[number];
      values[slot] = value;
    }
    if (bits === undefined) return;
    const mask = bits[row] as number;
    for (let index = 0; index < mixed.length; index += 1) {
      values[(mixed[index] as TableColumn).slot] = (mask & (1 << index)) === 0 ? null : SOMETHING;
    }
  };
}

function decoded(group: readonly Coded[], code: number): unknown[] {
  const tuple: unknown[] = [];
  let rest = code;
  for (const { values } of group.toReversed()) {
    tuple.unshift(values[rest % values.length]);
    rest = Math.floor(rest / values.length);
  }
  return tuple;
}

function isRecorded(sql: string, kind: TableColumn["kind"]): string {
  return kind === "text" ? `(${sql}) <> ''` : `(${sql}) IS NOT NULL`;
}

/** The codes of a group as one number: mixed radix, the first has the highest place. */
function codeOf(group: readonly Coded[]): string {
  return group.reduce(
    (higher, { sql, type, values: { length } }) =>
      `(${higher}) * ${length} + ` +
      `coalesce(enum_code(TRY_CAST((${sql})::VARCHAR AS ${type}))::INTEGER, ${length - 1})`,
    "0",
  );
}

function bitsOf(columns: readonly TableColumn[]): string {
  return columns
    .map(
      ({ sql, kind }, index) => `coalesce((${isRecorded(sql, kind)})::INTEGER, 0) * ${1 << index}`,
    )
    .join(" + ");
}

function grouped(coded: readonly Coded[]): Coded[][] {
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
