// What of a raw document a mapping reads or leaves out on purpose, as a tree of names. Lists
// are walked through: their items share the list's place.

import { parseRecordExpression } from "../../expression/record/parse.ts";
import type { Mapping } from "../../model/mapping.ts";
import type { RecordExpression, RecordTerm } from "../../model/record-expression.ts";
import { partsOf } from "../apply/parts-of.ts";

/** One place in the documents of a format. One that nothing is known below is read whole. */
export interface ReadPlace {
  /** Variable that stands for this place; the paths of what is below it begin with that. */
  label: string | undefined;
  /** Whether its value is used as it is, with everything below it. */
  whole: boolean;
  /** Whether a record of its own stands in each list item here. */
  records: boolean;
  readonly below: Map<string, ReadPlace>;
}

/** The tree of what a mapping reads, from the document down. */
export function readTree(mapping: Mapping): ReadPlace {
  const root = newPlace();
  const places: Places = new Map([["document", [root]]]);
  const steps = mapping.records;

  for (const [index, { each, as }] of steps.entries()) {
    const found = reach(each.term, places);
    places.set(as, found);
    if (index < steps.length - 1) name(found, as);
    else name(found, "record");
    if (index === steps.length - 1) {
      for (const place of found) place.records = true;
    }
  }
  const last = steps.at(-1);
  const record = last === undefined ? [root] : (places.get(last.as) ?? []);
  name([root], steps.length === 0 ? "record" : "document");
  places.set("record", record);
  places.set("ancestors", record);

  const { tree, lets, each, when, call, answers, key } = mapping;
  for (const [variable, { term }] of lets) places.set(variable, reach(term, places));
  for (const step of [each, answers?.each]) {
    if (step === undefined) continue;
    const found = reach(step.each.term, places);
    name(found, step.as);
    places.set(step.as, found);
  }
  const read: readonly (RecordExpression | undefined)[] = [
    mapping.recognise,
    tree?.id,
    tree?.parent,
    when,
    call,
    key,
    answers?.when,
    answers?.to,
    ...mapping.fields.values(),
    ...(answers?.fields.values() ?? []),
  ];
  for (const expression of read) {
    if (expression !== undefined) use(expression.term, places);
  }
  const scope = { variables: new Set(places.keys()), tables: new Set<string>() };
  for (const path of mapping.ignored) use(parseRecordExpression(path, scope).term, places);
  return root;
}

/** Names at the top of a document that a mapping reads. */
export function topNamesRead(mapping: Mapping): ReadonlySet<string> {
  return new Set(readTree(mapping).below.keys());
}

type Places = Map<string, readonly ReadPlace[]>;

function newPlace(): ReadPlace {
  return { label: undefined, whole: false, records: false, below: new Map() };
}

function name(places: readonly ReadPlace[], label: string): void {
  for (const place of places) place.label ??= label;
}

/** Marks what a term's value is taken from as read, with everything below it. */
function use(term: RecordTerm, places: Places): void {
  // Asking for the ancestors reads none of what they say.
  if (term.kind === "name" && term.name === "ancestors") return;
  for (const place of reach(term, places)) place.whole = true;
}

/**
 * The places that a term leads to, not marked as read themselves; none for a computed value,
 * what that is computed from is marked.
 */
function reach(term: RecordTerm, places: Places): readonly ReadPlace[] {
  switch (term.kind) {
    case "name":
      return places.get(term.name) ?? [];
    case "member":
      return belowAll(reach(term.of, places), term.name);
    case "index":
      return reachIndex(term.of, term.index, places);
    case "choose":
      use(term.when, places);
      return [...reach(term.value, places), ...reach(term.otherwise, places)];
    case "has":
      reach(term.of, places);
      return [];
    case "each":
      return reachEach(term, places);
    case "call":
      if (LEADING.has(term.name)) return term.arguments.flatMap((inner) => reach(inner, places));
      break;
    case "literal":
      return [];
    case "list":
    case "and":
    case "or":
    case "map":
    case "not":
    case "negate":
    case "compare":
    case "arithmetic":
    case "in":
      break;
  }
  for (const part of partsOf(term)) use(part, places);
  return [];
}

/** Functions that hand on one of their arguments or an item of it. */
const LEADING: ReadonlySet<string> = new Set(["coalesce", "first", "last"]);

function reachIndex(of: RecordTerm, index: RecordTerm, places: Places): readonly ReadPlace[] {
  const found = reach(of, places);
  if (index.kind === "literal" && typeof index.value === "string") {
    return belowAll(found, index.value);
  }
  if (index.kind === "literal" || index.kind === "negate") return found;
  use(index, places);
  for (const place of found) place.whole = true;
  return [];
}

function reachEach(
  { macro, of, variable, body }: Extract<RecordTerm, { kind: "each" }>,
  places: Places,
): readonly ReadPlace[] {
  const list = reach(of, places);
  const inside: Places = new Map(places).set(variable, list);
  if (macro === "map") return reach(body, inside);
  use(body, inside);
  return macro === "filter" ? list : [];
}

function belowAll(places: readonly ReadPlace[], wanted: string): ReadPlace[] {
  return places.map((place) => {
    const known = place.below.get(wanted);
    if (known !== undefined) return known;
    const made = newPlace();
    place.below.set(wanted, made);
    return made;
  });
}
