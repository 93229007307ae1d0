// Parses, compiles and evaluates an expression over named values.

import { compileRecord } from "../../../src/expression/record/compile.ts";
import type { RecordRuntime } from "../../../src/expression/record/compile.ts";
import { parseRecordExpression } from "../../../src/expression/record/parse.ts";
import type { WordTable } from "../../../src/model/mapping.ts";
import type { RecordExpression } from "../../../src/model/record-expression.ts";

/** Parses with the names that it may use. */
export function parse(
  source: string,
  names: { readonly variables: readonly string[]; readonly tables?: readonly string[] },
): RecordExpression {
  return parseRecordExpression(source, {
    variables: new Set(names.variables),
    tables: new Set(names.tables),
  });
}

/** The value of an expression; `told` collects what the runtime is told. */
export function evaluate(
  source: string,
  values: Readonly<Record<string, unknown>>,
  tables: Readonly<Record<string, WordTable>> = {},
  told: string[] = [],
): unknown {
  const variables = Object.keys(values);
  const { term } = parse(source, { variables, tables: Object.keys(tables) });
  const slots = [...variables];
  const slotOf = (name: string): number => {
    if (!slots.includes(name)) slots.push(name);
    return slots.indexOf(name);
  };
  const runtime: RecordRuntime = {
    tables: new Map(Object.entries(tables)),
    onUnknownWord: (table, word) => told.push(`${table}: ${word}`),
    onMended: () => told.push("mended"),
  };
  return compileRecord(term, slotOf, runtime)(Object.values(values));
}
