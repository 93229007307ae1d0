// The translations of one language: which file holds the texts of what.

import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ActionClass } from "./classes.ts";
import { filesOn } from "./shelf.ts";
import { textsOf } from "./translation.ts";
import type { Texts, TranslatedThing } from "./translation.ts";
import type { YamlFile } from "./yaml-file.ts";

/** What can be translated. */
type Section = "definitions" | "measures" | "frameworks";

/** All translations of a language. */
export interface Translations {
  readonly of: (section: "measures" | "frameworks", id: string) => Texts;
  /** Classes of actions with their meanings translated, and those of them that are not. A user's own stand as they are. */
  readonly classes: (classes: readonly ActionClass[]) => {
    readonly classes: readonly ActionClass[];
    readonly missing: readonly string[];
  };
  /** Sentences of mappings, by their English. */
  readonly logSentences: ReadonlyMap<string, string>;
  /** Ids that are translated. */
  readonly ids: (section: Section) => readonly string[];
}

/**
 * Reads the translations of a language; a language without a folder has none.
 *
 * @param root folder that holds `translations/`
 * @throws ComplianceError `invalid-catalog` when a file is of another language, or two files
 *   translate the same thing
 */
export function translationsIn(
  root: string,
  language: string,
  read: (path: string) => YamlFile,
): Translations {
  const folder = join(root, "translations", language);
  const things = new Map<string, TranslatedThing>();
  const logSentences = new Map<string, string>();
  const files = existsSync(folder) ? [...filesOn(folder).values()].map(read) : [];
  for (const yaml of files) {
    const written = yaml.value as TranslationFile;
    if (written.language !== language) {
      throw yaml.refuse(["language"], `expected "${language}", as the folder is called`);
    }
    for (const section of SECTIONS) {
      for (const id of Object.keys(written[section] ?? {})) {
        const known = things.get(`${section}/${id}`);
        if (known !== undefined) {
          throw yaml.refuse(
            [section, id],
            `"${id}" is translated in ${known.yaml.file ?? "another file"} too`,
            { atKey: true, hint: "Keep all texts of one thing in one file." },
          );
        }
        things.set(`${section}/${id}`, { yaml, path: [section, id] });
      }
    }
    for (const { english, translation } of written.log_sentences ?? []) {
      logSentences.set(english, translation);
    }
  }
  const of = (section: Section, id: string): Texts => textsOf(things.get(`${section}/${id}`));
  return {
    of,
    classes: (classes) => {
      const missing: string[] = [];
      const translated = classes.map((one) => {
        if (one.overridden) return one;
        const texts = of("definitions", one.name);
        const meaning = texts.text([], one.meaning);
        if (texts.missing.length > 0) missing.push(`definitions.${one.name}`);
        return { ...one, meaning };
      });
      return { classes: translated, missing };
    },
    logSentences,
    ids: (section) =>
      [...things.keys()]
        .filter((key) => key.startsWith(`${section}/`))
        .map((key) => key.slice(section.length + 1)),
  };
}

const SECTIONS: readonly Section[] = ["definitions", "measures", "frameworks"];

/** A translation's file as its schema lets it through. */
interface TranslationFile extends Readonly<
  Partial<Record<Section, Readonly<Record<string, unknown>>>>
> {
  readonly language: string;
  readonly log_sentences?: readonly { readonly english: string; readonly translation: string }[];
}
