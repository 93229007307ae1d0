// The forms that well-known secrets and personal data have in any text. Every pattern works
// in linear time.

/** What is written in place of a secret. */
export const REDACTED = "[REDACTED]";

interface Pattern {
  readonly find: RegExp;
  /** What is written instead; `$1` and so on are the parts that stay. */
  readonly replace: string;
}

const NAME_BEFORE_VALUE =
  "(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|session[_-]?key|credentials?)";

/** JSON Web Token (RFC 7519), by its looks. */
export const WEB_TOKEN =
  /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{2,65536}\.[A-Za-z0-9_-]{0,8192}/g;

/** Forms that are a credential by themselves, wherever they stand. */
const TELLING: readonly Pattern[] = [
  // Authorization headers (RFC 9110, RFC 6750).
  { find: /\b(bearer)\s{1,4}[A-Za-z0-9._~+/-]{16,8192}={0,2}/gi, replace: `$1 ${REDACTED}` },
  {
    find: /\b(authorization["']?\s{0,4}[:=]\s{0,4}["']?(?:basic|bearer|digest|negotiate|token|apikey)\s{1,4})[^\s"',;]{1,8192}/gi,
    replace: `$1${REDACTED}`,
  },
  // Password in a URL (RFC 3986, user information), or a long token in place of the user.
  { find: /(:\/\/[^\s/:@]{0,128}:)[^\s/]{1,256}@/g, replace: `$1${REDACTED}@` },
  { find: /(:\/\/)[A-Za-z0-9_-]{20,256}@/g, replace: `$1${REDACTED}@` },
  // AWS, GitHub, GitLab, Slack, Google, Stripe, npm, Hugging Face, and `sk-` keys.
  { find: /(?<![A-Z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Z0-9])/g, replace: REDACTED },
  { find: /(?<![A-Za-z0-9])gh[oprsu]_[A-Za-z0-9]{20,255}/g, replace: REDACTED },
  { find: /(?<![A-Za-z0-9])github_pat_[A-Za-z0-9_]{20,255}/g, replace: REDACTED },
  { find: /(?<![A-Za-z0-9])glpat-[A-Za-z0-9_-]{20,255}/g, replace: REDACTED },
  { find: /(?<![A-Za-z0-9])(?:xox[abeoprs]|xapp)-[A-Za-z0-9-]{10,255}/g, replace: REDACTED },
  { find: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{30,60}/g, replace: REDACTED },
  { find: /(?<![A-Za-z0-9])[rs]k_(?:live|test)_[A-Za-z0-9]{16,255}/g, replace: REDACTED },
  { find: /(?<![A-Za-z0-9])(?:npm|hf)_[A-Za-z0-9]{30,64}/g, replace: REDACTED },
  {
    find: /(?<![A-Za-z0-9])sk-(?=[A-Za-z_-]{0,64}[0-9])[A-Za-z0-9_-]{20,255}/g,
    replace: REDACTED,
  },
];

const CREDENTIALS: readonly Pattern[] = [
  ...TELLING,
  { find: WEB_TOKEN, replace: REDACTED },
  // `password=…` as in queries and connection strings, `"password": "…"` as in JSON.
  {
    find: new RegExp(`(${NAME_BEFORE_VALUE}=)[^\\s&;,"'<>]{1,8192}`, "gi"),
    replace: `$1${REDACTED}`,
  },
  {
    find: new RegExp(
      `("[\\w-]{0,32}${NAME_BEFORE_VALUE}"\\s{0,8}:\\s{0,8})"(?:[^"\\\\]|\\\\.){1,8192}`,
      "gis",
    ),
    replace: `$1"${REDACTED}`,
  },
];

/** The forms of {@link TELLING} for a search. */
export const CREDENTIAL_FORMS: readonly RegExp[] = TELLING.map(({ find }) => find);

/** Whether a private key (PEM, RFC 7468) begins in a text. */
export function hasPrivateKey(text: string): boolean {
  return text.search(PEM_BEGIN) >= 0;
}

/** Replaces keys, tokens and passwords of well-known forms. */
export function redactCredentials(text: string): string {
  let result = redactPrivateKeys(text);
  for (const { find, replace } of CREDENTIALS) result = result.replaceAll(find, replace);
  return result;
}

const PEM_BEGIN = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----/g;
const PEM_END = /-----END [A-Z0-9 ]{0,60}-----/y;

/** PEM (RFC 7468). A key that was cut off reaches to the end of the text. */
function redactPrivateKeys(text: string): string {
  let result = "";
  let position = 0;
  for (const begin of text.matchAll(PEM_BEGIN)) {
    if (begin.index < position) continue;
    result += text.slice(position, begin.index) + REDACTED;
    PEM_END.lastIndex = text.indexOf("-----END ", begin.index);
    if (PEM_END.lastIndex < 0 || !PEM_END.test(text)) return result;
    position = PEM_END.lastIndex;
  }
  return result + text.slice(position);
}

const EMAIL =
  /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g;
const CARD =
  /(?<![0-9])(?:4[0-9]{12}(?:[0-9]{3}){0,2}|(?:5[1-5]|2[2-7]|35|6[0-9])[0-9]{14}|3[47][0-9]{13}|[0-9]{4}([ -])[0-9]{4}\1[0-9]{4}\1[0-9]{4}|3[47][0-9]{2}([ -])[0-9]{6}\2[0-9]{5})(?![0-9])/g;
const IBAN =
  /(?<![A-Za-z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])/g;
const SHORTEST_IBAN = 15;

/** Replaces e-mail addresses, card numbers and bank accounts (IBAN), the latter two where their check digits fit. */
export function redactPersonalData(text: string): string {
  return text
    .replaceAll(EMAIL, REDACTED)
    .replaceAll(CARD, (digits) => (hasLuhnDigit(digits) ? REDACTED : digits))
    .replaceAll(IBAN, redactIban);
}

/** Whether a payment card's number stands in a text, its check digit fitting. */
export function hasCardNumber(text: string): boolean {
  for (const [digits] of text.matchAll(CARD)) if (hasLuhnDigit(digits)) return true;
  return false;
}

/** Whether a bank account (IBAN) stands in a text, its check digits fitting. */
export function hasIban(text: string): boolean {
  for (const [found] of text.matchAll(IBAN)) if (redactIban(found) !== found) return true;
  return false;
}

/** ISO/IEC 7812-1, annex B. */
function hasLuhnDigit(card: string): boolean {
  const digits = card.replaceAll(/[^0-9]/g, "");
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index]);
    const weighted = index % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

/** What was found may run on into the next word, so its end is sought where the check digits fit. */
function redactIban(found: string): string {
  for (let end = found.length; end >= SHORTEST_IBAN; end -= 1) {
    const next = found[end];
    if (next !== undefined && next !== " ") continue;
    const compact = found.slice(0, end).replaceAll(" ", "");
    if (compact.length < SHORTEST_IBAN) break;
    if (hasIbanRemainder(compact)) return `${REDACTED}${found.slice(end)}`;
  }
  return found;
}

/** ISO 13616 with ISO/IEC 7064, MOD 97-10. */
function hasIbanRemainder(compact: string): boolean {
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}
