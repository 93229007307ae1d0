// What the closures answer beyond what docs/mappings.md shows, and that they are total.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileRecord } from "../../../src/expression/record/compile.ts";
import { RECORD_FUNCTIONS } from "../../../src/expression/record/functions.ts";
import { LONGEST_TEXT } from "../../../src/expression/record/values.ts";
import type { RecordTerm } from "../../../src/model/record-expression.ts";
import { evaluate, parse } from "./evaluate.ts";

const ask = (source: string, record?: unknown): unknown => evaluate(source, { record });

describe("own members only", () => {
  const hostile: unknown = JSON.parse(
    '{"__proto__": {"polluted": 1}, "constructor": "c", "a": {"hasOwnProperty": 2}, "list": [1]}',
  );

  test.each([
    ["record.__proto__.polluted", 1],
    ['record["__proto__"]', { polluted: 1 }],
    ["record.polluted", undefined],
    ["record.constructor", "c"],
    ["record.constructor.name", undefined],
    ["record.a.hasOwnProperty", 2],
    ["record.a.constructor", undefined],
    ["record.a.__proto__", undefined],
    ["record.toString", undefined],
    ["record.list.length", undefined],
    ['record.list["length"]', undefined],
    ['record.list["0"]', undefined],
    ['record.list["le" + "ngth"]', undefined],
    ['record["con" + "structor"]', "c"],
    ['record.a["__pro" + "to__"]', undefined],
    ['"toString" in record', false],
    ['"__proto__" in record', true],
    ["record.list.map", undefined],
    ['{"__proto__": 1}.__proto__', 1],
    ['{"__proto__": {"x": 1}}.x', undefined],
    ["record.keys().size()", 4],
  ])("%s", (source, value) => {
    expect(ask(source, hostile)).toStrictEqual(value);
  });

  test("a map that an expression makes has no other prototype", () => {
    const map = ask('{"__proto__": {"polluted": 1}}');
    expect(Object.getPrototypeOf(map)).toBe(Object.prototype);
    expect(Object.keys(map as object)).toEqual(["__proto__"]);
  });

  test("attributes with hostile keys are data", () => {
    const list = [{ key: "__proto__", value: { kvlistValue: { values: [] } } }];
    expect(ask('attributes(record)["__proto__"]', list)).toEqual({});
    expect(ask("attributes(record).toString", list)).toBeUndefined();
  });

  test("what a program adds to all objects is no data", () => {
    const every = Object.getPrototypeOf({}) as { sneaked?: string };
    Object.defineProperty(every, "sneaked", { value: "in", configurable: true });
    try {
      expect(ask("record.sneaked", {})).toBeUndefined();
      expect(ask('record["snea" + "ked"]', {})).toBeUndefined();
      expect(ask("record.sneaked", { sneaked: "own" })).toBe("own");
    } finally {
      delete every.sneaked;
    }
  });

  test("records without a prototype are read alike", () => {
    const row = Object.assign(Object.create(null) as object, { a: "1", constructor: "2" });
    expect(ask('record.a + record.constructor + record["a"]', row)).toBe("121");
    expect(ask("string(record)", row)).toBe('{"a":"1","constructor":"2"}');
  });
});

