// JSON files: lists, containers, values one after the other; and how the next record is found
// behind a malformed one.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { JsonDecoder } from "../../src/sources/json.ts";
import { decode, outline } from "./reading.ts";

const CHUNKS = [1, 2, 3, 7, 64, Infinity];
const records = { containers: ["Records", "a.b", "a.c.d"] };

describe.each([
  ["nothing", "", []],
  ["white space only", " \n\r\n\t", []],
  ["a list", '[{"a":1},{"a":2}]', [{ a: 1 }, { a: 2 }]],
  ["an empty list", " [ ] ", []],
  [
    "a list in many lines",
    '[\n  {\n    "a": 1\n  },\n  {\n    "a": 2\n  }\n]\n',
    [{ a: 1 }, { a: 2 }],
  ],
  ["a mark", '\ufeff[{"a":1}]', [{ a: 1 }]],
  ["a mark before nothing", "\ufeff", []],
  ["one object", '{"a":{"b":1}}', [{ a: { b: 1 } }]],
  ["one scalar", " 12 ", [12]],
  ["items of every kind", '[1,"x",null,true,[2],{}]', [1, "x", null, true, [2], {}]],
  ["lists one after the other", '[{"a":1}]\n[{"a":2}]', [{ a: 1 }, { a: 2 }]],
  [
    "objects one after the other",
    '{"a":1}{"a":2} {"a":3}\n{"a":4}',
    [{ a: 1 }, { a: 2 }, { a: 3 }, { a: 4 }],
  ],
  ["commas too many or too few", '[,{"a":1},,{"a":2} {"a":3},]', [{ a: 1 }, { a: 2 }, { a: 3 }]],
  ["brackets in strings", '[{"a":"]}\\"[{"},{"b":"\\\\"}]', [{ a: ']}"[{' }, { b: "\\" }]],
  ["CRLF", '[\r\n{"a":1},\r\n{"a":2}\r\n]\r\n', [{ a: 1 }, { a: 2 }]],
])("%s", (_name, text, expected) => {
  test.each(CHUNKS)("in chunks of %d", (size) => {
    expect(outline(decode("json", text, {}, size))).toEqual(expected);
    expect(outline(decode("json", text, records, size))).toEqual(expected);
  });
});

describe.each([
  [
    "a container",
    '{"x":[1],"Records":[{"r":1},{"r":2}],"y":{"Records":[3]}}',
    [{ r: 1 }, { r: 2 }],
  ],
  ["an empty container", '{"Records":[]}', []],
  ["a container further in", '{"a":{"x":1,"b":[{"r":1}]},"z":2}', [{ r: 1 }]],
  ["two containers", '{"a":{"c":{"d":[1]},"b":[2]},"Records":[3]}', [1, 2, 3]],
  ["a container written with an escape", '{"\\u0052ecords":[{"r":1}]}', [{ r: 1 }]],
  ["a container that is no list", '{"Records":{"r":1}}', [{ Records: { r: 1 } }]],
  ["no container", '{"a":{"x":1},"b":[{"r":1}]}', [{ a: { x: 1 }, b: [{ r: 1 }] }]],
  [
    "objects on the way that hold none",
    '{"a":{"c":{"e":[1]}},"f":1}',
    [{ a: { c: { e: [1] } }, f: 1 }],
  ],
  ["containers one after the other", '{"Records":[1]}\n{"Records":[2]}', [1, 2]],
  ["objects of both kinds", '{"Records":[1]} {"q":2} {"Records":[3]}', [1, { q: 2 }, 3]],
  ["a container in a list", '[{"Records":[1]}]', [{ Records: [1] }]],
  ["a text that looks like one", '{"x":"\\"Records\\":[1]"}', [{ x: '"Records":[1]' }]],
])("%s", (_name, text, expected) => {
  test.each(CHUNKS)("in chunks of %d", (size) => {
    expect(outline(decode("json", text, records, size))).toEqual(expected);
  });
});

