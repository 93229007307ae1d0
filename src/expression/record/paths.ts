// What an expression reads of its variables, as paths: `record.userIdentity.arn`.

import type { RecordTerm } from "../../model/record-expression.ts";

/** Name of the variable that holds the tables, which are no part of a record. */
export const TABLES = "tables";

/**
 * The paths that a term reads, sorted, each once: as far as their names are written out. A path
 * that ends stands for everything below it. A name that is no word is written `["@timestamp"]`.
 */
export function pathsOf(term: RecordTerm): string[] {
  const paths = new Set<string>();
  collect(term, paths, new Set([TABLES]));
  return [...paths].sort();
}

const WORD = /^[A-Za-z_]\w*$/;

/** @param hidden names that stand for no variable: what macros named, and the tables */
function collect(term: RecordTerm, paths: Set<string>, hidden: ReadonlySet<string>): void {
  const path = pathOf(term, hidden);
  if (path !== undefined) {
    paths.add(path);
    return;
  }
  switch (term.kind) {
    case "literal":
    case "name":
      return;
    case "member":
    case "not":
    case "negate":
    case "has":
      collect(term.of, paths, hidden);
      return;
    case "index":
      collect(term.of, paths, hidden);
      collect(term.index, paths, hidden);
      return;
    case "list":
    case "and":
    case "or":
      for (const part of term.of) collect(part, paths, hidden);
      return;
    case "map":
      for (const part of term.entries.flat()) collect(part, paths, hidden);
      return;
    case "choose":
      collect(term.when, paths, hidden);
      collect(term.value, paths, hidden);
      collect(term.otherwise, paths, hidden);
      return;
    case "compare":
    case "arithmetic":
      collect(term.left, paths, hidden);
      collect(term.right, paths, hidden);
      return;
    case "in":
      collect(term.term, paths, hidden);
      collect(term.of, paths, hidden);
      return;
    case "call":
      for (const part of term.arguments) collect(part, paths, hidden);
      return;
    case "each":
      collect(term.of, paths, hidden);
      collect(term.body, paths, new Set([...hidden, term.variable]));
  }
}

/** The path that a chain of names spells; undefined for any other term. */
function pathOf(term: RecordTerm, hidden: ReadonlySet<string>): string | undefined {
  if (term.kind === "name") return hidden.has(term.name) ? undefined : term.name;
  const name = term.kind === "member" ? term.name : writtenIndex(term);
  if (name === undefined || (term.kind !== "member" && term.kind !== "index")) return undefined;
  const before = pathOf(term.of, hidden);
  if (before === undefined) return undefined;
  return WORD.test(name) ? `${before}.${name}` : `${before}[${JSON.stringify(name)}]`;
}

function writtenIndex(term: RecordTerm): string | undefined {
  if (term.kind !== "index" || term.index.kind !== "literal") return undefined;
  return typeof term.index.value === "string" ? term.index.value : undefined;
}
