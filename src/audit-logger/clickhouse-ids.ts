// Ids for a database that gives none: 40 bits of milliseconds since 2020, 8 bits of the writer, 5
// bits of a counter. They fit into 2^53, grow along the calls of one writer, and are the same for
// no two writers of different numbers.

import { ComplianceError } from "../model/error.ts";
import type { Instant } from "../model/instant.ts";

/** Gives the id of an entry that is logged at a time. */
export type IdClock = (time: Instant) => number;

/** The highest writer number. */
export const LAST_WRITER = 255;

/**
 * Ids that grow even when the clock goes back or gives one time to more than 32 entries: then they
 * run ahead of it.
 *
 * @param writer 0 to 255; every process that logs at the same time needs its own
 * @param highest the highest id that the log holds; all ids are above it
 * @throws ComplianceError `unsupported-source` when the ids are used up, in the year 2054 or because
 *   the log holds ids from there
 */
export function idClock(writer: number, highest: number): IdClock {
  let ticks = Math.max(0, Math.floor(highest / IDS_PER_MILLISECOND) + 1) * COUNTS;
  return (time) => {
    const now = (Math.floor(time / 1000) - EPOCH) * COUNTS;
    if (now > ticks) ticks = now;
    const millisecond = Math.floor(ticks / COUNTS);
    if (millisecond >= MILLISECONDS) throw usedUp();
    const id = millisecond * IDS_PER_MILLISECOND + writer * COUNTS + (ticks % COUNTS);
    ticks += 1;
    return id;
  };
}

/** 2020-01-01T00:00:00Z in milliseconds. */
const EPOCH = 1_577_836_800_000;
const COUNTS = 2 ** 5;
const IDS_PER_MILLISECOND = COUNTS * (LAST_WRITER + 1);
const MILLISECONDS = 2 ** 40;

function usedUp(): ComplianceError {
  return new ComplianceError("unsupported-source", "Expected ids below 2^53, got no more of them", {
    hint: "Begin a new table.",
  });
}
