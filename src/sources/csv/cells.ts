// The cells of delimited rows.

import { parse } from "csv-parse/sync";

/** Reads rows: one list of cells for each, or undefined when the quotes are not those of RFC 4180. */
export type CellReader = (rows: Buffer) => readonly (readonly string[])[] | undefined;

/** A reader for rows with the given delimiter. */
export function cellReader(delimiter: string): CellReader {
  const options = {
    delimiter,
    record_delimiter: ["\r\n", "\n"],
    relax_column_count: true,
    skip_empty_lines: true,
  };
  return (rows) => {
    try {
      return parse(rows, options);
    } catch {
      return undefined;
    }
  };
}
