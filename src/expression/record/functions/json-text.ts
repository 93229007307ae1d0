// JSON inside a text of a record, such as the arguments of a tool call. Read as documents are:
// no deeper than 500, and whole numbers beyond 2^53 keep their digits as text.

/** Deepest nesting, as for documents. */
const DEEPEST = 500;

const LONG_DIGITS = /\d{16}/;
const WHOLE = /^-?\d+$/;
const NUMBER = /[-+.\deE]+/y;

/** The value that a text is JSON of; undefined when it is none, or too deep. */
export function parseJson(text: string): unknown {
  try {
    const value = JSON.parse(text) as unknown;
    const longDigits = LONG_DIGITS.test(text);
    if (!longDigits && !mayBeDeep(text)) return value;
    const { depth, exact } = scan(text);
    if (depth > DEEPEST) return undefined;
    return exact === text ? value : (JSON.parse(exact) as unknown);
  } catch {
    return undefined;
  }
}

/** Whether there are more opening brackets than may be nested, in texts or outside. */
function mayBeDeep(text: string): boolean {
  if (text.length <= DEEPEST) return false;
  let brackets = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0x5b || code === 0x7b) brackets += 1;
  }
  return brackets > DEEPEST;
}

/** Goes through valid JSON: how deep it is nested, and its text with unsafe integers in quotes. */
function scan(text: string): { readonly depth: number; readonly exact: string } {
  let depth = 0;
  let deepest = 0;
  let exact = "";
  let copied = 0;
  let index = 0;
  while (index < text.length) {
    const character = text.charAt(index);
    if (character === '"') {
      index = endOfText(text, index);
      continue;
    }
    if (character === "[" || character === "{") deepest = Math.max(deepest, (depth += 1));
    if (character === "]" || character === "}") depth -= 1;
    if (character !== "-" && (character < "0" || character > "9")) {
      index += 1;
      continue;
    }
    NUMBER.lastIndex = index;
    const number = NUMBER.exec(text)?.[0] ?? character;
    if (WHOLE.test(number) && !Number.isSafeInteger(Number(number))) {
      exact += `${text.slice(copied, index)}"${number}"`;
      copied = index + number.length;
    }
    index += number.length;
  }
  return { depth: deepest, exact: exact + text.slice(copied) };
}

/** The index behind a JSON text's closing quote. */
function endOfText(text: string, start: number): number {
  let index = start + 1;
  while (index < text.length && text.charCodeAt(index) !== 0x22) {
    index += text.charCodeAt(index) === 0x5c ? 2 : 1;
  }
  return index + 1;
}
