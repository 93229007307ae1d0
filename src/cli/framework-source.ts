// The framework that a word on the command line stands for.

import { loadCatalog } from "../index.ts";
import type { ResolvedFramework } from "../index.ts";

/**
 * A framework of the shelf by its id, or one's own by the path of its file.
 *
 * @throws ComplianceError `unknown-report-type`, `unreadable-source`, `invalid-catalog`
 */
export function frameworkNamed(name: string): ResolvedFramework {
  const catalog = loadCatalog();
  return /\.ya?ml$/.test(name) ? catalog.loadFramework(name) : catalog.framework(name);
}
