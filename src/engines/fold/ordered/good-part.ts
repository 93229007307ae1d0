// The numbers of kinds whose exceptions are the rest of a part.

import { wilson } from "../numbers.ts";

/** `part`, `share` and `share_low`; of nothing there is no share. */
export function goodPart(part: number, whole: number): Readonly<Record<string, number>> {
  if (whole === 0) return { part };
  return { part, share: part / whole, share_low: wilson(part, whole).low };
}
