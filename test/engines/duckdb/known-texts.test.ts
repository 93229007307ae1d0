import * as fc from "fast-check";
import { expect, test } from "vitest";
import { KnownTexts } from "../../../src/engines/duckdb/known-texts.ts";

function codeOf(known: KnownTexts, text: string): number {
  const bytes = Buffer.from(text);
  return known.codeOf(new DataView(bytes.buffer, bytes.byteOffset), 0, bytes.length);
}

test("texts have one number exactly when they are the same", () => {
  const text = fc.oneof(
    fc.string({ minLength: 1, maxLength: 20, unit: fc.constantFrom("a", "b") }),
    fc.string({ minLength: 1, maxLength: 16, unit: "grapheme" }),
  );
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 60 }), (texts) => {
      const known = new KnownTexts();
      const textOf = new Map<number, string>();
      for (const one of [...texts, ...texts]) {
        const code = codeOf(known, one);
        expect(KnownTexts.isText(code)).toBe(true);
        expect(known.text(code)).toBe(one);
        expect(textOf.get(code) ?? one).toBe(one);
        textOf.set(code, one);
        expect(codeOf(known, one)).toBe(code);
      }
    }),
    { numRuns: 300 },
  );
});

test("a number is never given to another text, however many there are", () => {
  const known = new KnownTexts();
  const textOf = new Map<number, string>();
  const all = Array.from({ length: 4000 }, (_, index) => `text ${index % 3} of ${index}`);
  // Each twice in a row, so that recognising stays worth its while.
  for (const one of [...all, ...all]) {
    for (let again = 0; again < 3; again += 1) {
      const code = codeOf(known, one);
      expect(known.text(code)).toBe(one);
      expect(textOf.get(code) ?? one).toBe(one);
      textOf.set(code, one);
    }
  }
});

test("lengths around the words that are compared", () => {
  const known = new KnownTexts();
  const codes = new Set<number>();
  for (let length = 1; length <= 64; length += 1) {
    for (let at = 0; at < length; at += 1) {
      codes.add(codeOf(known, `${"x".repeat(at)}y${"x".repeat(length - at - 1)}`));
    }
  }
  expect(codes.size).toBe((64 * 65) / 2);
  expect(codes.has(0)).toBe(false);
  expect(codeOf(known, "x".repeat(65))).toBe(0);
});

test("is given up where hardly a text comes again", () => {
  const known = new KnownTexts();
  for (let index = 0; index < 8192; index += 1) codeOf(known, `#${index}`);
  expect(codeOf(known, "#1")).toBe(0);
  expect(codeOf(known, "#1")).toBe(0);
});
