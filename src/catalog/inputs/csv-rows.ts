// Rows of a CSV file (RFC 4180) with a header.

import { createRequire } from "node:module";
import type * as CsvLibrary from "csv-parse/sync";
import { ComplianceError } from "../../model/error.ts";
import { didYouMean } from "../suggestion.ts";
import { partsOf } from "./row.ts";
import type { Row, RowForm } from "./row.ts";

interface Record {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** Loaded on demand: most reports need no CSV. */
function csvLibrary(): typeof CsvLibrary {
  return createRequire(import.meta.url)("csv-parse/sync") as typeof CsvLibrary;
}

/**
 * The rows under the header. Names of columns are compared without regard to case; columns
 * that mean nothing here are left alone, empty lines skipped.
 *
 * @throws ComplianceError `invalid-catalog` with file, line and reason
 */
export function csvRows(text: string, file: string, form: RowForm): Row[] {
  const refuse = (line: number, reason: string, hint?: string, cause?: unknown) =>
    new ComplianceError("invalid-catalog", reason, {
      location: { file, line },
      ...(hint === undefined ? {} : { hint }),
      ...(cause === undefined ? {} : { cause }),
    });
  const { CsvError, parse } = csvLibrary();
  let records: readonly Record[];
  try {
    records = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      record_delimiter: ["\r\n", "\n", "\r"],
    }) as unknown as readonly Record[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw refuse(Number(cause["lines"] ?? 1), `no valid CSV: ${cause.message}`, undefined, cause);
  }
  const [header, ...rows] = records;
  if (header === undefined) throw refuse(1, `expected a header with the column ${form.needed}`);
  const names = header.record.map((name) => name.trim().toLowerCase());
  const known = [form.needed, ...form.others];
  for (const name of known) {
    if (names.indexOf(name) !== names.lastIndexOf(name)) {
      throw refuse(header.info.lines, `the column "${name}" stands twice`);
    }
  }
  if (!names.includes(form.needed)) {
    throw refuse(
      header.info.lines,
      `expected a header with the column ${form.needed}, got ${header.record.join(", ")}`,
      names.map((name) => didYouMean(name, [form.needed])).some((guess) => guess !== undefined)
        ? `did you mean "${form.needed}"?`
        : `Columns that mean something: ${known.join(", ")}; separated by commas.`,
    );
  }
  return rows.map(({ record, info: { lines } }) => {
    if (record.length !== names.length) {
      throw refuse(lines, `expected ${names.length} cells as in the header, got ${record.length}`);
    }
    const value = (name: string): string | undefined => {
      const cell = record[names.indexOf(name)]?.trim() ?? "";
      return cell === "" ? undefined : cell;
    };
    return {
      text: value,
      texts: (name) => partsOf(value(name)),
      line: lines,
      refuse: (_name, reason, hint) => refuse(lines, reason, hint),
    };
  });
}
