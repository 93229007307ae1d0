// The reference semantics: one pass over a log answers every measure. Memory is constant but
// for groups, id runs and one bucket an hour of activity. Two folds over two parts of a log
// merge into the fold over the whole, in any order.

import type { Row, SlotOf } from "../../expression/compile.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { isNaive, parseInstant } from "../../model/instant.ts";
import type { RejectionReason } from "../../model/intake.ts";
import type { Measure, MeasureKind } from "../../model/measure.ts";
import type { Observation } from "../../model/observation.ts";
import { isBounded } from "../../model/period.ts";
import type { Question } from "../engine.ts";
import type { Accumulator, EntryReference, Place, Resolve, Step } from "./accumulator.ts";
import { count } from "./count.ts";
import { gap } from "./gap.ts";
import { groups } from "./groups.ts";
import { idRuns } from "./id-runs.ts";
import type { IdRunsState } from "./id-runs.ts";
import {
  addUnreadable,
  emptyPopulation,
  finishPopulation,
  mergePopulation,
  refuseRecord,
} from "./population.ts";
import type { CountedPopulation, Pointer, PopulationState } from "./population.ts";
import { ratio } from "./ratio.ts";
import { shareOfTop } from "./share-of-top.ts";

/** Everything a fold knows, as plain data that another thread can merge. */
export interface FoldState {
  readonly population: PopulationState;
  readonly ids: IdRunsState;
  readonly measures: ReadonlyMap<string, unknown>;
}

/** What a fold answers; the source adds where the entries came from. */
export interface FoldAnswer {
  readonly population: CountedPopulation;
  readonly observations: Map<string, Observation>;
}

export interface Fold {
  /**
   * Takes one entry.
   *
   * @param row values of {@link columnsOf} in that order; only read during the call
   * @param reference stands for the entry in the answer
   * @param recorded bit mask of the fields that the entry records, in the fields' order
   * @returns false when it was rejected: it has no readable time, and a period was asked for
   */
  step(row: Row, reference: EntryReference, recorded: number): boolean;
  /** Counts a record that is no entry at all. */
  refuse(pointer: Pointer, reason: RejectionReason): void;
  /** Counts an action that was there already. It has no part in the order of the entries. */
  duplicate(): void;
  readonly state: FoldState;
  merge(other: FoldState): void;
  /** References whose entries the answer will show. */
  references(): Set<EntryReference>;
  /** @param textOf writes the pointer to a {@link Place}; needed where references have places */
  finish(resolve: Resolve, textOf?: (place: Place) => string): FoldAnswer;
}

/** The fields that a fold of this question reads, `id` and `timestamp` first. */
export function columnsOf(question: Question): readonly EntryField[] {
  const fields = new Set<EntryField>(["id", "timestamp"]);
  for (const measure of question.measures) {
    for (const field of measure.fields) fields.add(field);
  }
  return [...fields];
}

/** Makes the pointer under which an entry without a readable time is listed. */
export type PointTo = (reference: EntryReference, id: unknown, position: number) => Pointer;

/**
 * Starts a fold.
 *
 * @param position of the first entry in its log, from 1; orders the parts of a split log
 */
export function fold(question: Question, position = 1, pointTo: PointTo = pointToEntry): Fold {
  const columns = columnsOf(question);
  const slotOf: SlotOf = (name) => columns.indexOf(name as EntryField);
  const accumulators = new Map(
    question.measures.map((measure) => [measure.id, accumulatorFor(measure, slotOf)]),
  );
  const steps = [...accumulators.values()];
  const population = emptyPopulation(position);
  const ids = idRuns();
  const [stretch] = population.stretches;
  const bounded = isBounded(question.period);
  const start = question.period.start ?? Number.NEGATIVE_INFINITY;
  const end = question.period.end ?? Number.POSITIVE_INFINITY;
  const { now } = question;
  const current: Step = { row: [], instant: 0, id: undefined, position: 0, reference: 0 };
  let lastMask = -1;
  let lastMaskCount = 0;

  const settleMask = (): void => {
    if (lastMaskCount > 0) {
      const { recordedMasks } = population;
      recordedMasks.set(lastMask, (recordedMasks.get(lastMask) ?? 0) + lastMaskCount);
    }
    lastMaskCount = 0;
  };

  return {
    step(row, reference, recorded) {
      population.read += 1;
      const at = position + population.read - 1;
      const id = typeof row[0] === "bigint" ? Number(row[0]) : row[0];
      ids.add(id);
      const text = row[1];
      const instant = typeof text === "string" ? parseInstant(text) : Number.NaN;
      if (Number.isNaN(instant)) {
        addUnreadable(population, at, pointTo(reference, id, at));
        if (bounded) return false;
        current.instant = Number.POSITIVE_INFINITY;
      } else {
        if (typeof text === "string" && isNaive(text)) population.naive += 1;
        if (instant > now) population.future += 1;
        if (stretch !== undefined) {
          if (instant < stretch.last) population.unordered += 1;
          if (Number.isNaN(stretch.first)) stretch.first = instant;
          stretch.last = instant;
        }
        if (instant < start || instant >= end) {
          population.outOfPeriod += 1;
          return true;
        }
        if (instant < population.first) population.first = instant;
        if (instant > population.last) population.last = instant;
        current.instant = instant;
      }
      population.inScope += 1;
      if (recorded !== lastMask) {
        settleMask();
        lastMask = recorded;
      }
      lastMaskCount += 1;
      current.row = row;
      current.id = idOf(id);
      current.position = at;
      current.reference = reference;
      for (const accumulator of steps) accumulator.step(current);
      return true;
    },
    refuse(pointer, reason) {
      population.read += 1;
      refuseRecord(population, position + population.read - 1, pointer, reason);
    },
    duplicate() {
      population.read += 1;
      population.duplicate += 1;
    },
    get state() {
      settleMask();
      return {
        population,
        ids: ids.state,
        measures: new Map([...accumulators].map(([id, { state }]) => [id, state])),
      };
    },
    merge(other) {
      settleMask();
      ids.merge(other.ids);
      mergePopulation(population, other.population);
      for (const [id, accumulator] of accumulators) accumulator.merge(other.measures.get(id));
    },
    references: () => new Set(steps.flatMap((accumulator) => accumulator.references())),
    finish(resolve, textOf = lineOf) {
      settleMask();
      return {
        population: { ...finishPopulation(population, bounded, textOf), ids: ids.finish() },
        observations: new Map(
          [...accumulators].map(([id, accumulator]) => [id, accumulator.finish(resolve)]),
        ),
      };
    },
  };
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
  return typeof id === "number" && !Number.isNaN(id) ? id : undefined;
}

const ACCUMULATORS = {
  count,
  ratio,
  groups,
  "share-of-top": shareOfTop,
  gap,
} as const satisfies Record<MeasureKind, unknown>;

function accumulatorFor(measure: Measure, slotOf: SlotOf): Accumulator<unknown> {
  const make = ACCUMULATORS[measure.kind] as (
    measure: Measure,
    slotOf: SlotOf,
  ) => Accumulator<unknown>;
  return make(measure, slotOf);
}
