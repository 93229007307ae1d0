// Checks one catalog file that somebody is writing, whatever its kind.

import { basename } from "node:path";
import { loadCatalog } from "./catalog.ts";
import type { Catalog } from "./catalog.ts";
import { CONFIGURATION_FILE } from "./configuration.ts";
import { loadConfiguration } from "./configuration-file.ts";
import { definitionsIn } from "./definitions-file.ts";
import { checkForm } from "./file-schema.ts";
import type { FileKind } from "./file-schema.ts";
import { parseYamlFile } from "./yaml-file.ts";

/** What a checked file turned out to be. */
export interface CheckedFile {
  readonly kind: FileKind;
  /** Id of the measure, framework or mapping; absent for definitions and configurations. */
  readonly id?: string;
}

/**
 * Checks a measure, a framework, a mapping, a definitions file or a configuration. Which it is,
 * its keys say: a framework has `criteria`, a mapping says how to `recognise` its format, a
 * measure has a `kind`; definitions and configurations stand in files of their names.
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
  if (basename(path) === CONFIGURATION_FILE) {
    loadConfiguration(path, catalog);
    return { kind: "configuration" };
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
      hint: `Definitions stand in definitions.yaml, a configuration in ${CONFIGURATION_FILE}.`,
    },
  );
}
