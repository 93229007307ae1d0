// One reading of a table without snapshots. The rows up to the highest order number at the start
// are the log; a sum over hashes of them, taken before and after, shows that all the queries in
// between saw the same rows.

import type { ClickHouseConnection } from "../../clickhouse/connection.ts";
import { ComplianceError } from "../../model/error.ts";
import { dialectOf, quoteIdentifier } from "../sql/dialect.ts";
import { bound, sql, written } from "../sql/fragment.ts";
import type { LogTable } from "../sql/log-table.ts";
import { render } from "../sql/render.ts";
import { selectExtent } from "../sql/select.ts";
import type { Statement } from "../sql/statement.ts";
import type { TableView } from "../table/reader.ts";
import type { ClickHouseLog } from "./inspect.ts";

/**
 * @param name of the log in the population statement
 * @throws ComplianceError `unreadable-source` when a shard is lost, `unsupported-source` when order
 *   numbers are missing or too large; the signal's reason
 */
export async function openView(
  connection: ClickHouseConnection,
  { table, cluster }: ClickHouseLog,
  name: string,
  signal?: AbortSignal,
): Promise<TableView> {
  const ask = async (statement: Statement): Promise<readonly unknown[]> =>
    (await connection.query(statement, { signal, cluster }))[0] ?? [];
  const [, highest, count] = await ask(selectExtent(table));
  const last = count === 0 ? 0 : orderNumber(highest, table, name);
  const summed = sumOf(table, last);
  const before = count === 0 ? NO_ROWS : readSum(await ask(summed));
  if (before.unnumbered !== 0) throw withoutNumber(before.unnumbered, table, name);
  const { rows } = before;
  const range = rows === 0 ? undefined : { first: orderNumber(before.first, table, name), last };
  let asked = false;
  let cut = false;
  let closed = false;
  return {
    rows,
    ...(range === undefined ? {} : { range }),
    input: {
      name,
      kind: "clickhouse",
      part: range === undefined ? { kind: "no-rows" } : { kind: "rows", ...range },
    },
    async *read(statement) {
      asked = true;
      let complete = false;
      try {
        yield* connection.read(statement, { signal, cluster });
        complete = true;
      } finally {
        cut ||= !complete;
      }
    },
    async close() {
      if (closed) return;
      closed = true;
      // A reading that failed or was given up says nothing that could be wrong.
      if (!asked || cut || signal?.aborted === true) return;
      const after = readSum(await ask(summed));
      if (after.text === before.text) return;
      throw new ComplianceError(
        "source-changed",
        after.rows === rows
          ? "Rows of the table were changed while it was read"
          : `The table had ${rows} rows up to number ${last} when reading began, and ${after.rows} when it ended`,
        { hint: "Run again, while nothing but new rows is written.", location: { file: name } },
      );
    },
  };
}

/** What is known of the rows of a view. */
interface Sum {
  readonly rows: number;
  readonly first: unknown;
  /** Rows without an order number. */
  readonly unnumbered: number;
  /** Everything, to compare. */
  readonly text: string;
}

const NO_ROWS: Sum = { rows: 0, first: 0, unnumbered: 0, text: "" };

function readSum(row: readonly unknown[]): Sum {
  const [rows, unnumbered, first] = row;
  return { rows: Number(rows), unnumbered: Number(unnumbered), first, text: row.join(" ") };
}

/** Counts and sums over the rows up to an order number, whichever shard answers first. */
function sumOf(table: LogTable, last: number): Statement {
  const quoted = (column: string): string => quoteIdentifier(table.dialect, column);
  const order = quoted(table.order);
  const values = [...table.columns.values()].map(({ name }) => {
    const column = quoted(name);
    return `isNull(${column}), ifNull(toString(${column}), '')`;
  });
  const hash = `cityHash64(${[`ifNull(${order}, 0)`, ...values].join(", ")})`;
  const sums = `count(), sum(isNull(${order})), min(${order}), max(${order}), sum(${hash})`;
  return render(
    dialectOf(table.dialect),
    sql`SELECT ${written(sums)} FROM ${written(table.from)} WHERE ${written(order)} <= ${bound(last, "integer")} OR isNull(${written(order)})`,
  );
}

function orderNumber(value: unknown, table: LogTable, name: string): number {
  if (typeof value === "number" && Number.isSafeInteger(value)) return value;
  throw new ComplianceError(
    "unsupported-source",
    `expected the order column ${JSON.stringify(table.order)} to hold whole numbers below 2^53, but ${String(value)} stands in it`,
    { location: { file: name }, hint: "Name another column with order= in the URL." },
  );
}

function withoutNumber(rows: number, table: LogTable, name: string): ComplianceError {
  return new ComplianceError(
    "unsupported-source",
    `${rows} rows have no number in the order column ${JSON.stringify(table.order)}`,
    {
      location: { file: name },
      hint: "Name a column of unique whole numbers that grow along the log with order= in the URL.",
    },
  );
}
