// The reference semantics: one pass over a log answers every measure. Memory is constant but
// for what a kind cannot do without, which the kind says: different values, buckets of time,
// ids, and a few columns of the log where the order of its entries counts. Two folds over two
// parts of a log merge into the fold over the whole, in any order.

import type { Row } from "../../expression/compile.ts";
import type { Activity } from "../../model/activity.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import { isNaive, parseInstant } from "../../model/instant.ts";
import type { Instant } from "../../model/instant.ts";
import type { RejectionReason } from "../../model/intake.ts";
import type { Observation } from "../../model/observation.ts";
import { isBounded } from "../../model/period.ts";
import type { Question } from "../engine.ts";
import type { EntryReference, Place, Resolve } from "./accumulator.ts";
import { accumulatorsFor } from "./accumulators.ts";
import { activity } from "./activity.ts";
import type { ActivityState } from "./activity.ts";
import { asking } from "./asking.ts";
import type { Asking } from "./asking.ts";
import { MOST_CELLS, cells } from "./cells.ts";
import type { Cell } from "./cells.ts";
import { columnsOf } from "./columns.ts";
import { CurrentStep } from "./current-step.ts";
import type { Referring } from "./current-step.ts";
import { followedIds } from "./followed-ids.ts";
import type { FollowedIdsState } from "./followed-ids.ts";
import { identityObservation } from "./identity.ts";
import { idRuns } from "./id-runs.ts";
import type { IdRunsState } from "./id-runs.ts";
import { inOrder } from "./in-order.ts";
import type { InOrderState } from "./in-order.ts";
import { knownLate } from "./late.ts";
import type { KnownLate } from "./late.ts";
import { isOrdered } from "./ordered/ordered.ts";
import {
  addUnreadable,
  emptyPopulation,
  entriesOf,
  finishPopulation,
  mergePopulation,
  refuseRecord,
} from "./population.ts";
import type { CountedPopulation, Pointer, PopulationState } from "./population.ts";
import { reachObservation } from "./reach.ts";
import { samples } from "./sampling.ts";
import type { SamplesState } from "./sampling.ts";

export { columnsOf } from "./columns.ts";
export { readsEachEntry } from "./columns.ts";

/** Everything a fold knows, as plain data that another thread can merge. */
export interface FoldState {
  readonly population: PopulationState;
  readonly activity: ActivityState;
  /** Followed one by one where a measure asks for their identity. */
  readonly ids: IdRunsState | FollowedIdsState;
  readonly measures: ReadonlyMap<string, unknown>;
  /** Of the measures that need the order of the entries; absent when there are none. */
  readonly ordered?: InOrderState;
  /** Absent when none are asked for. */
  readonly samples?: SamplesState;
}

/** What a fold answers; the source adds where the entries came from. */
export interface FoldAnswer {
  readonly population: CountedPopulation;
  readonly observations: Map<string, Observation>;
  readonly activity: Activity;
  /** Only when the question asks for them. */
  readonly samples?: Map<string, readonly AuditEntry[]>;
}

/** A row that many entries have in common, all but id and time, with what it means to the measures. */
export interface AlikeRow {
  readonly row: Row;
  readonly cell: Cell;
}

/** What an entry has for itself when all else is in common. */
export interface OwnOfEntry {
  readonly id: unknown;
  /** Microseconds; NaN when the time is unreadable. */
  readonly instant: Instant;
  /** Its time names no offset. */
  readonly naive: boolean;
}

export interface Fold {
  /**
   * Takes one entry.
   *
   * @param row values of {@link columnsOf} in that order; only read during the call
   * @param reference stands for the entry in the answer; a function is called during this call,
   *   if at all
   * @param recorded bit mask of the fields that the entry records, in the fields' order
   * @param at its place in its log, where it does not follow the entry before it
   * @returns false when it was rejected: it has no readable time, and a period was asked for
   */
  step(row: Row, reference: Referring, recorded: number, at?: number): boolean;
  /**
   * Finds out what entries mean that have a row in common. Only for questions of which
   * {@link readsEachEntry} says that they do not read ids and times.
   *
   * @param row as in `step`, whatever its id and time; it must not change
   * @param recorded fields of the row that are counted as recorded, as in `step`
   */
  alike(row: Row, recorded: number): AlikeRow;
  /**
   * Takes one entry, as `step` does.
   *
   * @param reference its position when absent
   */
  stepAlike(same: AlikeRow, own: OwnOfEntry, reference?: Referring, at?: number): boolean;
  /** Counts fields as recorded, of so many entries in scope whose rows were said not to record them. */
  recordedBesides(recorded: number, times: number): void;
  /** Counts a record that is no entry at all. */
  refuse(pointer: Pointer, reason: RejectionReason): void;
  /** Counts an action that was there already. It has no part in the order of the entries. */
  duplicate(): void;
  readonly state: FoldState;
  /** Position of the entry that comes next, unless it is stepped with one of its own. */
  readonly next: number;
  merge(other: FoldState): void;
  /** References whose entries the answer will show. */
  references(): Set<EntryReference>;
  /** What the log's end tells about exceptions, for a second reading that lists them. */
  late(): KnownLate;
  /** @param textOf writes the pointer to a {@link Place}; needed where references have places */
  finish(resolve: Resolve, textOf?: (place: Place) => string): FoldAnswer;
}