describe("values", () => {
  test.each([
    ["record == record", "a", true],
    ["record == null", undefined, true],
    ["record != null", null, false],
    ["record.a == record.b", {}, true],
    ["record == 1", "1", false],
    ["record == true", 1, false],
    ["record == [1]", [1], false],
    ["record < null", 1, false],
    ["record < true", false, false],
    ['record < "Ａ"', "\u{1f512}", false],
    ["record in [1, 2]", 2, true],
    ["record in [[2]]", [2], false],
    ["null in record", [null], false],
    ["1 in record", { 1: "a" }, false],
    ['"a" in record', "abc", false],
    ["record[0]", "abc", undefined],
    ["record[1.5]", [1, 2, 3], undefined],
    ["record[true]", [1], undefined],
    ["record[-3]", [1, 2], undefined],
    ["record[record[0]]", [1, "b"], "b"],
    ["record.a", [{ a: 1 }], undefined],
    ["-record", 0, 0],
    ["0 * -record", 1, 0],
    ["-record", "1", undefined],
    ["record + record", 1.7e308, undefined],
    ["record % 0", 1, undefined],
    ["record - 'a'", 1, undefined],
    ["record + 1", [1], undefined],
    ["record + [null]", [1], [1, null]],
    ["[record]", undefined, [null]],
    ["[[record.a], {'k': record.b}]", { b: null }, [[null], { k: null }]],
    ["{record: 1, 'b': 2}", 5, { b: 2 }],
    ["{record: 1}", "a", { a: 1 }],
    ["record ? 1 : 2", "true", 2],
    ["record || true", undefined, true],
    ["record && true", 1, false],
    ["record || record || record == 1", 1, true],
    ["record == 1 && has(record) && record < 2", 1, true],
    ["!(record && true)", null, true],
    ["has(record.a.b)", { a: { b: false } }, true],
    ["coalesce(record.a, record.b, 0)", { a: "", b: null }, 0],
    ["coalesce(record.a, record.b)", { a: "", b: false }, false],
    ["coalesce(record.a)", {}, undefined],
    ["coalesce(record.a)", { a: null }, null],
    ["coalesce(record.a, record.b, record.c, record.d, record.e)", { e: 5 }, 5],
    ["record.all(x, x)", [], true],
    ["record.all(x, x)", [true, 1], false],
    ["record.all(x, x)", {}, false],
    ["record.exists(x, x == null)", [1, null], true],
    ["record.filter(x, x != null)", [1, null, "a"], [1, "a"]],
    ["record.map(x, x.map(y, y + 1))", [[1], 2, null], [[2], null, null]],
    ["record.map(x, x)", null, null],
    ["record.filter(x, true)", "abc", undefined],
  ])("%s of %j is %j", (source, record, value) => {
    expect(ask(source, record)).toStrictEqual(value);
  });
});

