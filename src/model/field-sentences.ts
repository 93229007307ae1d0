// Fields that a log lacks, in words.

import type { EntryField } from "./audit-entry.ts";
import { formatList } from "./figures.ts";

/** `The log records neither a nor b, without which this cannot be decided.` */
export function fieldsLacking(fields: readonly EntryField[]): string {
  return `The log ${lacks(fields)}, without which this cannot be decided.`;
}

function lacks(fields: readonly EntryField[]): string {
  const [first = "", second = ""] = fields;
  if (fields.length === 1) return `does not record ${first}`;
  if (fields.length === 2) return `records neither ${first} nor ${second}`;
  return `records none of ${formatList(fields)}`;
}

/** `Record a and b with every action.` */
export function fieldsToRecord(fields: readonly EntryField[]): string {
  return `Record ${formatList(fields)} with every action.`;
}
