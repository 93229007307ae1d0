import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textOfValue } from "../../src/policy/conditions/value-text.ts";
import { compilePattern } from "../../src/policy/regex/pattern.ts";

function found(pattern: string, text: string): boolean | undefined {
  const { test, refusal } = compilePattern(pattern);
  if (test === undefined) throw new Error(refusal);
  return test(text);
}

describe("the documented dialect", () => {
  it.each([
    ["b", "abc", true],
    ["^b", "abc", false],
    ["c$", "abc\n", true],
    ["c$", "abc\n\n", false],
    ["(?m)c$", "c\nd", true],
    ["c\\Z", "c\n", false],
    ["\\Aab", "abc", true],
    ["\\d", "\u0663", true],
    ["\\D", "\u0663", false],
    ["^\\w+$", "été_٣", true],
    ["\\W", "été", false],
    ["^[\\W_]+$", "_-_", true],
    ["[\\W_]", "é", false],
    ["[^\\W\\d]", "4-", false],
    ["[\\S]", "\u00a0\u3000", false],
    ["\\s", "\u2003", true],
    ["(?P<year>\\d{4})", "in 2026", true],
    ["a{,2}b", "b", true],
    ["^a{,}$", "aaa", true],
    ["^a{x}$", "a{x}", true],
    ["(?i)ABC", "xabc", true],
    ["a(?i:B)c", "abc", true],
    ["(?u)x(?#comment)y", "xy", true],
    ["[[:alpha:]]", "a]", true],
    ["[[:alpha:]]", "z]", false],
    ["[]a]", "]", true],
    ["[^]a]", "]", false],
    ["\\x41\\u0042\\U00000043\\104\\0", "ABCD\0", true],
    ["[\\b]", "\b", true],
    ["\\.\\-\\é", ".-é", true],
    ["[😀-😂]", "😁", true],
    ["^.$", "😀", true],
    ["\\bdrop\\b", "please drop table", true],
    ["\\bdrop\\b", "dropped", false],
  ])("%j in %j", (pattern, text, expected) => {
    expect(found(pattern, text)).toBe(expected);
  });

  it("is in doubt where a word boundary stands beside other scripts and matters", () => {
    expect(found("\\bdrop\\b", "édrop")).toBeUndefined();
    expect(found("\\b\\w+\\b", "é")).toBeUndefined();
    expect(found("\\bdrop\\b", "пожалуйста drop")).toBe(true);
    expect(found("\\bdrop\\b", "привет")).toBe(false);
  });

  it.each([
    ["a(?=b)", "a look-ahead"],
    ["a(?!b)", "a look-ahead"],
    ["(?<=a)b", "a look-behind"],
    ["(?<!a)b", "a look-behind"],
    ["(a)\\1", "the backreference \\1"],
    ["(?P<n>a)(?P=n)", "a backreference"],
    ["(a)(?(1)b)", "a conditional group"],
    ["(?>a)", "an atomic group"],
    ["a*+", "a possessive quantifier"],
    ["(?x) a", "the flag x"],
    ["(?<n>a)", "the unknown group (?<"],
    ["a(?i)b", "sets flags behind the start"],
    ["\\p{L}", "the unknown escape \\p"],
    ["\\Qa", "the unknown escape \\Q"],
    ["\\xZZ", "needs 2 hexadecimal digits"],
    ["[z-a]", "does not ascend"],
    ["[", "missing closing ]"],
    ["(", "missing closing )"],
    ["*", "missing argument to repetition operator"],
    ["a\\", "a backslash at the end"],
    ["a{1001}", "invalid repeat count"],
    ["\\bété", "a word boundary beside letters that are not ASCII"],
  ])("%j is refused: %s", (pattern, reason) => {
    expect(compilePattern(pattern).refusal).toContain(reason);
  });

  it("refuses or runs whatever is written, and never throws", () => {
    const unit = fc.constantFrom(...Array.from("ab[](){}?*+|^$\\.-,:=!<>P#1dwWsbBAZé"));
    let refused = 0;
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 12 }),
        fc.string({ maxLength: 12 }),
        (pattern, text) => {
          const { test, refusal } = compilePattern(pattern);
          const answer = test === undefined ? refusal : test(text);
          expect(answer).not.toBe("");
          if (refusal !== undefined) refused += 1;
        },
      ),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(100);
    expect(refused).toBeLessThan(1900);
  });

  it("takes no exponential time", () => {
    expect(found("^(a+)+$", `${"a".repeat(50_000)}!`)).toBe(false);
    expect(found("(x*)*y", "x".repeat(50_000))).toBe(false);
  });
});

describe("the text that is searched", () => {
  it.each([
    ["plain", "plain"],
    [true, "True"],
    [12345, "12345"],
    [0.00001, "1e-05"],
    [1e21, "1000000000000000000000"],
    [5n, "5"],
    [
      [null, "it's", 'say "x"', "both ' and \"", "\n\u200b\u{E0001}"],
      `[None, "it's", 'say "x"', 'both \\' and "', '\\n\\u200b\\U000e0001']`,
    ],
    [{ a: [1.5, false], "b c": {} }, "{'a': [1.5, False], 'b c': {}}"],
  ])("%s", (value, text) => {
    expect(textOfValue(value)).toBe(text);
  });

  it("does not exist for what JSON does not know, or what contains itself", () => {
    const loop: unknown[] = [];
    loop.push(loop);
    for (const value of [new Date(), () => 1, Symbol("x"), [undefined], loop, new Map()]) {
      expect(textOfValue(value)).toBeUndefined();
    }
  });
});
