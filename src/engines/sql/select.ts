// The statements that read a log from a table.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { ComplianceError } from "../../model/error.ts";
import type { Comparison, Predicate, Term } from "../../model/expression.ts";
import type { Inputs } from "../../model/inputs.ts";
import type { Period } from "../../model/period.ts";
import type { EntrySelection } from "../engine.ts";
import { deliveredOf, orderOf, recordedMask } from "./columns.ts";
import { dialectOf } from "./dialect.ts";
import { bound, joined, sql, written } from "./fragment.ts";
import type { Fragment } from "./fragment.ts";
import type { LogTable } from "./log-table.ts";
import { isShallow, isShort } from "./limits.ts";
import { predicateOf } from "./predicate.ts";
import { render } from "./render.ts";
import type { Statement } from "./statement.ts";

/** Order numbers, both bounds included. */
export interface OrderRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Reads the rows of a range in order. A row is its order number, the fields asked, and a bit mask
 * over all fields (bit 0 is `id`) of the recorded ones that were not asked for.
 *
 * @param limit most rows
 * @throws ComplianceError `invalid-option` when a number is not whole or a name cannot be one
 */
export function selectRange(
  table: LogTable,
  fields: readonly EntryField[],
  { first, last }: OrderRange,
  limit?: number,
): Statement {
  const order = orderOf(table);
  const values = [order, ...fields.map((field) => deliveredOf(table, field))];
  const most = limit === undefined ? sql`` : sql` LIMIT ${written(String(whole(limit)))}`;
  return render(
    dialectOf(table.dialect),
    sql`SELECT ${joined([...values, recordedMask(table, fields)], ", ")} FROM ${written(table.from)} WHERE ${order} >= ${boundWhole(first)} AND ${order} <= ${boundWhole(last)} ORDER BY ${order}${most}`,
  );
}

/**
 * Reads the rows with these order numbers, in order: the order number and the fields asked.
 *
 * @param keys at most some thousand
 * @throws ComplianceError as {@link selectRange}
 */
export function selectKeys(
  table: LogTable,
  fields: readonly EntryField[],
  keys: readonly number[],
): Statement {
  const order = orderOf(table);
  const values = [order, ...fields.map((field) => deliveredOf(table, field))];
  const chosen =
    keys.length === 0 ? sql`1 = 0` : sql`${order} IN (${joined(keys.map(boundWhole), ", ")})`;
  return render(
    dialectOf(table.dialect),
    sql`SELECT ${joined(values, ", ")} FROM ${written(table.from)} WHERE ${chosen} ORDER BY ${order}`,
  );
}

/**
 * Reads the entries of a selection in order: the order number and all fields. An entry whose time
 * cannot be read lies in no period.
 *
 * @param inputs the lists beside the log that the predicate may ask
 * @returns undefined when the dialect cannot say the selection exactly: then read all rows and
 *   choose in JavaScript
 * @throws ComplianceError as {@link selectRange}
 */
export function selectMatching(
  table: LogTable,
  { where, period }: EntrySelection,
  inputs: Inputs = {},
): Statement | undefined {
  const asked: Predicate[] = where === undefined ? [] : [where.predicate];
  const predicate: Predicate = { kind: "and", of: [...bounds(period), ...asked] };
  const test = isShallow(predicate) ? predicateOf(table, predicate, inputs) : undefined;
  if (test === undefined || !isShort(test)) return undefined;
  const order = orderOf(table);
  const values = [order, ...ENTRY_FIELD_NAMES.map((field) => deliveredOf(table, field))];
  return render(
    dialectOf(table.dialect),
    sql`SELECT ${joined(values, ", ")} FROM ${written(table.from)} WHERE ${test} ORDER BY ${order}`,
  );
}

function bounds({ start, end }: Period): Predicate[] {
  const time: Term = { kind: "instant-field", name: "timestamp" };
  const compared = (operator: Comparison, value: number | undefined): Predicate[] =>
    value === undefined
      ? []
      : [{ kind: "compare", operator, left: time, right: { kind: "instant", value } }];
  return [...compared(">=", start), ...compared("<", end)];
}

/**
 * Reads the first and the last order number and the number of rows. Where there are no rows the
 * first two mean nothing: ClickHouse answers 0 there, the others NULL.
 */
export function selectExtent(table: LogTable): Statement {
  const order = orderOf(table);
  return render(
    dialectOf(table.dialect),
    sql`SELECT min(${order}), max(${order}), count(*) FROM ${written(table.from)}`,
  );
}

/** Reads how many rows have an order number in a range. */
export function selectCount(table: LogTable, { first, last }: OrderRange): Statement {
  const order = orderOf(table);
  return render(
    dialectOf(table.dialect),
    sql`SELECT count(*) FROM ${written(table.from)} WHERE ${order} >= ${boundWhole(first)} AND ${order} <= ${boundWhole(last)}`,
  );
}

function boundWhole(value: number): Fragment {
  return bound(whole(value), "integer");
}

function whole(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  throw new ComplianceError("invalid-option", `expected a whole number, but got ${value}`, {
    hint: "Order numbers are whole numbers below 9007199254740992.",
  });
}
