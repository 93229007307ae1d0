// What is said when an input's format cannot be told. Names from a log are data: quoted,
// escaped, never long and never many.

import { ComplianceError } from "../../model/error.ts";
import type { Mapping } from "../../model/mapping.ts";
import type { LogFile } from "../../sources/source.ts";
import { topNamesRead } from "../unmapped/read-tree.ts";

const MOST_NAMES = 10;
const LONGEST_NAME = 60;
const MOST_NEAREST = 3;

/** No mapping takes the input's documents. */
export function unknownFormat(
  { name }: LogFile,
  documents: readonly unknown[],
  nearest: readonly Mapping[],
  mappings: readonly Mapping[],
): ComplianceError {
  const names = topNames(documents);
  const near = (nearest.length > 0 ? [...nearest] : byNames(names, mappings)).slice(
    0,
    MOST_NEAREST,
  );
  const ids = near.map(({ id }) => id);
  return new ComplianceError(
    "unsupported-source",
    `expected a log of a known format, but no mapping takes ${shown(name)}, ${seenNames(names)}`,
    {
      hint: `${
        ids.length === 0 ? "" : `The nearest ${ids.length === 1 ? "is" : "are"} ${ids.join(", ")}. `
      }Name the format with --as, see what a mapping expects with "mapping show", or give a mapping file of your own to --as.`,
    },
  );
}

/** Several mappings take equally many of the input's documents. */
export function ambiguousFormat({ name }: LogFile, mappings: readonly Mapping[]): ComplianceError {
  const ids = mappings.map(({ id }) => id).sort();
  return new ComplianceError(
    "unsupported-source",
    `expected a log of one format, but ${shown(name)} is taken by ${listOf(ids)} alike`,
    { hint: `Choose one of them with --as, for example --as ${ids[0] ?? ""}.` },
  );
}

/** No input holds a document that could be recognised. */
export function emptyLog({ name }: LogFile): ComplianceError {
  return new ComplianceError(
    "unsupported-source",
    `expected records by which to tell the format, but ${shown(name)} holds none that can be read`,
    { hint: "Name the format with --as to have it counted all the same." },
  );
}

/** The named mapping reads documents of another shape. */
export function wrongShape({ name, format }: LogFile, { id, shape }: Mapping): ComplianceError {
  const expected = shape === "json" ? "JSON documents" : "rows of a table";
  return new ComplianceError(
    "unsupported-source",
    `expected ${expected} for the mapping ${id}, but ${shown(name)} is ${format}`,
    { hint: "Choose a mapping of the file's shape with --as, or the file's kind with --source." },
  );
}

/** Names at the top of the documents, in the order in which they appear, at most eleven. */
function topNames(documents: readonly unknown[]): string[] {
  const names = new Set<string>();
  for (const document of documents) {
    if (typeof document !== "object" || document === null || Array.isArray(document)) continue;
    for (const name of Object.keys(document)) {
      names.add(name);
      if (names.size > MOST_NAMES) return [...names];
    }
  }
  return [...names];
}

function seenNames(names: readonly string[]): string {
  if (names.length === 0) return "whose records are no objects";
  const first = names.slice(0, MOST_NAMES).map(shown);
  return `whose records hold ${names.length > MOST_NAMES ? `${first.join(", ")} and more` : listOf(first)}`;
}

/** Mappings that read names of the sample's, those that read the most first. */
function byNames(names: readonly string[], mappings: readonly Mapping[]): Mapping[] {
  return mappings
    .map((mapping) => {
      const read = topNamesRead(mapping);
      return { mapping, shared: names.filter((name) => read.has(name)).length };
    })
    .filter(({ shared }) => shared * 3 >= names.length && shared > 0)
    .sort((left, right) => right.shared - left.shared)
    .map(({ mapping }) => mapping);
}

/** A name in quotes, invisible characters escaped, cut when it is long. */
function shown(name: string): string {
  const characters = Array.from(name.slice(0, LONGEST_NAME * 2));
  const cut = characters.length > LONGEST_NAME || name.length > LONGEST_NAME * 2;
  const kept = cut ? `${characters.slice(0, LONGEST_NAME).join("")}…` : name;
  return JSON.stringify(kept).replace(INVISIBLE, (character) =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`,
    ).join(""),
  );
}

const INVISIBLE = /\p{Cc}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/gu;

function listOf(words: readonly string[]): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
