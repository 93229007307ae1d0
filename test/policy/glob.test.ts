import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { covers, meet } from "../../src/policy/glob/compare.ts";
import { parseGlob } from "../../src/policy/glob/glob.ts";

describe("globs", () => {
  it.each([
    ["a?c", "a/c", true],
    ["*", "a\nb", true],
    ["[!]a]", "]", false],
    ["[!]a]", "b", true],
    ["[]a", "[]a", true],
    ["[a-]", "-", true],
    ["[-a]", "-", true],
    ["[--a]", "A", true],
    ["[a-c-e]", "-", true],
    ["[a-c-e]", "d", false],
    ["[z-ab]", "b", true],
    ["[z-ab]", "z", false],
    ["[!z-a]", "q", true],
    ["[a\\]", "\\", true],
    ["\\*", "\\x", true],
    ["?", "\u{1F600}", true],
    ["??", "\u{1F600}", false],
    ["[\u{1F600}-\u{1F64F}]", "\u{1F601}", true],
    ["\uD83D*", "\u{1F600}", false],
    ["*.*.*", "a.b", false],
    ["Read*", "read", false],
    ["", "", true],
  ])("%j and %j", (glob, text, matches) => {
    expect(parseGlob(glob).matches(text)).toBe(matches);
  });

  it("agree with an exhaustive matcher", () => {
    const glob = fc.string({
      unit: fc.constantFrom("a", "b", "*", "?", "[", "]", "!", "-"),
      maxLength: 8,
    });
    const text = fc.string({ unit: fc.constantFrom("a", "b", "[", "]", "-"), maxLength: 6 });
    fc.assert(
      fc.property(glob, text, (pattern, subject) => {
        const { steps, matches } = parseGlob(pattern);
        const search = (step: number, index: number): boolean => {
          const current = steps[step];
          if (current === undefined) return index === subject.length;
          if (current === "run") {
            return search(step + 1, index) || (index < subject.length && search(step, index + 1));
          }
          const code = subject.codePointAt(index);
          if (code === undefined) return false;
          const listed = current.ranges.some(([from, to]) => from <= code && code <= to);
          return listed !== current.negated && search(step + 1, index + 1);
        };
        expect(matches(subject)).toBe(search(0, 0));
      }),
      { numRuns: 1000 },
    );
  });

  it("take no exponential time", () => {
    expect(parseGlob("*a".repeat(60) + "*b").matches("a".repeat(20_000))).toBe(false);
  });
});

describe("one glob beside others", () => {
  it.each([
    [["*"], "a?", true],
    [["a*"], "a*b", true],
    [["a*b"], "a*", false],
    [["*a*"], "*ba*", true],
    [["?*"], "*", false],
    [["*", "x"], "*", true],
    [["", "?*"], "*", true],
    [["[a-m]*", "[!a-m]*"], "?*", true],
    [["[a-m]*", "[n-z]*"], "?*", false],
    [["a", "b"], "[ab]", true],
    [["a"], "[ab]", false],
    [["read*", "write*"], "[rw]*", false],
    [[], "[z-a]", true],
    [[], "a", false],
    [["*_user"], "delete_*", false],
  ])("%j cover %j: %s", (wide, narrow, expected) => {
    expect(
      covers(
        wide.map((glob) => parseGlob(glob)),
        parseGlob(narrow),
      ),
    ).toBe(expected);
  });

  it.each([
    ["*_user", "delete_*", true],
    ["a*", "b*", false],
    ["*a", "*b", false],
    ["[a-c]x", "[!a-c]x", false],
    ["a?", "a", false],
    ["[z-a]", "*", false],
  ])("%j and %j meet: %s", (a, b, expected) => {
    expect(meet(parseGlob(a), parseGlob(b))).toBe(expected);
    expect(meet(parseGlob(b), parseGlob(a))).toBe(expected);
  });

  it("is judged as all short texts judge it", () => {
    // `aaa*` and `*bbb` have nothing shorter than `aaabbb` in common.
    const letters = ["a", "b", "c"];
    let texts = [""];
    const all = [...texts];
    for (let length = 1; length <= 7; length += 1) {
      texts = texts.flatMap((text) => letters.map((letter) => text + letter));
      all.push(...texts);
    }
    const unit = fc.constantFrom("a", "b", "*", "?", "[ab]", "[!a]");
    const glob = fc.string({ unit, maxLength: 4 }).map((source) => parseGlob(source));
    fc.assert(
      fc.property(fc.array(glob, { minLength: 1, maxLength: 3 }), glob, (wide, narrow) => {
        const taken = all.filter((text) => narrow.matches(text));
        const missed = taken.some((text) => !wide.some((one) => one.matches(text)));
        expect(covers(wide, narrow)).toBe(!missed);
        const [first = narrow] = wide;
        expect(meet(first, narrow)).toBe(taken.some((text) => first.matches(text)));
      }),
      { numRuns: 300 },
    );
  });

  it("gives up on monsters instead of hanging, and then says no", () => {
    const monster = parseGlob(`*a${"?".repeat(30)}`);
    expect(covers([monster], parseGlob(`*a${"?".repeat(29)}[ab]`))).toBe(false);
  });
});
