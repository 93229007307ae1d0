import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/duckdb/open.ts";
import { quoteText } from "../../src/duckdb/sql-text.ts";
import { parseExact } from "../../src/sources/parquet/exact-integers.ts";
import { source } from "../../src/sources/parquet.ts";
import type { LogFile, SourceEnd, SourceItem, SourceOptions } from "../../src/sources/source.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "parquet-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function write(name: string, select: string, options = ""): Promise<LogFile> {
  const duckdb = await openDuckDb({ path: folder });
  const path = join(folder, name);
  const to = quoteText(join(duckdb.path, name));
  await duckdb.run(`COPY (${select}) TO ${to} (FORMAT parquet${options})`);
  await duckdb.close();
  return { path, name, format: "parquet", packing: "none" };
}

async function read(file: LogFile, options: SourceOptions = {}): Promise<SourceItem[]> {
  const items: SourceItem[] = [];
  for await (const batch of source(file, options)) items.push(...batch);
  return items;
}

describe("Parquet", () => {
  test("rows are documents, with their numbers and their JSON as bytes", async () => {
    const file = await write(
      "some.parquet",
      "SELECT 1 AS id, 9007199254740993 AS big, {'a': [1, 2]} AS nested, NULL::VARCHAR AS none, " +
        `TIMESTAMPTZ '2026-01-01 00:00:00.000001Z' AS at, chr(65279) || 'x' || chr(0) AS "__proto__" ` +
        "UNION ALL SELECT 2, 5, NULL, 'é', NULL, ''",
    );
    const items = await read(file);
    expect(items).toMatchObject([
      { line: 1, unsafeIntegers: 1 },
      { line: 2, unsafeIntegers: 0 },
    ]);
    const [first, second] = items.map((item) => ("value" in item ? item.value : undefined));
    expect(Object.entries(first as object)).toEqual([
      ["id", 1],
      ["big", "9007199254740993"],
      ["nested", { a: [1, 2] }],
      ["none", null],
      ["at", "2026-01-01T00:00:00.000001Z"],
      ["__proto__", "\uFEFFx\0"],
    ]);
    expect(Object.entries(second as object)[3]).toEqual(["none", "é"]);
    expect(Buffer.from(items[1]?.bytes ?? []).toString()).toBe(
      '{"id":2,"big":5,"nested":null,"none":"é","at":null,"__proto__":""}',
    );
  });

  test("many rows come in their order, and the progress ends with the file's size", async () => {
    const file = await write(
      "many.parquet",
      "SELECT i FROM range(20000) t(i)",
      ", ROW_GROUP_SIZE 2048",
    );
    let bytes = 0;
    let end: SourceEnd | undefined;
    const items = await read(file, {
      onBytes: (more) => {
        bytes += more;
      },
      onEnd: (given) => {
        end = given;
      },
    });
    expect(items.map(({ line }) => line)).toEqual(Array.from({ length: 20_000 }, (_, i) => i + 1));
    expect(items[19_999]).toMatchObject({ value: { i: 19_999 } });
    expect(bytes).toBe(readFileSync(file.path).length);
    expect(end).toEqual({ lines: 20_000, bytes });
  });

  test("a row that is too long is refused, and the others are read", async () => {
    const file = await write(
      "long.parquet",
      "SELECT repeat('x', i) AS t FROM (VALUES (5), (200000), (7)) v(i)",
    );
    const items = await read(file, { longestRecord: 1000 });
    expect(items).toMatchObject([
      { value: { t: "xxxxx" } },
      { line: 2, reason: "too-long", length: 200_004 },
      { value: { t: "xxxxxxx" } },
    ]);
    expect(items[1]?.bytes.length).toBe(65_536);
  });

  test("a damaged column that DuckDB ends as if nothing followed is damage", async () => {
    const rows = 900_000;
    const file = await write(
      "broken.parquet",
      "SELECT i AS id, strftime(make_timestamp(1767225600000000 + i * 3000000), '%Y-%m-%dT%H:%M:%SZ') AS timestamp, " +
        "'a' || (i % 3) AS agent_id, 'read' AS action_type, 'LOW' AS risk_level, " +
        "CASE i % 9 WHEN 0 THEN 'block' ELSE 'auto' END AS approval, 'r' AS matched_rule, " +
        `md5(i::VARCHAR) AS action_target FROM range(1, ${rows + 1}) t(i)`,
    );
    const bytes = readFileSync(file.path);
    const third = Math.floor(bytes.length / 3);
    bytes.fill(0x58, third, third + 20);
    writeFileSync(file.path, bytes);
    let found = 0;
    let last: SourceItem | undefined;
    for await (const batch of source(file, {})) {
      found += batch.length;
      last = batch.at(-1);
    }
    expect(found).toBeLessThan(rows);
    expect(last).toMatchObject({ line: found, reason: "damaged-file" });
  });

  test("a name that is a pattern is a name", async () => {
    await write("a1.parquet", "SELECT 'other' AS t");
    const file = await write("plain.parquet", "SELECT 'this' AS t");
    const odd = join(folder, "a[1]*?.parquet");
    writeFileSync(odd, readFileSync(file.path));
    expect(await read({ ...file, path: odd })).toMatchObject([{ value: { t: "this" } }]);
  });

  test("a file that was cut off is one refusal", async () => {
    const file = await write("cut.parquet", "SELECT i FROM range(5000) t(i)");
    truncateSync(file.path, 3000);
    expect(await read(file)).toMatchObject([{ line: 1, reason: "damaged-file" }]);
  });

  test("something else is said to be something else", async () => {
    const path = join(folder, "else.parquet");
    writeFileSync(path, '{"a":1}\n');
    const file: LogFile = { path, name: "else.parquet", format: "parquet", packing: "none" };
    await expect(read(file)).rejects.toMatchObject({ code: "unsupported-source" });
    await expect(read({ ...file, path: join(folder, "none") })).rejects.toMatchObject({
      code: "unreadable-source",
    });
    await expect(read({ ...file, path: "-" })).rejects.toMatchObject({
      code: "unsupported-source",
    });
  });

  test("no damage makes it crash or lose count", async () => {
    const file = await write(
      "damaged.parquet",
      "SELECT i, 'text ' || i AS t FROM range(3000) t(i)",
    );
    const whole = readFileSync(file.path);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(whole.length - 5), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        async (flips) => {
          const bytes = Buffer.from(whole);
          for (const [at, byte] of flips) bytes[4 + at] = byte;
          writeFileSync(file.path, bytes);
          const items = await read(file);
          expect(items.map(({ line }) => line)).toEqual(items.map((_, index) => index + 1));
        },
      ),
      { numRuns: 60 },
    );
  });
});

const shortNumbers = fc.jsonValue().filter((value) => !/\d{16}/.test(JSON.stringify(value)));

test("exact integers: as JSON.parse, but for the whole numbers beyond 2^53", () => {
  fc.assert(
    fc.property(shortNumbers, fc.bigInt({ min: 2n ** 53n, max: 2n ** 70n }), (value, big) => {
      const text = JSON.stringify({ a: value, b: [0], c: "12345678901234567890" });
      const expected = JSON.parse(text) as Record<string, unknown>;
      expect(parseExact(text.replace('"b":[0]', `"b":[${big},-${big}]`))).toMatchObject({
        value: { ...expected, b: [String(big), `-${big}`] },
      });
    }),
    { numRuns: 300 },
  );
  expect(parseExact("[9007199254740991,9007199254740992,0.12345678901234568,1e300]")).toEqual({
    value: [9007199254740991, "9007199254740992", 0.12345678901234568, 1e300],
    unsafeIntegers: 1,
  });
});
