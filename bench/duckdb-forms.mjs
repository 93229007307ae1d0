// What stands behind FROM when DuckDB reads a form of the log: form -> (place, columns) => SQL.

const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

function jsonLines(place, columns) {
  const types = columns.map((column) => `${column}: 'VARCHAR'`).join(", ");
  return `read_json(${quoted(place)}, format = 'newline_delimited', columns = {${types}})`;
}

export const FORMS_OF_DUCKDB = {
  parquet: (place) => `read_parquet(${quoted(place)})`,
  ledger: (place) => `read_parquet(${quoted(`${place}/entries/**/*.parquet`)})`,
  csv: (place) => `read_csv(${quoted(place)}, header = true, all_varchar = true)`,
  jsonl: jsonLines,
  "jsonl.zst": jsonLines,
};
