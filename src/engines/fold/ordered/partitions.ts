// Which rows belong together: entries of one chain, say, with the same target. Found by
// counting, never by hashing: a log cannot be made up that takes longer.

import type { EntryField } from "../../../model/audit-entry.ts";
import type { Codes, OrderedLog } from "./ordered-log.ts";

/** A code for each of some rows, in their order. Rows with the same code belong together. */
export interface Keys {
  /** 0 where a row belongs nowhere. */
  readonly of: Uint32Array;
  /** One more than the largest code. */
  readonly size: number;
}

/**
 * Partitions: by the first of the fields that is recorded. Two entries share one when the same
 * field has the same text. Rows that record none of the fields are in none. Without any fields,
 * all rows are in one.
 */
export function partitions(log: OrderedLog, rows: Uint32Array, by: readonly EntryField[]): Keys {
  if (by.length === 0) return { of: new Uint32Array(rows.length).fill(1), size: 2 };
  const of = new Uint32Array(rows.length);
  let size = 1;
  for (const field of by) {
    const texts = log.texts(field);
    for (let at = 0; at < rows.length; at += 1) {
      if (of[at] !== 0) continue;
      const text = texts.of[rows[at] as number] as number;
      if (text !== 0) of[at] = size - 1 + text;
    }
    size += texts.size - 1;
  }
  return { of, size };
}

/**
 * Keys divided further by the text of each field; an unrecorded field is "" and equals another
 * unrecorded one.
 */
export function divided(
  log: OrderedLog,
  rows: Uint32Array,
  keys: Keys,
  fields: readonly EntryField[],
): Keys {
  return fields.reduce((whole, field) => dividedBy(whole, log.textsOf(field, rows)), keys);
}

/** Keys divided further by other codes of the same rows, of which 0 is one like any other. */
export function dividedBy(keys: Keys, codes: Codes): Keys {
  const places = sortedBy(keys, sortedBy(codes, placesIn(keys)));
  const of = new Uint32Array(keys.of.length);
  let last = 0;
  let lastKey = 0;
  let lastCode = 0;
  for (const place of places) {
    const key = keys.of[place] as number;
    const code = codes.of[place] as number;
    if (key !== lastKey || code !== lastCode) last += 1;
    of[place] = last;
    lastKey = key;
    lastCode = code;
  }
  return { of, size: last + 1 };
}

/** Places in a list of rows, grouped by key, in their order within each group. */
export interface Grouped {
  readonly places: Uint32Array;
  /** Where each group begins in the places; after the last, where it ends. */
  readonly starts: Uint32Array;
}

/** Brings together the places of rows that belong together; those that belong nowhere are left out. */
export function grouped(keys: Keys): Grouped {
  const all = placesIn(keys);
  const starts = startsOf(keys, all).subarray(1);
  return { places: sortedBy(keys, all), starts };
}

/** The places of rows that belong somewhere. */
function placesIn({ of }: Keys): Uint32Array {
  const places = new Uint32Array(of.length);
  let count = 0;
  for (let at = 0; at < of.length; at += 1) {
    if (of[at] === 0) continue;
    places[count] = at;
    count += 1;
  }
  return places.subarray(0, count);
}

/** Places by their code; those with the same code stay in the order in which they come. */
function sortedBy(codes: Codes, places: Uint32Array): Uint32Array {
  const next = startsOf(codes, places);
  const sorted = new Uint32Array(places.length);
  for (const place of places) {
    const code = codes.of[place] as number;
    const to = next[code] as number;
    sorted[to] = place;
    next[code] = to + 1;
  }
  return sorted;
}

/** By code, how many of the places have a smaller one; and after the last code, how many there are. */
function startsOf({ of, size }: Codes, places: Uint32Array): Uint32Array {
  const starts = new Uint32Array(size + 1);
  for (const place of places) {
    const next = (of[place] as number) + 1;
    starts[next] = (starts[next] as number) + 1;
  }
  for (let code = 1; code <= size; code += 1) {
    starts[code] = (starts[code] as number) + (starts[code - 1] as number);
  }
  return starts;
}
