// A user's own definitions instead of packaged ones: what uses a replaced word follows it.

import { ENTRY_SCHEMA } from "../expression/schema.ts";
import type { Expression } from "../model/expression.ts";
import { predicateAt } from "./checked-expression.ts";
import { checkDefinitionName } from "./definitions-file.ts";
import type { LoadedDefinitions } from "./definitions-file.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/** A definition as a configuration writes it. */
export interface OwnDefinition {
  readonly cel: string;
  readonly reason: string;
  readonly meaning?: string;
}

/**
 * All definitions, with a user's own in the place of packaged ones or behind them. Each may use
 * any other, but none itself, not even by way of another.
 *
 * @param path of the user's definitions
 * @throws ComplianceError `invalid-catalog` with line and column
 */
export function overriddenDefinitions(
  packaged: LoadedDefinitions,
  yaml: YamlFile,
  path: Path,
  own: Readonly<Record<string, OwnDefinition>>,
): LoadedDefinitions {
  const texts = new Map([...packaged.definitions].map(([name, { source }]) => [name, source]));
  for (const [name, { cel }] of Object.entries(own)) {
    checkDefinitionName(yaml, [...path, name], name);
    texts.set(name, cel);
  }
  const done = new Map<string, Expression>();
  const open: string[] = [];
  const circle = (names: readonly string[]) => {
    const mine = names.find((name) => Object.hasOwn(own, name)) ?? "";
    return yaml.refuse(
      [...path, mine, "cel"],
      `"${mine}" would mean itself: ${names.join(" -> ")}`,
      {
        hint: "Write out what it should mean.",
      },
    );
  };
  const define = (name: string, source: string): Expression => {
    const known = done.get(name);
    if (known !== undefined) return known;
    if (open.includes(name)) throw circle([...open.slice(open.indexOf(name)), name]);
    open.push(name);
    const words = new Map<string, Expression>();
    for (const word of wordsOf(source)) {
      const text = texts.get(word);
      if (text !== undefined) words.set(word, define(word, text));
    }
    const at = [...path, name, "cel"];
    const defined = predicateAt(yaml, at, source, ENTRY_SCHEMA, words);
    open.pop();
    done.set(name, defined);
    return defined;
  };
  return {
    definitions: new Map([...texts].map(([name, source]) => [name, define(name, source)])),
    meanings: new Map(
      [...texts.keys()].map((name) => [
        name,
        own[name]?.meaning ?? packaged.meanings.get(name) ?? own[name]?.reason ?? "",
      ]),
    ),
    digest: packaged.digest,
  };
}

const TEXT_LITERAL = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g;

/** Names outside of text literals. */
function wordsOf(cel: string): string[] {
  return cel.replace(TEXT_LITERAL, "").match(/[A-Za-z_]\w*/g) ?? [];
}
