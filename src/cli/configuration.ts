// The configuration that lies in the current folder.

import { existing } from "./existing.ts";

const USUAL_CONFIGURATION = "aegis-compliance.yaml";

/** Taken when none is named. The report names it. */
export function usualConfiguration(): string | undefined {
  return existing(USUAL_CONFIGURATION) === undefined ? undefined : USUAL_CONFIGURATION;
}
