// Numbers of persons that carry check digits and are written in a form of their own. Those that
// are bare digits are left alone: too many ids would pass as one.

import { REDACTED } from "./redaction.ts";

interface NationalNumber {
  readonly find: RegExp;
  /** Whether the check digits fit. */
  readonly fits: (found: string) => boolean;
}

const NUMBERS: readonly NationalNumber[] = [
  // Brazil, CPF: 123.456.789-09.
  { find: /(?<![\w.-])[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}(?![\w-])/g, fits: fitsCpf },
  // Italy, codice fiscale: RSSMRA85T10A562S.
  {
    find: /(?<![A-Za-z0-9])[A-Z]{6}[0-9]{2}[A-EHLMPRST][0-9]{2}[A-Z][0-9]{3}[A-Z](?![A-Za-z0-9])/g,
    fits: fitsCodiceFiscale,
  },
  // France, NIR: 2 55 08 14 168 025 38.
  {
    find: /(?<![\w.-])[12] [0-9]{2} (?:0[1-9]|1[0-2]|[2-9][0-9]) (?:[0-9]{2}|2[AB]) [0-9]{3} [0-9]{3} [0-9]{2}(?![\w-])/g,
    fits: fitsNir,
  },
];

/** Replaces them by {@link REDACTED} where their check digits fit. */
export function maskNationalNumbers(text: string): string {
  let masked = text;
  for (const { find, fits } of NUMBERS) {
    masked = masked.replaceAll(find, (found) => (fits(found) ? REDACTED : found));
  }
  return masked;
}

/** Two digits, each the weighted sum of those before it, times ten, modulo eleven. */
function fitsCpf(found: string): boolean {
  const digits = Array.from(found.replaceAll(/[^0-9]/g, ""), Number);
  if (new Set(digits).size === 1) return false;
  return [9, 10].every((length) => {
    const sum = digits
      .slice(0, length)
      .reduce((total, digit, index) => total + digit * (length + 1 - index), 0);
    return ((sum * 10) % 11) % 10 === digits[length];
  });
}

/** What a character adds on an odd place, in the order 0 to 9 and A to Z (decree of 23 December 1976). */
const ON_ODD_PLACES = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21].concat([
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
]);

function fitsCodiceFiscale(found: string): boolean {
  let sum = 0;
  for (let index = 0; index < 15; index += 1) {
    const value = Number.parseInt(found[index] ?? "", 36);
    const onEvenPlace = value > 9 ? value - 10 : value;
    sum += index % 2 === 0 ? (ON_ODD_PLACES[value] ?? 0) : onEvenPlace;
  }
  return String.fromCharCode(65 + (sum % 26)) === found[15];
}

/** The last two digits are 97 less the remainder of the others; Corsica counts as 19 and 18. */
function fitsNir(found: string): boolean {
  const digits = found.replaceAll(" ", "").replace("2A", "19").replace("2B", "18");
  return 97 - (Number(digits.slice(0, 13)) % 97) === Number(digits.slice(13));
}
