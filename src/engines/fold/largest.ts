// Groups in the order in which they are listed.

import { compareText } from "../../expression/text.ts";
import { LISTED } from "../../model/observation.ts";
import type { Group } from "../../model/observation.ts";

/** The {@link LISTED} largest groups, the largest first; ties by the key's UTF-8 bytes. */
export function largest(counts: Iterable<readonly [string, number]>): Group[] {
  return [...counts]
    .map(([key, count]) => ({ key, count }))
    .sort((left, right) => right.count - left.count || compareText(left.key, right.key))
    .slice(0, LISTED);
}
