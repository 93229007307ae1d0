// The conditions of a rule as data, and what they are asked about.

import type { Action } from "../decision.ts";
import type { PlainValue } from "../tree/tree.ts";

/** Holds between two times of day in UTC; the end lies before the start when it spans midnight. */
export interface TimeWindow {
  readonly kind: "time-window";
  /** Minutes after midnight, included; absent for no lower bound. */
  readonly after?: number;
  /** Minutes after midnight, not included; absent for no upper bound. */
  readonly before?: number;
}

/** Holds on some days of the week in UTC, whatever the time window of the same rule says. */
export interface Weekdays {
  readonly kind: "weekdays";
  /** 1 for Monday to 7 for Sunday, ascending. */
  readonly days: readonly number[];
}

export type ComparisonOperator = "eq" | "gt" | "lt" | "gte" | "lte";

/** Compares one parameter with a limit. */
export interface ParamComparison {
  readonly kind: "compare";
  readonly operator: ComparisonOperator;
  readonly param: string;
  readonly limit: PlainValue;
}

/** Holds when a parameter contains a value: a list a member, text a part, a mapping a key. */
export interface ParamContains {
  readonly kind: "contains";
  readonly param: string;
  readonly member: PlainValue;
}

/** Holds when a regular expression is found in a parameter's text. */
export interface ParamMatches {
  readonly kind: "matches";
  readonly param: string;
  readonly pattern: string;
}

/** Holds when the action uses one of some words. */
export interface Semantic {
  readonly kind: "semantic";
  /** As written. */
  readonly text: string;
  /** The words that are looked for, lower-case. */
  readonly words: readonly string[];
}

export type Condition =
  | TimeWindow
  | Weekdays
  | ParamComparison
  | ParamContains
  | ParamMatches
  | Semantic;

/** One action at one time, as conditions see it. */
export interface Occasion {
  readonly action: Action;
  /** Microseconds since midnight, UTC. */
  readonly timeOfDay: number;
  /** 1 for Monday to 7 for Sunday, UTC. */
  readonly weekday: number;
  /** All words of the action; see {@link Semantic}. Computed when first asked for. */
  readonly words: () => ReadonlySet<string>;
}

/**
 * What a condition says: true, false, or undefined when it cannot tell, because a parameter
 * is not of the type that the condition speaks about.
 */
export type Answer = boolean | undefined;

/** The parameter of an action; undefined when it is missing, null, or only inherited. */
export function paramOf(action: Action, name: string): unknown {
  const { params } = action;
  if (params === undefined || params === null || !Object.hasOwn(params, name)) return undefined;
  return params[name] ?? undefined;
}
