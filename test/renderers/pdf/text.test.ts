// Texts on their way into a PDF: spelled out, parted, and pictures brought into the same faces.

import { assert, constantFrom, integer, oneof, property, string } from "fast-check";
import { describe, expect, test } from "vitest";

import { pieces } from "../../../src/renderers/pdf/breaks.ts";
import { columnWidths } from "../../../src/renderers/pdf/columns.ts";
import { drawable } from "../../../src/renderers/pdf/drawable.ts";
import { readFonts } from "../../../src/renderers/pdf/fonts.ts";
import { printable, sizeOf } from "../../../src/renderers/pdf/pictures.ts";
import { HOSTILE } from "../hostile.ts";

const { families } = readFonts();
const [inter, mono] = families;

describe("drawable text", () => {
  test("spells out what no face draws", () => {
    expect(drawable("a\u{1f600}b\u65e5", families)).toBe("a⟨U+1F600⟩b⟨U+65E5⟩");
  });

  test("keeps a mark only where it makes one letter with its base", () => {
    expect(drawable("u\u0308", families)).toBe("u\u0308");
    expect(drawable("a\u0301\u0302", families)).toBe("a⟨U+0301⟩⟨U+0302⟩");
    expect(drawable("\u0301", families)).toBe("⟨U+0301⟩");
    expect(drawable("u\u0308", [new Set([0x75, 0x308])])).toBe("u⟨U+0308⟩");
  });

  test("holds nothing that no face draws, whatever came", () => {
    assert(
      property(string({ unit: "binary" }), (text) => {
        for (const character of drawable(text, families)) {
          const point = character.codePointAt(0) ?? 0;
          expect(inter.has(point) || mono.has(point)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("pieces of a text", () => {
  test("part long words at signs, and else after a few letters", () => {
    expect(pieces("see customer_accounts/eu now", 10)).toEqual([
      "see customer_",
      "accounts/",
      "eu now",
    ]);
    expect(pieces("abcdefghij", 6)).toEqual(["abcd", "efgh", "ij"]);
    expect(pieces("2026-01-02T01:15:00Z", 12)).toEqual(["2026-01-02T", "01:15:00Z"]);
  });

  test("never part a character spelled out", () => {
    expect(pieces("⟨U+1F600⟩⟨U+1F601⟩", 6)).toEqual(["⟨U+1F600⟩", "⟨U+1F601⟩"]);
  });

  test("are the text again when joined, and leave nothing longer than the room", () => {
    const text = oneof(constantFrom(...HOSTILE), string({ unit: "grapheme-ascii" }));
    assert(
      property(text, integer({ min: 4, max: 80 }), (all, room) => {
        const parts = pieces(all, room);
        expect(parts.join("")).toBe(all);
        for (const part of parts) {
          for (const word of part.split(/\s+/u)) {
            const letters = word.match(/\P{M}\p{M}*|\p{M}+/gu) ?? [];
            expect(letters.length).toBeLessThanOrEqual(Math.max(room, 4));
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("columns", () => {
  test("fill the line and give words of titles their room", () => {
    const held = [4, 32, 13, 9, 300, 14, 7, 8, 7].map((longest) => ({
      longest,
      word: 8,
      blank: false,
    }));
    const widths = columnWidths(held);
    expect(widths.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(112, 0);
    expect(Math.min(...widths.map(({ room }) => room))).toBeGreaterThanOrEqual(3);
  });

  test("give passages more than words", () => {
    const held = [60, 400].map((longest) => ({ longest, word: 8, blank: false }));
    const [words, passage] = columnWidths(held);
    expect(passage?.share).toBeGreaterThan(1.4 * (words?.share ?? 0));
  });

  test("leave room for a pen, most in the last", () => {
    const blank = { longest: 5, word: 5, blank: true };
    const [owner, due, response] = columnWidths([blank, blank, blank]);
    expect(owner?.share).toBe(due?.share);
    expect(response?.share).toBeGreaterThan(2 * (due?.share ?? 0));
  });
});

function picture(inside: string): string {
  return `<svg viewBox="0 0 10 20">${inside}</svg>`;
}

function print(inside: string): string {
  return printable(picture(inside), families);
}

describe("pictures", () => {
  test("get the literal of each colour, also of one within another", () => {
    expect(
      print('<rect fill="var(--a, rgb(1, 2, 3))" stroke="var(--b, var(--c, #abc))"/>'),
    ).toContain('fill="rgb(1, 2, 3)" stroke="#abc"');
    expect(print('<rect fill="var(--a)"/>')).toContain('fill="#000000"');
  });

  test("are set in the document's faces and weights", () => {
    const printed = print(
      `<text font-family="Arial, sans-serif" font-weight="700" font-style="italic">a</text>` +
        `<text style="font-family:Courier;font-weight:bold">b</text>`,
    );
    expect(printed).toMatch(/^<svg font-family="Inter"/);
    expect(printed).toContain('font-family="Inter" font-weight="600" font-style="normal"');
    expect(printed).toContain("font-family:JetBrains Mono;font-weight:600");
  });

  test("keep log text as text", () => {
    const printed = print(
      "<text>&lt;b&gt; &#x1f600; var(--a, #fff) \u65e5 &amp;amp; \ue000</text>",
    );
    expect(printed).toContain("&lt;b&gt; <tspan");
    expect(printed).toContain(">⟨U+1F600⟩</tspan> var(--a, #fff) <tspan");
    expect(printed).toContain('&amp;amp; <tspan font-family="JetBrains Mono">⟨U+E000⟩</tspan>');
  });

  test("hold no combining mark, which would lose its code point", () => {
    expect(print("<text>Z\u0338\u0321 u\u0308</text>")).not.toMatch(/\p{M}/u);
  });

  test("say their size", () => {
    expect(sizeOf(picture(""))).toEqual({ width: 10, height: 20 });
    expect(sizeOf('<svg width="3.5" height="2">')).toEqual({ width: 3.5, height: 2 });
    expect(sizeOf("<svg>")).toBeUndefined();
  });
});
