// Guesses what was meant where a name was mistyped.

import { nearestName } from "../expression/did-you-mean.ts";

/** `did you mean "x"?` for the candidate that is nearest to a mistyped word; undefined when none is near. */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  const nearest = nearestName(word, candidates);
  return nearest === undefined ? undefined : `did you mean "${nearest}"?`;
}
