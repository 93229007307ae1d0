// JSON Lines: each stated treatment, whatever the pieces in which the bytes come.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonLinesDecoder } from "../../src/sources/json-lines.ts";
import type { SourceEnd } from "../../src/sources/source.ts";
import { decode, outline, readAll, temporaryFolder, writeLog } from "./reading.ts";

const folder = temporaryFolder();
const CHUNKS = [1, 2, 3, 7, 64, Infinity];

describe.each([
  ["nothing", "", []],
  ["blank lines only", "\n\r\n \t\r\n\n", []],
  ["a mark and nothing else", "\ufeff", []],
  ["a mark", '\ufeff{"a":1}', [{ a: 1 }]],
  ["a mark later on", '{"a":1}\n\ufeff{"a":2}', [{ a: 1 }, "malformed"]],
  ["LF and CRLF", '{"a":1}\r\n{"a":2}\n\r\n{"a":3}\r\n', [{ a: 1 }, { a: 2 }, { a: 3 }]],
  ["no line end at the end", '{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }]],
  ["a cut-off last line", '{"a":1}\n{"a":', [{ a: 1 }, "malformed"]],
  ["a malformed line", '{"a":1\n{"a":2}', ["malformed", { a: 2 }]],
  ["two values in a line", '{"a":1}{"a":2}\n', ["malformed"]],
  ["values that are no objects", '1\n"x"\nnull\n[1]\n', [1, "x", null, [1]]],
  ["spaces around", '  {"a":1}\t\n', [{ a: 1 }]],
  ["a carriage return inside", '{"a":\r1}\n', [{ a: 1 }]],
])("%s", (_name, text, expected) => {
  test.each(CHUNKS)("in chunks of %d", (size) => {
    expect(outline(decode("jsonl", text, {}, size))).toEqual(expected);
  });
});

test("the message tells a cut-off line from a malformed one", () => {
  const messages = decode("jsonl", "{\n{").map(({ message }) => message);
  expect(messages).toEqual([
    "The record is no JSON value.",
    "The last line is no JSON value and has no line end: it was cut off.",
  ]);
});

test("invalid UTF-8 refuses its own line only, with its bytes", () => {
  const bytes = Buffer.concat([
    Buffer.from('{"a":"é"}\n{"a":"'),
    Buffer.from([0xc3, 0x28, 0xff]),
    Buffer.from('"}\n{"a":"ü"}\n'),
    Buffer.from([0xed, 0xa0, 0x80, 0x0a]),
  ]);
  for (const size of CHUNKS) {
    const items = decode("jsonl", bytes, {}, size);
    expect(outline(items)).toEqual([{ a: "é" }, "invalid-utf-8", { a: "ü" }, "invalid-utf-8"]);
    expect(items[1]?.bytes).toBe('{"a":"\u00c3(\u00ff"}');
  }
});

test("UTF-16 is refused line by line", () => {
  const items = decode("jsonl", Buffer.from('\ufeff{"a":1}\n{"a":2}\n', "utf16le"));
  expect(items.length).toBeGreaterThan(1);
  expect(items.every(({ reason }) => reason !== undefined)).toBe(true);
});

test("lines are numbered with the blank ones", () => {
  const items = decode("jsonl", '\n{"a":1}\n\n\nx\n{"a":2}', {}, 2);
  expect(items.map(({ line }) => line)).toEqual([2, 5, 6]);
});

test("bytes are the line without its end", () => {
  expect(decode("jsonl", ' {"a":1} \r\n{}')).toMatchObject([
    { bytes: ' {"a":1} ', length: 9 },
    { bytes: "{}", length: 2 },
  ]);
});

describe("lines beyond the limit", () => {
  const long = `{"a":"${"x".repeat(300)}"}`;

  test.each(CHUNKS)("are refused, and the next is read, in chunks of %d", (size) => {
    const text = `{"a":1}\n${long}\n{"a":2}\n${long}\n${long}`;
    const items = decode("jsonl", text, { longestRecord: 100 }, size);
    expect(outline(items)).toEqual([{ a: 1 }, "too-long", { a: 2 }, "too-long", "too-long"]);
    expect(items.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5]);
    expect(items[1]?.length).toBe(long.length);
  });

  test("of 100 MB take no more memory than the limit allows", () => {
    const decoder = new JsonLinesDecoder({});
    const piece = Buffer.alloc(1 << 20, 0x78);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    for (let count = 0; count < 100; count += 1) {
      expect([...decoder.push(piece)]).toEqual([]);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    const items = [...decoder.push(Buffer.from('\n{"a":1}\n'))].flat();
    expect(items).toMatchObject([
      { reason: "too-long", line: 1, length: 100 * 2 ** 20 },
      { value: { a: 1 }, line: 2 },
    ]);
    expect(items[0]?.bytes).toHaveLength(65_536);
    expect(most).toBeLessThan(200 * 2 ** 20);
  });
});

describe("a range", () => {
  const content = fc.array(
    fc.constantFrom('{"a":1}', '{"text":"grün"}', "", "nope", "  ", `{"b":"${"y".repeat(40)}"}`),
    { maxLength: 30 },
  );

  test("holds the lines that start in it: all ranges together are the file", async () => {
    let count = 0;
    await fc.assert(
      fc.asyncProperty(
        content,
        fc.constantFrom("\n", "\r\n"),
        fc.boolean(),
        fc.boolean(),
        fc.array(fc.nat(400), { maxLength: 4 }),
        async (lines, end, mark, closed, cuts) => {
          const text = (mark ? "\ufeff" : "") + lines.join(end) + (closed ? end : "");
          const bytes = Buffer.from(text);
          count += 1;
          const file = writeLog(folder, `range-${count}`, bytes);
          const bounds = [0, ...cuts.filter((cut) => cut < bytes.length), bytes.length].sort(
            (left, right) => left - right,
          );
          const items = [];
          let before = 0;
          for (const [index, start] of bounds.slice(0, -1).entries()) {
            const range = { start, end: bounds[index + 1] ?? bytes.length };
            let ended: SourceEnd | undefined;
            const part = await readAll(file, {
              range,
              onEnd: (told) => {
                ended = told;
              },
            });
            for (const item of part) items.push({ ...item, line: item.line + before });
            before += ended?.lines ?? Number.NaN;
          }
          expect(items).toEqual(await readAll(file));
        },
      ),
      { numRuns: 150 },
    );
  });

  test("that is empty holds nothing", async () => {
    const file = writeLog(folder, "empty-range", '{"a":1}\n{"a":2}\n');
    expect(await readAll(file, { range: { start: 3, end: 3 } })).toEqual([]);
    expect(await readAll(file, { range: { start: 8, end: 8 } })).toEqual([]);
    expect(await readAll(file, { range: { start: 8, end: 9 } })).toMatchObject([
      { value: { a: 2 } },
    ]);
  });
});

test("batches are small and never empty", () => {
  const decoder = new JsonLinesDecoder({});
  const sizes = [...decoder.push(Buffer.from('{"a":1}\n'.repeat(1000)))].map(
    ({ length }) => length,
  );
  expect(sizes).toEqual([256, 256, 256, 232]);
  expect([...decoder.push(Buffer.from("\n\n"))]).toEqual([]);
});
