// How a finding is headed.

import type { Result } from "../model/result.ts";

/** `CC6.1 Logical Access Security: FAIL`. Clause identifiers lead the title; kebab-case names would only repeat it. */
export function titleOf(
  { id, title }: { readonly id: string; readonly title: string },
  result: Result,
): string {
  const words = result.toUpperCase().replaceAll("_", " ");
  return /[A-Z0-9]/.test(id) ? `${id} ${title}: ${words}` : `${title}: ${words}`;
}
