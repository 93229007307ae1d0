// The first so many entries by time, then id: what a report lists of a possibly endless set.

import { compareText } from "../../expression/text.ts";
import { LISTED } from "../../model/observation.ts";
import type { EntryReference, Step } from "./accumulator.ts";

/** A listed entry: where it stands in the order, and what it refers to. */
export interface Listed {
  readonly instant: number;
  readonly id: number | string;
  readonly reference: EntryReference;
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
  list.splice(low, 0, { instant: step.instant, id: step.id, reference: step.reference });
  if (list.length > LISTED) list.pop();
}

/** Order by time (unreadable last), then numeric ids, then text ids by their UTF-8 bytes. */
export function compareListed(
  left: { readonly instant: number; readonly id: number | string },
  right: { readonly instant: number; readonly id: number | string },
): number {
  if (left.instant !== right.instant) return left.instant < right.instant ? -1 : 1;
  return compareIds(left.id, right.id);
}

function compareIds(left: number | string, right: number | string): number {
  if (typeof left === "number") {
    return typeof right === "number" ? left - right : -1;
  }
  return typeof right === "number" ? 1 : compareText(left, right);
}
