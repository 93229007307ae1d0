// What a kind of measure that needs order does: say what of an entry it will ask, and answer
// once all entries stand in order.

import type {
  ClockMeasure,
  DelegationMeasure,
  GapMeasure,
  PercentileMeasure,
  RateMeasure,
  RunMeasure,
  SequenceMeasure,
} from "../../../model/measure.ts";
import type { Question } from "../../engine.ts";
import type { Needs } from "./needs.ts";
import type { OrderedLog } from "./ordered-log.ts";

/** What was found, in rows of the ordered log. */
export interface Found {
  /** 1 for each row that is an exception. */
  readonly exceptions: Uint8Array;
  /** The kind's own numbers; undefined ones are left out. */
  readonly numbers: Readonly<Record<string, number | undefined>>;
  /** For a listed exception, the row that makes it one. */
  readonly before?: ReadonlyMap<number, number>;
  /** `gap` only, in microseconds. */
  readonly longest?: number | undefined;
}

/** A measure whose answer needs the entries in order. */
export type OrderedMeasure =
  | ClockMeasure
  | GapMeasure
  | SequenceMeasure
  | RunMeasure
  | RateMeasure
  | PercentileMeasure
  | DelegationMeasure;

/** How one kind of them is answered. */
export interface OrderedKind<Kind extends OrderedMeasure> {
  needs(measure: Kind): Needs;
  find(measure: Kind, log: OrderedLog, question: OrderedQuestion): Found;
}

/** What of a question the kinds look at. */
export interface OrderedQuestion extends Pick<Question, "now" | "inputs"> {
  /** Where several logs are read as one: references whose quotients by it differ are of different logs. */
  readonly positionsOfALog?: number;
}
