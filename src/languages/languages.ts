// The languages that reports can be in. A new one is a file beside `en.ts` and a line here.

import { ComplianceError } from "../model/error.ts";
import { GERMAN } from "./de.ts";
import { ENGLISH } from "./en.ts";
import type { Language } from "./language.ts";

/** Languages by code. */
export const LANGUAGES: Readonly<Record<string, Language>> = { en: ENGLISH, de: GERMAN };

/** The language of reports for which none is asked. */
export const DEFAULT_LANGUAGE = "en";

/**
 * A language by its code.
 *
 * @throws ComplianceError `invalid-option`, naming those that exist
 */
export function languageOf(code: string): Language {
  const language = Object.hasOwn(LANGUAGES, code) ? LANGUAGES[code] : undefined;
  if (language !== undefined) return language;
  const known = Object.values(LANGUAGES).map((one) => `${one.code} (${one.name})`);
  throw new ComplianceError(
    "invalid-option",
    `expected a language of reports, got ${JSON.stringify(code)}`,
    { hint: `There are ${known.join(", ")}.` },
  );
}
