// A file on a shelf is found by its name, so the name must be the id inside.

import { basename } from "node:path";
import type { YamlFile } from "./yaml-file.ts";

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
