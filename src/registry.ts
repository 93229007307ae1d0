// The tables of contents of the code shelves: name -> import, loaded when asked for. A test
// holds them equal to the folders.

/** Engines by name. */
export const ENGINES = {
  clickhouse: () => import("./engines/clickhouse.ts"),
  duckdb: () => import("./engines/duckdb.ts"),
  ledger: () => import("./engines/ledger.ts"),
  log: () => import("./engines/log.ts"),
  memory: () => import("./engines/memory.ts"),
  postgresql: () => import("./engines/postgresql.ts"),
  rollup: () => import("./engines/rollup.ts"),
  several: () => import("./engines/several.ts"),
  sqlite: () => import("./engines/sqlite.ts"),
} as const;

/** Output formats by name. */
export const RENDERERS = {
  csv: () => import("./renderers/csv.ts"),
  "csv-exceptions": () => import("./renderers/csv-exceptions.ts"),
  "csv-population": () => import("./renderers/csv-population.ts"),
  "csv-sample": () => import("./renderers/csv-sample.ts"),
  html: () => import("./renderers/html.ts"),
  json: () => import("./renderers/json.ts"),
  markdown: () => import("./renderers/markdown.ts"),
  pdf: () => import("./renderers/pdf.ts"),
  terminal: () => import("./renderers/terminal.ts"),
  xlsx: () => import("./renderers/xlsx.ts"),
} as const;

export { LANGUAGES } from "./languages/languages.ts";

export type RendererName = keyof typeof RENDERERS;
export type { Renderer } from "./renderers/renderer.ts";
