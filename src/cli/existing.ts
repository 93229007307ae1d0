// What lies at a path, for decisions that are made before anything is opened.

import { statSync } from "node:fs";
import type { Stats } from "node:fs";

/** What is there, through symbolic links; undefined when there is nothing that can be looked at. */
export function existing(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
