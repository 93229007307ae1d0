// The first so many entries by time, then id: what a report lists of a possibly endless set.

import { compareText } from "../../expression/text.ts";
import { LISTED } from "../../model/observation.ts";
import type { Listed, Step } from "./accumulator.ts";

export type { Listed } from "./accumulator.ts";

/** Keeps of a step what outlives it. */
export function listed({ instant, id, position, reference }: Step | Listed): Listed {
  return { instant, id, position, reference };
}

/** Adds an entry to a list that is kept sorted and never longer than {@link LISTED}. */
export function offer(list: Listed[], step: Step | Listed): void {
  const last = list.at(-1);
  if (last !== undefined && list.length === LISTED && compareListed(step, last) >= 0) return;
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const at = list[middle];
    if (at !== undefined && compareListed(at, step) <= 0) low = middle + 1;
    else high = middle;
  }
  list.splice(low, 0, listed(step));
  if (list.length > LISTED) list.pop();
}

/**
 * Order by time (unreadable last), then numeric ids, then text ids by their UTF-8 bytes, then
 * no id; entries that are equal in all this, by their place in the log.
 */
export function compareListed(left: Step | Listed, right: Step | Listed): number {
  if (left.instant !== right.instant) return left.instant < right.instant ? -1 : 1;
  return compareIds(left.id, right.id) || left.position - right.position;
}

type Id = number | string | undefined;

function compareIds(left: Id, right: Id): number {
  if (typeof left === "number" && typeof right === "number") {
    if (left === right) return 0;
    return left < right ? -1 : 1;
  }
  if (typeof left === "string" && typeof right === "string") return compareText(left, right);
  return kindOf(left) - kindOf(right);
}

function kindOf(id: Id): number {
  if (typeof id === "number") return 0;
  return typeof id === "string" ? 1 : 2;
}
