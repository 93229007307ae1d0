// The file that keeps the records which became no entry.

import { rejectedFile as openRejectedFile } from "../index.ts";
import type { RejectedFile } from "../index.ts";

/** The file, when one was asked for. Without any rejected record, none is written. */
export function rejectedFile(path: string | undefined): RejectedFile | undefined {
  return path === undefined ? undefined : openRejectedFile(path);
}
