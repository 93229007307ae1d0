// The inside of an expression, one level down.

import type { RecordTerm } from "../../model/record-expression.ts";

/** The terms directly inside a term. */
export function partsOf(term: RecordTerm): readonly RecordTerm[] {
  switch (term.kind) {
    case "literal":
    case "name":
      return [];
    case "member":
    case "not":
    case "negate":
    case "has":
      return [term.of];
    case "index":
      return [term.of, term.index];
    case "list":
    case "and":
    case "or":
      return term.of;
    case "map":
      return term.entries.flat();
    case "choose":
      return [term.when, term.value, term.otherwise];
    case "compare":
    case "arithmetic":
      return [term.left, term.right];
    case "in":
      return [term.term, term.of];
    case "call":
      return term.arguments;
    case "each":
      return [term.of, term.body];
  }
}