describe("functions", () => {
  test.each([
    ["string(record)", true, "true"],
    ["string(record)", 1e21, "1e+21"],
    ["string(record)", { b: [1, null], a: "é" }, '{"b":[1,null],"a":"é"}'],
    ["json(record)", '[1, {"a": null}]', [1, { a: null }]],
    ["json(record)", " 5 ", 5],
    ["json(record)", "null", null],
    ["json(record)", "", undefined],
    ["json(record)", "[1,]", undefined],
    ["json(record)", 5, undefined],
    ["json(record)", null, null],
    [
      "json(record)",
      '{"a": "1234567890123456789", "b\\\\": "\\"9007199254740993"}',
      { a: "1234567890123456789", "b\\": '"9007199254740993' },
    ],
    [
      "json(record)",
      "[9007199254740993, -9007199254740993, 9007199254740991]",
      ["9007199254740993", "-9007199254740993", 9007199254740991],
    ],
    [
      "json(record)",
      "[1234567890123456.5, 1e300, 0.1234567890123456789]",
      [1234567890123456.5, 1e300, Number("0.1234567890123456789")],
    ],
    [
      "json(record)",
      `${"[".repeat(500)}${"]".repeat(500)}`,
      JSON.parse(`${"[".repeat(500)}${"]".repeat(500)}`),
    ],
    ["json(record)", `${"[".repeat(501)}${"]".repeat(501)}`, undefined],
    ["json(record)", "[".repeat(1_000_000), undefined],
    ["json(record).size()", `["${"[".repeat(600)}", ${"{},".repeat(600)} 1]`, 602],
    ["int(record)", "-0", 0],
    ["int(record)", "-12", -12],
    ["int(record)", -0.5, 0],
    ["int(record)", "1.5", undefined],
    ["int(record)", " 1", undefined],
    ["int(record)", "0x10", undefined],
    ["int(record)", "", undefined],
    ["int(record)", "9007199254740992", undefined],
    ["int(record)", 1e300, undefined],
    ["int(record)", true, undefined],
    ["int(record)", null, null],
    ["double(record)", "1e3", 1000],
    ["double(record)", "-0.5", -0.5],
    ["double(record)", "1e999", undefined],
    ["double(record)", "Infinity", undefined],
    ["double(record)", ".5", undefined],
    ["double(record)", "", undefined],
    ["record.lowerAscii()", "ÀÉ KELVIN \u212a", "ÀÉ kelvin \u212a"],
    ["record.upperAscii()", "straße ﬁ", "STRAßE ﬁ"],
    ["record.trim()", "\t a\u00a0 \r\n", "a\u00a0"],
    ["record.trim()", 5, undefined],
    ["record.contains('')", "a", true],
    ["record.contains(record.a)", "a", false],
    ["record.split(',')", "a,,b,", ["a", "", "b", ""]],
    ["record.split('')", "abc", ["abc"]],
    ["record.split(null)", "abc", undefined],
    ["record.replace('a', '$&$1')", "banana", "b$&$1n$&$1n$&$1"],
    ["record.replace('a', null)", "banana", undefined],
    ["record.join(', ')", ["a", null, 1, true, [2], { b: 3 }], 'a, 1, true, [2], {"b":3}'],
    ["record.join(', ')", [], ""],
    ["record.join(1)", ["a"], undefined],
    ["record.first()", "abc", undefined],
    ["record.last()", [], undefined],
    ["record.last()", null, null],
    ["record.size()", "a\u{1f512}b", 3],
    ["record.size()", "\ud800x\udc00\ud800", 4],
    ["record.size()", 5, undefined],
    ["record.keys()", [1], undefined],
  ])("%s of %j is %j", (source, record, value) => {
    expect(ask(source, record)).toStrictEqual(value);
  });

  test.each([
    ["s", 0, "1970-01-01T00:00:00Z"],
    ["s", -1, "1969-12-31T23:59:59Z"],
    ["s", 1.5, "1970-01-01T00:00:01.500000Z"],
    ["s", 0.1, "1970-01-01T00:00:00.100000Z"],
    ["s", 1e-7, "1970-01-01T00:00:00Z"],
    ["s", "1700000000.1234567", "2023-11-14T22:13:20.123456Z"],
    ["s", "-0.0000001", "1969-12-31T23:59:59.999999Z"],
    ["s", 7_258_118_399, "2199-12-31T23:59:59Z"],
    ["s", 7_258_118_400, undefined],
    ["s", -2_208_988_800, "1900-01-01T00:00:00Z"],
    ["s", -2_208_988_801, undefined],
    ["s", 1e300, undefined],
    ["s", "1e3", undefined],
    ["s", " 1", undefined],
    ["s", "", undefined],
    ["s", "9".repeat(31), undefined],
    ["s", true, undefined],
    ["s", null, null],
    ["ms", 1_767_603_600_123.5, "2026-01-05T09:00:00.123500Z"],
    ["us", "1767603600123456", "2026-01-05T09:00:00.123456Z"],
    ["ns", "1767603600123456999", "2026-01-05T09:00:00.123456Z"],
    ["ns", "-1", "1969-12-31T23:59:59.999999Z"],
  ])("epoch %s of %j is %j", (unit, value, time) => {
    expect(ask(`epoch(record, "${unit}")`, value)).toBe(time);
  });

  test.each([
    ["2026-01-05T09:00:00-00:00Z", "2026-01-05T09:00:00-00:00"],
    ["2026-01-05T09:00:00.5+0000z", "2026-01-05T09:00:00.5+00:00"],
    ["2026-01-05 09:00:00.123 +00:00 UTC", "2026-01-05T09:00:00.123+00:00"],
    ["2026-01-05 09:00:00 +0200", "2026-01-05T09:00:00+02:00"],
    ["2026-01-05T09:00:00-05", "2026-01-05T09:00:00-05:00"],
    ["2026-01-05T09:00:00z", "2026-01-05T09:00:00Z"],
    ["2026-01-05t09:00:00utc", "2026-01-05T09:00:00Z"],
    [" 2026-01-05T09:00:00Z\n", "2026-01-05T09:00:00Z"],
    ["2026-01-05T09:00:00,1234567890123", "2026-01-05T09:00:00.123456789"],
  ])("mended %j is %j, and counted", (text, time) => {
    const told: string[] = [];
    expect(evaluate("mended(record)", { record: text }, {}, told)).toBe(time);
    expect(told).toEqual(["mended"]);
  });

  test.each([
    "2026-01-05T09:00:00Z",
    "2026-01-05 09:00:00.123456789",
    "2026-02-30T09:00:00+00:00Z",
    "2026-01-05T25:00:00z",
    "2026-01-05T09:00:00+15",
    "05/Jan/2026:09:00:00 +0000",
    "2026-01-05T09:00:00ZZ",
    "",
    `2026-01-05T09:00:00.${"1".repeat(100_000)}x`,
    1_767_603_600,
    null,
    [],
  ])("mended %j stays, and is not counted", (value) => {
    const told: string[] = [];
    expect(evaluate("mended(record)", { record: value }, {}, told)).toBe(value);
    expect(told).toEqual([]);
  });

  test("attributes of every kind", () => {
    const list = [
      { key: "s", value: { stringValue: "" } },
      { key: "b", value: { boolValue: false } },
      { key: "i", value: { intValue: "-5" } },
      { key: "n", value: { intValue: 6 } },
      { key: "long", value: { intValue: "9223372036854775807" } },
      { key: "d", value: { doubleValue: 0.5 } },
      { key: "y", value: { bytesValue: "AAE=" } },
      { key: "a", value: { arrayValue: { values: [{ stringValue: "x" }, {}, null, 3] } } },
      { key: "m", value: { kvlistValue: { values: [{ key: "k", value: { intValue: "1" } }] } } },
      { key: "none", value: { arrayValue: {} } },
      { key: "nothing", value: { kvlistValue: {} } },
      { key: "null", value: null },
      { key: "absent" },
      { key: "other", value: { unheardOf: 1 } },
      { key: "plain", value: "x" },
      { key: "s", value: { stringValue: "again" } },
      { value: { stringValue: "keyless" } },
      { key: 7, value: { stringValue: "no text" } },
      null,
      "x",
    ];
    expect(ask("attributes(record)", list)).toStrictEqual({
      s: "again",
      b: false,
      i: -5,
      n: 6,
      long: "9223372036854775807",
      d: 0.5,
      y: "AAE=",
      a: ["x", null, null, 3],
      m: { k: 1 },
      none: [],
      nothing: {},
      null: null,
      absent: null,
      other: null,
      plain: "x",
    });
    expect(ask("attributes(record)", "x")).toBeUndefined();
    expect(ask("attributes(record)", null)).toBeNull();
  });
});

