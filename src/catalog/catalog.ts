// The shelves of measures, frameworks and mappings. A file is read when it is first asked for, checked
// in full, and kept.

import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ComplianceError } from "../model/error.ts";
import type { AskedMeasure, Framework } from "../model/framework.ts";
import type { Mapping } from "../model/mapping.ts";
import type { Measure } from "../model/measure.ts";
import type { Override } from "../model/report.ts";
import { askedMeasures } from "./asked-measures.ts";
import { COUNTER_MEASURES } from "./counters.ts";
import { classHits, classesOf } from "./classes.ts";
import type { ActionClass } from "./classes.ts";
import type { Configuration, FrameworkSettings } from "./configuration.ts";
import { definitionsIn } from "./definitions-file.ts";
import type { LoadedDefinitions } from "./definitions-file.ts";
import type { FileKind } from "./file-schema.ts";
import { checkForm } from "./file-schema.ts";
import { frameworkIn } from "./framework-file.ts";
import { summaryOf } from "./framework/summary.ts";
import type { FrameworkSummary } from "./framework/summary.ts";
import { mappingIn } from "./mapping-file.ts";
import { measureIn } from "./measure-file.ts";
import type { LoadedMeasure } from "./measure-file.ts";
import { SUFFIX, filesOn, frameworksOn } from "./shelf.ts";
import { didYouMean } from "./suggestion.ts";
import { translatedFramework } from "./translation-of-framework.ts";
import { translatedMeasure } from "./translation-of-measure.ts";
import { translationsIn } from "./translation-shelf.ts";
import { parseYamlFile } from "./yaml-file.ts";
import type { FileSource, YamlFile } from "./yaml-file.ts";

export type { FrameworkSummary } from "./framework/summary.ts";

/** A framework with everything that a report of it asks of the log. */
export interface ResolvedFramework {
  readonly framework: Framework;
  /**
   * Those of its criteria, of their doubts and of the report's own figures; each once. For a
   * weighted framework also those of the record itself, and one for each class of actions.
   */
  readonly measures: readonly Measure[];
  /** SHA-256 of each measure's file, by id, lower-case hex. */
  readonly measureDigests: Readonly<Record<string, string>>;
  /** SHA-256 of the definitions that the measures use, lower-case hex. */
  readonly definitionsDigest: string;
  /** Classes of actions that its measures use, sorted by name; none for frameworks with points. */
  readonly classes: readonly ActionClass[];
  /**
   * Texts of it that a report shows in English for want of a translation, as `measures.<id>.title`.
   * Own frameworks and measures stand in whatever language their author wrote, and are not counted.
   */
  readonly untranslated: readonly string[];
  /** What mappings say about log formats, in the catalog's language by its English. */
  readonly logSentences: ReadonlyMap<string, string>;
  /** What the user's configuration changes in the catalog. */
  readonly overrides: readonly Override[];
  /** What it answers to the framework's questions, by their ids. */
  readonly answers: FrameworkSettings["answers"];
  /** Criteria that it takes out, with the reason, by their ids. */
  readonly notApplicable: FrameworkSettings["notApplicable"];
}

/** Measures, frameworks, mappings and the words they share. */
export interface Catalog {
  /** The frameworks on the shelf, sorted by id. Reads their files, but none of their measures. */
  frameworks(): readonly FrameworkSummary[];
  /** Ids of the frameworks on the shelf, sorted. Reads none of them. */
  readonly frameworkIds: readonly string[];
  /**
   * A framework by its id.
   *
   * @throws ComplianceError `unknown-report-type`, naming what exists
   */
  framework(id: string): ResolvedFramework;
  /** Path of a framework's file. Throws as {@link framework} does. */
  frameworkFile(id: string): string;
  /**
   * A framework from a path or a text, resolved against the measures on the shelf and those in
   * a folder `measures` beside its file.
   *
   * @throws ComplianceError `unreadable-source`, or `invalid-catalog` with line and column
   */
  loadFramework(source: FileSource): ResolvedFramework;
  /** Ids of the measures on the shelf, sorted. Reads none of them. */
  readonly measureIds: readonly string[];
  /** The same with those that lie beside a framework, which only that one may ask. */
  readonly everyMeasureId: readonly string[];
  /**
   * A measure by its id, with its examples; also one that lies beside a framework.
   *
   * @throws ComplianceError `invalid-catalog` when there is none
   */
  measure(id: string): LoadedMeasure;
  /** The same as it is asked, which is faster: packaged ones lack their examples. Throws as {@link measure} does. */
  askedMeasure(id: string): Measure;
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
  /** A user's own definitions, limits and answers, which take the place of the packaged ones. */
  readonly configuration?: Configuration;
  /** Code of the language in which texts are wanted, as in `translations/`; English when absent. */
  readonly language?: string;
}

/** The package's own folder, seen from `src/catalog` and from `dist/catalog` alike. */
const PACKAGE_ROOT = fileURLToPath(new URL("../../", import.meta.url));

