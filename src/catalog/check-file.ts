// Checks one catalog file that somebody is writing, whatever its kind.

import { basename } from "node:path";
import { loadCatalog } from "./catalog.ts";
import type { Catalog } from "./catalog.ts";
import { definitionsIn } from "./definitions-file.ts";
import { checkForm } from "./file-schema.ts";
import type { FileKind } from "./file-schema.ts";
import { parseYamlFile } from "./yaml-file.ts";

/** What a checked file turned out to be. */
export interface CheckedFile {
  readonly kind: FileKind;
  /** Id of the measure, framework or mapping; absent for definitions. */
  readonly id?: string;
}

/**
 * Checks a measure, a framework, a mapping or a definitions file. Which it is, its keys say: a
 * framework has `criteria`, a mapping says how to `recognise` its format, a measure has a
 * `kind`; definitions stand in a file of that name.
 *
 * @param catalog where the words and measures that the file uses come from
 * @throws ComplianceError `unreadable-source`, or `invalid-catalog` with line and column
 */
export function checkFile(path: string, catalog: Catalog = loadCatalog()): CheckedFile {
  if (basename(path) === "definitions.yaml") {
    const words = parseYamlFile(path);
    checkForm(words, "definitions");
    definitionsIn(words);
    return { kind: "definitions" };
  }
  const yaml = parseYamlFile(path);
  const keys = typeof yaml.value === "object" && yaml.value !== null ? yaml.value : {};
  if ("criteria" in keys) {
    return { kind: "framework", id: catalog.loadFramework(path).framework.id };
  }
  if ("recognise" in keys || "never" in keys) {
    return { kind: "mapping", id: catalog.loadMapping(path).id };
  }
  if ("kind" in keys || "population" in keys) {
    return { kind: "measure", id: catalog.loadMeasure(path).measure.id };
  }
  throw yaml.refuse(
    [],
    'expected a framework with "criteria", a measure with a "kind" or a mapping with "recognise"',
    {
      hint: "Definitions stand in a file called definitions.yaml.",
    },
  );
}
