// Calendar days in framework files.

import { parseInstant } from "../../model/instant.ts";
import type { Path, YamlFile } from "../yaml-file.ts";

/**
 * Refuses a date that no calendar has.
 *
 * @throws ComplianceError `invalid-catalog`
 */
export function checkDate(yaml: YamlFile, path: Path, date: string): void {
  if (!Number.isNaN(parseInstant(`${date}T00:00:00Z`))) return;
  throw yaml.refuse(path, `expected a date such as 2026-11-01, got ${JSON.stringify(date)}`);
}
