// Which forms of secrets and personal data stand in a text. Stricter than redaction, which may
// hide a little too much: here every hit counts against somebody.

import type { Detector } from "../model/expression.ts";
import { SEEN, digitsIn, lookOver } from "./look-over.ts";
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

/** The fewest digits that a form can have. */
export const FEWEST_DIGITS = { "payment-card": 13, iban: 8, phone: 8, "national-id": 6 };

/**
 * The forms that stand in a text. Most texts can hold none, and one walk over their characters
 * tells: what a form must have is counted before any pattern is tried.
 *
 * @returns a sum of {@link FORM_BITS}, 0 for none
 */
export function formsIn(text: string): number {
  const look = lookOver(text);
  const digits = digitsIn(look);
  let forms = 0;
  if ((look & SEEN.secret) !== 0 && HINTS_AT_SECRET.test(text) && hasSecret(text))
    forms |= FORM_BITS.secret;
  if ((look & SEEN.at) !== 0 && hasEmail(text)) forms |= FORM_BITS.email;
  if (digits >= FEWEST_DIGITS["payment-card"] && hasCardNumber(text)) {
    forms |= FORM_BITS["payment-card"];
  }
  if ((look & SEEN.capitals) !== 0 && digits >= FEWEST_DIGITS.iban && hasIban(text))
    forms |= FORM_BITS.iban;
  if ((look & SEEN.signs) !== 0 && digits >= FEWEST_DIGITS.phone && PHONE.test(text))
    forms |= FORM_BITS.phone;
  if (digits >= FEWEST_DIGITS["national-id"] && NATIONAL_ID.test(text)) {
    forms |= FORM_BITS["national-id"];
  }
  return forms;
}

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

/** A name of a secret, what separates it, and its value. */
export const NAMED_SECRET =
  /(?<![:/])(passw(?:or)?d|pwd|passphrase|(?:client|app|shared)[_-]?secret|secret|(?:api|access|private|session|secret)[_-]?key|(?:access|auth|refresh|bearer|api|session)[_-]?token)(["']?\s{0,4}[:=]\s{0,4}["']?)([^\s"',;&}{<>()]{6,256})/gi;

/** A value that only stands for one: masked, a variable, or a word of the language. */
const PLACEHOLDER = /^(?:\[REDACTED|[*•x.]{3,}|\$|%|null$|none$|true$|false$|undefined$|env[.:])/i;

/** `password=…` and the like, with a value that is one. */
function hasNamedSecret(text: string): boolean {
  for (const [, name = "", , value = ""] of text.matchAll(NAMED_SECRET)) {
    if (isSecretValue(name, value)) return true;
  }
  return false;
}

/** Whether a value under a name of {@link NAMED_SECRET} is one. Other names than passwords need a letter and a digit. */
export function isSecretValue(name: string, value: string): boolean {
  if (value.includes(REDACTED) || PLACEHOLDER.test(value)) return false;
  if (/^(?:passw|pwd|passphrase)/i.test(name)) return true;
  return value.length >= 8 && /[0-9]/.test(value) && /[a-z]/i.test(value);
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
export const PHONE =
  /(?<![\w+])\+[1-9][0-9]{0,2}(?:[ ().-]{0,2}[0-9]){7,12}(?![0-9])|\([2-9][0-9]{2}\) ?[2-9][0-9]{2}-[0-9]{4}(?![0-9])/;

/** A US social security number, or a UK national insurance number. */
export const NATIONAL_ID =
  /(?<![\w-])(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}(?![\w-])|(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D](?![A-Za-z0-9])/;
