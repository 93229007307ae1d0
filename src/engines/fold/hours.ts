// A fold that keeps apart what lies in each hour, so that hours can be stored and a report be
// made of them later: what measures ask is asked of each hour, and what concerns the log as a
// whole (its ids, its order of writing, what was refused) once.

import type { Observation } from "../../model/observation.ts";
import { isBounded } from "../../model/period.ts";
import { MICROSECONDS_PER_SECOND, parseInstant } from "../../model/instant.ts";
import type { Instant } from "../../model/instant.ts";
import type { Question } from "../engine.ts";
import type { EntryReference, Resolve } from "./accumulator.ts";
import { MOST_CELLS } from "./cells.ts";
import { askingOf, fold } from "./fold.ts";
import type { Fold, FoldAnswer, FoldState } from "./fold.ts";

/** Whole hours since the beginning of 1970 in UTC; null for entries without a readable time. */
export type Hour = number | null;

const MICROSECONDS_PER_HOUR = 3600 * MICROSECONDS_PER_SECOND;
/** Hours that are folded at a time. Logs are written nearly in the order of time. */
const OPEN_HOURS = 24;

/** The hour that an instant lies in. */
export function hourOf(instant: Instant): number {
  return Math.floor(instant / MICROSECONDS_PER_HOUR);
}

export interface FoldByHour extends Pick<Fold, "step" | "refuse" | "duplicate"> {
  /** Hands over the hours that are still open, and what concerns the log as a whole. */
  end(): FoldState;
}

/**
 * Starts a fold by hours. The period of the question is not asked about: all hours are folded.
 *
 * @param onHour takes the state of an hour, to be merged with what was handed over of it before
 */
export function foldByHour(
  question: Question,
  position: number,
  onHour: (hour: Hour, state: FoldState) => void,
): FoldByHour {
  const { ofHours, ofWhole } = partsOf({ ...question, period: {} });
  // Rows have the columns of the whole question, whatever each part asks of them.
  const asked = askingOf(question);
  const whole = fold(ofWhole, position, undefined, MOST_CELLS, askingOf(question));
  /** The one that was used last stands last. */
  const open = new Map<Hour, Fold>();
  let read = 0;
  let current: Fold | undefined;
  let currentHour: Hour | undefined;

  const foldOf = (hour: Hour): Fold => {
    const known = open.get(hour) ?? fold(ofHours, position, undefined, MOST_CELLS, asked);
    open.delete(hour);
    open.set(hour, known);
    if (open.size > OPEN_HOURS) {
      const [eldest] = open.keys();
      if (eldest !== undefined) hand(eldest);
    }
    return known;
  };
  const hand = (hour: Hour): void => {
    const done = open.get(hour);
    open.delete(hour);
    if (done !== undefined) onHour(hour, done.state);
  };

  return {
    step(row, reference, recorded) {
      const at = position + read;
      read += 1;
      whole.step(row, reference, recorded);
      const text = row[1];
      const instant = typeof text === "string" ? parseInstant(text) : Number.NaN;
      const hour = Number.isNaN(instant) ? null : hourOf(instant);
      if (current === undefined || hour !== currentHour) {
        current = foldOf(hour);
        currentHour = hour;
      }
      return current.step(row, reference, recorded, at);
    },
    refuse(pointer, reason) {
      read += 1;
      whole.refuse(pointer, reason);
    },
    duplicate() {
      read += 1;
      whole.duplicate();
    },
    end() {
      for (const hour of open.keys()) hand(hour);
      current = undefined;
      currentHour = undefined;
      return whole.state;
    },
  };
}

/** Merges states of hours of one question, or of the log as a whole, into one. */
export function mergedHours(question: Question): Pick<Fold, "merge" | "state"> {
  return fold(partsOf({ ...question, period: {} }).ofHours, 1, undefined, 0);
}

/** The same for what concerns the log as a whole. */
export function mergedWhole(question: Question): Pick<Fold, "merge" | "state"> {
  return fold(partsOf({ ...question, period: {} }).ofWhole, 1, undefined, 0);
}

/** What hours answer; as a fold of the entries would. */
export interface HoursAnswer {
  references(): Set<EntryReference>;
  finish(resolve: Resolve): FoldAnswer;
}

/**
 * Answers from stored hours.
 *
 * @param question whose period begins and ends with an hour, where it is bounded
 * @param whole what concerns the log as a whole
 * @param hours all that lie in the period; also those without a readable time unless it is bounded
 * @param future entries of the whole log that are later than the report's own time
 */
export function answerFromHours(
  question: Question,
  whole: FoldState,
  hours: Iterable<FoldState>,
  future: number,
): HoursAnswer {
  const { ofHours, ofWhole } = partsOf(question);
  const inTime = fold(ofHours, 1, undefined, 0);
  for (const hour of hours) inTime.merge(hour);
  const around = fold(ofWhole, 1, undefined, 0);
  around.merge(whole);
  return {
    references: () => new Set([...inTime.references(), ...around.references()]),
    finish(resolve) {
      const { population: found, observations, activity } = inTime.finish(resolve);
      const { population, observations: others } = around.finish(resolve);
      const { first, last, inScope, recorded } = found;
      const { first: _first, last: _last, ...rest } = population;
      const byMeasure = new Map<string, Observation>([...observations, ...others]);
      return {
        population: {
          ...rest,
          inScope,
          outOfPeriod: population.accepted - inScope,
          ...(first === undefined || last === undefined ? {} : { first, last }),
          recorded,
          timestamps: { ...population.timestamps, future },
        },
        observations: new Map(
          question.measures.flatMap(({ id }) => {
            const observation = byMeasure.get(id);
            return observation === undefined ? [] : [[id, observation]];
          }),
        ),
        activity,
      };
    },
  };
}

/** Whether hours can answer a question: its period lies along them, and no sample is asked for. */
export function isAnsweredByHours({ period, sampling }: Question): boolean {
  if (sampling !== undefined) return false;
  if (!isBounded(period)) return true;
  return [period.start, period.end].every(
    (bound) => bound === undefined || bound % MICROSECONDS_PER_HOUR === 0,
  );
}

/** What is asked of each hour, and what of the log as a whole. */
function partsOf({ sampling: _sampling, ...question }: Question): {
  ofHours: Question;
  ofWhole: Question;
} {
  return {
    ofHours: { ...question, measures: question.measures.filter((one) => !isOfWhole(one)) },
    ofWhole: { ...question, measures: question.measures.filter(isOfWhole) },
  };
}

function isOfWhole({ kind }: Question["measures"][number]): boolean {
  return kind === "identity" || kind === "reach";
}
