import { createRequire } from "node:module";
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type BetterSqlite3 from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { source } from "../../src/sources/sqlite-table.ts";
import type { LogFile, SourceItem, SourceOptions } from "../../src/sources/source.ts";

const Database = createRequire(import.meta.url)("better-sqlite3") as typeof BetterSqlite3;

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sqlite-table-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, sql: string): LogFile {
  const path = join(folder, name);
  const database = new Database(path);
  database.exec(sql);
  database.close();
  return { path, name, format: "sqlite", packing: "none" };
}

async function read(file: LogFile, options: SourceOptions = {}): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  for await (const batch of source(file, options)) items.push(...batch);
  return items;
}

describe("a table of a SQLite file", () => {
  test("gives its rows as documents", async () => {
    const file = write(
      "one.db",
      `CREATE TABLE "od""d" (a INTEGER, b TEXT, c REAL, d BLOB, "__proto__" TEXT);
       INSERT INTO "od""d" VALUES (1, 'é' || char(0) || 'x', 1.5, x'ff00', 'p'),
         (9007199254740993, NULL, 9e999, NULL, NULL);`,
    );
    const items = await read(file);
    expect(
      items.map((item) => ("value" in item ? Object.entries(item.value as object) : [])),
    ).toEqual([
      [
        ["a", 1],
        ["b", "é\0x"],
        ["c", 1.5],
        ["d", "/wA="],
        ["__proto__", "p"],
      ],
      [
        ["a", "9007199254740993"],
        ["b", null],
        ["c", "Infinity"],
        ["d", null],
        ["__proto__", null],
      ],
    ]);
    expect(items).toMatchObject([
      { line: 1, unsafeIntegers: 0 },
      { line: 2, unsafeIntegers: 1 },
    ]);
    expect(Buffer.from(items[0]?.bytes ?? []).toString()).toBe(
      String.raw`{"a":1,"b":"é\u0000x","c":1.5,"d":"/wA=","__proto__":"p"}`,
    );
  });

  test("comes in the order of its row numbers, in batches, and says how far it is", async () => {
    const file = write(
      "many.db",
      `CREATE TABLE t (i INTEGER);
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
       INSERT INTO t SELECT i FROM n;`,
    );
    let bytes = 0;
    const ends: unknown[] = [];
    const items = await read(file, {
      onBytes: (more) => {
        bytes += more;
      },
      onEnd: (end) => ends.push(end),
    });
    expect(items.map(({ line }) => line)).toEqual(Array.from({ length: 5000 }, (_, i) => i + 1));
    expect(bytes).toBe(statSync(file.path).size);
    expect(ends).toEqual([{ lines: 5000, bytes }]);
  });

  test("must be named where there are several", async () => {
    const file = write(
      "several.db",
      `CREATE TABLE alpha (x); CREATE TABLE beta (x) STRICT; CREATE VIEW gamma AS SELECT 7 AS y;`.replace(
        "beta (x) STRICT",
        "beta (x TEXT PRIMARY KEY) WITHOUT ROWID; INSERT INTO beta VALUES ('b'), ('a')",
      ),
    );
    await expect(read(file)).rejects.toMatchObject({
      code: "unsupported-source",
      message: expect.stringContaining('"alpha", "beta", "gamma"'),
    });
    await expect(read(file, { table: "delta" })).rejects.toMatchObject({
      message: expect.stringContaining('"delta"'),
    });
    expect(await read(file, { table: "beta" })).toMatchObject([
      { value: { x: "a" } },
      { value: { x: "b" } },
    ]);
    expect(await read(file, { table: "gamma" })).toMatchObject([{ value: { y: 7 } }]);
    expect(await read(file, { table: "alpha" })).toEqual([]);
  });

  test("refuses rows that are too long, and databases without tables", async () => {
    const long = write(
      "long.db",
      "CREATE TABLE t (x); INSERT INTO t VALUES ('a'), (printf('%900c', 'x'))",
    );
    expect(await read(long, { longestRecord: 100 })).toMatchObject([
      { value: { x: "a" } },
      { line: 2, reason: "too-long", length: 908 },
    ]);
    const empty = write("empty.db", "CREATE TABLE t (x); DROP TABLE t");
    await expect(read(empty)).rejects.toMatchObject({ code: "unsupported-source" });
  });
});
