// An SVG picture made ready for print: colours as they are without a page's theme, and text in
// the document's own faces, since a picture would otherwise be set in any font of the machine.

import type { Coverage } from "./coverage.ts";
import { drawable, written } from "./drawable.ts";

const TAG_OR_TEXT = /<!--[\s\S]*?-->|<(?:[^>"']|"[^"]*"|'[^']*')*>|[^<]+/g;

/** `var(--name, literal)`, the innermost first. */
const VARIABLE = /var\(\s*--[\w-]+\s*(?:,\s*((?:[^()]|\([^()]*\))*?)\s*)?\)/;

/**
 * The picture for the typesetter.
 *
 * @param families what Inter draws, then what JetBrains Mono draws
 */
export function printable(svg: string, [sans, mono]: readonly [Coverage, Coverage]): string {
  let styling = false;
  let root = true;
  return svg.replace(TAG_OR_TEXT, (piece) => {
    if (piece.startsWith("<!--")) return "";
    if (!piece.startsWith("<")) return styling ? styled(piece) : texted(piece, sans, mono);
    styling = /^<style[\s>]/i.test(piece);
    const tag = styled(piece);
    if (!root || !/^<svg[\s>]/i.test(tag)) return tag;
    root = false;
    return / font-family=/.test(tag) ? tag : tag.replace(/^<svg/i, '$& font-family="Inter"');
  });
}

/** Colours, families, weights and slopes of a tag or a style sheet. */
function styled(piece: string): string {
  let plain = piece;
  for (let before = ""; before !== plain;) {
    before = plain;
    plain = plain.replace(VARIABLE, (_, literal: string | undefined) => literal ?? "#000000");
  }
  return plain
    .replace(/font-family\s*=\s*(?:"[^"]*"|'[^']*')/gi, (all) => `font-family="${family(all)}"`)
    .replace(/font-family\s*:\s*[^;}"]*/gi, (all) => `font-family:${family(all)}`)
    .replace(/(font-weight\s*(?:=\s*["']|:\s*))([\w]+)/gi, (_, name: string, weight: string) =>
      /^(?:bold|bolder|[5-9]00)$/i.test(weight) ? `${name}600` : `${name}400`,
    )
    .replace(/(font-style\s*(?:=\s*["']|:\s*))(\w+)/gi, "$1normal");
}

function family(asked: string): string {
  return /mono|courier|consolas|menlo/i.test(asked) ? "JetBrains Mono" : "Inter";
}

const NAMED: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** Text with its references resolved, what Inter lacks spelled out, and references written again. */
function texted(text: string, sans: Coverage, mono: Coverage): string {
  const plain = text.replace(
    /&(?:#x([0-9a-f]+)|#([0-9]+)|(\w+));/gi,
    (all, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return NAMED[name] ?? all;
      const point = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return point <= 0x10ffff ? String.fromCodePoint(point) : "\ufffd";
    },
  );
  // Space between tags is no text.
  if (plain.trim() === "") return plain;
  return drawable(plain.replace(/[&<>]/g, reference), [withoutMarks(sans)], (point) => {
    const shown = withoutMarks(mono).has(point) ? String.fromCodePoint(point) : written(point);
    return `<tspan font-family="JetBrains Mono">${shown}</tspan>`;
  });
}

/** Stacked marks in a picture lose their code points on the way into a PDF, which PDF/UA refuses. */
function withoutMarks(coverage: Coverage): Pick<Coverage, "has"> {
  return { has: (point) => coverage.has(point) && !/\p{M}/u.test(String.fromCodePoint(point)) };
}

function reference(sign: string): string {
  if (sign === "&") return "&amp;";
  return sign === "<" ? "&lt;" : "&gt;";
}

/** Width and height of a picture by its `viewBox`, or its attributes; absent when it states neither. */
export function sizeOf(
  svg: string,
): { readonly width: number; readonly height: number } | undefined {
  const root = /<svg(?:[^>"']|"[^"]*"|'[^']*')*>/i.exec(svg)?.[0] ?? "";
  const box = /viewBox\s*=\s*["']([^"']*)["']/i
    .exec(root)?.[1]
    ?.trim()
    .split(/[\s,]+/);
  const width = Number(box?.[2] ?? /\swidth\s*=\s*["']([\d.]+)/i.exec(root)?.[1]);
  const height = Number(box?.[3] ?? /\sheight\s*=\s*["']([\d.]+)/i.exec(root)?.[1]);
  return width > 0 && height > 0 ? { width, height } : undefined;
}
