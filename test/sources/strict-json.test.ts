// The strict decoder: what two readers could understand differently is told, never guessed.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ByteWindow } from "../../src/sources/decoding/byte-window.ts";
import { countColons } from "../../src/sources/strict-json/count-colons.ts";
import { keepNumbers } from "../../src/sources/strict-json/exact-numbers.ts";
import { secondKey } from "../../src/sources/strict-json/second-key.ts";
import { survey } from "../../src/sources/strict-json/survey.ts";
import { decode, outline } from "./reading.ts";

const one = (text: string | Buffer): unknown => outline(decode("jsonl", text))[0];

/** A window whose text begins at the given position. */
function windowAt(
  text: string,
  offset: number,
): { window: ByteWindow; start: number; end: number } {
  const window = new ByteWindow(1000);
  window.append(Buffer.from(':"'.repeat(8).slice(0, offset) + text));
  return { window, start: window.start + offset, end: window.end };
}

const key = fc.oneof(
  fc.string({ unit: "binary", maxLength: 6 }),
  fc.constantFrom(":", '"', "\\", "__proto__", "0"),
);
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 9 }),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    ),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4 }),
  ),
})).value;

/** The same value in the ways that programs write JSON. */
function styles(value: unknown): string[] {
  const text = JSON.stringify(value);
  const escaped = text.replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return [text, JSON.stringify(value, null, 1), escaped, ` ${escaped.replaceAll("/", "\\/")}\t`];
}

