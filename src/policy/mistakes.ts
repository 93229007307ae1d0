// Every mistake of a policy is reported at once: whoever mends one should not have to load
// the file again to hear of the next.

import { ComplianceError } from "../model/error.ts";
import type { SourceLocation } from "../model/error.ts";

/** One thing that is wrong with a policy. */
export interface Mistake {
  /** What was expected and what came, beginning with where in the policy. */
  readonly message: string;
  readonly hint?: string;
  readonly location?: SourceLocation;
}

/**
 * Does nothing when there are no mistakes.
 *
 * @throws ComplianceError `invalid-policy`. One mistake is the error itself. Of several, the
 * first in the file gives location and hint, the message lists all, and `cause` is an
 * AggregateError with one ComplianceError each.
 */
export function refuseMistakes(mistakes: readonly Mistake[]): void {
  const ordered = [...mistakes].sort((a, b) => position(a) - position(b));
  const [first, ...others] = ordered;
  if (first === undefined) return;
  if (others.length === 0) throw errorOf(first);
  const errors = ordered.map((mistake) => errorOf(mistake));
  const listed = errors.slice(1).map((error) => {
    const hint = error.hint === undefined ? "" : ` (${error.hint})`;
    return `\n  ${error.message}${hint}`;
  });
  const more = `${others.length} more ${others.length === 1 ? "mistake" : "mistakes"}`;
  throw new ComplianceError("invalid-policy", `${first.message}\n${more}:${listed.join("")}`, {
    ...details(first),
    cause: new AggregateError(errors, `${ordered.length} mistakes in the policy`),
  });
}

function errorOf(mistake: Mistake): ComplianceError {
  return new ComplianceError("invalid-policy", mistake.message, details(mistake));
}

function details(mistake: Mistake) {
  return {
    ...(mistake.hint === undefined ? {} : { hint: mistake.hint }),
    ...(mistake.location === undefined ? {} : { location: mistake.location }),
  };
}

function position(mistake: Mistake): number {
  return (mistake.location?.line ?? 0) * 100_000 + (mistake.location?.column ?? 0);
}
