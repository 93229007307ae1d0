// Entries as they are shown to others: secrets and personal data masked, what the entry is found
// by as it stands in the log.

import type { AuditEntry } from "../model/audit-entry.ts";
import { maskJsonText, maskValue } from "./mask-value.ts";

/** By these, whoever may see the log finds the entry. */
const KEPT: ReadonlySet<string> = new Set(["id", "timestamp", "source", "chain_depth"]);

/**
 * Masks every text of an entry, and structured values by their members' names, but not its id,
 * its time and its place. An entry with nothing to mask is returned as it is.
 *
 * @param onMasked told of each text or value in which something is masked, as it stood in the log
 */
export function maskEntry(entry: AuditEntry, onMasked?: (original: unknown) => void): AuditEntry {
  return maskWith(maskField, entry, onMasked);
}

/** Texts that are remembered: agents, rules and types of actions come again and again. */
const LONGEST_REMEMBERED = 200;
const MOST_REMEMBERED = 10_000;

/** {@link maskEntry} for many entries: it remembers the short texts that it has seen. */
export function entryMask(): (entry: AuditEntry) => AuditEntry {
  const known = new Map<string, string>();
  const remembered = (value: unknown): unknown => {
    if (typeof value !== "string" || value.length > LONGEST_REMEMBERED) return maskField(value);
    const seen = known.get(value);
    if (seen !== undefined) return seen;
    const masked = maskJsonText(value);
    if (known.size >= MOST_REMEMBERED) known.clear();
    known.set(value, masked);
    return masked;
  };
  return (entry) => maskWith(remembered, entry);
}

function maskField(value: unknown): unknown {
  return typeof value === "string" ? maskJsonText(value) : maskValue(value);
}

function maskWith(
  mask: (value: unknown) => unknown,
  entry: AuditEntry,
  onMasked?: (original: unknown) => void,
): AuditEntry {
  let changed: Record<string, unknown> | undefined;
  for (const [field, value] of Object.entries(entry) as [string, unknown][]) {
    if (KEPT.has(field) || value === null || value === undefined || value === "") continue;
    const masked = mask(value);
    if (masked === value) continue;
    changed ??= { ...entry };
    changed[field] = masked;
    onMasked?.(value);
  }
  return changed ?? entry;
}