describe("tables", () => {
  const tables = {
    risk: new Map([
      ["1", "LOW"],
      ["true", "HIGH"],
      ["constructor", "ours"],
    ]),
  };

  test.each([
    [1, "LOW", []],
    ["1", "LOW", []],
    [true, "HIGH", []],
    ["constructor", "ours", []],
    ["__proto__", undefined, ["risk: __proto__"]],
    ["low", undefined, ["risk: low"]],
    [2.5, undefined, ["risk: 2.5"]],
    ["", null, []],
    [null, null, []],
    [undefined, undefined, []],
    [[1], undefined, []],
  ])("the word %j means %j", (record, meaning, unknown) => {
    const told: string[] = [];
    expect(evaluate("tables.risk[record]", { record }, tables, told)).toBe(meaning);
    expect(told).toEqual(unknown);
  });
});

describe("variables", () => {
  test("an item's place is put back, so that what another expression keeps there stays", () => {
    const { term } = parse("record.map(x, x + 1).size() + record.size()", {
      variables: ["record"],
    });
    const slots = ["record", "x"];
    const evaluateSum = compileRecord(term, (name) => slots.indexOf(name), {
      tables: new Map(),
      onUnknownWord: () => {},
      onMended: () => {},
    });
    const variables = [[1, 2], "kept"];
    expect(evaluateSum(variables)).toBe(4);
    expect(variables).toEqual([[1, 2], "kept"]);
  });

  test("inner macros see the items of the outer ones", () => {
    const record = [
      { n: "a", of: [1, 2] },
      { n: "b", of: [3] },
    ];
    const source = "record.map(x, x.of.map(y, x.n + string(y)).join()).join('|')";
    expect(ask(source.replace("join()", "join(',')"), record)).toBe("a1,a2|b3");
  });
});