describe("colons outside of strings", () => {
  test("are one for each member, wherever the text begins", () => {
    fc.assert(
      fc.property(json, fc.nat(7), (value, offset) => {
        for (const text of styles(value)) {
          const { window, start, end } = windowAt(text, offset);
          const members = survey(JSON.parse(text)).members;
          expect(countColons(window, start, end)).toBe(members);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["", 0],
    ['"', 0],
    ['":"', 0],
    ['"\\\\":1', 1],
    ['"\\":":1', 1],
    ['{"a":{"b":":"},"c":[]}', 3],
  ])("%j holds %i", (text, count) => {
    for (const offset of [0, 1, 2, 3]) {
      const { window, start, end } = windowAt(text, offset);
      expect(countColons(window, start, end)).toBe(count);
    }
  });
});

describe("the shortest text of a value", () => {
  test("is never longer than any text of it", () => {
    fc.assert(
      fc.property(json, (value) => {
        for (const text of styles(value)) {
          expect(survey(JSON.parse(text)).least).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 2000 },
    );
  });

  test.each([
    "0",
    "-0",
    "-1",
    "10",
    "1e1",
    "100",
    "1e2",
    "-1e2",
    "999",
    "1000",
    "1e3",
    "12e2",
    "12e3",
    "-5e3",
    "1700000000000",
    "0.1",
    "1e-1",
    "0.01",
    "1e-2",
    "0.001",
    "1e-3",
    "15e-3",
    "123e-4",
    "1.5",
    "15e-1",
    "1e21",
    "1E400",
    "5e-324",
    "9007199254740993",
    "1e15",
    "1234567",
    "0.30000000000000004",
  ])("is no longer than %s", (text) => {
    expect(survey(JSON.parse(text)).least).toBeLessThanOrEqual(text.length);
  });

  test("is just the length of a compact text, so that most records need no second look", () => {
    const text =
      '{"id":1234567,"ok":true,"no":false,"none":null,"list":[1,2.5,"x",{}],"text":"grün"}';
    expect(survey(JSON.parse(text)).least).toBe(text.length);
  });
});

describe("a key that comes twice", () => {
  test.each([
    '{"a":1,"a":1}',
    '{"a":1,"a":2}',
    '{"a":1,"b":2,"a":3}',
    '{"a":1,"\\u0061":2}',
    '{"\\/":1,"/":2}',
    '{"x":{"y":[{"k":1,"k":1}]}}',
    '[{"k":1,"k":1}]',
    '{"":0,"":0}',
    '{"__proto__":1,"__proto__":2}',
    '{"1":0,"1":0}',
    '{"a":{"b":1},"a":2}',
    '{"a":1000,"a":1e3}',
    '{ "a" : 1 , "a" : 2 }',
  ])("%s is refused", (text) => {
    expect(one(text)).toBe("duplicate-key");
    expect(outline(decode("json", text))).toEqual(["duplicate-key"]);
  });

  test.each(['{"a":1,"A":2}', '{"a":{"a":{"a":1}}}', '[{"a":1},{"a":1}]', '{"a":"a\\":1,\\"a"}'])(
    "%s is none",
    (text) => {
      expect(one(text)).toEqual(JSON.parse(text));
    },
  );

  test("is found wherever it is put, however the text is written", () => {
    fc.assert(
      fc.property(json, fc.nat(), fc.nat(3), (value, where, style) => {
        const text = styles(value)[style] ?? "";
        const objects = [...text.matchAll(/"(?:[^"\\]|\\.)*"|\{/gs)].filter(
          ([token]) => token === "{",
        );
        fc.pre(objects.length > 0);
        const at = (objects[where % objects.length]?.index ?? 0) + 1;
        const first = /^\s*("(?:[^"\\]|\\.)*")/s.exec(text.slice(at))?.[1] ?? '"a":0,"a"';
        const doubled = `${text.slice(0, at)}${first}:0,${text.slice(at)}`;
        const isEmpty = /^\s*\}/.test(text.slice(at));
        const closed = isEmpty ? doubled.replace(/,(?=\s*\})/, "") : doubled;
        expect(one(closed.replaceAll("\n", " "))).toBe("duplicate-key");
        expect(secondKey(closed)).toBeGreaterThan(at);
        expect(one(text.replaceAll("\n", " "))).not.toBe("duplicate-key");
      }),
      { numRuns: 2000 },
    );
  });

  test("is named by its place", () => {
    expect(decode("jsonl", '{"a":1,"b":{"c":1,"c":2}}')[0]?.message).toBe(
      "An object names a key twice, the second time at character 19 of the record.",
    );
  });
});

describe("numbers", () => {
  test.each([
    ["9007199254740991", 9007199254740991, 0],
    ["9007199254740992", "9007199254740992", 1],
    ["-9007199254740993", "-9007199254740993", 1],
    ["123456789012345678901234567890", "123456789012345678901234567890", 1],
    ["1e400", "1e400", 1],
    ["-1E+400", "-1E+400", 1],
    ["1e300", 1e300, 0],
    ["9007199254740993.5", 9007199254740994, 0],
    ["0.1234567890123456789", 0.12345678901234568, 0],
    ["1e-400", 0, 0],
  ])("%s is read as %j", (text, value, unsafe) => {
    const [item] = decode("jsonl", `{"n":[${text}]}`);
    expect(item).toMatchObject({ value: { n: [value] }, unsafe });
  });

  test("inside of strings are left alone", () => {
    const text =
      '{"a":"9007199254740993 \\" 9007199254740993","9007199254740993":9007199254740993}';
    expect(decode("jsonl", text)[0]).toMatchObject({
      value: {
        a: '9007199254740993 " 9007199254740993',
        "9007199254740993": "9007199254740993",
      },
      unsafe: 1,
    });
  });

  test("keep every digit", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }), (number) => {
        const exact = keepNumbers(`[${number}]`);
        expect(String((JSON.parse(exact.text) as unknown[])[0])).toBe(String(number));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("what would take too much", () => {
  test.each([
    ["lists", "[", "]"],
    ["objects", '{"a":', "}"],
  ])("%s nested 500 deep are read, deeper ones are not", (_name, open, close) => {
    const inner = open === "[" ? "" : "1";
    const text = (depth: number): string => open.repeat(depth) + inner + close.repeat(depth);
    expect(decode("jsonl", text(500))[0]?.reason).toBeUndefined();
    for (const depth of [501, 5000, 100_000]) {
      expect(decode("jsonl", text(depth))[0]).toMatchObject({
        reason: "malformed",
        message: "The record is nested deeper than 500 levels.",
      });
      expect(decode("json", text(depth), {}, 10_000)).toHaveLength(1);
    }
  });

  test("brackets that are never closed", () => {
    expect(outline(decode("jsonl", `${"[".repeat(1_000_000)}\n{"a":1}`))).toEqual([
      "malformed",
      { a: 1 },
    ]);
  });

  test("more than two million values", () => {
    const items = decode("jsonl", `[${"{},".repeat(1_000_001)}{}]\n[${"0,".repeat(1_000_000)}0]`);
    expect(items.map(({ message }) => message)).toEqual([
      "The record holds more than 2000000 values.",
      undefined,
    ]);
  });
});

describe("what stays data", () => {
  test.each([
    ['{"__proto__":{"x":1}}', "__proto__", { x: 1 }],
    ['{"constructor":1}', "constructor", 1],
    ['{"a":"\\ud800"}', "a", "\ud800"],
    ['{"a":"\\u0000\\u001b\\u202e"}', "a", "\0\u001b\u202e"],
    ['{"a":"\u2028\u00e9🔒"}', "a", "\u2028é🔒"],
  ])("%s", (text, name, value) => {
    const read = one(text) as object;
    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect(Object.entries(read)).toEqual([[name, value]]);
  });

  test("a NUL byte outside of an escape is no JSON", () => {
    expect(one('{"a":"\0"}')).toBe("malformed");
  });
});
