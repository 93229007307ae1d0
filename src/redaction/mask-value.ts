// Masks secrets and personal data in structured values: parsed ones, and JSON as text, which
// stays the same text but for what is masked.

import { maskText } from "./mask-text.ts";
import { REDACTED, hasCardNumber } from "./redaction.ts";
import { isSensitiveName } from "./sensitive-name.ts";

/** How deep JSON is looked for inside texts of JSON. What lies deeper is masked as plain text. */
const DEEPEST_TEXT = 6;

/** How deep values are walked; what lies deeper is masked as a whole. */
const DEEPEST_VALUE = 200;

/** Masks a text that may be JSON: by the names of its members at any depth, and by the forms of its texts. */
export function maskJsonText(text: string): string {
  return maskJsonOrText(text, DEEPEST_TEXT);
}

/** Masks a parsed value. What has nothing to mask is returned as it is. */
export function maskValue(value: unknown): unknown {
  return maskAny(value, undefined, DEEPEST_VALUE);
}

function maskJsonOrText(text: string, depth: number): string {
  const start = text.charCodeAt(afterSpace(text, 0));
  const isStructured = start === BRACE || start === BRACKET;
  if (depth === 0 || !isStructured || !isJson(text)) return maskText(text);
  if (!text.includes("\\") && !NAME_HINT.test(text) && maskText(text) === text) return text;
  return maskJson(text, depth);
}

/** What any sensitive name has in it. Names with escapes are looked at in full. */
const NAME_HINT =
  /passw|pwd|passp|passc|key|secret|token|jwt|cookie|ssn|social|nin|iban|bban|cv[vc]|otp|dob|birth|phone|card|credential|national|tax|bank|authorization/i;

/** A number under such a name is an id, a time or a sum, also where it passes for a card's. */
const NO_CARD =
  /(?:id|ids|uuid|time|timestamp|at|nonce|seq|sequence|hash|version|amount|total|price|sum|balance|offset|count)$/i;

const [QUOTE, BACKSLASH, COLON, BRACE, BRACKET] = [34, 92, 58, 123, 91];

/** Walks over valid JSON once and writes anew only what is masked. */
function maskJson(text: string, depth: number): string {
  let masked = "";
  let written = 0;
  let name = "";
  let index = 0;
  const replace = (start: number, end: number, instead: string): void => {
    masked += text.slice(written, start) + instead;
    written = end;
  };
  while (index < text.length) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) {
      const end = endOfString(text, index);
      const literal = text.slice(index, end);
      const colon = afterSpace(text, end);
      if (text.charCodeAt(colon) !== COLON) {
        const instead = maskLiteral(literal, name, depth);
        if (instead !== literal) replace(index, end, instead);
        index = end;
        continue;
      }
      name = contentOf(literal);
      const shown = maskText(name);
      if (shown !== name) replace(index, end, JSON.stringify(shown));
      index = afterSpace(text, colon + 1);
      if (!isSensitiveName(name)) continue;
      const after = endOfValue(text, index);
      if (isTelling(text.slice(index, after))) replace(index, after, JSON.stringify(REDACTED));
      index = after;
    } else if (isNumeral(unit)) {
      const end = endOfScalar(text, index);
      if (isCard(text.slice(index, end), name)) replace(index, end, JSON.stringify(REDACTED));
      index = end;
    } else {
      index += 1;
    }
  }
  return written === 0 ? text : masked + text.slice(written);
}

/** A text of JSON, in its quotes. */
function maskLiteral(literal: string, name: string, depth: number): string {
  const content = contentOf(literal);
  if (isPlainId(content, name)) return literal;
  const masked = maskJsonOrText(content, depth - 1);
  return masked === content ? literal : JSON.stringify(masked);
}

function isPlainId(content: string, name: string): boolean {
  return /^[0-9]{1,64}$/.test(content) && NO_CARD.test(name);
}

function isCard(digits: string, name: string): boolean {
  return digits.length >= 13 && !NO_CARD.test(name) && hasCardNumber(digits);
}

/** Whether JSON says anything that could be a secret: no yes or no, nothing empty. */
function isTelling(json: string): boolean {
  return !/^(?:true|false|null|""|\[\s{0,64}\]|\{\s{0,64}\})$/.test(json);
}

function maskAny(value: unknown, name: string | undefined, depth: number): unknown {
  if (value === null || value === undefined || value === "" || typeof value === "boolean") {
    return value;
  }
  if (depth === 0 || (name !== undefined && isSensitiveName(name) && !isEmpty(value))) {
    return REDACTED;
  }
  if (typeof value === "string") {
    return isPlainId(value, name ?? "") ? value : maskJsonText(value);
  }
  if (typeof value === "number" || typeof value === "bigint") {
    return isCard(String(value), name ?? "") ? REDACTED : value;
  }
  if (Array.isArray(value)) {
    const masked = value.map((one) => maskAny(one, name, depth - 1));
    return masked.every((one, index) => one === value[index]) ? value : masked;
  }
  if (typeof value !== "object" || value instanceof Uint8Array || value instanceof Date) {
    return value;
  }
  const members = Object.entries(value).map(
    ([key, one]) => [maskText(key), maskAny(one, key, depth - 1), key, one] as const,
  );
  return members.every(([shown, masked, key, one]) => shown === key && masked === one)
    ? value
    : Object.fromEntries(members.map(([shown, masked]) => [shown, masked]));
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function contentOf(literal: string): string {
  return literal.includes("\\") ? (JSON.parse(literal) as string) : literal.slice(1, -1);
}

/** Behind the closing quote. */
function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) return index + 1;
    index += unit === BACKSLASH ? 2 : 1;
  }
  return text.length;
}

/** Behind a value of any kind. */
function endOfValue(text: string, start: number): number {
  const first = text.charCodeAt(start);
  if (first === QUOTE) return endOfString(text, start);
  if (first !== BRACE && first !== BRACKET) return endOfScalar(text, start);
  let open = 0;
  let index = start;
  while (index < text.length) {
    const unit = text.charCodeAt(index);
    if (unit === QUOTE) {
      index = endOfString(text, index);
      continue;
    }
    // Closing braces and brackets lie two code units behind the opening ones.
    if (unit === BRACE || unit === BRACKET) open += 1;
    else if (unit === BRACE + 2 || unit === BRACKET + 2) open -= 1;
    index += 1;
    if (open === 0) return index;
  }
  return text.length;
}

function isNumeral(unit: number): boolean {
  return unit >= 48 && unit <= 57;
}

const SCALAR = /[\w.+-]*/y;

function endOfScalar(text: string, start: number): number {
  SCALAR.lastIndex = start;
  return start + (SCALAR.exec(text)?.[0].length ?? 0);
}

const SPACE = /[ \t\r\n]*/y;

function afterSpace(text: string, start: number): number {
  SPACE.lastIndex = start;
  return start + (SPACE.exec(text)?.[0].length ?? 0);
}