describe("bounded", () => {
  const many = Array.from({ length: 200_000 }, (_, index) => index);

  test("one macro over a long list is complete", () => {
    expect(ask("record.map(x, x + 1).last()", many)).toBe(200_000);
    expect(ask("record.filter(x, x % 2 == 0).size()", many)).toBe(100_000);
  });

  test.each([
    "record.map(x, record.exists(y, y < 0))",
    "record.exists(x, record.exists(y, record.exists(z, false)))",
    "record.all(x, !(x in record && false))",
    "record.map(x, string(record))",
    "record.filter(x, record.join(',') == '')",
    "!record.map(x, record + record).exists(x, true)",
    "record.exists(x, -1 in record) || true",
  ])("%s over a long list is nothing, soon", (source) => {
    expect(ask(source, many)).toBeUndefined();
  });

  test("the same work fits again for the next record", () => {
    const { term } = parse("record.exists(x, record.exists(y, y == -1))", {
      variables: ["record"],
    });
    const slots = ["record", "x", "y"];
    const run = compileRecord(term, (name) => slots.indexOf(name), {
      tables: new Map(),
      onUnknownWord: () => {},
      onMended: () => {},
    });
    expect(run([many])).toBeUndefined();
    expect(run([[0, -1]])).toBe(true);
    expect(run([many.slice(0, 1000)])).toBe(false);
  });

  const long = "a".repeat(2_000_000);

  test.each([
    "record.list.map(x, record.text.contains('b'))",
    "record.list.map(x, record.text.lowerAscii())",
    "record.list.map(x, record.text.replace('b', 'c'))",
    "record.list.map(x, record.text < record.other)",
    "record.list.map(x, record.text == record.other)",
    "record.list.map(x, json(record.text))",
    "record.list.map(x, record.text.split('b'))",
    "record.list.map(x, record.text.size())",
    "record.list.map(x, (record.text + string(x)).trim())",
  ])("%s over a long text is nothing, soon", (source) => {
    const record = { list: many, text: long, other: `${long.slice(1)}b` };
    expect(ask(source, record)).toBeUndefined();
  });

  test("no text grows beyond the limit", () => {
    const record = { text: long };
    const square = "record.text.replace('a', record.text)";
    expect(ask(square, record)).toBeUndefined();
    expect(ask("record.text + record.text", record)).toHaveLength(4_000_000);
    const half = "b".repeat(LONGEST_TEXT / 2);
    expect(ask("has(record.text + record.text)", { text: half })).toBe(true);
    expect(ask("record.text + record.text + 'c'", { text: half })).toBeUndefined();
    expect(ask("[record.text, record.text].join(',')", { text: half })).toBeUndefined();
    expect(ask("string([record.text, record.text])", { text: half })).toBeUndefined();
  });

  test("what is too deep for JSON has no text", () => {
    let deep: unknown = [];
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(ask("string(record)", deep)).toBeUndefined();
    expect(ask("[record].join('')", deep)).toBe("");
    let attributes: unknown = {};
    for (let level = 0; level < 100_000; level += 1) {
      attributes = { kvlistValue: { values: [{ key: "k", value: attributes }] } };
    }
    expect(ask("has(attributes([{'key': 'k', 'value': record}]))", attributes)).toBe(true);
  });
});

