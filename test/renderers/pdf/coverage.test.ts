// The reader of `cmap`, on tables made here and on the fonts that are used.

import { describe, expect, test } from "vitest";

import { commonCoverageOf, coverageOf } from "../../../src/renderers/pdf/coverage.ts";
import { readFonts } from "../../../src/renderers/pdf/fonts.ts";

/** Numbers of two bytes each. */
function words(...numbers: readonly number[]): number[] {
  return numbers.flatMap((number) => [number >> 8, number & 255]);
}

function long(number: number): number[] {
  return words(number >>> 16, number & 0xffff);
}

/** A font of one table with one subtable. */
function font(platform: number, encoding: number, subtable: readonly number[]): Uint8Array {
  const cmap = [...words(0, 1, platform, encoding), ...long(12), ...subtable];
  const tag = Array.from("cmap", (letter) => letter.charCodeAt(0));
  const directory = [...long(0x10000), ...words(1, 16, 0, 0), ...tag, ...long(0), ...long(28)];
  return Uint8Array.from([...directory, ...long(cmap.length), ...cmap]);
}

/** Format 4: `A` to `C` by distance, `x` to `z` by a list in which `y` has no glyph. */
const SEGMENTS = [
  ...words(4, 46, 0, 6, 0, 0, 0),
  ...words(0x43, 0x7a, 0xffff, 0),
  ...words(0x41, 0x78, 0xffff),
  ...words(0x10000 - 0x40, 0, 1),
  ...words(0, 4, 0),
  ...words(7, 0, 9),
];

/** Format 12: `A` to `C`, of which the first has no glyph, and an emoji. */
const GROUPS = [
  ...words(12, 0),
  ...long(40),
  ...long(0),
  ...long(2),
  ...[0x41, 0x43, 0, 0x1f600, 0x1f600, 5].flatMap(long),
];

function characters(coverage: ReadonlySet<number>): string {
  return String.fromCodePoint(...coverage);
}

function drawn(text: string, family: ReadonlySet<number>): boolean {
  return Array.from(text).every((character) => family.has(character.codePointAt(0) ?? 0));
}

describe("coverage", () => {
  test("reads format 4, by distance and by list", () => {
    expect(characters(coverageOf(font(3, 1, SEGMENTS)))).toBe("ABCxz");
  });

  test("reads format 12, beyond the first plane and without glyph 0", () => {
    expect(characters(coverageOf(font(3, 10, GROUPS)))).toBe("BC\u{1f600}");
  });

  test("knows nothing of a table for another encoding", () => {
    expect(coverageOf(font(1, 0, SEGMENTS)).size).toBe(0);
  });

  test("leaves out private use, which PDF/A-3a refuses", () => {
    const group = [...words(12, 0), ...long(28), ...long(0), ...long(1)];
    const both = [...group, ...[0xdfff, 0xe001, 3].flatMap(long)];
    expect([...coverageOf(font(0, 4, both))]).toEqual([0xdfff]);
  });

  test("is what all faces of a family have", () => {
    const common = commonCoverageOf([font(3, 1, SEGMENTS), font(3, 10, GROUPS)]);
    expect(characters(common)).toBe("BC");
  });

  test("finds in the fonts what reports are made of", () => {
    const [inter, mono] = readFonts().families;
    expect(drawn("✗⚠!?–✓○·◆▲■●…„“äöüßÄÖÜ\u00a0", inter)).toBe(true);
    expect(drawn("⟨U+0123456789ABCDEF⟩", mono)).toBe(true);
    expect(drawn("⟨", inter)).toBe(false);
    expect(drawn("\u65e5", inter) || drawn("\u{1f600}", mono)).toBe(false);
  });
});
