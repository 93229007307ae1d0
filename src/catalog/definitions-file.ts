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
  /** SHA-256 over the packaged file's bytes, lower-case hex. */
  readonly digest: string;
}

/** With this begin the names of classes of actions. */
export const CLASS_PREFIX = "class_";

type DefinitionsFile = Readonly<
  Record<string, { readonly cel: string; readonly meaning: string; readonly class?: true }>
>;

/**
 * The definitions in a file of the right form. Each may use those above it.
 *
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function definitionsIn(yaml: YamlFile): LoadedDefinitions {
  const definitions = new Map<string, Expression>();
  const meanings = new Map<string, string>();
  for (const [name, written] of Object.entries(yaml.value as DefinitionsFile)) {
    checkDefinitionName(yaml, [name], name);
    if (name.startsWith(CLASS_PREFIX) !== (written.class === true)) {
      throw yaml.refuse([name], `expected "class: true" for names in ${CLASS_PREFIX}, only there`, {
        atKey: true,
      });
    }
    // A fresh map each time: the parser remembers what it knows about a set of definitions.
    const above = new Map(definitions);
    definitions.set(name, predicateAt(yaml, [name, "cel"], written.cel, ENTRY_SCHEMA, above));
    meanings.set(name, written.meaning);
  }
  return { definitions, meanings, digest: yaml.digest };
}

/** Names that mean something in CEL itself or in our subset of it. */
const TAKEN = [
  "true",
  "false",
  "null",
  "in",
  "present",
  "timestamp",
  "size",
  "host",
  "jsonText",
  "in_incident",
];

/**
 * Refuses a name that an expression cannot use for a definition.
 *
 * @throws ComplianceError `invalid-catalog` at the name
 */
export function checkDefinitionName(
  yaml: YamlFile,
  path: readonly (string | number)[],
  name: string,
): void {
  if (!ENTRY_SCHEMA.has(name) && !TAKEN.includes(name)) return;
  throw yaml.refuse(path, `"${name}" already means something else in an expression`, {
    atKey: true,
    hint: "Choose a name that is neither a field nor a word of CEL.",
  });
}
