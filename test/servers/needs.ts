// Suites that need a server: skipped where it cannot be had, with the reason in their name.

import { describe } from "vitest";
import { missing } from "./available.ts";
import type { ServerName } from "./available.ts";
import { WANTING } from "./summary.ts";

/**
 * `describe`, or `describe.skip` where one of the servers cannot be started; the line at the end of
 * the run counts the skipped.
 *
 *     describeWith(["postgresql"], "reads a table", () => { … });
 */
export function describeWith(
  servers: readonly ServerName[],
  name: string,
  tests: () => void,
): void {
  const reasons = servers.map(missing).filter((reason) => reason !== undefined);
  const wanting = reasons.length === 0 ? "" : ` (${WANTING}${reasons.join("; ")})`;
  describe.skipIf(wanting !== "")(`${name}${wanting}`, () => {
    tests();
  });
}
