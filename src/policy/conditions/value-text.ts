// The text that param_matches searches. The documented format takes Python's text of a
// value (`True`, `None`, `['a', 1]`), and existing patterns rely on it.

const MOST_LEVELS = 64;

/** Undefined when a value, or one inside it, is nothing that JSON knows, or lies too deep. */
export function textOfValue(value: unknown): string | undefined {
  return typeof value === "string" ? value : nestedText(value, 0);
}

function nestedText(value: unknown, level: number): string | undefined {
  if (level > MOST_LEVELS) return undefined;
  switch (typeof value) {
    case "string":
      return quotedText(value);
    case "boolean":
      return value ? "True" : "False";
    case "bigint":
      return String(value);
    case "number":
      return numberText(value);
    case "object":
      break;
    default:
      return undefined;
  }
  if (value === null) return "None";
  if (Array.isArray(value)) {
    return joined("[", value, "]", (item) => nestedText(item, level + 1));
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return undefined;
  return joined("{", Object.entries(value), "}", ([key, member]) => {
    const text = nestedText(member, level + 1);
    return text === undefined ? undefined : `${quotedText(key)}: ${text}`;
  });
}

function joined<T>(
  open: string,
  items: readonly T[],
  close: string,
  textOf: (item: T) => string | undefined,
): string | undefined {
  const texts: string[] = [];
  for (const item of items) {
    const text = textOf(item);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return `${open}${texts.join(", ")}${close}`;
}

/** Whole numbers have no decimals; small and large fractions have an exponent of two digits or more. */
function numberText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Number.isInteger(value))
    return Number.isSafeInteger(value) ? String(value) : String(BigInt(value));
  if (Math.abs(value) >= 1e-4) return String(value);
  return value.toExponential().replace(/e-(\d)$/u, "e-0$1");
}

const ESCAPES = new Map([
  ["\\", "\\\\"],
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** In single quotes, or in double ones when it holds a single one and no double one. */
function quotedText(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  let quoted = mark;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (character === mark) quoted += `\\${mark}`;
    else if (ESCAPES.has(character)) quoted += ESCAPES.get(character);
    else if (character !== " " && /[\p{C}\p{Z}]/u.test(character)) quoted += escaped(code);
    else quoted += character;
  }
  return quoted + mark;
}

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
