// `tables.NAME[word]`: a format's own word as ours.

import type { WordTable } from "../../model/mapping.ts";
import { emptyOf, scalarText } from "./values.ts";

/** A table's meaning of a word; the word's text must be a key exactly. */
export function lookingUp(
  name: string,
  word: (variables: unknown[]) => unknown,
  {
    tables,
    onUnknownWord,
  }: {
    readonly tables: ReadonlyMap<string, WordTable>;
    readonly onUnknownWord: (table: string, word: string) => void;
  },
): (variables: unknown[]) => string | null | undefined {
  const table = tables.get(name);
  return (variables) => {
    const value = word(variables);
    const text = typeof value === "string" ? value : scalarText(value);
    if (text === undefined) return emptyOf(value);
    if (text === "") return null;
    const meaning = table?.get(text);
    if (meaning === undefined) onUnknownWord(name, text);
    return meaning;
  };
}
