// The reference semantics: one pass over a log answers every measure. Memory is constant but
// for groups, id runs and one bucket an hour of activity. Two folds over two parts of a log
// merge into the fold over the whole, in any order.

import type { Row, SlotOf } from "../../expression/compile.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import { isNaive, parseInstant } from "../../model/instant.ts";
import type { Measure, MeasureKind } from "../../model/measure.ts";
import type { Observation } from "../../model/observation.ts";
import { isBounded } from "../../model/period.ts";
import type { Question } from "../engine.ts";
import type { Accumulator, EntryReference, Resolve, Step } from "./accumulator.ts";
import { count } from "./count.ts";
import { gap } from "./gap.ts";
import { groups } from "./groups.ts";
import { idRuns } from "./id-runs.ts";
import type { IdRunsState } from "./id-runs.ts";
import { addPointer, emptyPopulation, finishPopulation, mergePopulation } from "./population.ts";
import type { CountedPopulation, PopulationState } from "./population.ts";
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
   */
  step(row: Row, reference: EntryReference, recorded: number): void;
  /** Counts a record that is no entry at all. */
  refuse(pointer: string): void;
  readonly state: FoldState;
  merge(other: FoldState): void;
  /** References whose entries the answer will show. */
  references(): Set<EntryReference>;
  finish(resolve: Resolve): FoldAnswer;
}

/** The fields that a fold of this question reads, `id` and `timestamp` first. */
export function columnsOf(question: Question): readonly EntryField[] {
  const fields = new Set<EntryField>(["id", "timestamp"]);
  for (const measure of question.measures) {
    for (const field of measure.fields) fields.add(field);
  }
  return [...fields];
}

/**
 * Starts a fold.
 *
 * @param position of the first entry in its log, from 1; orders the parts of a split log
 */
export function fold(question: Question, position = 1): Fold {
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
        population.unreadable += 1;
        const known = idOf(id);
        addPointer(population.unreadableFirst, at, known === undefined ? `#${at}` : String(known));
        if (bounded) return;
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
          return;
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
    },
    refuse(pointer) {
      population.read += 1;
      population.notEntries += 1;
      addPointer(population.notEntriesFirst, position + population.read - 1, pointer);
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
    finish(resolve) {
      settleMask();
      return {
        population: { ...finishPopulation(population, bounded), ids: ids.finish() },
        observations: new Map(
          [...accumulators].map(([id, accumulator]) => [id, accumulator.finish(resolve)]),
        ),
      };
    },
  };
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
