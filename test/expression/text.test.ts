import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareText, lowerAscii, trimAscii } from "../../src/expression/text.ts";

/** Characters in which orders and foldings differ. */
const ODD = [
  ..."aAzZkKéÉİıßẞΣσςﬁǅ🔒𐐀Ａ_%'".split(/(?:)/u),
  ..."\u212a\u0301\ufeff\ufffd\ue000\ud7ff\u{10ffff}\0\x7f\x80\x1f".split(/(?:)/u),
  ..." \t\n\v\f\r\u00a0\u2028\u0085\\".split(/(?:)/u),
];
const text = fc.array(fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: "binary" })), {
  maxLength: 8,
});
const isWellFormed = (any: string): boolean => Buffer.from(any).toString() === any;
const wellFormed = text.map((parts) => parts.join("")).filter(isWellFormed);

describe("compareText", () => {
  test("is the order of UTF-8 bytes", () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, (left, right) => {
        const bytes = Buffer.compare(Buffer.from(left), Buffer.from(right));
        expect(Math.sign(compareText(left, right))).toBe(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test("also where one text starts as the other", () => {
    fc.assert(
      fc.property(wellFormed, wellFormed, wellFormed, (start, left, right) => {
        const bytes = Buffer.compare(Buffer.from(start + left), Buffer.from(start + right));
        expect(Math.sign(compareText(start + left, start + right))).toBe(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  test("of every two code points out of the borders between one to four bytes", () => {
    const points = [0, 0x7f, 0x80, 0x7ff, 0x800, 0xd7ff, 0xe000, 0xff21, 0xffff, 0x10000, 0x10ffff];
    for (const left of points) {
      for (const right of points) {
        const order = compareText(String.fromCodePoint(left), String.fromCodePoint(right));
        expect([left, right, Math.sign(order)]).toEqual([left, right, Math.sign(left - right)]);
      }
    }
  });

  test("sorts ill-formed text too, the same way each time", () => {
    const units = fc.array(fc.constantFrom("\ud800", "\udc00", "a", "\uffff", "\ud83d\udd12"));
    fc.assert(
      fc.property(fc.array(units.map((parts) => parts.join(""))), (texts) => {
        const sorted = texts.toSorted(compareText);
        expect(texts.toReversed().toSorted(compareText)).toEqual(sorted);
      }),
      { numRuns: 300 },
    );
  });
});

describe("lowerAscii", () => {
  test.each([
    ["AZ az", "az az"],
    ["İstanbul", "İstanbul"],
    ["ıI", "ıi"],
    ["\u212aK", "\u212ak"],
    ["Straße ẞ", "straße ẞ"],
    ["ΣΑΣ", "ΣΑΣ"],
    ["ﬁFI", "ﬁfi"],
    ["ÉE", "Ée"],
    ["@[`{", "@[`{"],
    ["", ""],
  ])("%j -> %j", (from, to) => {
    expect(lowerAscii(from)).toBe(to);
  });

  test("changes A to Z and nothing else", () => {
    fc.assert(
      fc.property(fc.oneof(wellFormed, fc.string({ unit: "binary" })), (any) => {
        const units = Array.from({ length: any.length }, (_, at) => any.charCodeAt(at));
        const folded = units.map((unit) => (unit >= 65 && unit <= 90 ? unit + 32 : unit));
        expect(lowerAscii(any)).toBe(folded.map((unit) => String.fromCharCode(unit)).join(""));
      }),
      { numRuns: 1000 },
    );
  });
});

describe("trimAscii", () => {
  test.each([
    ["", ""],
    [" ", ""],
    ["\t\n\v\f\r ", ""],
    [" a ", "a"],
    ["a b", "a b"],
    ["a\n", "a"],
    ["\u00a0a\u00a0", "\u00a0a\u00a0"],
    ["\ufeffa\u2028", "\ufeffa\u2028"],
    ["\u0085 a", "\u0085 a"],
    ["\x1fa\b", "\x1fa\b"],
    ["\0 ", "\0"],
  ])("%j -> %j", (from, to) => {
    expect(trimAscii(from)).toBe(to);
  });

  test("takes the six blanks of ASCII from both ends, one by one", () => {
    const blanks = ["\t", "\n", "\v", "\f", "\r", " "];
    fc.assert(
      fc.property(text, (parts) => {
        const units = parts.join("").split("");
        while (blanks.includes(units[0] ?? "")) units.shift();
        while (blanks.includes(units.at(-1) ?? "")) units.pop();
        expect(trimAscii(parts.join(""))).toBe(units.join(""));
      }),
      { numRuns: 1000 },
    );
  });

  test("is quick on a hostile run of blanks inside a text", () => {
    const hostile = ` a${" ".repeat(500_000)}b`;
    const before = performance.now();
    expect(trimAscii(hostile)).toHaveLength(500_002);
    expect(performance.now() - before).toBeLessThan(1000);
  });
});