describe.each([
  ["a wrong word", '[{"a":1},{"a":tru},{"a":2}]', [{ a: 1 }, "malformed", { a: 2 }]],
  ["a key twice", '[{"a":1,"a":2},{"a":3}]', ["duplicate-key", { a: 3 }]],
  ["a bracket of the wrong kind", '[{"a":[1},{"a":2}]', ["malformed", { a: 2 }]],
  ["a bare word", "[abc, 12 13, 5]", ["malformed", "malformed", 5]],
  ["a line feed in a string", '[{"a":"x\ny"},{"a":2}]', ["malformed", { a: 2 }]],
  ["an unclosed string", '[\n{"a":"x},\n{"a":2},\n{"a":3}]', ["malformed", { a: 2 }, { a: 3 }]],
  ["an unclosed string at the end", '[\n{"a":1},\n{"a":"x}\n]', [{ a: 1 }, "malformed"]],
  [
    "an unclosed object",
    '[\n{"a":{"b":1},\n{"a":2},\n{"a":3}\n]',
    ["malformed", { a: 2 }, { a: 3 }],
  ],
  [
    "an unclosed object, in many lines",
    '[\n {\n  "a": {\n   "b": 1\n },\n {\n  "a": 2\n }\n]',
    ["malformed", { a: 2 }],
  ],
  ["an object closed twice", '[{"a":1}},{"a":2}]', [{ a: 1 }, "malformed", { a: 2 }]],
  ["a list closed twice", '[{"a":1}]]\n{"a":2}', [{ a: 1 }, "malformed", { a: 2 }]],
  ["a cut-off record", '[{"a":1},{"a":', [{ a: 1 }, "malformed"]],
  ["a cut-off string", '[{"a":1},{"a":"', [{ a: 1 }, "malformed"]],
  ["a cut-off list", '[{"a":1},', [{ a: 1 }, "malformed"]],
  ["a cut-off object", '{"a":1,', ["malformed"]],
  ["a cut-off container", '{"Records":[{"a":1}', [{ a: 1 }, "malformed"]],
  ["a cut-off object around a container", '{"Records":[{"a":1}]', [{ a: 1 }, "malformed"]],
  ["an unclosed container", '{"Records":[{"a":1}}{"a":2}', [{ a: 1 }, "malformed", { a: 2 }]],
  [
    "junk in the object around a container",
    '{"Records":[1],nope,"x":2}{"a":2}',
    [1, "malformed", { a: 2 }],
  ],
  ["an object that is none", '{"a":1,nope}{"a":2}', ["malformed", { a: 2 }]],
  ["a key without a value", '{"a"}{"a":2}', ["malformed", { a: 2 }]],
  ["a mark later on", '{"a":1}\n\ufeff{"a":2}', [{ a: 1 }, "malformed", { a: 2 }]],
])("after %s", (_name, text, expected) => {
  test.each(CHUNKS)("the next record is read, in chunks of %d", (size) => {
    expect(outline(decode("json", text, records, size))).toEqual(expected);
  });
});

test("a nested object is never taken for a record", () => {
  const text = '[\n {\n  "a": "x,\n  "b": [\n   {"secret": 1}\n  ]\n },\n {"a": 2}\n]';
  const values = decode("json", text).flatMap(({ value }) => (value === undefined ? [] : [value]));
  expect(values).toEqual([{ a: 2 }]);
});

test("each item has its line and its own bytes", () => {
  const text = '[\n{"a":1}, {"a":2},\n\n{\n"a":3\n}, nope ,\n{"a":"x\n\n"},{"a":4}\n]';
  for (const size of CHUNKS) {
    expect(decode("json", text, records, size).map(({ line, bytes }) => [line, bytes])).toEqual([
      [2, '{"a":1}'],
      [2, '{"a":2}'],
      [4, '{\n"a":3\n}'],
      [6, "nope"],
      [7, '{"a":"x\n\n"}'],
      [9, '{"a":4}'],
    ]);
  }
});

const message = (text: string): string | undefined => decode("json", text, records).at(-1)?.message;

test("the messages tell what was cut off", () => {
  expect(message('[{"a":')).toBe("The file ends before the record does: it was cut off.");
  expect(message('[{"a":1}')).toBe(
    "The file ends before its list of records is closed: it was cut off.",
  );
});

test("invalid UTF-8 refuses its own record only", () => {
  const text = Buffer.from('[{"a":"é"},{"a":"\u00ff"},{"a":1}]', "latin1");
  expect(outline(decode("json", text, {}, 3))).toEqual([
    "invalid-utf-8",
    "invalid-utf-8",
    { a: 1 },
  ]);
});

