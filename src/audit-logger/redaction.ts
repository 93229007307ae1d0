// Keeps secrets out of the log: by the name under which a value stands, and by the forms
// that well-known secrets have in any text.

import { ComplianceError } from "../model/error.ts";
import { REDACTED, redactCredentials, redactPersonalData } from "../redaction/redaction.ts";
import type { JsonTextOptions } from "./json-text.ts";

/** What else to redact, or not. */
export interface RedactionOptions {
  /**
   * Further parts of names whose values are secret. Case and everything but letters and
   * digits are ignored: `pin code` also finds `customerPinCode`.
   */
  readonly keys?: readonly string[] | undefined;
  /** Whether e-mail addresses, card numbers and IBANs count as secrets. On unless false. */
  readonly personalData?: boolean | undefined;
}

/** Redacts the fields of one entry. */
export interface Redaction {
  /** For structured values: names, and texts wherever they stand. */
  readonly json: JsonTextOptions;
  /** For free text: credentials and personal data. */
  readonly text: (text: string) => string;
  /** For texts that say what was acted on: credentials only. */
  readonly credentials: (text: string) => string;
}

/**
 * Prepares the redaction that a logger uses.
 *
 * @throws ComplianceError `invalid-option` for a key without letters or digits
 */
export function redaction(options: RedactionOptions = {}): Redaction {
  const fragments = [...SECRET_NAMES, ...(options.keys ?? []).map(checkedFragment)];
  const text =
    options.personalData === false
      ? redactCredentials
      : (value: string) => redactPersonalData(redactCredentials(value));
  return {
    json: {
      replaceText: text,
      replaceMember: (key, value) => (isSecret(key, value, fragments) ? REDACTED : undefined),
    },
    text,
    credentials: redactCredentials,
  };
}

const SECRET_NAMES = [
  "password",
  "passwd",
  "passphrase",
  "secret",
  "token",
  "apikey",
  "authorization",
  "credential",
  "privatekey",
  "accesskey",
  "sessionkey",
  "signingkey",
  "encryptionkey",
  "cookie",
] as const;

/** Names that count tokens of text: `max_tokens`, `tokenCount`. Their numbers are no secret. */
const TOKEN_COUNTER =
  /tokens|token(?:budget|cost|count|index|length|limit|rate|usage)|(?:max|min|num|total)token/;

function isSecret(key: string, value: unknown, fragments: readonly string[]): boolean {
  if (value === undefined || value === null || value === "" || typeof value === "boolean") {
    return false;
  }
  const name = letters(key);
  const found = fragments.filter((fragment) => name.includes(fragment));
  if (found.length === 0) return false;
  const isNumber = typeof value === "number" || typeof value === "bigint";
  return !(isNumber && found.every((part) => part === "token") && TOKEN_COUNTER.test(name));
}

function checkedFragment(key: string): string {
  const fragment = typeof key === "string" ? letters(key) : "";
  if (fragment !== "") return fragment;
  throw new ComplianceError(
    "invalid-option",
    `Expected each of redact.keys to hold a letter or digit, got ${JSON.stringify(key)}`,
    { hint: "Such a key would be found in every name." },
  );
}

function letters(key: string): string {
  return key.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
