// A file on a shelf is found by its name, so the name must be the id inside.

import { basename, dirname, resolve } from "node:path";
import type { YamlFile } from "./yaml-file.ts";

/** Name of the file of a framework that has a folder of its own. */
export const FRAMEWORK_FILE = "framework.yaml";

/**
 * Refuses an id that differs from the file's name; text without a name has any id.
 *
 * @throws ComplianceError `invalid-catalog`
 */
export function checkFileName(yaml: YamlFile, id: string): void {
  if (yaml.file === undefined || basename(yaml.file) === `${id}.yaml`) return;
  throw yaml.refuse(
    ["id"],
    `expected the id to equal the file's name, got "${id}" in ${basename(yaml.file)}`,
    { hint: `Call the file ${id}.yaml, or change the id.` },
  );
}

/**
 * The same for a framework, which may also be called framework.yaml in a folder of its name.
 *
 * @throws ComplianceError `invalid-catalog`
 */
export function checkFrameworkName(yaml: YamlFile, id: string): void {
  if (yaml.file === undefined || basename(yaml.file) !== FRAMEWORK_FILE) {
    checkFileName(yaml, id);
    return;
  }
  const folder = basename(dirname(resolve(yaml.file)));
  if (folder === id) return;
  throw yaml.refuse(
    ["id"],
    `expected the id to equal the folder's name, got "${id}" in ${folder}`,
    {
      hint: `Call the folder ${id}, or change the id.`,
    },
  );
}
