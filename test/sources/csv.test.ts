// CSV and TSV: RFC 4180 to the letter, and a forgotten quote that costs one line.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TableDecoder } from "../../src/sources/csv.ts";
import { cells, csvCell } from "./mutations.ts";
import { decode, outline } from "./reading.ts";

const CHUNKS = [1, 2, 3, 7, 64, Infinity];

describe.each([
  ["nothing", "", []],
  ["blank lines only", "\n\r\n\n", []],
  ["a header only", "a,b\n", []],
  ["a mark", "\ufeffa,b\n1,2\n", [{ a: "1", b: "2" }]],
  [
    "LF and CRLF",
    "a,b\r\n1,2\r\n\r\n3,4\n",
    [
      { a: "1", b: "2" },
      { a: "3", b: "4" },
    ],
  ],
  ["no line end at the end", "a,b\n1,2", [{ a: "1", b: "2" }]],
  ["empty cells", "a,b\n,\n", [{ a: "", b: "" }]],
  ["quotes", 'a,b\n"1","x ""y"""\n', [{ a: "1", b: 'x "y"' }]],
  [
    "line ends in quotes",
    'a,b\n"1\n2\r\n3",4\n5,6',
    [
      { a: "1\n2\r\n3", b: "4" },
      { a: "5", b: "6" },
    ],
  ],
  ["blank lines in quotes", 'a,b\n"\n\n",4\n', [{ a: "\n\n", b: "4" }]],
  ["a delimiter in quotes", 'a,b\n"1,2",3\n', [{ a: "1,2", b: "3" }]],
  ["an empty cell in quotes", 'a\n""\n', [{ a: "" }]],
  ["spaces, which belong to the cell", "a, b\n 1 ,2 \n", [{ a: " 1 ", " b": "2 " }]],
  ["a lone carriage return", "a,b\n1\r2,3\n", [{ a: "1\r2", b: "3" }]],
  ["controls", "a\n\u0000\u001b\n", [{ a: "\0\u001b" }]],
  [
    "too few and too many cells",
    "a,b\n1\n1,2\n1,2,3\n",
    ["malformed", { a: "1", b: "2" }, "malformed"],
  ],
  ["a cut-off last row", "a,b\n1,2\n3", [{ a: "1", b: "2" }, "malformed"]],
  ["a quote inside a cell", 'a,b\n1"x,2\n3,4\n', ["malformed", { a: "3", b: "4" }]],
  ["something behind a quote", 'a,b\n"1"x,2\n3,4\n', ["malformed", { a: "3", b: "4" }]],
  [
    "a quote that is never closed",
    'a,b\n"1,2\n3,4\n5,6',
    ["malformed", { a: "3", b: "4" }, { a: "5", b: "6" }],
  ],
  [
    "a quote closed in another row",
    'a,b\n"1,2\n3,"4"\n5,6\n',
    ["malformed", { a: "3", b: "4" }, { a: "5", b: "6" }],
  ],
  ["a carriage return behind a quote", 'a,b\n"1"\r2,3\n4,5\n', ["malformed", { a: "4", b: "5" }]],
  [
    "names that come twice",
    "a,a,a (2),a\n1,2,3,4\n",
    [{ a: "1", "a (3)": "2", "a (2)": "3", "a (4)": "4" }],
  ],
  ["a column without a name", ",b\n1,2\n", [{ "": "1", b: "2" }]],
])("%s", (_name, text, expected) => {
  test.each(CHUNKS)("in chunks of %d", (size) => {
    expect(outline(decode("csv", text, {}, size))).toEqual(expected);
    const tabs = text.replaceAll(",", "\t");
    const tabbed = JSON.parse(JSON.stringify(expected).replaceAll('1,2"', '1\\t2"')) as unknown;
    expect(outline(decode("tsv", tabs, {}, size))).toEqual(tabbed);
  });
});

test("a column called __proto__ stays a column", () => {
  const [row] = outline(decode("csv", "__proto__,b\nx,y\n")) as [object];
  expect(Object.entries(row)).toEqual([
    ["__proto__", "x"],
    ["b", "y"],
  ]);
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
});

test("columns may be named by the reader, and then the first row is data", () => {
  expect(outline(decode("csv", "1,2\n3,4\n", { columns: ["a", "b"] }))).toEqual([
    { a: "1", b: "2" },
    { a: "3", b: "4" },
  ]);
});

