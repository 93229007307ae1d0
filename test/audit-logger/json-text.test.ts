import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonText } from "../../src/audit-logger/json-text.ts";
import { hasPython, python } from "./python.ts";

describe("jsonText", () => {
  it("is ASCII that JSON.parse reads back, for any JSON value", () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: "binary" }), (value) => {
        const text = jsonText(value);
        expect(text).toMatch(/^[ -~]*$/);
        expect(JSON.parse(text)).toStrictEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it("gives JSON, whatever it is given", () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
      withSparseArray: true,
      withObjectString: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        expect(jsonText(JSON.parse(jsonText(value)))).toMatch(/^[ -~]*$/);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    [{ q: "item 1", limit: 445 }, '{"q": "item 1", "limit": 445}'],
    [[1, [], {}, null, true], "[1, [], {}, null, true]"],
    ['é\u007f\u{1f512}\n"\\', String.raw`"\u00e9\u007f\ud83d\udd12\n\"\\"`],
    ["a\ud83d", String.raw`"a\ud83d"`],
    [undefined, "null"],
    [{ a: undefined, b: [undefined] }, '{"b": [null]}'],
    [[Number.NaN, Number.POSITIVE_INFINITY, -0], '["NaN", "Infinity", -0.0]'],
    [[10n, 2n ** 53n], '[10, "9007199254740992"]'],
    [new Date(0), '"1970-01-01T00:00:00.000Z"'],
    [new TypeError("no"), '"TypeError: no"'],
    [new Map([["k", new Set([1, 2])]]), '{"k": [1, 2]}'],
    [new Uint8Array([1, 2, 255]), '"AQL/"'],
    [{ f() {} }, '{"f": "[function f]"}'],
    [JSON.parse('{"__proto__": 1, "constructor": 2}'), '{"__proto__": 1, "constructor": 2}'],
  ])("writes example %# in the form of the original", (value: unknown, text) => {
    expect(jsonText(value)).toBe(text);
  });

  it("stops at circles, depths, faults and floods", () => {
    const circle: Record<string, unknown> = { name: "a" };
    circle["self"] = [circle];
    expect(jsonText(circle)).toBe('{"name": "a", "self": ["[circular]"]}');
    const twice = { a: 1 };
    expect(jsonText([twice, twice])).toBe('[{"a": 1}, {"a": 1}]');

    let deep: unknown = "end";
    for (let level = 0; level < 5000; level += 1) deep = [deep];
    expect(jsonText(deep)).toBe(`${"[".repeat(200)}"[nested too deep]"${"]".repeat(200)}`);

    const faulty = {
      get a(): never {
        throw new Error("secret");
      },
    };
    expect(jsonText({ faulty, b: 1 })).toBe('{"faulty": "[unreadable]", "b": 1}');

    let flood: unknown = "x";
    for (let level = 0; level < 40; level += 1) flood = [flood, flood];
    expect(jsonText(flood)).toContain("[cut off]");
  });

  it.skipIf(!hasPython)("is byte for byte what Python writes (needs python3)", () => {
    const values = fc.sample(
      fc
        .jsonValue({ stringUnit: "binary" })
        .filter((value) => !/[0-9]e/.test(JSON.stringify(value))),
      { numRuns: 200, seed: 7 },
    );
    const texts = values.map((value) => jsonText(value));
    const again = python(
      "import json, sys; print(json.dumps([json.dumps(json.loads(t)) for t in json.loads(sys.argv[1])]))",
      JSON.stringify(texts),
    ) as string[];
    expect(again).toEqual(texts);
  });
});
