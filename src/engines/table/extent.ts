// The answer of `selectExtent`: how many rows a view has, and their order numbers.

import { fieldText } from "../../model/audit-entry.ts";
import { ComplianceError } from "../../model/error.ts";
import type { LogTable } from "../sql/log-table.ts";
import type { TableRow, TableView } from "./reader.ts";

/**
 * @param row first and last order number, number of rows
 * @param name how messages call the table
 * @throws ComplianceError `unsupported-source` when an order number is no whole number below 2^53
 */
export function extentOf(
  [first, last, rows]: TableRow,
  { order }: LogTable,
  name: string,
): Pick<TableView, "rows" | "range"> {
  if (rows === 0) return { rows };
  if (isOrderNumber(first) && isOrderNumber(last)) {
    return { rows: rows as number, range: { first, last } };
  }
  const odd = isOrderNumber(first) ? last : first;
  throw new ComplianceError(
    "unsupported-source",
    `expected the order column ${JSON.stringify(order)} to hold whole numbers below 2^53, but ${odd === null ? "NULL" : JSON.stringify(fieldText(odd)).slice(0, 40)} stands in it`,
    {
      hint: "Name a column of unique whole numbers that grow along the log, as order=.",
      location: { file: name },
    },
  );
}

function isOrderNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value);
}
