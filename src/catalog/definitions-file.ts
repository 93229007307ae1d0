// The definitions file: words that measures share, as data.

import type { Definitions } from "../expression/schema.ts";
import { ENTRY_SCHEMA } from "../expression/schema.ts";
import type { Expression } from "../model/expression.ts";
import { predicateAt } from "./checked-expression.ts";
import type { YamlFile } from "./yaml-file.ts";

/** Checked definitions, with the digest of their file. */
export interface LoadedDefinitions {
  readonly definitions: Definitions;
  /** The same in plain English, by name. */
  readonly meanings: ReadonlyMap<string, string>;
  /** SHA-256 over the file's bytes, lower-case hex. */
  readonly digest: string;
}

type DefinitionsFile = Readonly<Record<string, { readonly cel: string; readonly meaning: string }>>;

/** Names that mean something in CEL itself or in our subset of it. */
const TAKEN = ["true", "false", "null", "in", "present", "timestamp"];

/**
 * The definitions in a file of the right form. Each may use those above it.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function definitionsIn(yaml: YamlFile): LoadedDefinitions {
  const definitions = new Map<string, Expression>();
  const meanings = new Map<string, string>();
  for (const [name, { cel, meaning }] of Object.entries(yaml.value as DefinitionsFile)) {
    if (ENTRY_SCHEMA.has(name) || TAKEN.includes(name)) {
      throw yaml.refuse([name], `"${name}" already means something else in an expression`, {
        atKey: true,
        hint: "Choose a name that is neither a field nor a word of CEL.",
      });
    }
    // A fresh map each time: the parser remembers what it knows about a set of definitions.
    const above = new Map(definitions);
    definitions.set(name, predicateAt(yaml, [name, "cel"], cel, ENTRY_SCHEMA, above));
    meanings.set(name, meaning);
  }
  return { definitions, meanings, digest: yaml.digest };
}
