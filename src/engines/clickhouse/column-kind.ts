// What a type of ClickHouse holds.

import type { ColumnKind } from "../sql/log-table.ts";

/** The kind of a column, whatever wraps its type. */
export function columnKind(type: string): ColumnKind {
  const bare = unwrapped(type);
  // Wider whole numbers are read as text, as a number's fields have none so large.
  if (/^U?Int(?:8|16|32|64)$/.test(bare)) return "integer";
  if (/^DateTime(?:64)?(?:\(|$)/.test(bare)) return "timestamp";
  if (/^(?:JSON|Object)(?:\(|$)/.test(bare)) return "json";
  return bare === "String" ? "text" : "other";
}

function unwrapped(type: string): string {
  const inner = /^(?:Nullable|LowCardinality)\((.*)\)$/s.exec(type)?.[1];
  return inner === undefined ? type : unwrapped(inner);
}
