// Translated texts of one thing - a measure, a framework - handed out against their originals.
// What has no translation stays as it is, and is remembered.

import type { Measure } from "../model/measure.ts";
import { placeholderMistake, placeholderNames } from "./placeholders.ts";
import { checkTranslatedWording, refuseMistake } from "./wording.ts";
import type { Path, YamlFile } from "./yaml-file.ts";

/** Where the texts of one thing stand; undefined where nobody translated it. */
export interface TranslatedThing {
  readonly yaml: YamlFile;
  /** The way to it inside the file. */
  readonly path: Path;
}

/** Hands out the texts of one thing. */
export interface Texts {
  /**
   * The translation of a text, or the text itself. An empty text has no translation.
   *
   * @param path from the thing to the text
   * @param measure that the text speaks of, where it has placeholders
   * @throws ComplianceError `invalid-catalog` at a translation with other placeholders than the
   *   original, or with a word that claims too much
   */
  text(path: Path, original: string, measure?: Measure): string;
  /** The same for a name, which may well be the same in both languages and is then not missed. */
  name(path: Path, original: string): string;
  /**
   * Refuses keys at a path that the original does not have.
   *
   * @throws ComplianceError `invalid-catalog` at the first of them
   */
  onlyKnown(path: Path, known: readonly string[], what: string): void;
  /**
   * Refuses a list that is longer or shorter than the original's.
   *
   * @throws ComplianceError `invalid-catalog` at the list
   */
  asLong(path: Path, length: number): void;
  /** Paths of texts without a translation, joined by dots, in the order in which they were asked for. */
  readonly missing: readonly string[];
}

/** The texts of a thing. */
export function textsOf(thing: TranslatedThing | undefined): Texts {
  const missing: string[] = [];
  const found = (path: Path): unknown =>
    thing === undefined ? undefined : at(thing.yaml.value, [...thing.path, ...path]);
  const translated = (path: Path, original: string, measure?: Measure): string | undefined => {
    const text = found(path);
    if (thing === undefined || typeof text !== "string") return undefined;
    checkTranslation(thing.yaml, [...thing.path, ...path], { text, original, measure });
    return text;
  };
  return {
    text: (path, original, measure) => {
      const text = translated(path, original, measure);
      if (text === undefined && original.trim() !== "") missing.push(path.join("."));
      return text ?? original;
    },
    name: (path, original) => translated(path, original) ?? original,
    onlyKnown: (path, known, what) => {
      const keys = found(path);
      if (thing === undefined || typeof keys !== "object" || keys === null) return;
      const unknown = Object.keys(keys).find((key) => !known.includes(key));
      if (unknown === undefined) return;
      throw thing.yaml.refuse(
        [...thing.path, ...path, unknown],
        `the original has no ${what} "${unknown}"`,
        { atKey: true, hint: `It has ${known.join(", ")}.` },
      );
    },
    asLong: (path, length) => {
      const list = found(path);
      if (thing === undefined || !Array.isArray(list) || list.length === length) return;
      throw thing.yaml.refuse(
        [...thing.path, ...path],
        `expected as many as in the original, ${length}, got ${list.length}`,
        { atKey: true },
      );
    },
    missing,
  };
}

interface Translated {
  readonly text: string;
  readonly original: string;
  readonly measure: Measure | undefined;
}

function checkTranslation(yaml: YamlFile, path: Path, { text, original, measure }: Translated) {
  if ((text.trim() === "") !== (original.trim() === "")) {
    throw yaml.refuse(path, text.trim() === "" ? "expected a text" : "the original is empty");
  }
  checkTranslatedWording(yaml, path, text);
  const wanted = placeholderNames(original);
  const written = placeholderNames(text);
  if (listed(wanted) !== listed(written)) {
    throw yaml.refuse(
      path,
      `expected the placeholders of the original, ${listed(wanted)}, got ${listed(written)}`,
    );
  }
  refuseMistake(yaml, path, placeholderMistake(text, measure));
  const half = [...written].find(([, nouns]) => nouns.some((noun) => noun === "singular"));
  if (half === undefined) return;
  throw yaml.refuse(path, `expected both forms of the noun of {${half[0]}}`, {
    hint: "Write {name:singular|plural}.",
  });
}

function listed(names: ReadonlyMap<string, unknown>): string {
  return [...names.keys()].sort().join(", ") || "none";
}

function at(value: unknown, path: Path): unknown {
  let here = value;
  for (const key of path) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, key)) return undefined;
    here = (here as Readonly<Record<string | number, unknown>>)[key];
  }
  return here;
}
