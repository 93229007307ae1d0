// Text made fit for the faces at hand: a character that none of them draws is written out as
// `⟨U+1F600⟩`. A PDF that is to be kept or read aloud must not hold a character without a shape.

import type { Coverage } from "./coverage.ts";

/** A base with its combining marks. */
const CLUSTER = /\P{M}\p{M}*|\p{M}+/gu;

/**
 * The text with every character that no family draws written as its number. Marks stay only
 * where they make one letter with their base, as in a decomposed `ü`: of stacked ones a PDF
 * would lose the code points, which its standards refuse.
 *
 * @param escape how a code point that cannot be drawn is written
 */
export function drawable(
  text: string,
  families: readonly Pick<Coverage, "has">[],
  escape: (point: number) => string = written,
): string {
  return text.replace(CLUSTER, (cluster) => {
    const points = pointsOf(cluster);
    const letter = points.length === 1 ? points : pointsOf(cluster.normalize("NFC"));
    const whole = letter.length === 1 && !LONE_MARK.test(cluster) ? [...letter, ...points] : [];
    if (whole.length > 0 && families.some((family) => whole.every((point) => family.has(point)))) {
      return cluster;
    }
    return points
      .map((point) => {
        const character = String.fromCodePoint(point);
        const drawn = !LONE_MARK.test(character) && families.some((family) => family.has(point));
        return drawn ? character : escape(point);
      })
      .join("");
  });
}

const LONE_MARK = /^\p{M}/u;

function pointsOf(text: string): number[] {
  return Array.from(text, (character) => character.codePointAt(0) ?? 0);
}

/** `⟨U+1F600⟩`; JetBrains Mono has these brackets. */
export function written(point: number): string {
  return `\u27e8U+${point.toString(16).toUpperCase().padStart(4, "0")}\u27e9`;
}
