// Which forms of secrets and personal data stand in a text. Stricter than redaction, which may
// hide a little too much: here every hit counts against somebody.

import type { Detector } from "../model/expression.ts";
import {
  CREDENTIAL_FORMS,
  REDACTED,
  WEB_TOKEN,
  hasCardNumber,
  hasIban,
  hasPrivateKey,
} from "./redaction.ts";

/** One bit for each detector, for {@link formsIn}. */
export const FORM_BITS: Readonly<Record<Detector, number>> = {
  secret: 1,
  "payment-card": 2,
  iban: 4,
  email: 8,
  phone: 16,
  "national-id": 32,
};

/** What any secret's form has in it. Spelt without the flag for case, which would cost a third more. */
const HINTS_AT_SECRET =
  /[aA][uU][tT][hH][oO]|[bB][eE][aA][rR]|eyJ|:\/\/|A[KS]IA|gh[oprsu]_|github_pat_|glpat-|xox|xapp-|AIza|[rs]k_|npm_|hf_|sk-|[pP][aA][sS][sS]|[pP][wW][dD]|[sS][eE][cC][rR]|[tT][oO][kK][eE]|[kK][eE][yY]|[cC][rR][eE][dD]|-----BEGIN/;

/**
 * Of each alternative above three characters in a row, by which one walk over a text tells that
 * most texts need no search. Of `A[KS]IA` and the like one for each.
 */
const IN_HINTS = (
  "uth bea eyj :// aki asi gho ghp ghr ghs ghu ub_ glp xox xap aiz rk_ sk_ pm_ hf_ sk- pas pwd " +
  "ecr oke key cre beg"
).split(" ");

/** Three characters as a number of 15 bits: of each its last five, alike in either case. */
const TRIPLE = 0x7fff;
const TRIPLES_IN_HINTS = new Uint8Array(TRIPLE + 1);
for (const three of IN_HINTS) {
  let triple = 0;
  for (let index = 0; index < three.length; index += 1) {
    triple = nextTriple(triple, three.charCodeAt(index));
  }
  TRIPLES_IN_HINTS[triple] = 1;
}

function nextTriple(triple: number, unit: number): number {
  return ((triple << 5) | (unit & 31)) & TRIPLE;
}

/** The shortest runs and the fewest digits that a form can have. */
const SHORTEST_KEY = 10;
const FEWEST_DIGITS = { "payment-card": 13, iban: 8, phone: 8, "national-id": 6 };

/**
 * The forms that stand in a text. Most texts can hold none, and one walk over their characters
 * tells: what a form must have is counted before any pattern is tried.
 *
 * @returns a sum of {@link FORM_BITS}, 0 for none
 */
export function formsIn(text: string): number {
  let digits = 0;
  let capitals = 0;
  let signs = 0;
  let run = 0;
  let longestRun = 0;
  let hasAt = false;
  let names = false;
  let triple = 0;
  let hints = 0;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    triple = nextTriple(triple, unit);
    hints |= TRIPLES_IN_HINTS[triple] as number;
    if (unit >= DIGIT_0 && unit <= DIGIT_9) digits += 1;
    else if (unit >= CAPITAL_A && unit <= CAPITAL_Z) capitals += 1;
    else if (unit < SMALL_A && unit !== UNDERSCORE && unit !== HYPHEN) {
      if (unit === AT) hasAt = true;
      else if (unit === COLON || unit === EQUALS) names = true;
      else if (unit === PLUS || unit === BRACKET) signs += 1;
      run = -1;
    }
    run += 1;
    if (run > longestRun) longestRun = run;
  }
  let forms = 0;
  const maybeSecret = hints !== 0 && (names || longestRun >= SHORTEST_KEY);
  if (maybeSecret && HINTS_AT_SECRET.test(text) && hasSecret(text)) forms |= FORM_BITS.secret;
  if (hasAt && hasEmail(text)) forms |= FORM_BITS.email;
  if (digits >= FEWEST_DIGITS["payment-card"] && hasCardNumber(text)) {
    forms |= FORM_BITS["payment-card"];
  }
  if (capitals >= 2 && digits >= FEWEST_DIGITS.iban && hasIban(text)) forms |= FORM_BITS.iban;
  if (signs > 0 && digits >= FEWEST_DIGITS.phone && PHONE.test(text)) forms |= FORM_BITS.phone;
  if (digits >= FEWEST_DIGITS["national-id"] && NATIONAL_ID.test(text)) {
    forms |= FORM_BITS["national-id"];
  }
  return forms;
}

