// Tells which mapping a log's documents belong to.

import type { Mapping } from "../model/mapping.ts";
import { Variables } from "./apply/variables.ts";

/** How many documents of an input are looked at. */
export const SAMPLED_DOCUMENTS = 100;

/** What a sample of documents was recognised as. */
export type Recognition =
  | { readonly kind: "known"; readonly mapping: Mapping }
  /** No mapping takes at least half of the documents; `nearest` takes some of them, most first. */
  | { readonly kind: "unknown"; readonly nearest: readonly Mapping[] }
  /** Several mappings take equally many. */
  | { readonly kind: "ambiguous"; readonly mappings: readonly Mapping[] };

/** How many of some documents a mapping takes. */
export interface Match {
  readonly mapping: Mapping;
  readonly matches: number;
  readonly of: number;
}

/**
 * The mapping that takes the most documents, and at least half of them.
 *
 * @param documents the first of an input; none makes it unknown
 * @param shape mappings of another shape are not tried
 */
export function recognise(
  mappings: readonly Mapping[],
  documents: readonly unknown[],
  shape: Mapping["shape"],
): Recognition {
  return decide(
    mappings
      .filter((mapping) => mapping.shape === shape)
      .map((mapping) => ({
        mapping,
        matches: countMatches(mapping, documents),
        of: documents.length,
      })),
  );
}

/** What mappings that were tried on a sample make of it. */
export function decide(tried: readonly Match[]): Recognition {
  const some = tried
    .filter(({ matches }) => matches > 0)
    .sort((left, right) => right.matches - left.matches);
  const enough = some.filter(({ matches, of }) => matches * 2 >= of);
  const [best] = enough;
  if (best === undefined) return { kind: "unknown", nearest: some.map(({ mapping }) => mapping) };
  const equal = enough.filter(({ matches }) => matches === best.matches);
  return equal.length > 1
    ? { kind: "ambiguous", mappings: equal.map(({ mapping }) => mapping) }
    : { kind: "known", mapping: best.mapping };
}

/** How many of the documents the mapping says are its own. */
export function countMatches(mapping: Mapping, documents: readonly unknown[]): number {
  const variables = new Variables({
    tables: mapping.tables,
    onUnknownWord: ignore,
    onMended: ignore,
  });
  const slot = variables.slot("document");
  const isOurs = variables.compile(mapping.recognise);
  let matches = 0;
  for (const document of documents) {
    variables.values[slot] = document;
    if (isOurs() === true) matches += 1;
  }
  return matches;
}

function ignore(): void {}
