// Which fields a predicate looks at.

import type { Predicate, Term } from "../../model/expression.ts";

/** The fields' names, some more than once. */
export function fieldsOf(predicate: Predicate): string[] {
  switch (predicate.kind) {
    case "boolean":
      return [];
    case "and":
    case "or":
      return predicate.of.flatMap(fieldsOf);
    case "not":
      return fieldsOf(predicate.of);
    case "present":
      return [predicate.name];
    case "compare":
      return [...fieldsOfTerm(predicate.left), ...fieldsOfTerm(predicate.right)];
    case "in-texts":
    case "in-numbers":
    case "contains":
    case "starts-with":
    case "ends-with":
    case "has-word":
    case "detects":
    case "listed":
      return fieldsOfTerm(predicate.term);
    case "in-incident":
      return ["agent_id", "timestamp"];
  }
}

/** The fields that a term is made of. */
export function fieldsOfTerm(term: Term): string[] {
  switch (term.kind) {
    case "text":
    case "number":
    case "instant":
      return [];
    case "text-field":
    case "json-text":
    case "number-field":
    case "instant-field":
      return [term.name];
    case "lower-ascii":
    case "trim":
    case "host":
    case "size":
      return fieldsOfTerm(term.of);
  }
}
