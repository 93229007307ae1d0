// Masks secrets and personal data in text that is shown to others: by the forms that they have,
// and by the names they stand under. Hides a little too much rather than too little, but no id,
// time or amount.

import { FEWEST_DIGITS, NAMED_SECRET, NATIONAL_ID, PHONE, isSecretValue } from "./detect.ts";
import { SEEN, digitsIn, lookOver } from "./look-over.ts";
import { maskNationalNumbers } from "./national-number.ts";
import { REDACTED, redactCredentials, redactPersonalData } from "./redaction.ts";
import { isSensitiveName } from "./sensitive-name.ts";

/** Replaces what {@link maskText} finds by {@link REDACTED}; a text without any is returned as it is. */
export function maskText(text: string): string {
  const look = lookOver(text);
  const digits = digitsIn(look);
  let masked = text;
  if ((look & SEEN.names) !== 0) masked = maskNamed(masked);
  if ((look & SEEN.secret) !== 0) {
    masked = redactCredentials(masked).replaceAll(NAMED_SECRET, maskSecretValue);
  }
  if ((look & SEEN.hint) !== 0) masked = masked.replaceAll(FLAG, `$1${REDACTED}`);
  const hasCapitals = (look & SEEN.capitals) !== 0;
  if (
    (look & SEEN.at) !== 0 ||
    digits >= FEWEST_DIGITS["payment-card"] ||
    (hasCapitals && digits >= FEWEST_DIGITS.iban)
  ) {
    masked = redactPersonalData(masked);
  }
  if ((look & SEEN.signs) !== 0 && digits >= FEWEST_DIGITS.phone) {
    masked = masked.replaceAll(EVERY_PHONE, (found) => (AMOUNT.test(found) ? found : REDACTED));
  }
  if (digits >= FEWEST_DIGITS["national-id"]) {
    masked = maskNationalNumbers(masked.replaceAll(EVERY_NATIONAL_ID, REDACTED));
  }
  return masked;
}

const EVERY_PHONE = new RegExp(PHONE.source, "g");
const EVERY_NATIONAL_ID = new RegExp(NATIONAL_ID.source, "g");

/** `+1 234 567.89` is a sum and no telephone. */
const AMOUNT = /^\+[0-9 ]+[.,][0-9]{1,2}$/;

/** `--password hunter2`, as command lines have it. */
const FLAG =
  /((?<![\w-])--?(?:password|passwd|passphrase|secret|token|api-?key|access-?key|secret-?key)[ =])(?!-)[^\s"'=]{1,1024}/gi;

function maskSecretValue(found: string, name: string, between: string, value: string): string {
  return isSecretValue(name, value) ? `${name}${between}${REDACTED}` : found;
}

/** A header that carries cookies (RFC 6265), to the end of its line. */
const COOKIES = /((?<![\w-])(?:set-)?cookie:\s{0,8})[^\s][^\r\n]{0,65536}/gi;

/** A name in quotes and its value, as in JSON and in what Python prints. */
const QUOTED =
  /(["'])([A-Za-z][\w .-]{0,63})\1(\s{0,8}:\s{0,8})(?:"((?:[^"\\]|\\.){1,8192})"?|'((?:[^'\\]|\\.){1,8192})'?|(-?[0-9][0-9.]{0,64}))/gs;

/** A name and its value as in forms, queries and settings. */
const ASSIGNED = /(?<![\w.-])([A-Za-z_][\w.-]{0,63})(=)(["']?)([^\s&;,"'<>]{1,8192})/g;

/** Values under a name that says what they are. */
function maskNamed(text: string): string {
  let masked = text;
  if (masked.includes(":")) {
    masked = masked.replaceAll(COOKIES, `$1${REDACTED}`);
    masked = masked.replaceAll(QUOTED, (found, quote: string, name: string, between: string) =>
      isSensitiveName(name)
        ? `${quote}${name}${quote}${between}${quote}${REDACTED}${quote}`
        : found,
    );
  }
  if (masked.includes("=")) {
    masked = masked.replaceAll(ASSIGNED, (found, name: string, sign: string, quote: string) =>
      isSensitiveName(name) ? `${name}${sign}${quote}${REDACTED}` : found,
    );
  }
  return masked;
}
