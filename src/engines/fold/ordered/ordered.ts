// The kinds of measures that need the entries in order. They cannot be answered while the log
// goes by, so one timeline keeps what they will ask of each entry, and all of them are answered
// from it at the end. Two folds over two parts of a log merge into the fold over the whole, in
// any order.

import type { SlotOf } from "../../../expression/compile.ts";
import type { EntryField } from "../../../model/audit-entry.ts";
import type { Measure } from "../../../model/measure.ts";
import type { Observation } from "../../../model/observation.ts";
import type { EntryReference, Resolve, Step } from "../accumulator.ts";
import { answerOf, observationOf, referencesOf } from "./answer.ts";
import type { OrderedAnswer } from "./answer.ts";
import { clock } from "./clock.ts";
import { delegation } from "./delegation.ts";
import { gap } from "./gap.ts";
import type { OrderedKind, OrderedMeasure, OrderedQuestion } from "./kind.ts";
import type { Needs } from "./needs.ts";
import { orderedLog } from "./ordered-log.ts";
import type { OrderedLog } from "./ordered-log.ts";
import { percentile } from "./percentile.ts";
import { planFor } from "./plan.ts";
import { rate } from "./rate.ts";
import { run } from "./run.ts";
import { sequence } from "./sequence.ts";
import { timeline } from "./timeline.ts";
import type { TimelineState } from "./timeline.ts";

export type OrderedState = TimelineState;

export interface OrderedFold {
  /** Takes one entry in scope. */
  step(step: Step): void;
  /** Plain data that another thread can merge. */
  readonly state: OrderedState;
  /** Takes the state of a fold over another part of the log, for the same question. */
  merge(other: OrderedState): void;
  /** References whose entries the answers show. */
  references(): readonly EntryReference[];
  /** By the measures' ids, the references of all exceptions from the smallest. */
  exceptions(): Map<string, Float64Array>;
  /** The observations by the measures' ids. */
  finish(resolve: Resolve): Map<string, Observation>;
}

const KINDS = { clock, gap, sequence, run, rate, percentile, delegation } as const;

/** Whether a measure is answered here. Of the gaps, those that look at more than the population. */
export function isOrdered(measure: Measure): measure is OrderedMeasure {
  if (measure.kind !== "gap") return Object.hasOwn(KINDS, measure.kind);
  const { by, rhythm, unlessAfter, corroboration } = measure;
  return [by, rhythm, unlessAfter, corroboration].some((part) => part !== undefined);
}

/** The fields that an ordered measure compares besides those that its expressions read. */
export function comparedFields(measure: Measure): readonly EntryField[] {
  if (!isOrdered(measure)) return [];
  const { texts, numbers } = needsOf(measure);
  return [...new Set([...texts, ...numbers])];
}

/**
 * Starts a fold.
 *
 * @param measures those that are not ordered are left out
 * @param slotOf where fields stand in a row; {@link comparedFields} must be among them
 */
export function orderedFold(
  measures: readonly Measure[],
  slotOf: SlotOf,
  question: OrderedQuestion,
): OrderedFold {
  const asked = measures.filter(isOrdered).map((measure) => ({ measure, needs: needsOf(measure) }));
  const plan = planFor(
    asked.map(({ needs }) => needs),
    slotOf,
    question.inputs,
  );
  const kept = timeline(plan);
  let answers: readonly OrderedAnswer[] | undefined;

  const arranged = (): OrderedLog => orderedLog(plan, kept.arranged(), kept.state.dictionaries);

  const solve = (): readonly OrderedAnswer[] => {
    const log = arranged();
    return asked.map(({ measure, needs }) =>
      answerOf(measure, kindOf(measure).find(measure, log, question), log, needs.untimed),
    );
  };
  const solved = (): readonly OrderedAnswer[] => (answers ??= solve());

  return {
    step(step) {
      answers = undefined;
      kept.step(step);
    },
    state: kept.state,
    merge(other) {
      answers = undefined;
      kept.merge(other);
    },
    references: () => solved().flatMap(referencesOf),
    exceptions() {
      const log = arranged();
      return new Map(
        asked.map(({ measure }) => {
          const { exceptions } = kindOf(measure).find(measure, log, question);
          return [measure.id, referencesIn(exceptions, log)];
        }),
      );
    },
    finish: (resolve) =>
      new Map(solved().map((answer) => [answer.measure.id, observationOf(answer, resolve)])),
  };
}

/** What the kind of a measure needs, and what any measure's counts and shares do. */
function needsOf(measure: OrderedMeasure): Needs {
  const { counts = [], shares = [] } = measure;
  const needs = kindOf(measure).needs(measure);
  return {
    ...needs,
    asks: [
      ...needs.asks,
      ...counts.map(({ where }) => where.predicate),
      ...shares.flatMap(({ among, part }) => [among.predicate, part.predicate]),
    ],
  };
}

/** @param marked 1 for each row that is meant; where they are kept, references are numbers */
function referencesIn(marked: Uint8Array, log: OrderedLog): Float64Array {
  const references = new Float64Array(marked.reduce((sum, mark) => sum + mark, 0));
  let count = 0;
  for (let row = marked.indexOf(1); row !== -1; row = marked.indexOf(1, row + 1)) {
    references[count] = log.reference(row) as number;
    count += 1;
  }
  return references.sort();
}

function kindOf(measure: OrderedMeasure): OrderedKind<OrderedMeasure> {
  return KINDS[measure.kind];
}