/** Makes the pointer under which an entry without a readable time is listed. */
export type PointTo = (reference: EntryReference, id: unknown, position: number) => Pointer;

/**
 * Starts a fold. Measures that need no entries, as those of the policy itself, have no
 * observation.
 *
 * @param position of the first entry in its log, from 1; orders the parts of a split log
 * @param mostCells 0 asks every measure about every entry, which answers the same, only slower
 * @param asked shared by folds of one question, which then compile its conditions once
 */
export function fold(
  question: Question,
  position = 1,
  pointTo: PointTo = pointToEntry,
  mostCells = MOST_CELLS,
  asked = askingOf(question),
): Fold {
  const { slotOf } = asked;
  const { measures, period, now } = question;
  const accumulators = accumulatorsFor(measures, asked);
  const active = activity(asked);
  const { sampling } = question;
  const drawn = sampling === undefined ? undefined : samples(measures, sampling, asked);
  const shared = cells(
    asked,
    [...accumulators.values(), active, ...(drawn?.meant ?? [])],
    mostCells,
  );
  const ordered = measures.some(isOrdered) ? inOrder(measures, slotOf, question) : undefined;
  const reaches = measures.filter((measure) => measure.kind === "reach");
  const identities = measures.filter((measure) => measure.kind === "identity");
  const population = emptyPopulation(position);
  const followed = identities.length === 0 ? undefined : followedIds();
  const plain = followed === undefined ? idRuns() : undefined;
  const ids = followed ?? (plain as NonNullable<typeof plain>);
  const [stretch] = population.stretches;
  const bounded = isBounded(period);
  const start = period.start ?? Number.NEGATIVE_INFINITY;
  const end = period.end ?? Number.POSITIVE_INFINITY;
  const current = new CurrentStep();
  let lastMask = -1;
  let lastMaskCount = 0;

  const addMask = (mask: number, times: number): void => {
    const { recordedMasks } = population;
    recordedMasks.set(mask, (recordedMasks.get(mask) ?? 0) + times);
  };
  const settleMask = (): void => {
    if (lastMaskCount > 0) addMask(lastMask, lastMaskCount);
    lastMaskCount = 0;
  };
  /** Tells the states what was counted together so far. */
  const settle = (): void => {
    shared.settle();
    settleMask();
  };

  /** Counts an entry and makes it the current one. @returns whether it is in scope */
  const enter = (
    id: unknown,
    instant: Instant,
    reference: Referring | undefined,
    at: number,
  ): boolean => {
    population.read += 1;
    ids.add(id);
    current.id = idOf(id);
    current.position = at;
    current.refer(reference);
    if (Number.isNaN(instant)) {
      addUnreadable(population, at, pointTo(current.reference, id, at));
      if (bounded) return false;
      current.instant = Number.POSITIVE_INFINITY;
    } else {
      if (instant > now) population.future += 1;
      if (instant < population.earliest) population.earliest = instant;
      if (instant > population.latest) population.latest = instant;
      if (stretch !== undefined) {
        if (instant < stretch.last) population.unordered += 1;
        if (Number.isNaN(stretch.first)) stretch.first = instant;
        stretch.last = instant;
      }
      if (instant < start || instant >= end) {
        population.outOfPeriod += 1;
        return false;
      }
      if (instant < population.first) population.first = instant;
      if (instant > population.last) population.last = instant;
      current.instant = instant;
    }
    population.inScope += 1;
    return true;
  };
  /** Whether the entry was rejected, if it is not in scope. */
  const isRejected = (instant: Instant): boolean => bounded && Number.isNaN(instant);

  return {
    step(row, reference, recorded, at = position + population.read) {
      const text = row[1];
      const instant = typeof text === "string" ? parseInstant(text) : Number.NaN;
      if (!Number.isNaN(instant) && isNaive(text as string)) population.naive += 1;
      if (!enter(row[0], instant, reference, at)) return !isRejected(instant);
      if (recorded !== lastMask) {
        settleMask();
        lastMask = recorded;
      }
      lastMaskCount += 1;
      current.row = row;
      shared.step(current);
      ordered?.step(current);
      return true;
    },
    alike(row, recorded) {
      const { meanings, each } = shared.alike(row);
      const mask = { count: (times: number) => addMask(recorded, times) };
      return { row, cell: { times: 0, meanings: [...meanings, mask], each } };
    },
    stepAlike({ row, cell }, { id, instant, naive }, reference, at = position + population.read) {
      if (naive) population.naive += 1;
      if (!enter(id, instant, reference, at)) return !isRejected(instant);
      current.row = row;
      shared.stepAlike(cell, current);
      ordered?.step(current);
      return true;
    },
    recordedBesides: addMask,
    refuse(pointer, reason) {
      population.read += 1;
      refuseRecord(population, position + population.read - 1, pointer, reason);
    },
    duplicate() {
      population.read += 1;
      population.duplicate += 1;
    },
    get state() {
      settle();
      return {
        population,
        activity: active.state,
        ids: ids.state,
        measures: new Map([...accumulators].map(([id, { state }]) => [id, state])),
        ...(ordered === undefined ? {} : { ordered: ordered.state }),
        ...(drawn === undefined ? {} : { samples: drawn.state }),
      };
    },
    get next() {
      return position + population.read;
    },
    merge(other) {
      settle();
      followed?.merge(other.ids as FollowedIdsState);
      plain?.merge(other.ids as IdRunsState);
      mergePopulation(population, other.population);
      active.merge(other.activity);
      for (const [id, accumulator] of accumulators) accumulator.merge(other.measures.get(id));
      if (other.ordered !== undefined) ordered?.merge(other.ordered);
      if (other.samples !== undefined) drawn?.merge(other.samples);
    },
    references: () =>
      new Set([
        ...[...accumulators.values()].flatMap((accumulator) => accumulator.references()),
        ...(ordered?.references() ?? []),
        ...(drawn?.references() ?? []),
      ]),
    late: () => knownLate(accumulators, ordered?.exceptions()),
    finish(resolve, textOf = lineOf) {
      settle();
      const entries = entriesOf(population);
      const identity = followed?.identity();
      const observed: Observation[] = [
        ...[...accumulators.values()].map((accumulator) => accumulator.finish(resolve)),
        ...(ordered?.finish(resolve).values() ?? []),
        ...reaches.map((measure) =>
          reachObservation(measure, question, entries - population.unreadable, population),
        ),
        ...identities.map((measure) => identityObservation(measure, identity, entries)),
      ];
      const byMeasure = new Map(observed.map((one) => [one.measure, withShare(one)]));
      return {
        population: { ...finishPopulation(population, bounded, textOf), ids: ids.finish() },
        observations: new Map(
          measures.flatMap(({ id }) => {
            const observation = byMeasure.get(id);
            return observation === undefined ? [] : [[id, observation]];
          }),
        ),
        activity: active.finish(),
        ...(drawn === undefined ? {} : { samples: drawn.finish(resolve) }),
      };
    },
  };
}

/** What a question asks of rows with its {@link columnsOf}. */
export function askingOf(question: Question): Asking {
  const columns = columnsOf(question);
  return asking(question, (name) => columns.findIndex((column) => column === name));
}

/** Of every kind it can be said which share of the population deviates. */
function withShare(observation: Observation): Observation {
  const { population, exceptions, numbers = {} } = observation;
  if (population === 0) return { ...observation, numbers };
  return { ...observation, numbers: { ...numbers, exception_share: exceptions / population } };
}

/** The entry's id, or its position in the log where it has none. */
function pointToEntry(_: EntryReference, id: unknown, position: number): Pointer {
  const known = idOf(id);
  return known === undefined ? `#${position}` : String(known);
}

function lineOf({ line }: Place): string {
  return `line ${line}`;
}

/** An entry's id, if it records one: a number or text that is not empty. */
function idOf(id: unknown): number | string | undefined {
  if (typeof id === "string") return id === "" ? undefined : id;
  if (typeof id === "bigint") return Number(id);
  return typeof id === "number" && !Number.isNaN(id) ? id : undefined;
}
