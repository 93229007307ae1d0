import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isInterrupt } from "../../src/duckdb/failure.ts";
import { loadDuckDb } from "../../src/duckdb/load.ts";
import { openDuckDb } from "../../src/duckdb/open.ts";
import type { DuckDb } from "../../src/duckdb/open.ts";
import { rowJson } from "../../src/duckdb/row-json.ts";
import { quoteText } from "../../src/duckdb/sql-text.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "duckdb-test-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function withDuckDb<T>(use: (duckdb: DuckDb) => Promise<T>, inside = folder): Promise<T> {
  const duckdb = await openDuckDb({ path: inside });
  try {
    return await use(duckdb);
  } finally {
    await duckdb.close();
  }
}

async function rowsOf(duckdb: DuckDb, sql: string): Promise<(string | null)[][]> {
  const rows: (string | null)[][] = [];
  for await (const columns of duckdb.columns(sql)) {
    for (let row = 0; row < (columns[0]?.length ?? 0); row += 1) {
      rows.push(columns.map((column) => column[row] ?? null));
    }
  }
  return rows;
}

const asJson = async (duckdb: DuckDb, sql: string): Promise<unknown[]> => {
  const row = rowJson(await duckdb.describe(sql));
  return (await rowsOf(duckdb, `SELECT ${row} FROM (${sql})`)).map(([text]) =>
    JSON.parse(text ?? ""),
  );
};

describe("opening", () => {
  test("names the package when it is missing", async () => {
    const missing = loadDuckDb(() => Promise.reject(new Error("Cannot find package")));
    await expect(missing).rejects.toMatchObject({
      code: "missing-package",
      message: expect.stringContaining("@duckdb/node-api"),
      hint: expect.stringContaining("npm install @duckdb/node-api"),
    });
  });

  test("leaves nothing behind and can be closed twice", async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith("aegis-duckdb-"));
    const duckdb = await openDuckDb({ path: folder });
    await duckdb.run("SELECT 1");
    await duckdb.close();
    await duckdb.close();
    await expect(duckdb.run("SELECT 1")).rejects.toMatchObject({ code: "closed" });
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith("aegis-duckdb-"));
    expect(after.length).toBeLessThanOrEqual(before.length);
  });
});

describe("the lock", () => {
  test.each([
    ["another file", `SELECT * FROM read_text('/etc/hostname')`],
    ["a way out of the folder", `SELECT * FROM read_text('FOLDER/../../etc/hostname')`],
    ["a file elsewhere to write", `COPY (SELECT 1) TO '/tmp/elsewhere.csv'`],
    ["another database", `ATTACH '/tmp/elsewhere.db'`],
    ["the network", `SELECT * FROM read_parquet('https://example.invalid/a.parquet')`],
    ["an extension", "LOAD httpfs"],
    ["an installation", "INSTALL httpfs"],
    ["its own settings", "SET threads = 8"],
    ["its lock", "SET enable_external_access = true"],
  ])("refuses %s", async (_, sql) => {
    await withDuckDb(async (duckdb) => {
      await expect(duckdb.run(sql.replace("FOLDER", duckdb.path))).rejects.toThrow(/Error/);
    });
  });

  test("reaches a folder whose name is a pattern, and no other that it matches", async () => {
    const odd = join(folder, "a[bc]*?'{}");
    const other = join(folder, "ab");
    mkdirSync(odd);
    mkdirSync(other);
    await withDuckDb(async (duckdb) => {
      const file = quoteText(`${duckdb.path}/x.parquet`);
      await duckdb.run(`COPY (SELECT 'here' AS a) TO ${file} (FORMAT parquet)`);
      expect(await rowsOf(duckdb, `SELECT a FROM read_parquet(${file})`)).toEqual([["here"]]);
    }, odd);
    expect(readdirSync(odd)).toEqual(["x.parquet"]);
    expect(readdirSync(other)).toEqual([]);
  });
});

describe("texts", () => {
  test("arrive as they are: byte order mark, NUL, empty, NULL, astral, long", async () => {
    const texts = [
      "\uFEFFx",
      "\uFEFF\uFEFF",
      "a\0b",
      "\0",
      "",
      "🔒".repeat(9),
      "é",
      "x".repeat(1e6),
    ];
    writeFileSync(join(folder, "texts.json"), `${JSON.stringify({ t: [...texts, null] })}\n`);
    await withDuckDb(async (duckdb) => {
      const file = quoteText(`${duckdb.path}/texts.json`);
      const sql = `SELECT unnest(t) AS t FROM read_json(${file}, format = 'newline_delimited', columns = {t: 'VARCHAR[]'})`;
      expect(await rowsOf(duckdb, sql)).toEqual([...texts, null].map((text) => [text]));
    });
  });

  test("come in the order of the rows, many chunks of them", async () => {
    await withDuckDb(async (duckdb) => {
      const rows = await rowsOf(duckdb, "SELECT i::VARCHAR, NULL::VARCHAR FROM range(10000) t(i)");
      expect(rows).toEqual(Array.from({ length: 10_000 }, (_, row) => [String(row), null]));
    });
  });

  test("a reader may stop early and ask again", async () => {
    await withDuckDb(async (duckdb) => {
      for await (const [first] of duckdb.columns("SELECT i::VARCHAR FROM range(100000000) t(i)")) {
        expect(first?.[0]).toBe("0");
        break;
      }
      expect(await rowsOf(duckdb, "SELECT 'again'")).toEqual([["again"]]);
    });
  });
});