describe("a header that cannot be read", () => {
  test.each([
    ["a quote in it", 'a"x,b\n1,2\n3,4\n'],
    ["invalid UTF-8", Buffer.from("a\u00ff,b\n1,2\n3,4\n", "latin1")],
    ["too long", `${"a".repeat(200)},b\n1,2\n3,4\n`],
  ])("for %s, refuses every row", (_name, text) => {
    for (const size of CHUNKS) {
      const items = decode("csv", text, { longestRecord: 100 }, size);
      expect(items).toHaveLength(3);
      expect(items.slice(1).map(({ message }) => message)).toEqual([
        "The header row cannot be read, so the cells have no names.",
        "The header row cannot be read, so the cells have no names.",
      ]);
    }
  });
});

test("each item has its line and its own bytes", () => {
  const text = 'a,b\r\n1,2\r\n\n"3\n\n",4\r\n"5,6\n7,8';
  for (const size of CHUNKS) {
    expect(decode("csv", text, {}, size).map(({ line, bytes }) => [line, bytes])).toEqual([
      [2, "1,2"],
      [4, '"3\n\n",4'],
      [7, '"5,6'],
      [8, "7,8"],
    ]);
  }
});

test("the messages count cells and tell a cut-off row", () => {
  expect(decode("csv", "a,b\n1\n2").map(({ message }) => message)).toEqual([
    "The row has 1 cells where the table has 2 columns.",
    "The last row has 1 cells where the table has 2 columns and no line end: it was cut off.",
  ]);
});

test("invalid UTF-8 refuses its own row only", () => {
  const bytes = Buffer.from("a,b\n1,\u00ff\n3,4\n", "latin1");
  expect(outline(decode("csv", bytes, {}, 2))).toEqual(["invalid-utf-8", { a: "3", b: "4" }]);
});

test("the last row of a damaged file is refused when its line is not ended", () => {
  expect(outline(decode("csv", "a,b\n1,2\n3,4", {}, 5, true))).toEqual([
    { a: "1", b: "2" },
    "malformed",
  ]);
});

describe("rows beyond the limit", () => {
  const long = "x".repeat(300);

  test.each(CHUNKS)("are refused, and the next is read, in chunks of %d", (size) => {
    const text = `a,b\n1,2\n${long},1\n3,4\n"${long}",5\n5,6\n${long}`;
    const items = decode("csv", text, { longestRecord: 100 }, size);
    expect(outline(items)).toEqual([
      { a: "1", b: "2" },
      "too-long",
      { a: "3", b: "4" },
      "too-long",
      { a: "5", b: "6" },
      "too-long",
    ]);
    expect(items.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7]);
  });

  test.each(CHUNKS)("with a quote never closed cost one line, in chunks of %d", (size) => {
    const rows = "3,4\n".repeat(60);
    const items = decode("csv", `a,b\n"1,2\n${rows}`, { longestRecord: 100 }, size);
    expect(items).toHaveLength(61);
    expect(items.filter(({ reason }) => reason !== undefined)).toMatchObject([
      { reason: "malformed", line: 2, bytes: '"1,2' },
    ]);
  });

  test("take no more memory than the limit allows", () => {
    const decoder = new TableDecoder(",", {});
    const piece = Buffer.alloc(1 << 20, 0x78);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    expect([...decoder.push(Buffer.from("a,b\n1,2\n"))].flat()).toHaveLength(1);
    for (let count = 0; count < 100; count += 1) {
      expect([...decoder.push(piece)]).toEqual([]);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    const items = [...decoder.push(Buffer.from("\n3,4\n"))].flat();
    expect(items).toMatchObject([{ reason: "too-long", length: 100 * 2 ** 20 }, { line: 4 }]);
    expect(most).toBeLessThan(200 * 2 ** 20);
  });
});

test("whatever stands in the cells is read back", () => {
  const names = ["a", "b", "c"];
  fc.assert(
    fc.property(
      fc.array(cells(3), { maxLength: 20 }),
      fc.constantFrom("\n", "\r\n"),
      fc.boolean(),
      fc.integer({ min: 1, max: 100 }),
      (rows, end, quoted, chunk) => {
        const text = [names, ...rows]
          .map((row) => row.map((cell) => csvCell(cell, quoted)).join(","))
          .join(end);
        const expected = rows.map((row) =>
          Object.fromEntries(names.map((name, index) => [name, row[index]])),
        );
        expect(outline(decode("csv", text, {}, chunk))).toEqual(expected);
      },
    ),
    { numRuns: 1000 },
  );
});

test("a quote in every line takes time in proportion to the file", () => {
  const rows = 20_000;
  for (const row of ['"a,b\n', 'x""y,b\n', '",x,"\n', '"""\n', 'a,"\n']) {
    const items = decode("csv", `"\n${row.repeat(rows)}`, { columns: ["a", "b"] }, 1 << 16);
    expect(items.length).toBeGreaterThan(rows / 4);
  }
});
