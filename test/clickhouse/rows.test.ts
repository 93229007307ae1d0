import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rowsOf } from "../../src/clickhouse/rows.ts";
import type { ClickHouseRow } from "../../src/clickhouse/rows.ts";
import { ComplianceError } from "../../src/model/error.ts";

const HEAD = "id\tname\nInt64\tNullable(String)\n";

async function* inChunks(text: string, size: number, failure?: Error): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let start = 0; start < bytes.length; start += size) {
    yield await Promise.resolve(Buffer.from(bytes.subarray(start, start + size)));
  }
  if (failure !== undefined) throw failure;
}

async function all(
  text: string,
  { size = 1 << 16, numbered = true, failure = undefined as Error | undefined } = {},
) {
  const rows: ClickHouseRow[] = [];
  const bytes = inChunks(text, size, failure);
  for await (const batch of rowsOf(bytes, { numbered, place: "the log" })) rows.push(...batch);
  return rows;
}

describe("rowsOf", () => {
  test("whole numbers are numbers, beyond 2^53 bigints; all else is text", async () => {
    const text =
      "a\tb\tc\td\te\nInt64\tLowCardinality(Nullable(UInt8))\tFloat64\tNullable(UInt64)\tDecimal(9, 2)\n" +
      "-9007199254740991\t255\t1.5\t18446744073709551615\t1.00\n0\t\\N\t-0\t9007199254740992\t2\n";
    expect(await all(text)).toEqual([
      [-9007199254740991, 255, "1.5", 18446744073709551615n, "1.00"],
      [0, null, "-0", 9007199254740992n, "2"],
    ]);
  });

  test("no rows are no rows", async () => {
    expect(await all(HEAD)).toEqual([]);
  });

  test("batches have some thousand rows, and none is empty", async () => {
    const lines = Array.from({ length: 10_000 }, (_, index) => `${index}\tx\n`).join("");
    const sizes: number[] = [];
    for await (const batch of rowsOf(inChunks(HEAD + lines, 5000), { numbered: true, place: "" })) {
      sizes.push(batch.length);
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(10_000);
    expect(Math.max(...sizes)).toBeLessThan(5000);
    expect(sizes).toHaveLength(5);
  });

  const OLD =
    "Code: 32, e.displayText() = DB::Exception: Attempt to read after eof: a\\b\t1, e.what() = DB::Exception\n";
  const NEW =
    "\r\n__exception__\r\nabcdefghijklmnop\r\nCode: 210. DB::Exception: gone (NETWORK_ERROR)\n70 abcdefghijklmnop\r\n__exception__\r\n";

  test.each([
    ["18, behind rows", `${HEAD}1\ta\n${OLD}`, "code 32"],
    ["18, instead of rows", OLD, "code 32"],
    ["18, without a line end", `${HEAD}1\ta\n${OLD.trim()}`, "code 32"],
    ["26", `${HEAD}1\ta\n${NEW}`, "code 210"],
  ])("the words of a failure are an error: %s", async (_, text, code) => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), async (size) => {
        await expect(all(text, { size })).rejects.toMatchObject({
          code: "unreadable-source",
          message: expect.stringContaining(code) as string,
        });
      }),
      { numRuns: 60 },
    );
  });

  test("26 breaks the connection off behind the words", async () => {
    const failure = Object.assign(new Error("aborted"), { code: "ECONNRESET" });
    await expect(all(`${HEAD}1\ta\n${NEW}`, { failure })).rejects.toThrow("code 210");
  });

  test("the server's own text is not repeated", async () => {
    const error: unknown = await all(`${HEAD}1\ta\n${OLD}`).catch((thrown: unknown) => thrown);
    expect(String(error)).not.toContain("Attempt");
    expect(error).toBeInstanceOf(ComplianceError);
  });

  test.each([
    ["cut in a row", `${HEAD}1\ta\n2\tb`],
    ["cut behind a cell", `${HEAD}1\ta\n2\n`],
    ["cut in the types", "id\tname\nInt64\n"],
    ["cut in the names", "id\tna"],
    ["nothing", ""],
    ["a page of a proxy", "<html>\n<body>\n</body>\n"],
    ["a row too wide", `${HEAD}1\ta\tb\n`],
    ["a row without number", `${HEAD}\\N\ta\n`],
    ["text in place of the number", `${HEAD}x\ta\n`],
    ["the order is no number", "id\tname\nString\tString\n1\ta\n"],
  ])("an answer that is none is an error: %s", async (_, text) => {
    await expect(all(text)).rejects.toMatchObject({ code: "unreadable-source" });
  });

  test("what the bytes throw is thrown", async () => {
    const failure = new Error("the cable");
    await expect(all(`${HEAD}1\ta\n`, { failure })).rejects.toBe(failure);
  });

  test("the bytes are given up when the reader stops", async () => {
    let ended = false;
    const bytes = (async function* endless(): AsyncGenerator<Buffer> {
      try {
        yield Buffer.from(HEAD);
        for (let row = 0; ; row += 1) yield await Promise.resolve(Buffer.from(`${row}\tx\n`));
      } finally {
        ended = true;
      }
    })();
    for await (const _ of rowsOf(bytes, { numbered: true, place: "" })) break;
    expect(ended).toBe(true);
  });
});
