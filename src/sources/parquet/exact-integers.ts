// Whole numbers that no double holds, inside JSON text that is known to be well-formed.

/** A JSON value, and how many of its numbers are kept as text. */
export interface ExactValue {
  readonly value: unknown;
  readonly unsafeIntegers: number;
}

/** Fewer digits than any whole number beyond 2^53 has. */
const MAYBE_UNSAFE = /\d{16}/;
const UNSAFE_DIGITS = 16;

/** Parses JSON text; whole numbers beyond 2^53 become their decimal text. */
export function parseExact(text: string): ExactValue {
  if (!MAYBE_UNSAFE.test(text)) return { value: JSON.parse(text), unsafeIntegers: 0 };
  const parts: string[] = [];
  let unsafeIntegers = 0;
  let copied = 0;
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
      continue;
    }
    if (code !== MINUS && !isDigit(code)) {
      at += 1;
      continue;
    }
    const end = endOfNumber(text, at);
    const number = text.slice(at, end);
    if (end - at >= UNSAFE_DIGITS && /^-?\d+$/.test(number) && !Number.isSafeInteger(+number)) {
      parts.push(text.slice(copied, at), `"${number}"`);
      copied = end;
      unsafeIntegers += 1;
    }
    at = end;
  }
  parts.push(text.slice(copied));
  return { value: JSON.parse(parts.join("")), unsafeIntegers };
}

const QUOTE = 34;
const BACKSLASH = 92;
const MINUS = 45;

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Where the text goes on behind a string. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === QUOTE || Number.isNaN(code)) return at + 1;
    at += code === BACKSLASH ? 2 : 1;
  }
}

function endOfNumber(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && /[\d.eE+-]/.test(text.charAt(at))) at += 1;
  return at;
}
