// The words of src/expression/words.ts as a pattern of groups, classes and both ends, which every
// database with patterns reads alike.

const WORD = /^[a-z0-9]+$/;

/**
 * A pattern that is found in exactly those texts that have one of the words; undefined when none of
 * them can be a word.
 */
export function wordsPattern(words: readonly string[]): string | undefined {
  const real = [...new Set(words)].filter((word) => WORD.test(word));
  const parts = real.flatMap(partsOf);
  return parts.length === 0 ? undefined : parts.join("|");
}

/**
 * A capital behind a small letter or a digit begins a word, so inside one capitals stand in front
 * only. Behind a word stands no more of it: nothing, no letter or digit, or a capital that begins
 * the next.
 */
function partsOf(word: string): string[] {
  const letters = /^[a-z]*/.exec(word)?.[0].length ?? 0;
  const spelt = (capitals: number): string =>
    word.slice(0, capitals).toUpperCase() + word.slice(capitals);
  const mixed = Array.from({ length: letters }, (_, index) => spelt(index + 1)).filter(
    (spelling) => spelling !== word.toUpperCase() || letters < word.length,
  );
  return [
    `(^|[^A-Za-z0-9])${word}([^a-z0-9]|$)`,
    ...(mixed.length === 0 ? [] : [`(^|[^A-Z])(${mixed.join("|")})([^a-z0-9]|$)`]),
    ...(letters === word.length ? [`(^|[^A-Z])${word.toUpperCase()}([^A-Za-z0-9]|$)`] : []),
  ];
}