const ENGLISH = "en";
const packaged = new Map<string, Catalog>();

/**
 * Opens the shelves. Nothing but the lists of files is read until it is asked for. The
 * package's own catalog is opened once a process and language.
 *
 * @throws ComplianceError `unreadable-source` when a shelf is missing
 */
export function loadCatalog({
  root,
  configuration,
  language = ENGLISH,
}: CatalogOptions = {}): Catalog {
  const user = { language, ...(configuration === undefined ? {} : { configuration }) };
  if (root !== undefined) return openCatalog(root, parseAndCheckForm, user);
  if (configuration !== undefined) return openCatalog(PACKAGE_ROOT, parsePackaged, user);
  const known = packaged.get(language);
  if (known !== undefined) return known;
  const opened = openCatalog(PACKAGE_ROOT, parsePackaged, user);
  packaged.set(language, opened);
  return opened;
}

const NOTHING_SAID: FrameworkSettings = {
  answers: {},
  notApplicable: {},
  limits: new Map(),
  overrides: [],
};
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

/** What a user asks of a catalog. */
interface Wanted extends Pick<CatalogOptions, "configuration"> {
  readonly language: string;
}

function openCatalog(root: string, read: Read, { configuration, language }: Wanted): Catalog {
  const shelf = filesOn(join(root, "measures"));
  const frameworkFiles = frameworksOn(join(root, "frameworks"));
  const mappingFiles = filesOn(join(root, "mappings"), "optional");
  const measureIds = [...shelf.keys()];
  const frameworkIds = [...frameworkFiles.keys()];
  const mappingIds = [...mappingFiles.keys()];
  /** Files of all measures, also of those that only one framework may ask. */
  const everyFile = new Map(
    [...[...frameworkFiles.values()].map(ownShelf), shelf].flatMap((files) => Array.from(files)),
  );
  const everyMeasureId = [...everyFile.keys()].sort();

  const packagedDefinitions = once(() =>
    definitionsIn(read(join(root, `definitions${SUFFIX}`), "definitions")),
  );
  const shared = configuration?.overrides ?? [];
  const definitions = () => configuration?.definitions ?? packagedDefinitions();
  const load = (yaml: YamlFile): LoadedMeasure => {
    const { measure, digest } = measureIn(yaml, definitions().definitions);
    const limits = configuration?.limits.get(measure.id);
    return { measure: limits === undefined ? measure : { ...measure, limits }, digest };
  };
  const translations = once(() =>
    language === ENGLISH
      ? undefined
      : translationsIn(root, language, (path) => read(path, "translation")),
  );
  /** A measure of this package, in the language that is wanted. */
  const loadPackaged = (yaml: YamlFile): LoadedMeasure => {
    const { measure, digest } = load(yaml);
    const texts = translations()?.of("measures", measure.id);
    if (texts === undefined) return { measure, digest };
    const own = configuration?.limits.has(measure.id) !== true;
    return {
      measure: translatedMeasure(measure, texts, own),
      digest,
      untranslated: texts.missing.map((text) => `measures.${measure.id}.${text}`),
    };
  };
  const fileOf = (id: string, ids: readonly string[]): string => {
    if (ids.includes(id)) return pathIn(everyFile, id);
    throw new ComplianceError("invalid-catalog", `no measure is called "${id}"`, {
      hint: didYouMean(id, ids) ?? `Known measures: ${ids.join(", ")}.`,
    });
  };
  const measureOf = onceEach((id) =>
    loadPackaged(read(fileOf(id, everyMeasureId), "measure", "examples")),
  );
  /** A report's figures go by a measure's id, so each has one file. */
  const ownMeasure = (
    yaml: YamlFile,
    id: string,
    path: string,
  ): readonly [string, LoadedMeasure] => {
    const taken = shelf.get(id) ?? everyFile.get(id);
    if (taken === undefined) return [id, load(yaml)];
    if (resolve(taken) === resolve(path)) return [id, loadPackaged(yaml)];
    throw yaml.refuse(["id"], `a measure of this package is called "${id}" already`, {
      hint: "Choose another name, so that a report's figures cannot be mistaken.",
    });
  };
  /** The measures in a folder beside a framework's file, by id. */
  const ownMeasures = (source: FileSource): ReadonlyMap<string, LoadedMeasure> => {
    if (typeof source !== "string") return NO_MEASURES;
    const files = [...ownShelf(source)];
    return new Map(
      files.map(([id, path]) => ownMeasure(parseAndCheckForm(path, "measure"), id, path)),
    );
  };
  const resolved = (
    yaml: YamlFile,
    own: ReadonlyMap<string, LoadedMeasure>,
    whose: "packaged" | "the user's",
  ): ResolvedFramework => {
    const measureFor = (id: string) => {
      const beside = own.get(id);
      if (beside !== undefined) return beside;
      fileOf(id, measureIds);
      return measureOf(id);
    };
    const written = frameworkIn(yaml, {
      ids: [...measureIds, ...own.keys()].sort(),
      measure: (id) => measureFor(id).measure,
    });
    const { limits, answers, notApplicable, overrides } =
      configuration?.frameworks.get(written.id) ?? NOTHING_SAID;
    const texts = whose === "packaged" ? translations()?.of("frameworks", written.id) : undefined;
    const framework = withLimits(
      texts === undefined
        ? written
        : translatedFramework(written, texts, (id) => measureFor(id).measure),
      limits,
    );
    const loaded = askedMeasures(framework).map((id) => [id, measureFor(id)] as const);
    const measures = loaded.map(([, { measure }]) => measure);
    const english =
      framework.scoring === "weighted" ? classesOf(measures, definitions(), shared) : [];
    const { classes, missing } = translations()?.classes(english) ?? {
      classes: english,
      missing: [],
    };
    const shown =
      framework.scoring === "weighted"
        ? loaded.flatMap(([id, { untranslated = [] }]) =>
            COUNTER_MEASURES.includes(id) ? [] : untranslated,
          )
        : [];
    return {
      framework,
      measures: [...measures, ...classHits(classes, definitions().definitions)],
      measureDigests: Object.fromEntries(loaded.map(([id, { digest }]) => [id, digest])),
      definitionsDigest: definitions().digest,
      classes,
      untranslated: [
        ...(texts?.missing ?? []).map((text) => `frameworks.${written.id}.${text}`),
        ...shown,
        ...missing,
      ],
      logSentences: translations()?.logSentences ?? new Map<string, string>(),
      overrides: [...shared, ...overrides],
      answers,
      notApplicable,
    };
  };
  const knownFramework = (id: string) => {
    const path = frameworkFiles.get(id);
    if (path !== undefined) return path;
    throw unknownReportType(id, frameworkIds);
  };
  const frameworkOf = onceEach((id) => {
    const path = knownFramework(id);
    const own = [...ownShelf(path)].map(([measure, file]) =>
      ownMeasure(read(file, "measure", "examples"), measure, file),
    );
    return resolved(read(path, "framework"), new Map(own), "packaged");
  });
  const knownMapping = (id: string) => {
    if (mappingFiles.has(id)) return id;
    throw new ComplianceError("invalid-option", `no mapping is called ${JSON.stringify(id)}`, {
      hint: didYouMean(id, mappingIds) ?? `Known mappings: ${mappingIds.join(", ")}.`,
    });
  };
  const mappingOf = onceEach((id) =>
    mappingIn(read(pathIn(mappingFiles, id), "mapping"), everyMeasureId),
  );
  return {
    frameworkIds,
    measureIds,
    everyMeasureId,
    mappingIds,
    mappings: () => mappingIds.map(mappingOf),
    mapping: (id) => mappingOf(knownMapping(id)),
    mappingFile: (id) => pathIn(mappingFiles, knownMapping(id)),
    loadMapping: (source) => mappingIn(parseAndCheckForm(source, "mapping"), everyMeasureId),
    definitions,
    measure: (id) => loadPackaged(parseAndCheckForm(fileOf(id, everyMeasureId), "measure")),
    askedMeasure: (id) => measureOf(id).measure,
    loadMeasure: (source) => load(parseAndCheckForm(source, "measure")),
    loadFramework: (source) =>
      resolved(parseAndCheckForm(source, "framework"), ownMeasures(source), "the user's"),
    framework: frameworkOf,
    frameworkFile: knownFramework,
    frameworks: () =>
      frameworkIds.map((id) => summaryOf(read(pathIn(frameworkFiles, id), "framework"), id)),
  };
}

