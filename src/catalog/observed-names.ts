// Which numbers and sentences an observation of each kind can give: the names that limits may
// compare and the placeholders that texts may use. Closed sets.

import type { MeasureKind } from "../model/measure.ts";

/** Names that a limit's condition may use, by the kind of its measure. */
export const LIMIT_NAMES: Readonly<Record<MeasureKind, readonly string[]>> = {
  count: ["population", "exceptions"],
  ratio: ["population", "exceptions", "part", "share"],
  groups: ["population", "groups"],
  "share-of-top": ["population", "exceptions", "share", "groups"],
  gap: ["population", "exceptions", "longest_seconds"],
};

/**
 * Placeholders that a text may use, by the kind of its measure. `first` names the first
 * exceptions; for a gap, the entries that end the first silences. `exception_share` is
 * exceptions of the population. `top` is the text of the largest group. `longest` is the longest
 * silence over the limit and says something only where there is one.
 */
export const PLACEHOLDERS: Readonly<Record<MeasureKind, readonly string[]>> = {
  count: ["population", "exceptions", "exception_share", "first"],
  ratio: ["population", "exceptions", "part", "rest", "share", "exception_share", "first"],
  groups: ["population", "groups", "group_list"],
  "share-of-top": [
    "population",
    "exceptions",
    "share",
    "exception_share",
    "groups",
    "top",
    "top_count",
    "first",
  ],
  gap: ["population", "exceptions", "longest", "first"],
};

/** Placeholders that stand for a count and may carry a noun. */
export const COUNTABLE: readonly string[] = [
  "population",
  "exceptions",
  "part",
  "rest",
  "groups",
  "top_count",
];
