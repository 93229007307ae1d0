import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TsvReader, UnknownEscape, tsvRow } from "../../src/clickhouse/tsv.ts";
import type { Cell } from "../../src/clickhouse/tsv.ts";

/** Rows of a text that comes in pieces cut at these places. */
function read(bytes: Buffer, cuts: readonly number[] = []): { rows: Cell[][]; rest: string } {
  const reader = new TsvReader();
  const places = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  const rows = places
    .slice(1)
    .flatMap((end, at) => reader.push(Buffer.from(bytes.subarray(places[at], end))));
  return { rows, rest: Buffer.concat(reader.rest).toString("utf8") };
}

const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({
    unit: fc.constantFrom("\\", "N", "n", "t", "\t", "\n", "\r", "\0", "'", "b", "🔒", "é"),
  }),
  fc.constantFrom(
    "",
    "\\N",
    "NULL",
    "\u{feff}x",
    "Code: 60, x",
    "a".repeat(1500),
    "\\".repeat(900),
  ),
);
const cell = fc.option(text);
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((width) =>
    fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 20 }),
  );

describe("TsvReader", () => {
  test("reads what tsvRow writes, wherever the chunks end", () => {
    fc.assert(
      fc.property(table, fc.array(fc.nat({ max: 4000 }), { maxLength: 8 }), (rows, cuts) => {
        const bytes = Buffer.from(rows.map(tsvRow).join(""));
        const inside = cuts.map((cut) => Math.min(cut, bytes.length));
        expect(read(bytes, inside)).toEqual({ rows, rest: "" });
      }),
      { numRuns: 500 },
    );
  });

  test("reads the same byte by byte", () => {
    const rows: Cell[][] = [
      ["1", "a\tb\nc\\d\re\0f\bg\fh", null, "", "🔒'é"],
      ["2", "\\N", "N", "\u{feff}", "x".repeat(1100)],
    ];
    const bytes = Buffer.from(rows.map(tsvRow).join(""));
    const cuts = Array.from({ length: bytes.length }, (_, index) => index);
    expect(read(bytes, cuts)).toEqual({ rows, rest: "" });
  });

  test.each([
    ["\\b\\f\\n\\r\\t\\0\\'\\\\", "\b\f\n\r\t\0'\\"],
    ["\\a\\v\\e", "\x07\v\x1b"],
    ["\\\\N", "\\N"],
    ["x\\\\", "x\\"],
    ["\\N", null],
  ])("reads the escapes %s", (written, meant) => {
    expect(read(Buffer.from(`1\t${written}\n`)).rows).toEqual([["1", meant]]);
  });

  test.each(["x\\N", "\\Nx", "\\x41", "\\", "a\\q", "\\é"])("refuses %s", (written) => {
    expect(() => read(Buffer.from(`1\t${written}\n`))).toThrow(UnknownEscape);
  });

  test("writes U+FFFD for bytes that are no UTF-8, in short lines and long ones", () => {
    const broken = Buffer.from([0x31, 0x09, 0xff, 0x09, 0xe2, 0x82, 0x09, 0x61, 0x0a]);
    expect(read(broken).rows).toEqual([["1", "\u{fffd}", "\u{fffd}", "a"]]);
    const long = Buffer.concat([Buffer.from("b".repeat(2000)), Buffer.from([0x09]), broken]);
    expect(read(long).rows).toEqual([["b".repeat(2000), "1", "\u{fffd}", "\u{fffd}", "a"]]);
  });

  test("keeps what has no line end", () => {
    expect(read(Buffer.from("1\ta\n2\tb"))).toEqual({ rows: [["1", "a"]], rest: "2\tb" });
  });

  test("a row of one empty cell is a row", () => {
    expect(read(Buffer.from("\n\n")).rows).toEqual([[""], [""]]);
  });
});
