// Words that no report may use: they claim what a log cannot show.

import type { TextMistake } from "./placeholders.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

const BANNED = /\b(?:compliant|certified|audit-ready|meets|satisfies)\b/i;

/** The same in the languages of `translations/`, wherever in a word they stand. */
const BANNED_IN_TRANSLATIONS =
  /\b(?:compliant|audit-ready|(?:gesetzes|rechts|regel|richtlinien|normen)?konform\w*|zertifiziert\w*|prüfungssicher\w*|revisionssicher\w*)/i;

/** The first word of a text that claims too much, or undefined. */
export function wordingMistake(text: string, banned = BANNED): TextMistake | undefined {
  const found = banned.exec(text);
  if (found === null) return undefined;
  return {
    offset: found.index,
    reason: `"${found[0]}" claims more than a log can show`,
    hint: "Say what was tested, on what, and what came out.",
  };
}

/**
 * Refuses a text with such a word.
 *
 * @throws ComplianceError `invalid-catalog` at the word
 */
export function checkWording(yaml: YamlFile, path: Path, text: string): void {
  refuseMistake(yaml, path, wordingMistake(text));
}

/**
 * The same for a translated text.
 *
 * @throws ComplianceError `invalid-catalog` at the word
 */
export function checkTranslatedWording(yaml: YamlFile, path: Path, text: string): void {
  refuseMistake(yaml, path, wordingMistake(text, BANNED_IN_TRANSLATIONS));
}

/**
 * Refuses a text with a mistake, at its place; does nothing without one.
 *
 * @throws ComplianceError `invalid-catalog` at the mistake
 */
export function refuseMistake(yaml: YamlFile, path: Path, mistake: TextMistake | undefined): void {
  if (mistake === undefined) return;
  throw yaml.refuse(path, `in "${String(path.at(-1))}": ${mistake.reason}`, {
    textOffset: mistake.offset,
    hint: mistake.hint,
  });
}
