// Languages: which there are, and that none says less than another.

import { describe, expect, test } from "vitest";
import { LANGUAGES, languageOf } from "../../src/languages/languages.ts";
import type { Language } from "../../src/languages/language.ts";

test("by their codes", () => {
  for (const [code, language] of Object.entries(LANGUAGES)) {
    expect(language.code).toBe(code);
    expect(languageOf(code)).toBe(language);
  }
});

test.each(["", "fr", "DE", "constructor"])("%j is none, and those that exist are named", (code) => {
  expect(() => languageOf(code)).toThrow(
    expect.objectContaining({
      code: "invalid-option",
      hint: "There are en (English), de (Deutsch).",
    }) as Error,
  );
});

/** The paths of everything that a language says, with what kind of thing stands there. */
function pathsOf(words: unknown, path: string): string[] {
  if (typeof words !== "object" || words === null) return [`${path}: ${typeof words}`];
  return Object.entries(words).flatMap(([key, value]) => pathsOf(value, `${path}.${key}`));
}

const PARTS = ["numbers", "assess", "report", "charts", "sheets", "policyLint"] as const;

describe.each(Object.values(LANGUAGES))("$name", (language: Language) => {
  test.each(PARTS)("says the same things as English: %s", (part) => {
    const of = (one: Language): string[] => pathsOf(one[part], part).toSorted();
    expect(of(language)).toEqual(of(languageOf("en")));
  });

  test("no text claims too much", () => {
    const texts = PARTS.flatMap((part) => textsOf(language[part]));
    expect(texts.length).toBeGreaterThan(50);
    const claims = /\b(?:compliant|certified|audit-ready|konform|zertifiziert|revisionssicher)\b/i;
    expect(texts.filter((text) => claims.test(text))).toEqual([]);
  });
});

function textsOf(words: unknown): string[] {
  if (typeof words === "string") return [words];
  return typeof words === "object" && words !== null ? Object.values(words).flatMap(textsOf) : [];
}
