// Checked trees over foreign records to JavaScript closures over an array of variables. No source
// text is generated. Every closure is total: whatever the record holds, it never throws.

import type { WordTable } from "../../model/mapping.ts";
import type { RecordTerm } from "../../model/record-expression.ts";
import { MOST_STEPS } from "./effort.ts";
import { RECORD_FUNCTIONS } from "./functions.ts";
import type { FunctionContext } from "./functions/function.ts";
import { lookingUp } from "./look-up.ts";
import { visiting } from "./macros.ts";
import { calculating, comparing, isIn } from "./operators.ts";
import { elementOf, itemOf, memberReader, orNull, setMember } from "./own.ts";
import { TABLES } from "./paths.ts";
import { isNothing } from "./values.ts";

/** What expressions look words up in, and whom they tell what. */
export interface RecordRuntime {
  /** By name; what is not here knows no word. */
  readonly tables: ReadonlyMap<string, WordTable>;
  /** Told of each word that is no key of its table, every time. */
  readonly onUnknownWord: (table: string, word: string) => void;
  /** Told each time that `mended` changed a time. */
  readonly onMended: () => void;
}

/**
 * The value of an expression, a JSON value or undefined, for the variables at their places.
 * The array is as it was when the call returns.
 */
export type Evaluate = (variables: unknown[]) => unknown;

/**
 * Compiles an expression.
 *
 * @param slotOf where a variable stands in the array; also asked for what macros name
 */
export function compileRecord(
  term: RecordTerm,
  slotOf: (name: string) => number,
  runtime: RecordRuntime,
): Evaluate {
  const compilation = new Compilation(slotOf, runtime);
  const evaluate = compilation.term(term);
  if (!compilation.hasMacros) return evaluate;
  const { context } = compilation;
  return (variables) => {
    context.left = MOST_STEPS;
    const value = evaluate(variables);
    return context.left < 0 ? undefined : value;
  };
}

/** One expression while it is compiled. */
class Compilation {
  readonly context: FunctionContext;
  hasMacros = false;
  readonly #slotOf: (name: string) => number;
  readonly #runtime: RecordRuntime;

  constructor(slotOf: (name: string) => number, runtime: RecordRuntime) {
    this.#slotOf = slotOf;
    this.#runtime = runtime;
    this.context = { left: MOST_STEPS, onMended: runtime.onMended };
  }

  term(term: RecordTerm): Evaluate {
    switch (term.kind) {
      case "literal": {
        // A written `null` is "nothing was recorded", never "recorded as empty".
        const value = term.value ?? undefined;
        return () => value;
      }
      case "name": {
        const slot = this.#slotOf(term.name);
        return (variables) => variables[slot];
      }
      case "member":
        return this.#member(term.of, term.name);
      case "index":
        return this.#index(term);
      case "list":
        return listing(this.#terms(term.of));
      case "map":
        return this.#map(term);
      case "and":
        return every(this.#terms(term.of));
      case "or":
        return some(this.#terms(term.of));
      case "not": {
        const of = this.term(term.of);
        return (variables) => of(variables) !== true;
      }
      case "negate": {
        const of = this.term(term.of);
        return (variables) => {
          const value = of(variables);
          return typeof value === "number" ? 0 - value : undefined;
        };
      }
      case "choose": {
        const when = this.term(term.when);
        const value = this.term(term.value);
        const otherwise = this.term(term.otherwise);
        return (variables) => (when(variables) === true ? value(variables) : otherwise(variables));
      }
      case "compare":
        return comparing(term.operator, this.term(term.left), this.term(term.right), this.context);
      case "arithmetic":
        return calculating(
          term.operator,
          this.term(term.left),
          this.term(term.right),
          this.context,
        );
      case "in": {
        const item = this.term(term.term);
        const of = this.term(term.of);
        const { context } = this;
        return (variables) => isIn(item(variables), of(variables), context);
      }
      case "has": {
        const of = this.term(term.of);
        return (variables) => !isNothing(of(variables));
      }
      case "call":
        return this.#call(term);
      case "each":
        return this.#each(term);
    }
  }

  #terms(terms: readonly RecordTerm[]): Evaluate[] {
    return terms.map((term) => this.term(term));
  }

  /** Names behind names are the most of what mappings say, so a variable's are read at once. */
  #member(term: RecordTerm, name: string): Evaluate {
    const read = memberReader(name);
    if (term.kind === "name") {
      const slot = this.#slotOf(term.name);
      return (variables) => read(variables[slot]);
    }
    const of = this.term(term);
    return (variables) => read(of(variables));
  }

  #index({ of, index }: Extract<RecordTerm, { kind: "index" }>): Evaluate {
    if (of.kind === "member" && of.of.kind === "name" && of.of.name === TABLES) {
      return lookingUp(of.name, this.term(index), this.#runtime);
    }
    if (index.kind === "literal") {
      const { value } = index;
      if (typeof value === "string") return this.#member(of, value);
      const list = this.term(of);
      if (typeof value !== "number" || !Number.isInteger(value)) return () => undefined;
      return (variables) => itemOf(list(variables), value);
    }
    const value = this.term(of);
    const at = this.term(index);
    return (variables) => elementOf(value(variables), at(variables));
  }

  #map({ entries }: Extract<RecordTerm, { kind: "map" }>): Evaluate {
    const members = entries.map(([key, value]) => [this.term(key), this.term(value)] as const);
    return (variables) => {
      const map: Record<string, unknown> = {};
      for (const [key, value] of members) {
        const name = key(variables);
        if (typeof name !== "string") continue;
        const member = value(variables);
        if (member !== undefined) setMember(map, name, member);
      }
      return map;
    };
  }

  #call({ name, arguments: terms }: Extract<RecordTerm, { kind: "call" }>): Evaluate {
    const [first = absent, second = absent, third = absent, ...more] = this.#terms(terms);
    if (name === "coalesce") return firstSomething([first, second, third, ...more]);
    const apply = RECORD_FUNCTIONS.get(name)?.apply;
    const { context } = this;
    if (apply === undefined) return absent;
    if (terms.length === 1) {
      return (variables) => apply(context, first(variables), undefined, undefined);
    }
    return (variables) => apply(context, first(variables), second(variables), third(variables));
  }

  #each({ macro, of, variable, body }: Extract<RecordTerm, { kind: "each" }>): Evaluate {
    this.hasMacros = true;
    const slot = this.#slotOf(variable);
    return visiting(macro, this.term(of), slot, this.term(body), this.context);
  }
}

function absent(): undefined {}

function every(tests: readonly Evaluate[]): Evaluate {
  const [first = absent, second = absent] = tests;
  if (tests.length === 2) {
    return (variables) => first(variables) === true && second(variables) === true;
  }
  return (variables) => tests.every((test) => test(variables) === true);
}

function some(tests: readonly Evaluate[]): Evaluate {
  const [first = absent, second = absent] = tests;
  if (tests.length === 2) {
    return (variables) => first(variables) === true || second(variables) === true;
  }
  return (variables) => tests.some((test) => test(variables) === true);
}

function listing(items: readonly Evaluate[]): Evaluate {
  return (variables) => items.map((item) => orNull(item(variables)));
}

/** Of values that are all nothing or "", the answer is null when one of them stands there empty. */
function firstSomething(values: readonly Evaluate[]): Evaluate {
  return (variables) => {
    let empty: null | undefined;
    for (const evaluate of values) {
      const value = evaluate(variables);
      if (value === undefined) continue;
      if (value !== null && value !== "") return value;
      empty = null;
    }
    return empty;
  };
}