describe("records beyond the limit", () => {
  const long = `{"a":"${"x".repeat(300)}"}`;

  test.each(CHUNKS)("are refused, and the next is read, in chunks of %d", (size) => {
    const text = `[{"a":1},\n${long},{"a":2},\n[${long}],{"a":3}]`;
    const items = decode("json", text, { longestRecord: 100 }, size);
    expect(outline(items)).toEqual([{ a: 1 }, "too-long", { a: 2 }, "too-long", { a: 3 }]);
    expect(items.map(({ line }) => line)).toEqual([1, 2, 2, 3, 3]);
    expect(items.map(({ length }) => length)).toEqual([7, long.length, 7, long.length + 2, 7]);
  });

  test.each(CHUNKS)("may be the objects around a container, in chunks of %d", (size) => {
    const envelope = `{"x":"${"y".repeat(300)}","Records":[{"a":1}],"z":${long}}`;
    const options = { ...records, longestRecord: 100 };
    expect(outline(decode("json", envelope, options, size))).toEqual([{ a: 1 }]);
    const plain = `{"x":1,"y":${long},"z":2}\n{"a":2}`;
    const items = decode("json", plain, options, size);
    expect(outline(items)).toEqual(["too-long", { a: 2 }]);
    expect(items[0]?.length).toBe(plain.length - 8);
  });

  test("take no more memory than the limit allows", () => {
    const decoder = new JsonDecoder({});
    const piece = Buffer.alloc(1 << 20, 0x78);
    const before = process.memoryUsage().arrayBuffers;
    let most = 0;
    expect([...decoder.push(Buffer.from('[{"a":1},"'))].flat()).toHaveLength(1);
    for (let count = 0; count < 100; count += 1) {
      expect([...decoder.push(piece)]).toEqual([]);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    }
    const items = [...decoder.push(Buffer.from('",{"a":2}]'))].flat();
    expect(items).toMatchObject([
      { reason: "too-long", length: 100 * 2 ** 20 + 2 },
      { value: { a: 2 } },
    ]);
    expect(most).toBeLessThan(200 * 2 ** 20);
  });
});

test("white space, commas and passed members take no memory", () => {
  const decoder = new JsonDecoder(records);
  const before = process.memoryUsage().arrayBuffers;
  const feed = (text: string): unknown[] => [...decoder.push(Buffer.from(text))].flat();
  feed('{"Records":[1],"x":"');
  for (let count = 0; count < 40; count += 1) feed("y".repeat(1 << 20));
  feed('"');
  for (let count = 0; count < 40; count += 1) feed(" ,\n".repeat(1 << 18));
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(60 * 2 ** 20);
  expect(feed('}{"a":1}')).toMatchObject([{ value: { a: 1 } }]);
});

/** What is read of a text: numbers that a double cannot hold are texts. */
function exact(text: string): unknown {
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === "number" && /^-?\d+$/.test(String(value)) && !Number.isSafeInteger(value)
      ? String(value)
      : value,
  );
}

describe("any values in any layout", () => {
  const values = fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 12 });
  const layout = fc.record({
    indent: fc.nat(4),
    gap: fc.constantFrom(",", ", ", ",\n", "\n,", " ,\r\n "),
    chunk: fc.integer({ min: 1, max: 200 }),
  });

  test("are read back", () => {
    fc.assert(
      fc.property(values, layout, (list, { indent, gap, chunk }) => {
        const text = list.map((value) => JSON.stringify(value, null, indent));
        const expected = exact(`[${text.join(",")}]`);
        for (const file of [
          `[${text.join(gap)}]`,
          `{"x":[1],"Records":[${text.join(gap)}],"y":2}`,
        ]) {
          expect(outline(decode("json", file, records, chunk))).toEqual(expected);
        }
      }),
      { numRuns: 400 },
    );
  });

  test("one that does not decode takes no other along", () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 })), {
      minLength: 1,
      maxLength: 8,
    });
    const bad = fc.constantFrom(
      '{"a":tru}',
      '{"a" 1}',
      '{"a":1,}',
      '{"a":"\\x"}',
      '{"a":01}',
      "nope",
    );
    fc.assert(
      fc.property(objects, bad, fc.nat(8), layout, (list, broken, at, { indent, gap, chunk }) => {
        const texts = list.map((value) => JSON.stringify(value, null, indent));
        texts.splice(at, 0, broken);
        const items = outline(decode("json", `[${texts.join(gap)}]`, {}, chunk));
        expect(items.filter((item) => item === "malformed")).toHaveLength(1);
        expect(items.filter((item) => item !== "malformed")).toEqual(exact(JSON.stringify(list)));
      }),
      { numRuns: 400 },
    );
  });
});
