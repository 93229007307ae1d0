// What lies on a shelf, by file names alone.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { ComplianceError } from "../model/error.ts";
import { FRAMEWORK_FILE } from "./file-name.ts";

/** How the names of catalog files end. */
export const SUFFIX = ".yaml";

/**
 * Paths of the YAML files in a folder by their ids, sorted.
 *
 * @param need whether a catalog without this folder is an empty one or none at all
 * @throws ComplianceError `unreadable-source` when a required folder is missing
 */
export function filesOn(
  folder: string,
  need: "required" | "optional" = "required",
): ReadonlyMap<string, string> {
  return sorted(
    namesIn(folder, need)
      .filter((name) => name.endsWith(SUFFIX))
      .map((name) => [name.slice(0, -SUFFIX.length), join(folder, name)]),
  );
}

/**
 * Paths of the frameworks in a folder by their ids, sorted: files, and folders that hold a
 * framework.yaml.
 *
 * @throws ComplianceError `unreadable-source` when the folder is missing, `invalid-catalog`
 *   when an id has both a file and a folder
 */
export function frameworksOn(folder: string): ReadonlyMap<string, string> {
  const files = filesOn(folder);
  const folders = namesIn(folder, "required")
    .map((name) => [name, join(folder, name, FRAMEWORK_FILE)] as const)
    .filter(([name, path]) => !name.endsWith(SUFFIX) && existsSync(path));
  for (const [id, path] of folders) {
    if (!files.has(id)) continue;
    throw new ComplianceError("invalid-catalog", `two frameworks are called "${id}"`, {
      hint: "Keep the file or the folder, not both.",
      location: { file: path },
    });
  }
  return sorted([...files, ...folders]);
}

function sorted(entries: (readonly [string, string])[]): Map<string, string> {
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function namesIn(folder: string, need: "required" | "optional"): string[] {
  try {
    return readdirSync(folder);
  } catch (cause) {
    if (need === "optional") return [];
    throw new ComplianceError("unreadable-source", `expected a folder at ${folder}`, {
      cause,
      hint: "A catalog's root holds definitions.yaml, measures/ and frameworks/.",
    });
  }
}
