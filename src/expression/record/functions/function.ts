// What a function of the expression language is.

import type { Effort } from "../effort.ts";

/** What a function may use besides its arguments. */
export interface FunctionContext extends Effort {
  /** Told whenever `mended` changed a time. */
  readonly onMended: () => void;
}

/**
 * Computes a function. Never throws, whatever the arguments are; takes the steps of long work
 * off the context.
 */
export type Apply = (
  context: FunctionContext,
  first: unknown,
  second: unknown,
  third: unknown,
) => unknown;

/** One function or method of the closed set. */
export interface RecordFunction {
  /** Whether it is called `f(x)`, `x.f()`, or either way. */
  readonly form: "function" | "method" | "either";
  /** Least and most arguments; a method's receiver is the first. */
  readonly takes: readonly [least: number, most: number];
  /** How it is written, for hints. */
  readonly written: string;
  /** Values that an argument must be written out as one of; undefined for any argument. */
  readonly words?: { readonly argument: number; readonly among: readonly string[] };
  /** Absent for `coalesce`, which evaluates no more arguments than it needs. */
  readonly apply?: Apply;
}
