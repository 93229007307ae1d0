// What makes positions and references of a log's order numbers.

import { ComplianceError } from "../../model/error.ts";
import { POSITIONS_OF_A_LOG } from "../part.ts";
import type { TableView } from "./reader.ts";

export interface Placing {
  /** Positions are counted on from here. */
  readonly base: number;
  /** Added to order numbers, which then are references. */
  readonly shift: number;
}

/** Of a log that is read alone. */
export const ALONE: Placing = { base: 0, shift: 0 };

/**
 * Of one of several logs: its references lie between its base and the next.
 *
 * @throws ComplianceError `unsupported-source` when the order numbers lie too far apart for that
 */
export function placingFor({ range, input }: TableView, base: number): Placing {
  if (range === undefined || (range.first >= 0 && range.last < POSITIONS_OF_A_LOG)) {
    return { base, shift: base };
  }
  const { first, last } = range;
  if (last - first < POSITIONS_OF_A_LOG - 1) return { base, shift: base - first + 1 };
  throw new ComplianceError(
    "unsupported-source",
    `expected order numbers less than ${POSITIONS_OF_A_LOG} apart in one of several logs, but those of ${input.name} go from ${first} to ${last}`,
    { hint: "Order the log by a column of smaller numbers, or make a report of this log alone." },
  );
}
