// Texts that Unicode cannot spell, as a ledger keeps them beside their columns.

import { ENTRY_FIELDS } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";

/** The exact texts of one entry by field; none when the cell holds none. */
export function exactTexts(cell: unknown): Partial<Record<EntryField, string>> {
  if (typeof cell !== "string") return {};
  const texts: Partial<Record<EntryField, string>> = {};
  let kept: unknown;
  try {
    kept = JSON.parse(cell);
  } catch {
    return {};
  }
  if (typeof kept !== "object" || kept === null) return {};
  for (const [field, text] of Object.entries(kept)) {
    if (Object.hasOwn(ENTRY_FIELDS, field) && typeof text === "string") {
      texts[field as EntryField] = text;
    }
  }
  return texts;
}
