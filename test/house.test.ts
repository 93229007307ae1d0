// Who may import whom. To move a wall, change this table and ARCHITECTURE.md in one commit.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { ENGINES, LANGUAGES, RENDERERS } from "../src/registry.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SRC = join(ROOT, "src");

/** Room -> rooms or files it may import, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  model: [],
  expression: ["model", "redaction"],
  policy: ["model", "languages"],
  sqlite: ["model"],
  duckdb: ["model"],
  postgresql: ["model"],
  clickhouse: ["model"],
  redaction: ["model"],
  sources: ["model", "sqlite", "duckdb"],
  intake: ["model", "expression", "sources"],
  engines: [
    "model",
    "expression",
    "policy",
    "sqlite",
    "duckdb",
    "postgresql",
    "clickhouse",
    "sources",
    "intake",
    "ledger/layout.ts",
    "ledger/manifest.ts",
  ],
  ledger: ["model", "duckdb", "sources", "intake"],
  catalog: ["model", "expression"],
  languages: ["model"],
  assess: ["model", "expression", "policy", "redaction", "languages", "engines/engine.ts"],
  renderers: ["model", "languages"],
  "evidence-package": ["model", "renderers", "languages", "redaction", "engines/engine.ts"],
  "audit-logger": ["model", "sqlite", "postgresql", "clickhouse", "redaction"],
  "version.ts": [],
  "registry.ts": ["engines", "languages", "renderers"],
  "report-generator.ts": [
    "assess",
    "catalog",
    "engines",
    "languages",
    "model",
    "policy",
    "renderers",
    "version.ts",
  ],
  "measure-example.ts": ["assess", "catalog", "engines", "languages", "model", "policy"],
  "framework-test.ts": ["catalog", "measure-example.ts"],
  "open-log": ["model", "sources", "postgresql/url.ts", "clickhouse/url.ts"],
  "open-log.ts": [
    "catalog",
    "engines",
    "model",
    "open-log",
    "registry.ts",
    "sources/source.ts",
    "version.ts",
  ],
  "migrate-database.ts": ["audit-logger", "model", "open-log"],
  "import-logs.ts": ["catalog", "ledger", "model", "open-log", "open-log.ts", "version.ts"],
  "mapping-fixture.ts": ["catalog", "intake", "model"],
  "package-reports.ts": [
    "catalog",
    "engines",
    "evidence-package",
    "model",
    "policy",
    "registry.ts",
    "report-generator.ts",
  ],
  "index.ts": [
    "audit-logger",
    "catalog",
    "engines",
    "expression",
    "framework-test.ts",
    "import-logs.ts",
    "intake",
    "languages",
    "ledger",
    "mapping-fixture.ts",
    "migrate-database.ts",
    "model",
    "open-log.ts",
    "package-reports.ts",
    "policy",
    "registry.ts",
    "renderers/pdf.ts",
    "renderers/renderer.ts",
    "report-generator.ts",
    "version.ts",
  ],
  cli: ["index.ts"],
};

const FORBIDDEN_NAMES = /^(utils?|libs?|commons?|shared|helpers?|misc)(\.ts)?$/;

const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => file.split(sep).join("/"));

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, target = ""]) =>
    relative(SRC, resolve(SRC, dirname(file), target))
      .split(sep)
      .join("/"),
  );
}

const roomOf = (file: string): string => file.split("/")[0] ?? file;

describe("who may import whom", () => {
  test.each(files)("%s", (file) => {
    const room = roomOf(file);
    const allowed = MAY_IMPORT[room];
    expect(allowed, `${room} is no room of the house`).toBeDefined();
    const trespasses = importsOf(file).filter(
      (target) =>
        roomOf(target) !== room && !allowed?.includes(roomOf(target)) && !allowed?.includes(target),
    );
    expect(trespasses).toEqual([]);
  });

  test("every import points at a file that exists", () => {
    const missing = files.flatMap(importsOf).filter((file) => !existsSync(join(SRC, file)));
    expect(missing).toEqual([]);
  });

  test("no import goes round in a circle", () => {
    const state = new Map<string, "open" | "done">();
    const circles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        circles.push([...path.slice(path.indexOf(file)), file].join(" -> "));
        return;
      }
      state.set(file, "open");
      for (const target of importsOf(file)) visit(target, [...path, file]);
      state.set(file, "done");
    };
    for (const file of files) visit(file, []);
    expect(circles).toEqual([]);
  });
});

describe("names", () => {
  test("no drawer", () => {
    const parts = files.flatMap((file) => file.split("/"));
    expect(parts.filter((part) => FORBIDDEN_NAMES.test(part))).toEqual([]);
  });

  test("every room stands in ARCHITECTURE.md", () => {
    const page = readFileSync(join(ROOT, "ARCHITECTURE.md"), "utf8");
    const rooms = Object.keys(MAY_IMPORT).filter((room) => room !== "version.ts");
    expect(rooms.filter((room) => !page.includes(`\`src/${room}`))).toEqual([]);
  });
});

function shelf(folder: string, none: readonly string[]): string[] {
  return readdirSync(join(SRC, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && !none.includes(entry.name))
    .map((entry) => entry.name.replace(/\.ts$/, ""))
    .sort();
}

describe("shelves equal their registries", () => {
  test("engines", () => {
    expect(shelf("engines", ["engine.ts", "growing.ts", "part.ts"])).toEqual(
      Object.keys(ENGINES).sort(),
    );
  });

  test("sources", () => {
    const opened = importsOf("sources/input/open-source.ts")
      .filter((file) => file !== "sources/source.ts")
      .map((file) => file.replace(/^sources\/(.+)\.ts$/, "$1"));
    expect(shelf("sources", ["source.ts"])).toEqual([...new Set(opened)].sort());
  });

  test("languages", () => {
    const none = ["language.ts", "languages.ts", "numbers.ts", "figure-words.ts"];
    expect(shelf("languages", none)).toEqual(Object.keys(LANGUAGES).sort());
  });

  test("renderers", () => {
    const none = ["renderer.ts", "dict.ts", "report-dict.ts"];
    expect(shelf("renderers", none)).toEqual(Object.keys(RENDERERS).sort());
  });
});
