// The shelves of measures, frameworks and mappings. A file is read when it is first asked for, checked
// in full, and kept.

import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { ComplianceError } from "../model/error.ts";
import type { Framework } from "../model/framework.ts";
import type { Mapping } from "../model/mapping.ts";
import type { Measure } from "../model/measure.ts";
import { COUNTER_MEASURES } from "./counters.ts";
import { definitionsIn } from "./definitions-file.ts";
import type { LoadedDefinitions } from "./definitions-file.ts";
import type { FileKind } from "./file-schema.ts";
import { checkForm } from "./file-schema.ts";
import { frameworkIn } from "./framework-file.ts";
import { mappingIn } from "./mapping-file.ts";
import { measureIn } from "./measure-file.ts";
import type { LoadedMeasure } from "./measure-file.ts";
import { didYouMean } from "./suggestion.ts";
import { parseYamlFile } from "./yaml-file.ts";
import type { FileSource, YamlFile } from "./yaml-file.ts";

/** What a list of frameworks shows of one. */
export type FrameworkSummary = Pick<Framework, "id" | "title" | "edition">;

/** A framework with everything that a report of it asks of the log. */
export interface ResolvedFramework {
  readonly framework: Framework;
  /** Those of its criteria, of their doubts and of the report's own figures; each once. */
  readonly measures: readonly Measure[];
  /** SHA-256 of each measure's file, by id, lower-case hex. */
  readonly measureDigests: Readonly<Record<string, string>>;
  /** SHA-256 of the definitions that the measures use, lower-case hex. */
  readonly definitionsDigest: string;
}

/** Measures, frameworks, mappings and the words they share. */
export interface Catalog {
  /** The frameworks on the shelf, sorted by id. Reads the head of each. */
  frameworks(): readonly FrameworkSummary[];
  /** Ids of the frameworks on the shelf, sorted. Reads none of them. */
  readonly frameworkIds: readonly string[];
  /**
   * A framework by its id.
   *
   * @throws ComplianceError `unknown-report-type`, naming what exists
   */
  framework(id: string): ResolvedFramework;
  /**
   * A framework from a path or a text, resolved against the measures on the shelf and those in
   * a folder `measures` beside its file.
   *
   * @throws ComplianceError `unreadable-source`, or `invalid-catalog` with line and column
   */
  loadFramework(source: FileSource): ResolvedFramework;
  /** Ids of the measures on the shelf, sorted. Reads none of them. */
  readonly measureIds: readonly string[];
  /**
   * A measure by its id, with its examples.
   *
   * @throws ComplianceError `invalid-catalog` when there is none
   */
  measure(id: string): LoadedMeasure;
  /** A measure from a path or a text, with its examples, in the words of this catalog. */
  loadMeasure(source: FileSource): LoadedMeasure;
  /** Ids of the mappings on the shelf, sorted. Reads none of them. */
  readonly mappingIds: readonly string[];
  /** All mappings on the shelf, sorted by id. */
  mappings(): readonly Mapping[];
  /**
   * A mapping by its id.
   *
   * @throws ComplianceError `invalid-option` when there is none
   */
  mapping(id: string): Mapping;
  /** Path of a mapping's file. Throws as {@link mapping} does. */
  mappingFile(id: string): string;
  /** A mapping from a path or a text. */
  loadMapping(source: FileSource): Mapping;
  /** The words that expressions of measures may use. */
  definitions(): LoadedDefinitions;
}

export interface CatalogOptions {
  /** Folder that holds `definitions.yaml`, `measures/`, `frameworks/` and `mappings/`; default: this package's. */
  readonly root?: string;
}

/** The package's own folder, seen from `src/catalog` and from `dist/catalog` alike. */
const PACKAGE_ROOT = fileURLToPath(new URL("../../", import.meta.url));

let packaged: Catalog | undefined;

/**
 * Opens the shelves. Nothing but the lists of files is read until it is asked for. The
 * package's own catalog is opened once a process.
 *
 * @throws ComplianceError `unreadable-source` when a shelf is missing
 */
export function loadCatalog({ root }: CatalogOptions = {}): Catalog {
  if (root !== undefined) return openCatalog(root, parseAndCheckForm);
  packaged ??= openCatalog(PACKAGE_ROOT, parsePackaged);
  return packaged;
}

const NO_MEASURES: ReadonlyMap<string, LoadedMeasure> = new Map();

/** Reads a file of a kind, or as much of it as stands before a top-level key. */
type Read = (source: FileSource, kind: FileKind, before?: string) => YamlFile;

/** Reads a file from anywhere, always the whole of it. */
function parseAndCheckForm(source: FileSource, kind: FileKind): YamlFile {
  const yaml = parseYamlFile(source);
  checkForm(yaml, kind);
  return yaml;
}

/**
 * Reads a file of this package. Its form is not checked again, because a test holds every one
 * to its schema; that and the parts left out are four fifths of the time.
 */
function parsePackaged(source: FileSource, _kind: FileKind, before?: string): YamlFile {
  return parseYamlFile(source, before);
}

