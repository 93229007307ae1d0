// CEL texts of a file, checked; a mistake in one is shown at its own place in the file.

import type { Definitions } from "../expression/schema.ts";
import { parsePredicate, parseText } from "../expression/parse.ts";
import type { Schema } from "../expression/schema.ts";
import { ComplianceError } from "../model/error.ts";
import type { Expression, TextExpression } from "../model/expression.ts";
import { didYouMean } from "./suggestion.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/**
 * Checks the true-or-false expression at a path.
 *
 * @throws ComplianceError `invalid-catalog` at the line and column of the mistake
 */
export function predicateAt(
  yaml: YamlFile,
  path: Path,
  source: string,
  schema: Schema,
  definitions: Definitions = new Map(),
): Expression {
  const names = [...schema.keys(), ...definitions.keys()];
  return located(yaml, path, source, names, () => parsePredicate(source, schema, definitions));
}

/**
 * Checks the text-valued expression at a path.
 *
 * @throws ComplianceError `invalid-catalog` at the line and column of the mistake
 */
export function textAt(yaml: YamlFile, path: Path, source: string, schema: Schema): TextExpression {
  return located(yaml, path, source, [...schema.keys()], () => parseText(source, schema));
}

/**
 * Runs a parser of the text at a path; an `invalid-expression` becomes an `invalid-catalog`
 * at its own place in the file.
 *
 * @param names that the text may use, to guess what a mistyped one was meant to be
 */
export function located<T>(
  yaml: YamlFile,
  path: Path,
  source: string,
  names: readonly string[],
  parse: () => T,
): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ComplianceError) || error.code !== "invalid-expression") throw error;
    const textOffset = offsetOf(error, source);
    const word = /^\w+/.exec(source.slice(textOffset))?.[0];
    const guess = word === undefined || names.includes(word) ? undefined : didYouMean(word, names);
    throw yaml.refuse(path, `in "${String(path.at(-1))}": ${reasonOf(error)}`, {
      textOffset,
      hint: guess ?? error.hint,
      cause: error,
    });
  }
}

function offsetOf({ location }: ComplianceError, source: string): number {
  const before = source.split("\n").slice(0, (location?.line ?? 1) - 1);
  return before.reduce((sum, line) => sum + line.length + 1, 0) + (location?.column ?? 1) - 1;
}

/** The message without the place inside the expression, which means nothing in the file. */
function reasonOf({ message }: ComplianceError): string {
  return message.replace(/^line \d+(:\d+)?: /, "");
}
