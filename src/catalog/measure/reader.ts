// Reads the expressions of one measure and remembers what they rest on: fields, inputs beside
// the log, classes of actions.

import { parseNumber } from "../../expression/parse.ts";
import type { Definitions } from "../../expression/schema.ts";
import { ENTRY_SCHEMA } from "../../expression/schema.ts";
import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type {
  Expression,
  NumberExpression,
  Predicate,
  TextExpression,
} from "../../model/expression.ts";
import { INPUT_NAMES } from "../../model/inputs.ts";
import type { InputName } from "../../model/inputs.ts";
import { located, predicateAt, textAt } from "../checked-expression.ts";
import { CLASS_PREFIX } from "../definitions-file.ts";
import { durationAt } from "../duration.ts";
import type { Path, YamlFile } from "../yaml-file.ts";

export class MeasureReader {
  readonly yaml: YamlFile;
  readonly #definitions: Definitions;
  readonly #fields = new Set<string>();
  readonly #alternatives: (readonly EntryField[])[] = [];
  readonly #needs = new Set<InputName>();
  readonly #used = new Set<string>();

  constructor(yaml: YamlFile, definitions: Definitions) {
    this.yaml = yaml;
    this.#definitions = definitions;
  }

  predicate(path: Path, source: string): Expression {
    const expression = predicateAt(this.yaml, path, source, ENTRY_SCHEMA, this.#definitions);
    this.reads(...expression.fields);
    for (const input of inputsOf(expression.predicate)) this.#needs.add(input);
    for (const name of expression.definitions ?? []) this.#used.add(name);
    return expression;
  }

  text(path: Path, source: string): TextExpression {
    const expression = textAt(this.yaml, path, source, ENTRY_SCHEMA);
    this.reads(...expression.fields);
    return expression;
  }

  number(path: Path, source: string): NumberExpression {
    const names = [...ENTRY_SCHEMA.keys()];
    const expression = located(this.yaml, path, source, names, () =>
      parseNumber(source, ENTRY_SCHEMA),
    );
    this.reads(...expression.fields);
    return expression;
  }

  /** Microseconds. */
  duration(path: Path, text: string, zero: "zero" | "more" = "more"): number {
    return durationAt(this.yaml, path, text, zero);
  }

  /** Fields that the answer rests on, whatever the expressions say. */
  reads(...fields: readonly string[]): void {
    for (const field of fields) this.#fields.add(field);
  }

  /** Partition fields: one of them is enough. */
  partition(by: readonly EntryField[]): readonly EntryField[] {
    if (by.length === 1) this.reads(...by);
    else this.#alternatives.push(by);
    return by;
  }

  needs(...inputs: readonly InputName[]): void {
    for (const input of inputs) this.#needs.add(input);
  }

  /**
   * What the expressions read so far rest on.
   *
   * @param anyFields lists of which one field is enough, though expressions read them all
   */
  basis(anyFields: readonly (readonly EntryField[])[] = []): {
    readonly fields: readonly EntryField[];
    readonly anyFields?: readonly (readonly EntryField[])[];
    readonly needs?: readonly InputName[];
    readonly classes?: readonly string[];
  } {
    const optional = new Set<string>(anyFields.flat());
    const groups = [...this.#alternatives, ...anyFields];
    const needs = INPUT_NAMES.filter((name) => this.#needs.has(name));
    const classes = [...this.#used].filter((name) => name.startsWith(CLASS_PREFIX)).sort();
    return {
      fields: ENTRY_FIELD_NAMES.filter((name) => this.#fields.has(name) && !optional.has(name)),
      ...(groups.length === 0 ? {} : { anyFields: groups }),
      ...(needs.length === 0 ? {} : { needs }),
      ...(classes.length === 0 ? {} : { classes }),
    };
  }
}

/** Inputs without which a condition has no answer. */
function inputsOf(predicate: Predicate): InputName[] {
  switch (predicate.kind) {
    case "and":
    case "or":
      return predicate.of.flatMap(inputsOf);
    case "not":
      return inputsOf(predicate.of);
    case "listed":
      return [predicate.input];
    case "in-incident":
      return ["incidents"];
    default:
      return [];
  }
}
