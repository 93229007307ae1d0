// Whether a framework was compared with its source recently enough.

import type { Language } from "../languages/language.ts";
import type { WeightedFramework } from "../model/framework.ts";
import { MICROSECONDS_PER_SECOND, parseInstant } from "../model/instant.ts";
import type { Instant } from "../model/instant.ts";

const DAY = 86_400 * MICROSECONDS_PER_SECOND;

/** A warning when the review is older than the framework allows at the report's own time. */
export function staleReview(
  { reviewed }: Pick<WeightedFramework, "reviewed">,
  { now, language }: { readonly now: Instant; readonly language: Language },
): string | undefined {
  const age = now - parseInstant(`${reviewed.on}T00:00:00Z`);
  if (!(age > reviewed.staleAfterDays * DAY)) return undefined;
  return language.assess.applicability.stale({
    reviewed: reviewed.on,
    age: Math.floor(age / DAY),
    staleAfter: reviewed.staleAfterDays,
  });
}