function openCatalog(root: string, read: Read): Catalog {
  const measureIds = shelfOf(join(root, "measures"));
  const frameworkIds = shelfOf(join(root, "frameworks"));
  const mappingIds = shelfOf(join(root, "mappings"), "optional");
  const pathOf = (shelf: string, id: string) => join(root, shelf, `${id}${SUFFIX}`);

  const definitions = once(() =>
    definitionsIn(read(join(root, `definitions${SUFFIX}`), "definitions")),
  );
  const load = (yaml: YamlFile) => measureIn(yaml, definitions().definitions);
  const measureOf = onceEach((id) => load(read(pathOf("measures", id), "measure", "examples")));
  const checkedId = (id: string) => {
    if (measureIds.includes(id)) return id;
    throw new ComplianceError("invalid-catalog", `no measure is called "${id}"`, {
      hint: didYouMean(id, measureIds) ?? `Known measures: ${measureIds.join(", ")}.`,
    });
  };
  /** The measures in a folder beside a framework's file, by id. */
  const ownMeasures = (source: FileSource): ReadonlyMap<string, LoadedMeasure> => {
    if (typeof source !== "string") return NO_MEASURES;
    const folder = join(dirname(source), "measures");
    return new Map(
      shelfOf(folder, "optional").map((id) => {
        const yaml = parseAndCheckForm(join(folder, `${id}${SUFFIX}`), "measure");
        if (!measureIds.includes(id)) return [id, load(yaml)];
        throw yaml.refuse(["id"], `a measure of this package is called "${id}" already`, {
          hint: "Choose another name, so that a report's figures cannot be mistaken.",
        });
      }),
    );
  };
  const resolve = (
    yaml: YamlFile,
    own: ReadonlyMap<string, LoadedMeasure> = NO_MEASURES,
  ): ResolvedFramework => {
    const measureFor = (id: string) => own.get(id) ?? measureOf(checkedId(id));
    const framework = frameworkIn(yaml, {
      ids: [...measureIds, ...own.keys()].sort(),
      measure: (id) => measureFor(id).measure,
    });
    const loaded = usedMeasures(framework).map((id) => [id, measureFor(id)] as const);
    return {
      framework,
      measures: loaded.map(([, { measure }]) => measure),
      measureDigests: Object.fromEntries(loaded.map(([id, { digest }]) => [id, digest])),
      definitionsDigest: definitions().digest,
    };
  };
  const frameworkOf = onceEach((id) => resolve(read(pathOf("frameworks", id), "framework")));
  const knownMapping = (id: string) => {
    if (mappingIds.includes(id)) return id;
    throw new ComplianceError("invalid-option", `no mapping is called ${JSON.stringify(id)}`, {
      hint: didYouMean(id, mappingIds) ?? `Known mappings: ${mappingIds.join(", ")}.`,
    });
  };
  const mappingOf = onceEach((id) =>
    mappingIn(read(pathOf("mappings", id), "mapping"), measureIds),
  );
  return {
    frameworkIds,
    measureIds,
    mappingIds,
    mappings: () => mappingIds.map(mappingOf),
    mapping: (id) => mappingOf(knownMapping(id)),
    mappingFile: (id) => pathOf("mappings", knownMapping(id)),
    loadMapping: (source) => mappingIn(parseAndCheckForm(source, "mapping"), measureIds),
    definitions,
    measure: (id) => load(parseAndCheckForm(pathOf("measures", checkedId(id)), "measure")),
    loadMeasure: (source) => load(parseAndCheckForm(source, "measure")),
    loadFramework: (source) => resolve(parseAndCheckForm(source, "framework"), ownMeasures(source)),
    framework: (id) => {
      if (frameworkIds.includes(id)) return frameworkOf(id);
      throw unknownReportType(id, frameworkIds);
    },
    frameworks: () =>
      frameworkIds.map((id) => {
        const { value } = read(pathOf("frameworks", id), "framework", "criteria");
        const { title, edition } = value as FrameworkSummary;
        return { id, title, edition };
      }),
  };
}

/** Ids of the measures that a framework's report asks, each once, in the order of first use. */
function usedMeasures({ criteria }: Framework): string[] {
  const asked = criteria.flatMap(({ measure, doubt }) =>
    doubt === undefined ? [measure] : [measure, doubt.measure],
  );
  return [...new Set([...asked, ...COUNTER_MEASURES])];
}

function unknownReportType(id: string, known: readonly string[]): ComplianceError {
  return new ComplianceError(
    "unknown-report-type",
    `expected a report type out of ${known.join(", ")}, got ${JSON.stringify(id)}`,
    { hint: didYouMean(id, known) ?? `Choose one of ${known.join(", ")}.` },
  );
}

const SUFFIX = ".yaml";

/** @param need whether a catalog without this folder is an empty one or none at all */
function shelfOf(folder: string, need: "required" | "optional" = "required"): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (cause) {
    if (need === "optional") return [];
    throw new ComplianceError("unreadable-source", `expected a folder at ${folder}`, {
      cause,
      hint: "A catalog's root holds definitions.yaml, measures/ and frameworks/.",
    });
  }
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .map((name) => name.slice(0, -SUFFIX.length))
    .sort();
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function onceEach<T>(make: (id: string) => T): (id: string) => T {
  const made = new Map<string, T>();
  return (id) => {
    const known = made.get(id);
    if (known !== undefined) return known;
    const value = make(id);
    made.set(id, value);
    return value;
  };
}
