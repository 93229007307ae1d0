// Entries of one kind that follow one of another in the same chain.

import type { Predicate } from "../../../model/expression.ts";
import type { SequenceMeasure } from "../../../model/measure.ts";
import { LISTED } from "../../../model/observation.ts";
import { keptRows } from "./kept-rows.ts";
import type { OrderedKind } from "./kind.ts";
import type { Codes, OrderedLog, RowHolds } from "./ordered-log.ts";
import { divided, partitions } from "./partitions.ts";
import type { Keys } from "./partitions.ts";

/**
 * A first reaches a later then-entry of its partition that has the same texts in the `same`
 * fields (unrecorded equals unrecorded) and another text in each of the `different` fields
 * (both recorded), unless an `until` entry of the partition stands strictly between them. A
 * then-entry is an exception when the latest first that reaches it does so at most `within`
 * before it. A first is `followed` when the earliest then-entry that it reaches comes at most
 * `within` after it, whatever other firsts there are. `then` counts all then-entries, those
 * that nothing reaches too. Entries in no partition reach nothing and end nothing.
 */
export const sequence: OrderedKind<SequenceMeasure> = {
  needs: (measure) => ({
    roles: rolesOf(measure),
    asks: [],
    texts: [...measure.by, ...measure.same, ...measure.different],
    numbers: [],
    untimed: false,
  }),
  find(measure, log) {
    const { within = Number.POSITIVE_INFINITY } = measure;
    const isFirst = log.holds(measure.first.predicate);
    const isThen = log.holds(measure.then.predicate);
    const chains = chainsIn(measure, log);
    const isWithin = (first: number, then: number): boolean =>
      (log.instants[then] as number) - (log.instants[first] as number) <= within;

    const exceptions = new Uint8Array(log.length);
    const before = new Map<number, number>();
    let then = 0;
    let reached = 0;
    walk(chains, { asks: isThen, keeps: isFirst, step: 1 }, (row, first) => {
      then += 1;
      if (first === undefined || !isWithin(first, row)) return;
      reached += 1;
      exceptions[row] = 1;
      if (before.size < LISTED) before.set(row, first);
    });
    let firsts = 0;
    let followed = 0;
    // Backwards, a first finds the then-entry that comes next just as a then-entry finds the
    // first that came last.
    walk(chains, { asks: isFirst, keeps: isThen, step: -1 }, (row, next) => {
      firsts += 1;
      if (next !== undefined && isWithin(row, next)) followed += 1;
    });
    return {
      exceptions,
      before,
      // Made of a map, since a literal that names `then` is taken for something to await.
      numbers: Object.fromEntries(
        new Map([
          ["then", then],
          ["followed", followed],
          ["followed_share", firsts === 0 ? undefined : followed / firsts],
          ["then_share", then === 0 ? undefined : reached / then],
        ]),
      ),
    };
  },
};

function rolesOf({ first, then, until }: SequenceMeasure): Predicate[] {
  return [first.predicate, then.predicate, ...(until === undefined ? [] : [until.predicate])];
}

/** The entries that take part, and what of them must fit. */
interface Chains {
  readonly rows: Uint32Array;
  readonly partitions: Keys;
  /** Partitions divided by the `same` fields. */
  readonly keys: Keys;
  /** The `different` fields. */
  readonly fields: readonly Codes[];
  readonly ends: RowHolds;
}

function chainsIn(measure: SequenceMeasure, log: OrderedLog): Chains {
  const { by, same, different, until } = measure;
  const rows = log.rowsWith(rolesOf(measure));
  const whole = partitions(log, rows, by);
  return {
    rows,
    partitions: whole,
    keys: divided(log, rows, whole, same),
    fields: different.map((field) => log.texts(field)),
    ends: until === undefined ? () => false : log.holds(until.predicate),
  };
}

/** How the rows are walked: forwards or backwards. */
interface Walk {
  readonly step: 1 | -1;
  /** Rows that look for one that was met before. */
  readonly asks: RowHolds;
  /** Rows that are looked for. */
  readonly keeps: RowHolds;
}

/**
 * Tells, for each row that asks, the last one met before it that is kept and fits, unless the
 * partition ended between them. A row asks before it ends its partition, and ends it before it
 * is kept.
 */
function walk(
  { rows, partitions: { of: partitionOf, size }, keys, fields, ends }: Chains,
  { step, asks, keeps }: Walk,
  tell: (row: number, met: number | undefined) => void,
): void {
  const kept = keptRows(keys.size, fields);
  /** By partition, how often it ended. */
  const endings = new Uint32Array(size);
  /** By row that was kept, how often its partition had ended by then. */
  const endingsAt = new Uint32Array((rows.at(-1) ?? -1) + 1);
  for (let at = step === 1 ? 0 : rows.length - 1; at >= 0 && at < rows.length; at += step) {
    const row = rows[at] as number;
    const key = keys.of[at] as number;
    const partition = partitionOf[at] as number;
    if (asks(row)) {
      const met = key === 0 ? undefined : kept.last(key, row);
      tell(row, met !== undefined && endingsAt[met] === endings[partition] ? met : undefined);
    }
    if (key === 0) continue;
    if (ends(row)) endings[partition] = (endings[partition] as number) + 1;
    if (keeps(row)) {
      endingsAt[row] = endings[partition] as number;
      kept.keep(key, row);
    }
  }
}