describe("much data in few values", () => {
  test("lists of numbers, bytes and texts arrive as they are", async () => {
    await withDuckDb(async (duckdb) => {
      const values = await duckdb.firstValues(
        "SELECT list((i - 3)::INTEGER), list((i / 2)::DOUBLE), encode(string_agg('é' || chr(i::INTEGER), '')), " +
          "'=' || chr(65279) || 'x', NULL::VARCHAR, NULL::BLOB, []::INTEGER[] FROM range(5) t(i)",
        (found) =>
          found.map((value) =>
            value instanceof Uint8Array ? new Uint8Array(value) : (value?.slice() ?? value),
          ),
      );
      expect(values).toEqual([
        Int32Array.of(-3, -2, -1, 0, 1),
        Float64Array.of(0, 0.5, 1, 1.5, 2),
        new Uint8Array(Buffer.from("é\0é\u0001é\u0002é\u0003é\u0004")),
        "\uFEFFx",
        null,
        null,
        new Int32Array(),
      ]);
      expect(await duckdb.firstValues("SELECT 1 WHERE false", () => 1)).toBeUndefined();
    });
  });
});

test("queries may overlap", async () => {
  await withDuckDb(async (duckdb) => {
    const seen: string[] = [];
    for await (const [outer] of duckdb.columns("SELECT i::VARCHAR FROM range(5000) t(i)")) {
      const [inner] = await rowsOf(
        duckdb,
        "SELECT strftime(TIMESTAMPTZ '2024-01-01 00:00:00Z', '%H')",
      );
      seen.push(`${outer?.length}/${inner?.[0]}`);
    }
    expect(seen).toEqual(["2048/00", "2048/00", "904/00"]);
  });
});

describe("rows as JSON", () => {
  test("keep every digit", async () => {
    await withDuckDb(async (duckdb) => {
      const sql =
        "SELECT 9223372036854775807 AS a, 18446744073709551615::UBIGINT AS b, " +
        "123456789012345678901234567890::HUGEINT AS c, 1.10::DECIMAL(4,2) AS d, " +
        "12345678901234567890.123456789::DECIMAL(38,9) AS e";
      const row = rowJson(await duckdb.describe(sql));
      expect(await rowsOf(duckdb, `SELECT ${row} FROM (${sql})`)).toEqual([
        [
          "[9223372036854775807,18446744073709551615,123456789012345678901234567890,1.1," +
            '"12345678901234567890.123456789"]',
        ],
      ]);
    });
  });

  test("write times in ISO 8601, alone and nested", async () => {
    await withDuckDb(async (duckdb) => {
      const sql =
        "SELECT TIMESTAMPTZ '2024-01-01 00:00:00.5+02' AS utc, TIMESTAMP '2024-01-01' AS local, " +
        "'2024-01-01 00:00:00.123456789'::TIMESTAMP_NS AS ns, DATE '2024-02-29' AS day, " +
        "{'at': [TIMESTAMPTZ '2024-01-01 00:00:00Z'], 'it''s': 1} AS nested, " +
        "MAP {'k': TIMESTAMP '2024-01-01 00:00:01'} AS map, NULL::STRUCT(\"at\" TIMESTAMP) AS none";
      expect(await asJson(duckdb, sql)).toEqual([
        [
          "2023-12-31T22:00:00.500000Z",
          "2024-01-01T00:00:00.000000",
          "2024-01-01T00:00:00.123456789",
          "2024-02-29",
          { at: ["2024-01-01T00:00:00.000000Z"], "it's": 1 },
          { k: "2024-01-01T00:00:01.000000" },
          null,
        ],
      ]);
    });
  });

  test("write what JSON cannot, and JSON text as text", async () => {
    await withDuckDb(async (duckdb) => {
      const sql =
        "SELECT 'nan'::DOUBLE AS a, ['inf'::FLOAT, '-inf'::FLOAT, 1.5] AS b, '\\xFF\\x00'::BLOB AS c, " +
        `'abc'::BLOB AS d, '{"a":1,"a":2}'::JSON AS e, true AS f, NULL AS g, [[1.5::FLOAT]] AS h, ` +
        "[1.5, 2]::DOUBLE[2] AS i";
      expect(await asJson(duckdb, sql)).toEqual([
        [
          "NaN",
          ["Infinity", "-Infinity", 1.5],
          "/wA=",
          "abc",
          '{"a":1,"a":2}',
          true,
          null,
          [[1.5]],
          [1.5, 2],
        ],
      ]);
    });
  });
});

test("a long query can be interrupted, and closing ends it", async () => {
  const duckdb = await openDuckDb({ path: folder });
  const slow = "SELECT count(*) FROM range(100000000000) t(i) WHERE hash(i) = 3";
  const outcome = (): Promise<unknown> => duckdb.run(slow).catch((error: unknown) => error);
  const stopped = outcome();
  await duckdb.interrupt();
  expect(isInterrupt(await stopped)).toBe(true);
  const ended = outcome();
  await duckdb.close();
  expect(isInterrupt(await ended)).toBe(true);
});
