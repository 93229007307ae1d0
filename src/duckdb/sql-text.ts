// Names and texts inside SQL. Log text never comes here: it travels as data.

/** A text as an SQL literal. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Texts as an SQL list. */
export function quoteTexts(texts: readonly string[]): string {
  return `[${texts.map(quoteText).join(", ")}]`;
}
