// Text from files, logs and arguments, made fit for a terminal: no sequence, no line break
// and no invisible character of theirs reaches it. One of two places of the command line
// that escape; the other is the JSON below, which a parser reads back unchanged.

/**
 * Characters without a shape of their own, and the second `#` of `##name[`, which build
 * servers take as a command.
 */
const ACTIVE =
  /\p{Cc}|\p{Cs}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}|[\ufff9-\ufffb]|(?<=#)#(?=\w*\[)/gu;

/** The text with such characters as `\u001b`, cut after `most` characters. */
export function shown(text: string, most = 2000): string {
  const characters = text.length > most ? Array.from(text) : undefined;
  const kept =
    characters === undefined || characters.length <= most
      ? text
      : `${characters.slice(0, most).join("")}…`;
  return kept.replace(ACTIVE, unicodeEscapes).replace(/^:(?=:)/, "\\u003a");
}

/**
 * The text without what stands as a password in a URL, for sentences that repeat what somebody typed.
 * URLs with a password are refused wherever a log is named; this is for everywhere else.
 */
export function withoutPasswords(text: string): string {
  return text.replace(/([a-z][a-z0-9+.-]*:\/\/[^\s/?#:@"']*):[^\s"']*@/gi, "$1:…@");
}

/** A value as JSON on one line, safe to print; whole numbers beyond 2^53 as text, bytes as hex. */
export function jsonLine(value: unknown): string {
  return escapeJson(JSON.stringify(value, plain));
}

/** A value as indented JSON that ends in a line feed. */
export function jsonDocument(value: unknown): string {
  return `${escapeJson(JSON.stringify(value, plain, 2))}\n`;
}

/** Outside of strings, JSON holds none of these characters but the line feeds of its layout. */
function escapeJson(json: string): string {
  return json.replace(ACTIVE, (character) =>
    character === "\n" ? "\n" : unicodeEscapes(character),
  );
}

function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return String(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : value;
}

function unicodeEscapes(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
  ).join("");
}
