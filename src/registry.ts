// The tables of contents of the code shelves: name -> import, loaded when asked for. A test
// holds them equal to the folders.

/** Engines by name. */
export const ENGINES = {
  ledger: () => import("./engines/ledger.ts"),
  log: () => import("./engines/log.ts"),
  memory: () => import("./engines/memory.ts"),
  sqlite: () => import("./engines/sqlite.ts"),
} as const;

/** Output formats by name. */
export const RENDERERS = {
  json: () => import("./renderers/json.ts"),
  markdown: () => import("./renderers/markdown.ts"),
  terminal: () => import("./renderers/terminal.ts"),
} as const;

export type RendererName = keyof typeof RENDERERS;
export type { Renderer } from "./renderers/renderer.ts";
