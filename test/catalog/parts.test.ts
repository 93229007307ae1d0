// The small parts: durations, guesses, placeholders, and where a character of a value stands
// in its file.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isScalar, parseDocument } from "yaml";
import { parseDuration } from "../../src/catalog/duration.ts";
import { numbersOf, placeholdersOf } from "../../src/catalog/observed-numbers.ts";
import { placeholderMistake } from "../../src/catalog/placeholders.ts";
import { sourceOffset } from "../../src/catalog/scalar-position.ts";
import { didYouMean } from "../../src/catalog/suggestion.ts";
import { wordingMistake } from "../../src/catalog/wording.ts";
import { KINDS, measureOf } from "./kinds.ts";

describe("durations", () => {
  test.each([
    ["PT1H", 3_600_000_000],
    ["P1D", 86_400_000_000],
    ["PT90S", 90_000_000],
    ["PT0.5S", 500_000],
    ["PT0.000001S", 1],
    ["P1DT2H3M4.5S", 93_784_500_000],
    ["PT1M", 60_000_000],
    ["P0DT1S", 1_000_000],
  ])("%s", (text, length) => {
    expect(parseDuration(text)).toBe(length);
  });

  test.each(["", "P", "PT", "P1", "1H", "P1H", "PT1D", "P1DT", "PT1.5H", "PT1S ", "pt1h", "PT.5S"])(
    "%j is none",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test.each(["P1M", "P1Y", "P1W", "-PT1H", "PT0S", "PT0.0000001S", "P999999999999D"])(
    "%j is none that can be used",
    (text) => {
      expect(parseDuration(text)).toBeUndefined();
    },
  );

  test("parts add up", () => {
    const part = fc.integer({ min: 0, max: 10_000 });
    fc.assert(
      fc.property(part, part, part, part, (days, hours, minutes, seconds) => {
        const length = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
        expect(parseDuration(`P${days}DT${hours}H${minutes}M${seconds}S`)).toBe(
          length === 0 ? undefined : length * 1_000_000,
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe("guesses", () => {
  test.each([
    ["rsik_level", "risk_level"],
    ["population", "population"],
    ["Kind", "kind"],
    ["populaton", "population"],
  ])("%s", (word, meant) => {
    expect(didYouMean(word, ["kind", "population", "risk_level"])).toBe(`did you mean "${meant}"?`);
  });

  test.each(["", "xyz", "completely_different"])("%j is near to nothing", (word) => {
    expect(didYouMean(word, ["kind", "population", "risk_level"])).toBeUndefined();
  });
});

/** The form that a number's name promises. */
function unitOf(name: string): string {
  if (/(^|_)share(_low|_high)?$|^inversion$/.test(name)) return "share";
  if (name.endsWith("_seconds")) return "seconds";
  if (name.endsWith("_days") && name !== "active_days") return "days";
  return ["median", "times_recovery"].includes(name) ? "number" : "count";
}

describe("placeholders", () => {
  const RATIO = measureOf("ratio");
  test.each([
    "",
    "no placeholder, 100 % text",
    "{part} of {population:action}",
    "{rest:entry|entries} ({exception_share}), see {first}",
    "{exceptions:HIGH or CRITICAL action}",
  ])("%j is fine", (text) => {
    expect(placeholderMistake(text, RATIO)).toBeUndefined();
  });

  test.each([
    ["{part", 0],
    ["a } b", 2],
    ["{{part}}", 0],
    ["{part:}", 0],
    ["{part:a|b|c}", 0],
    ["{Part}", 0],
    ["{part} {top}", 7],
    ["{nothing}", 0],
    ["{first:entry}", 0],
  ])("%j is refused at %i", (text, offset) => {
    expect(placeholderMistake(text, RATIO)?.offset).toBe(offset);
  });

  test("no observation means no value", () => {
    expect(placeholderMistake("{population}", undefined)?.reason).toContain("nothing was observed");
  });

  test("a number of another kind is named as one", () => {
    expect(placeholderMistake("{longest_seconds}", RATIO)).toEqual({
      offset: 0,
      reason: "a measure of kind ratio gives no {longest_seconds}",
      hint: expect.stringContaining("share_low"),
    });
  });

  test("a number's form can be read off its name", () => {
    for (const kind of KINDS) {
      const numbers = [...numbersOf(measureOf(kind))];
      expect(numbers).toEqual(numbers.map(([name]) => [name, unitOf(name)]));
    }
  });

  test("counts carry nouns, and nothing else does", () => {
    const names = placeholdersOf(measureOf("share-of-top"));
    expect([...names].filter(([, countable]) => countable).map(([name]) => name)).toEqual([
      "population",
      "exceptions",
      "part",
      "groups",
      "rest",
      "top_count",
    ]);
    expect(names.get("top")).toBe(false);
  });
});

describe("words that claim too much", () => {
  test.each([
    ["This is compliant.", 8],
    ["non-compliant", 4],
    ["An audit-ready log", 3],
    ["It Meets the demand", 3],
    ["certified", 0],
    ["whatever satisfies", 9],
  ])("%j at %i", (text, offset) => {
    expect(wordingMistake(text)?.offset).toBe(offset);
  });

  test.each(["", "compliance report", "a meeting", "satisfied", "certificate", "to meet"])(
    "%j is fine",
    (text) => {
      expect(wordingMistake(text)).toBeUndefined();
    },
  );
});

describe("the place of a character", () => {
  /** Stands once in the value and once in the file, so its place in both is known. */
  const SOUGHT = "☂";
  const WORDS = fc.array(
    fc.constantFrom("a", "elevated", "&&", "||", "é", "𐐀", "x.contains(y)", ">=", "0.5"),
    { maxLength: 8 },
  );
  /** How words can be written as one YAML value. */
  const STYLES: Readonly<Record<string, (words: readonly string[]) => string>> = {
    plain: (words) => `w ${words.join("  ")}`,
    "plain over lines": (words) => `w\n  ${words.join("\n  ")}`,
    single: (words) => `'it''s ${words.join(" '' ")}'`,
    double: (words) => String.raw`"\"\u00e9\n\x41\U0001F512 ${words.join(String.raw` \\ \t\" `)}"`,
    "double over lines": (words) => `"w \\\n  ${words.join("\n\n  ")}"`,
    literal: (words) => `|\n    w\n      ${words.join("\n    ")}\n`,
    folded: (words) => `>-\n  w\n  ${words.join("\n\n  ")}\n`,
    "literal with a comment on its header": (words) => `|2- # why\n  w ${words.join("\n   ")}\n`,
  };

  test.each(Object.entries(STYLES))("%s", (_, write) => {
    fc.assert(
      fc.property(WORDS, WORDS, (before, after) => {
        const text = `first: 1\nkey: ${write([...before, SOUGHT, ...after])}\nlast: 2\n`;
        const document = parseDocument(text);
        expect(document.errors).toEqual([]);
        const node = document.get("key", true);
        if (!isScalar<string>(node)) throw new Error("expected a scalar");
        const found = sourceOffset(node, text, node.value.indexOf(SOUGHT));
        expect(text.slice(found, found + 1)).toBe(SOUGHT);
      }),
      { numRuns: 100 },
    );
  });
});
