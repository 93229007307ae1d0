// Whether a mapping takes an entry's fields over as they stand. Only logs of such formats have
// a fast way.

import type { EntryField } from "../../model/audit-entry.ts";
import type { Mapping } from "../../model/mapping.ts";
import { readTree } from "../../intake/unmapped/read-tree.ts";
import type { RecordExpression, RecordTerm } from "../../model/record-expression.ts";

/** Where an entry's fields stand in a record, and how. */
export interface OwnColumns {
  /** Column or key -> the field that it is. */
  readonly fieldOf: ReadonlyMap<string, EntryField>;
  /** Whether an id that is a text of digits counts as a number. */
  readonly numericId: boolean;
  /** Whether what a record has besides is of no interest to anybody. */
  readonly othersPass: boolean;
}

/** The columns of a mapping that only copies; undefined for one that does more. */
export function ownColumns(mapping: Mapping): OwnColumns | undefined {
  const { records, tree, lets, each, when, call, key, answers, container, columns } = mapping;
  const more = [tree, each, when, call, key, answers, container, columns];
  if (records.length > 0 || lets.size > 0 || more.some((one) => one !== undefined))
    return undefined;
  const fieldOf = new Map<string, EntryField>();
  let numericId = false;
  for (const [field, expression] of mapping.fields) {
    let column = copied(expression.term);
    if (column === undefined && field === "id") {
      column = numberOrText(expression);
      numericId = column !== undefined;
    }
    if (column === undefined || fieldOf.has(column)) return undefined;
    fieldOf.set(column, field);
  }
  return { fieldOf, numericId, othersPass: readTree(mapping).whole };
}

/** The member of the record that a term is. */
function copied(term: RecordTerm): string | undefined {
  if (term.kind !== "member" || term.of.kind !== "name") return undefined;
  return term.of.name === "record" || term.of.name === "document" ? term.name : undefined;
}

/** The member of `coalesce(int(record.x), record.x)`. */
function numberOrText({ term }: RecordExpression): string | undefined {
  if (term.kind !== "call" || term.name !== "coalesce" || term.arguments.length !== 2) {
    return undefined;
  }
  const [number, text] = term.arguments;
  if (number?.kind !== "call" || number.name !== "int" || number.arguments.length !== 1) {
    return undefined;
  }
  const [inner] = number.arguments;
  const column = text === undefined ? undefined : copied(text);
  return inner !== undefined && copied(inner) === column ? column : undefined;
}
