// Numbers that a double cannot hold become texts, so that not one digit changes.

/** A JSON text whose numbers can all be parsed without loss. */
export interface ExactNumbers {
  readonly text: string;
  /** How many numbers were put between quotes. */
  readonly kept: number;
}

/**
 * Puts quotes around every whole number beyond 2^53 - 1 and around every number that is too
 * large for a double. Fractions are left: the nearest double stands for them.
 *
 * @param text a valid JSON text
 */
export function keepNumbers(text: string): ExactNumbers {
  let kept = 0;
  const quoted = text.replaceAll(STRING_OR_NUMBER, (token) => {
    if (token.startsWith('"') || !losesDigits(token)) return token;
    kept += 1;
    return `"${token}"`;
  });
  return { text: quoted, kept };
}

const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs;
const WHOLE = /^-?\d+$/;

function losesDigits(token: string): boolean {
  const value = Number(token);
  return WHOLE.test(token) ? !Number.isSafeInteger(value) : !Number.isFinite(value);
}
