import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { renderer } from "../../src/renderers/terminal.ts";
import { HOSTILE, LONG, mapTexts } from "./hostile.ts";
import { EMPTY_REPORT, REPORT } from "./report-fixture.ts";

// oxlint reads a control character in a pattern as a mistake, so it is made from its number.
const ESCAPE = String.fromCharCode(27);
const OUR_COLOURS = new RegExp(`${ESCAPE}\\[(?:0|1|2|31|32|33|36)m`, "g");

/** What acts on a terminal or on a build server that reads the lines. */
const ACTIVE =
  /(?!\n)\p{Cc}|\p{Cs}|[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|##\w*\[|^\s*::/imu;

/**
 * What stands left of the columns where text begins: headings, labels, marks, blank lines.
 * The first line is left out: it begins with the report type.
 */
function structure(text: string): string[] {
  return text
    .split("\n")
    .slice(1)
    .filter((line) => line === "" || !line.startsWith(" ".repeat(16)) || INNER.test(line))
    .map((line) => (INNER.test(line) ? line.slice(0, 23) : line.slice(0, 16).trimEnd()));
}

/** Labels below a finding. */
const INNER = /^ {19}\S/;

/** What a terminal finds in the report when every text in it is this one, narrow and wide. */
function found(text: string): unknown {
  const report = mapTexts(REPORT, () => text);
  return [40, 80].map((width) => {
    const shown = renderer.render(report, { width });
    const coloured = renderer.render(report, { width, color: true });
    return {
      structure: structure(shown),
      active: ACTIVE.exec(shown)?.[0],
      foreignSequences: coloured.replace(OUR_COLOURS, "") !== shown,
    };
  });
}

const CLEAN = found("x");

describe("the terminal renderer", () => {
  const plain = renderer.render(REPORT);

  it("names itself, and ends in one line feed", () => {
    expect(renderer).toMatchObject({ name: "terminal", mediaType: "text/plain", extension: "txt" });
    expect(plain).toMatch(/[^\n]\n$/);
  });

  it("says score, grade and coverage", () => {
    expect(plain).toContain("\nScore 65 of 100, grade D\n");
    expect(plain).toContain("3 of the 61 criteria of SOC 2 decided");
    expect(renderer.render(EMPTY_REPORT)).toContain("\nNot graded: no entry is in scope\n");
  });

  it("finds nothing active in a clean report, and every label", () => {
    expect(CLEAN).toMatchObject([
      { active: undefined, foreignSequences: false },
      { active: undefined, foreignSequences: false },
    ]);
    expect(structure(plain)).toEqual(structure(renderer.render(REPORT, { width: 200 })));
    expect(structure(plain)).toHaveLength(49);
  });

  it("marks each finding by shape and word, what needs a hand first", () => {
    expect(plain.match(/^ {2}[✗!?✓○·] [A-Z ]+? {2,}|^ {2}○ NOT APPLICABLE /gm)).toHaveLength(9);
    expect(plain.indexOf("✗ FAIL")).toBeLessThan(plain.indexOf("! WARN"));
    expect(plain.indexOf("? INCONCLUSIVE")).toBeLessThan(plain.indexOf("✓ PASS"));
  });

  it("gives what, fix and entries for what failed, and one line for what passed", () => {
    expect(plain).toContain("✗ FAIL           CC6.8 Unauthorized Access · 14.6 % (60 of 412)");
    expect(plain).toContain("See entries 1, 2, 3 and 57 more");
    expect(plain).toContain("✓ PASS           CC6.1 Logical Access Security · 0 of 1,200\n");
  });

  it("writes no escape sequence unless colour is asked for", () => {
    expect(plain).not.toContain(ESCAPE);
    const coloured = renderer.render(REPORT, { color: true });
    expect(coloured).toContain(`${ESCAPE}[31m✗ FAIL${ESCAPE}[0m`);
    expect(coloured.replace(OUR_COLOURS, "")).toBe(plain);
  });

  it("closes every colour on the line that opened it", () => {
    for (const line of renderer.render(REPORT, { color: true, width: 40 }).split("\n")) {
      const codes = line.match(OUR_COLOURS) ?? [];
      expect(codes.filter((_, index) => index % 2 === 1).every((sgr) => sgr.endsWith("[0m"))).toBe(
        true,
      );
      expect(codes.length % 2).toBe(0);
    }
  });

  it.each([40, 60, 80, 132])("keeps every line within %i cells", (width) => {
    const lines = renderer.render(REPORT, { width }).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.filter((line) => line.endsWith(" "))).toEqual([]);
  });

  it("takes a width below 40 as 40", () => {
    expect(renderer.render(REPORT, { width: 1 })).toBe(renderer.render(REPORT, { width: 40 }));
  });

  it.each([
    ["wide characters as two cells", "日", 2],
    ["pictures as two cells", "😀", 2],
    ["full-width letters as two cells", "ｆ", 2],
    ["half-width katakana as one cell", "ｱ", 1],
    ["letters with combining marks as one cell", "a\u0301", 1],
    ["a Hangul syllable in parts as two cells", "\u1100\u1161\u11a8", 2],
  ])("counts %s", (_, text, cells) => {
    const summary = text.repeat(100);
    const lines = renderer.render({ ...REPORT, summary }).split("\n");
    const first = lines.find((line) => line.startsWith("  Summary"));
    const repeated = ((first ?? "").length - 16) / text.length;
    expect(repeated).toBe(Math.floor(64 / cells));
  });

  it("claims nothing that software cannot claim", () => {
    expect(plain).not.toMatch(/\b(compliant|certified|audit-ready|meets)\b/i);
    expect(plain.replace(/\s+/g, " ")).toContain("It is not an opinion.");
  });

  it("says when the sums do not tie", () => {
    expect(plain).toContain("the sums tie");
    const { population } = REPORT;
    const broken = { ...REPORT, population: { ...population, inScope: 1199 } };
    expect(renderer.render(broken)).toMatch(/THE\s+SUMS\s+DO\s+NOT\s+TIE/);
  });

  it.each([...HOSTILE, ...LONG])("keeps its structure whatever the texts are: %#", (text) => {
    expect(found(text)).toEqual(CLEAN);
  });

  it("keeps its structure for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 60 }), (text) => {
        expect(found(text)).toEqual(CLEAN);
      }),
      { numRuns: 50 },
    );
  });
});
