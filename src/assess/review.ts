// Whether a framework was compared with its source recently enough.

import type { WeightedFramework } from "../model/framework.ts";
import { MICROSECONDS_PER_SECOND, parseInstant } from "../model/instant.ts";
import type { Instant } from "../model/instant.ts";
import { formatCount } from "../model/figures.ts";

const DAY = 86_400 * MICROSECONDS_PER_SECOND;

/** A warning when the review is older than the framework allows at the report's own time. */
export function staleReview(
  { reviewed }: Pick<WeightedFramework, "reviewed">,
  now: Instant,
): string | undefined {
  const age = now - parseInstant(`${reviewed.on}T00:00:00Z`);
  if (!(age > reviewed.staleAfterDays * DAY)) return undefined;
  return (
    `This framework was last compared with its source on ${reviewed.on}, ` +
    `${formatCount(Math.floor(age / DAY))} days before this report; after ` +
    `${formatCount(reviewed.staleAfterDays)} days that is stale. ` +
    `Check at the source what has changed since.`
  );
}