const [DIGIT_0, DIGIT_9, CAPITAL_A, CAPITAL_Z, SMALL_A] = [48, 57, 65, 90, 97];
const [UNDERSCORE, HYPHEN, AT, COLON, EQUALS, PLUS, BRACKET] = [95, 45, 64, 58, 61, 43, 40];

function hasSecret(text: string): boolean {
  return (
    hasPrivateKey(text) ||
    CREDENTIAL_FORMS.some((form) => text.search(form) >= 0) ||
    hasWebToken(text) ||
    hasNamedSecret(text)
  );
}

/** RFC 7519: three parts, of which the first is a JSON object that names its algorithm. */
function hasWebToken(text: string): boolean {
  for (const [token] of text.matchAll(WEB_TOKEN)) {
    const header = Buffer.from(token.slice(0, token.indexOf(".")), "base64url").toString();
    if (/^\{.*"alg"\s*:/s.test(header)) return true;
  }
  return false;
}

const NAMED_SECRET =
  /(?<![:/])(passw(?:or)?d|pwd|passphrase|(?:client|app|shared)[_-]?secret|secret|(?:api|access|private|session|secret)[_-]?key|(?:access|auth|refresh|bearer|api|session)[_-]?token)["']?\s{0,4}[:=]\s{0,4}["']?([^\s"',;&}{<>()]{6,256})/gi;

/** A value that only stands for one: masked, a variable, or a word of the language. */
const PLACEHOLDER = /^(?:\[REDACTED|[*•x.]{3,}|\$|%|null$|none$|true$|false$|undefined$|env[.:])/i;

/** `password=…` and the like, with a value that is one. Other names than passwords need a letter and a digit. */
function hasNamedSecret(text: string): boolean {
  for (const [, name = "", value = ""] of text.matchAll(NAMED_SECRET)) {
    if (value.includes(REDACTED) || PLACEHOLDER.test(value)) continue;
    if (/^(?:passw|pwd|passphrase)/i.test(name)) return true;
    if (value.length >= 8 && /[0-9]/.test(value) && /[a-z]/i.test(value)) return true;
  }
  return false;
}

const EMAIL =
  /(?<![A-Za-z0-9._%+-])([A-Za-z0-9._%+-]{1,64})@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,7}\.[A-Za-z]{2,24}(?![A-Za-z0-9-])/g;

const USER_OF_URL = /:\/\/[^\s/@]{0,256}$/;

/** Whether an e-mail address stands in a text. `git@` names a repository, and a URL may name its user. */
function hasEmail(text: string): boolean {
  for (const { 1: local, index } of text.matchAll(EMAIL)) {
    const before = text.slice(Math.max(0, index - 260), index);
    if (local !== "git" && !USER_OF_URL.test(before)) return true;
  }
  return false;
}

/** International (ITU-T E.164) with its plus sign, or North American with its brackets. */
const PHONE =
  /(?<![\w+])\+[1-9][0-9]{0,2}(?:[ ().-]{0,2}[0-9]){7,12}(?![0-9])|\([2-9][0-9]{2}\) ?[2-9][0-9]{2}-[0-9]{4}(?![0-9])/;

/** A US social security number, or a UK national insurance number. */
const NATIONAL_ID =
  /(?<![\w-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-])|(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?![A-Za-z0-9])/;
