import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { languageOf } from "../../src/languages/languages.ts";
import { arrange, bareTitle } from "../../src/renderers/words/arrangement.ts";
import { spanOfSeconds, tally } from "../../src/renderers/words/phrases.ts";
import { lengthIn, visible } from "../../src/renderers/words/visible.ts";
import { FINDINGS } from "./report-fixture.ts";

const ENGLISH = languageOf("en");
const GERMAN = languageOf("de");
const span = (microseconds: number): string => ENGLISH.numbers.exactSpan(microseconds);

describe("spans in words", () => {
  it.each([
    [0, "0 s"],
    [1, "0.000001 s"],
    [3_600_000_000, "1 h"],
    [3_600_000_001, "1 h 0.000001 s"],
    [86_461_500_000, "1 d 1 min 1.5 s"],
    [90_000_000_000_000, "1,041 d 16 h"],
  ])("writes %i microseconds exactly", (microseconds, expected) => {
    expect(span(microseconds)).toBe(expected);
  });

  it("reads seconds to the microsecond", () => {
    expect(spanOfSeconds(13.351134, ENGLISH)).toBe("13.351134 s");
    expect(spanOfSeconds(13.351134, GERMAN)).toBe("13,351134 s");
  });
});

describe("visible text", () => {
  it.each([
    ["plain text", "plain text"],
    ["a\nb", "a\\u000ab"],
    ["\u202eevil", "\\u202eevil"],
    ["\ud800", "\\ud800"],
    ["\u{e0041}", "\\u{e0041}"],
    [" x ", "\\u0020x\\u0020"],
    ["\u0301x", "\\u0301x"],
    ["a\u0301", "a\u0301"],
    ["日本語", "日本語"],
    ["C:\\users", "C:\\users"],
    ["C:\\u0041", "C:\\u005cu0041"],
  ])("%j is %j", (text, expected) => {
    expect(visible(text, 100)).toBe(expected);
  });

  it("tells different texts apart when none of them is cut", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("\\", "u", "0", "a", "{", "}", "\n", "\u200b", " ") }),
        fc.string({ unit: fc.constantFrom("\\", "u", "0", "a", "{", "}", "\n", "\u200b", " ") }),
        (a, b) => {
          expect(visible(a, 1000) === visible(b, 1000)).toBe(a === b);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("cuts by characters, not inside of one, and says how long the text is", () => {
    expect(visible("😀".repeat(5), 3)).toBe("😀😀😀… (5 characters)");
    expect(visible("😀".repeat(5), 5)).toBe("😀".repeat(5));
    expect(visible("x".repeat(1200), 3, lengthIn(GERMAN))).toBe("xxx… (1.200 Zeichen)");
  });
});

describe("the arrangement of findings", () => {
  it("puts the most severe first, and loses none", () => {
    const { first, open, rest } = arrange(FINDINGS);
    expect(first.map(({ result }) => result)).toEqual(["fail", "warn", "error"]);
    expect(open.map(({ result }) => result)).toEqual(["inconclusive", "not_assessed"]);
    expect(first.length + open.length + rest.length).toBe(FINDINGS.length);
  });

  it("takes the result off a title that ends in it, and off no other", () => {
    const [finding] = FINDINGS;
    if (finding === undefined) throw new Error("the fixture has no finding");
    expect(bareTitle(finding)).toBe("CC6.1 Logical Access Security");
    expect(bareTitle({ ...finding, title: "PASS" })).toBe("PASS");
    expect(bareTitle({ ...finding, result: "no_exception", title: "x: NO_EXCEPTION" })).toBe("x");
  });

  it("counts results, leaving out those that did not come out", () => {
    expect(tally(FINDINGS.slice(0, 2), ENGLISH)).toBe("1 fail, 1 pass");
    expect(tally(FINDINGS.slice(0, 2), GERMAN)).toBe("1 nicht bestanden, 1 bestanden");
    expect(tally([], ENGLISH)).toBe("");
  });
});
