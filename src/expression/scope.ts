// What is known while one expression is read: its text, the names it may use and those it did.

import { Environment } from "@marcbachmann/cel-js";
import type { ASTNode } from "@marcbachmann/cel-js";
import type { ComplianceError } from "../model/error.ts";
import type { Expression } from "../model/expression.ts";
import { libraryMistake, mistakeAt, summaryOf } from "./mistake.ts";
import type { Definitions, Schema } from "./schema.ts";

/** What is known while one expression is read. */
export class Scope {
  readonly source: string;
  readonly schema: Schema;
  readonly definitions: Definitions;
  /** Variables of `exists`, each standing for one literal of its list at a time. */
  readonly bound = new Map<string, string>();
  readonly #used = new Set<string>();
  readonly #definitions = new Set<string>();

  constructor(source: string, schema: Schema, definitions: Definitions) {
    this.source = source;
    this.schema = schema;
    this.definitions = definitions;
  }

  check(expected: "bool" | "string" | "int"): ASTNode {
    const environment = environmentFor(this.schema, this.definitions);
    let parsed;
    try {
      parsed = environment.parse(this.source);
    } catch (error) {
      throw libraryMistake(this.source, error);
    }
    const checked = parsed.check();
    if (!checked.valid) {
      throw libraryMistake(this.source, checked.error, this.#nearest(summaryOf(checked.error)));
    }
    if (checked.type !== expected && checked.type !== "dyn") {
      throw this.wrong(`expected a ${expected}, but this is a ${checked.type}`, 0);
    }
    return parsed.ast;
  }

  use(name: string): void {
    this.#used.add(name);
  }

  useDefinition(name: string, { fields, definitions = [] }: Expression): void {
    for (const field of fields) this.#used.add(field);
    for (const used of [name, ...definitions]) this.#definitions.add(used);
  }

  usedFields(): string[] {
    return [...this.#used].sort();
  }

  usedDefinitions(): { readonly definitions?: readonly string[] } {
    return this.#definitions.size === 0 ? {} : { definitions: [...this.#definitions].sort() };
  }

  /** An error at an offset of the expression's text. */
  wrong(message: string, offset: number, hint?: string): ComplianceError {
    return mistakeAt(this.source, offset, message, { hint });
  }

  refuse(construct: string, node: ASTNode, hint: string): ComplianceError {
    return this.wrong(
      `${construct} is outside the expressions that every engine answers alike`,
      node.start,
      hint,
    );
  }

  #nearest(message: string): string | undefined {
    if (!message.startsWith("Unknown variable")) return undefined;
    const names = [...this.schema.keys(), ...this.definitions.keys()].sort();
    return `Known names: ${names.join(", ")}.`;
  }
}

const environments = new WeakMap<Schema, WeakMap<Definitions, Environment>>();

function environmentFor(schema: Schema, definitions: Definitions): Environment {
  let bySchema = environments.get(schema);
  if (bySchema === undefined) {
    bySchema = new WeakMap();
    environments.set(schema, bySchema);
  }
  const known = bySchema.get(definitions);
  if (known !== undefined) return known;
  const environment = new Environment({ unlistedVariablesAreDyn: false });
  for (const [name, { cel }] of schema) environment.registerVariable(name, cel);
  for (const name of definitions.keys()) environment.registerVariable(name, "bool");
  for (const signature of OWN_FUNCTIONS) environment.registerFunction(signature, neverEvaluated);
  bySchema.set(definitions, environment);
  return environment;
}

/** What the subset has and CEL has not. `size` of a text is CEL's own. */
const OWN_FUNCTIONS = [
  "present(dyn): bool",
  "host(string): string",
  "jsonText(dyn): string",
  "in_incident(): bool",
  "string.hasWord(list<string>): bool",
  "string.detects(string): bool",
  "string.listed(string): bool",
] as const;

/** The library only parses and checks here; evaluation is ours. */
function neverEvaluated(): never {
  throw new Error("expressions are compiled, not evaluated by the CEL library");
}