/** A framework whose criteria ask with the limits that its user set for them. */
function withLimits(framework: Framework, limits: FrameworkSettings["limits"]): Framework {
  if (framework.scoring === "points" || limits.size === 0) return framework;
  const criteria = framework.criteria.map((criterion) => {
    const own = limits.get(criterion.id);
    if (own === undefined) return criterion;
    const ask = (asked: AskedMeasure): AskedMeasure => {
      const instead = own.get(asked.measure);
      return instead === undefined ? asked : { ...asked, limits: instead };
    };
    const { decisive, supporting } = criterion;
    return { ...criterion, decisive: decisive.map(ask), supporting: supporting.map(ask) };
  });
  return { ...framework, criteria };
}

/** Measures in the folder beside a framework's file. */
function ownShelf(frameworkFile: string): ReadonlyMap<string, string> {
  return filesOn(join(dirname(frameworkFile), "measures"), "optional");
}

/** The path of an id that exists. */
function pathIn(files: ReadonlyMap<string, string>, id: string): string {
  return files.get(id) ?? "";
}

function unknownReportType(id: string, known: readonly string[]): ComplianceError {
  return new ComplianceError(
    "unknown-report-type",
    `expected a report type out of ${known.join(", ")}, got ${JSON.stringify(id)}`,
    { hint: didYouMean(id, known) ?? `Choose one of ${known.join(", ")}.` },
  );
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
