// The variables of a mapping's expressions: each has a fixed place in one array. Named values
// are computed when the first expression that needs them is asked, at most once a record.

import { compileRecord } from "../../expression/record/compile.ts";
import type { RecordRuntime } from "../../expression/record/compile.ts";
import type { RecordExpression, RecordTerm } from "../../model/record-expression.ts";
import { partsOf } from "./parts-of.ts";

/** An expression, ready to be asked about the current record. */
export type Evaluate = () => unknown;

/** The variables of one mapping, with their values while a log is read. */
export class Variables {
  readonly values: unknown[] = [];
  readonly #slots = new Map<string, number>();
  readonly #lazy: LazyValue[] = [];
  readonly #runtime: RecordRuntime;
  /** Ordinal of the current record; a lazy value of an earlier one is out of date. */
  #record = 0;

  constructor(runtime: RecordRuntime) {
    this.#runtime = runtime;
  }

  /** The variable's place in `values`. */
  slot(name: string): number {
    const known = this.#slots.get(name);
    if (known !== undefined) return known;
    const slot = this.values.length;
    this.#slots.set(name, slot);
    this.values.push(undefined);
    return slot;
  }

  /** Declares a value that is computed when it is needed; after all that it needs itself. */
  lazy(name: string, evaluate: Evaluate): void {
    this.#lazy.push({ name, slot: this.slot(name), evaluate, record: -1 });
  }

  /** All lazy values are out of date from now on. */
  nextRecord(): void {
    this.#record += 1;
  }

  /** Compiles an expression; the lazy values that it names are computed first. */
  compile({ term }: RecordExpression): Evaluate {
    const evaluate = this.#compileTerm(term);
    const needed = this.#neededBy([term]);
    if (needed.length === 0) return evaluate;
    return () => {
      this.#compute(needed);
      return evaluate();
    };
  }

  /**
   * Compiles expressions that are asked together. Call `prepare` first, then each of
   * `evaluate`.
   */
  compileAll(expressions: readonly RecordExpression[]): {
    readonly prepare: () => void;
    readonly evaluate: readonly ((values: unknown[]) => unknown)[];
  } {
    const terms = expressions.map(({ term }) => term);
    const needed = this.#neededBy(terms);
    return {
      prepare: needed.length === 0 ? nothing : () => this.#compute(needed),
      evaluate: terms.map((term) => this.#compileRaw(term)),
    };
  }

  #compileRaw(term: RecordTerm): (values: unknown[]) => unknown {
    return compileRecord(term, (name) => this.slot(name), this.#runtime);
  }

  #compileTerm(term: RecordTerm): Evaluate {
    const evaluate = this.#compileRaw(term);
    const { values } = this;
    return () => evaluate(values);
  }

  #compute(needed: readonly LazyValue[]): void {
    for (const lazy of needed) {
      if (lazy.record === this.#record) continue;
      lazy.record = this.#record;
      this.values[lazy.slot] = lazy.evaluate();
    }
  }

  /** The lazy values that the terms name. What those need themselves, they compute. */
  #neededBy(terms: readonly RecordTerm[]): LazyValue[] {
    const names = new Set<string>();
    for (const term of terms) collectNames(term, names);
    return this.#lazy.filter(({ name }) => names.has(name));
  }
}

interface LazyValue {
  readonly name: string;
  readonly slot: number;
  readonly evaluate: Evaluate;
  /** Record for which it was computed last. */
  record: number;
}

function nothing(): void {}

/** Every variable that a term names; those that a macro declares too, which does no harm. */
function collectNames(term: RecordTerm, names: Set<string>): void {
  for (const inner of partsOf(term)) collectNames(inner, names);
  if (term.kind === "name") names.add(term.name);
}
