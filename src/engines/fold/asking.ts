// How the kinds of measures ask a row: through one table, so that a condition that several of
// them share is asked once, field by field, and it is known which fields an answer rests on.

import { compileNumber, compilePredicate, compileText } from "../../expression/compile.ts";
import type { Row, RowNumber, RowTest, RowText, SlotOf } from "../../expression/compile.ts";
import { ENTRY_FIELDS } from "../../model/audit-entry.ts";
import type {
  Expression,
  NumberExpression,
  Predicate,
  TextExpression,
} from "../../model/expression.ts";
import type { Inputs } from "../../model/inputs.ts";
import type { Instant } from "../../model/instant.ts";
import type { Measure } from "../../model/measure.ts";
import type { PolicyDocument } from "../../policy/rule.ts";
import type { Question } from "../engine.ts";
import type { Step } from "./accumulator.ts";
import { fieldsOf } from "./fields-of.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";
import { fieldLook, rowLook } from "./look.ts";
import type { Look } from "./look.ts";
import { namedNumbers } from "./numbers.ts";
import type { NamedNumbers } from "./numbers.ts";

export interface Asking {
  /** A test of rows; what a {@link Meaning} depends on. */
  readonly condition: (expression: Expression) => RowTest;
  /** A text of rows, to be asked of single entries only. */
  readonly text: (expression: TextExpression) => RowText;
  /** A number of rows, to be asked of single entries only. */
  readonly number: (expression: NumberExpression) => RowNumber;
  /** Counts what a measure names. */
  readonly named: (measure: Pick<Measure, "counts" | "shares">) => NamedNumbers;
  /**
   * Takes an exception as soon as it is known to be one. A fold lists the first of them; a
   * reading that lists all takes each.
   *
   * @param group of measures whose exceptions are the entries of one group, known at the end
   */
  readonly offer: (first: Listed[], exception: Step, group?: string) => void;
  readonly slotOf: SlotOf;
  readonly inputs: Inputs;
  /** The report's own time. */
  readonly now: Instant;
  readonly policy?: PolicyDocument;
  /** All ways in which conditions look at a row. */
  readonly looks: readonly Look[];
  /**
   * Does something that asks conditions about one row.
   *
   * @returns which of the looks were needed, in the order in which they were: of two rows the
   *   same, as far as their looks answer alike
   */
  readonly watch: (work: () => void) => readonly number[];
}

/** Starts without conditions. */
export function asking(
  { inputs = {}, now, policy }: Pick<Question, "inputs" | "now" | "policy">,
  slotOf: SlotOf,
): Asking {
  const tests = new Map<string, RowTest>();
  const looks: Look[] = [];
  const lookOf = new Map<string, number>();
  /** For each look, the watch in which it was needed last. */
  const needed: number[] = [];
  let watches = 0;
  let order: number[] = [];

  const addLook = (key: string, make: () => Look): number => {
    const known = lookOf.get(key);
    if (known !== undefined) return known;
    lookOf.set(key, looks.length);
    needed.push(0);
    return looks.push(make()) - 1;
  };

  /** A condition without and, or and not over several fields. */
  const atom = (predicate: Predicate, fields: ReadonlySet<string>): RowTest => {
    const [field] = fields;
    if (field === undefined) return compilePredicate(predicate, slotOf, inputs);
    const key = fields.size === 1 ? field : JSON.stringify(predicate);
    const index = addLook(key, () =>
      fields.size === 1 ? fieldLook(slotOf(field), isJson(field)) : rowLook(),
    );
    const look = looks[index] as Look;
    const answer = look.add(
      compilePredicate(predicate, fields.size === 1 ? () => 0 : slotOf, inputs),
    );
    return (row: Row) => {
      if (needed[index] !== watches) {
        needed[index] = watches;
        order.push(index);
      }
      return look.holds(look.classOf(row), answer);
    };
  };

  const test = (predicate: Predicate): RowTest => {
    const key = JSON.stringify(predicate);
    const known = tests.get(key);
    if (known !== undefined) return known;
    const made = compile(predicate);
    tests.set(key, made);
    return made;
  };

  const compile = (predicate: Predicate): RowTest => {
    const fields = new Set(fieldsOf(predicate));
    if (fields.size > 1) {
      switch (predicate.kind) {
        case "and": {
          const parts = predicate.of.map(test);
          return (row) => parts.every((part) => part(row));
        }
        case "or": {
          const parts = predicate.of.map(test);
          return (row) => parts.some((part) => part(row));
        }
        case "not": {
          const part = test(predicate.of);
          return (row) => !part(row);
        }
        default:
          break;
      }
    }
    return atom(predicate, fields);
  };

  const condition: Asking["condition"] = ({ predicate }) => test(predicate);

  return {
    condition,
    text: ({ term }) => compileText(term, slotOf),
    number: ({ term }) => compileNumber(term, slotOf),
    named: (measure) => namedNumbers(measure, slotOf, inputs, condition),
    offer,
    slotOf,
    inputs,
    now,
    ...(policy === undefined ? {} : { policy }),
    looks,
    watch: (work) => {
      watches += 1;
      order = [];
      work();
      return order;
    },
  };
}

function isJson(field: string): boolean {
  return (ENTRY_FIELDS as Readonly<Record<string, string>>)[field] === "json";
}