describe("total", () => {
  const hostileKeys = fc.constantFrom(
    ..."__proto__ constructor toString length a b key value values stringValue".split(" "),
    "kvlistValue",
    "0",
    "",
  );
  const json = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small" },
      fc.constantFrom(null, true, false, "", "a", "1", "[1]", "2026-01-05T09:00:00+00:00Z"),
      fc.double({ min: -1e15, max: 1e15, noNaN: true }),
      fc.constantFrom(1e300, -1e300, 5e-324),
      fc.maxSafeInteger(),
      fc.string({ unit: "binary", maxLength: 5 }),
      fc.array(tie("value"), { maxLength: 5 }),
      fc
        .array(fc.tuple(hostileKeys, tie("value")), { maxLength: 5 })
        .map((entries) => Object.fromEntries(entries)),
    ),
  })).value;

  const names = fc.constantFrom("record", "document");
  const written = fc.letrec<{ x: string }>((tie) => {
    const x = tie("x");
    const call = fc.constantFrom(...RECORD_FUNCTIONS).chain(([name, { form, takes, words }]) =>
      fc.array(x, { minLength: takes[0], maxLength: Math.min(takes[1], 4) }).map((parts) => {
        const values = words === undefined ? parts : [parts[0], JSON.stringify(words.among[1])];
        return form === "function"
          ? `${name}(${values.join(", ")})`
          : `(${values[0]}).${name}(${values.slice(1).join(", ")})`;
      }),
    );
    return {
      x: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        names,
        fc.constantFrom("1", "-1.5", '"a"', '","', "null", "true"),
        fc.tuple(x, hostileKeys).map(([of, key]) => `(${of})[${JSON.stringify(key)}]`),
        fc
          .tuple(x, fc.constantFrom("a", "__proto__", "constructor"))
          .map((p) => `(${p[0]}).${p[1]}`),
        fc.tuple(x, x).map(([of, index]) => `(${of})[${index}]`),
        fc
          .tuple(x, fc.constantFrom("+", "-", "*", "/", "%", "==", "!=", "<", ">=", "in"), x)
          .map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
        fc.tuple(x, x).map(([left, right]) => `has(${left}) && !(${right} == null) || false`),
        fc.tuple(x, x, x).map(([when, yes, no]) => `(has(${when}) ? (${yes}) : (${no}))`),
        fc.tuple(x, x).map(([a, b]) => `[${a}, ${b}]`),
        fc.tuple(x, x).map(([a, b]) => `{"__proto__": ${a}, "b": ${b}}`),
        x.map((word) => `tables.words[${word}]`),
        fc
          .tuple(x, fc.constantFrom("map", "filter", "exists", "all"), x)
          .map(([of, macro, body]) =>
            macro === "map"
              ? `(${of}).map(item, [item, ${body.replaceAll("item", "document")}])`
              : `(${of}).${macro}(item, has(item) && has(${body.replaceAll("item", "record")}))`,
          ),
        call,
      ),
    };
  }).x;

  test("any expression over any record yields a JSON value or nothing, twice the same", () => {
    let evaluated = 0;
    fc.assert(
      fc.property(written, json, json, (source, record, document) => {
        let term: RecordTerm;
        try {
          ({ term } = parse(source, { variables: ["record", "document"], tables: ["words"] }));
        } catch {
          return; // Macros inside each other may be too deep, or name their items alike.
        }
        evaluated += 1;
        const before = JSON.stringify([record, document]);
        const slots = ["record", "document"];
        const slotOf = (name: string): number => {
          if (!slots.includes(name)) slots.push(name);
          return slots.indexOf(name);
        };
        const run = compileRecord(structuredClone(term), slotOf, {
          tables: new Map([["words", new Map([["a", "b"]])]]),
          onUnknownWord: () => {},
          onMended: () => {},
        });
        const value = run([record, document]);
        expect(isJson(value) || value === undefined).toBe(true);
        expect(JSON.stringify(run([record, document]))).toBe(JSON.stringify(value));
        // Nothing that a record holds was changed.
        expect(JSON.stringify([record, document])).toBe(before);
      }),
      { numRuns: 5000 },
    );
    expect(evaluated).toBeGreaterThan(3000);
  });

  test("`!=` is the opposite of `==`, `&&` and `||` are true or false, whatever stands beside them", () => {
    fc.assert(
      fc.property(json, json, (record, document) => {
        const is = (source: string): unknown => evaluate(source, { record, document });
        expect(is("record != document")).toBe(is("record == document") === false);
        expect(is("record == document")).toBe(is("document == record"));
        expect(is("record < document")).toBe(is("document > record"));
        expect(is("has(record)")).toBe(is("record != null"));
        expect(is("record && document")).toBe(record === true && document === true);
        expect(is("record || document")).toBe(record === true || document === true);
        expect(is("!record")).toBe(record !== true);
      }),
      { numRuns: 1000 },
    );
  });

  test("JSON in a text is the value it was written from", () => {
    fc.assert(
      fc.property(json, (value) => {
        const record = JSON.stringify(value);
        expect(JSON.stringify(ask("json(record)", record))).toBe(record);
        expect(ask("string(json(record))", record)).toBe(
          value === null ? null : typeof value === "string" ? value : record,
        );
      }),
      { numRuns: 1000 },
    );
  });

  test("nanoseconds are exact to the microsecond", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 7_258_118_399_999_999_999n }),
        fc.constantFrom("ns", "us", "ms", "s"),
        (nanoseconds, unit) => {
          const per = { ns: 1n, us: 1000n, ms: 1_000_000n, s: 1_000_000_000n }[unit] ?? 1n;
          const whole = nanoseconds / per;
          const time = String(ask(`epoch(record, "${unit}")`, String(whole)));
          const [, fraction = "0"] = /\.(\d{6})Z$/.exec(time) ?? [];
          const microseconds = BigInt(Date.parse(`${time.slice(0, 19)}Z`)) * 1000n;
          expect(microseconds + BigInt(fraction)).toBe((whole * per) / 1000n);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  return (
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    Object.values(value).every(isJson)
  );
}
