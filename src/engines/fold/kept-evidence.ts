// Evidence of entries that cannot be looked up again and that no list holds yet, because only
// the end of the log tells which of them are exceptions. Kept in columns, values that repeat
// themselves once: an object for each entry would take ten times the memory.

import { EVIDENCE_FIELDS } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { PlacedEntry } from "./accumulator.ts";

/** Some thousand entries as columns. Plain data. */
interface Chunk {
  length: number;
  readonly positions: Float64Array;
  readonly parts: Uint32Array;
  readonly lines: Float64Array;
  /** One a field: codes of its values, or the values. */
  readonly fields: (Uint32Array | unknown[])[];
}

/** What was kept of one stretch of the log, in its order. Plain data. */
export interface Stretch {
  readonly chunks: Chunk[];
  /** One a field: the values by their codes. */
  readonly values: readonly unknown[][];
}

export interface KeptEvidence {
  /** Keeps an entry. Its position is larger than that of any that was kept before. */
  keep(entry: AuditEntry | PlacedEntry, position: number): void;
  readonly state: readonly Stretch[];
  merge(other: readonly Stretch[]): void;
  /** The entry at a position, or undefined when none was kept. */
  at(position: number): PlacedEntry | undefined;
}

const ROWS = 16_384;
/** With more different values a field is not coded. */
const MOST_VALUES = 65_536;

export function keptEvidence(): KeptEvidence {
  const own: Stretch = { chunks: [], values: EVIDENCE_FIELDS.map(() => []) };
  const codes = EVIDENCE_FIELDS.map(() => new Map<unknown, number>());
  const stretches: Stretch[] = [own];
  let chunk: Chunk | undefined;

  const nextChunk = (): Chunk => {
    chunk = {
      length: 0,
      positions: new Float64Array(ROWS),
      parts: new Uint32Array(ROWS),
      lines: new Float64Array(ROWS),
      fields: codes.map(({ size }) => (size < MOST_VALUES ? new Uint32Array(ROWS) : [])),
    };
    own.chunks.push(chunk);
    return chunk;
  };

  const codeOf = (field: number, value: unknown): number => {
    const known = codes[field]?.get(value);
    if (known !== undefined) return known;
    const values = own.values[field] as unknown[];
    codes[field]?.set(value, values.length);
    return values.push(value) - 1;
  };

  return {
    keep(entry, position) {
      const into = chunk === undefined || chunk.length === ROWS ? nextChunk() : chunk;
      const row = into.length;
      into.length = row + 1;
      into.positions[row] = position;
      into.parts[row] = (entry as PlacedEntry).part ?? 0;
      into.lines[row] = (entry as PlacedEntry).line ?? 0;
      for (let field = 0; field < EVIDENCE_FIELDS.length; field += 1) {
        const value = entry[EVIDENCE_FIELDS[field] as (typeof EVIDENCE_FIELDS)[number]];
        const column = into.fields[field] as Uint32Array | unknown[];
        column[row] = Array.isArray(column) ? value : codeOf(field, value);
      }
    },
    state: stretches,
    merge(other) {
      stretches.push(...other);
    },
    at(position) {
      for (const { chunks, values } of stretches) {
        const found = chunks.find((one) => (one.positions[one.length - 1] ?? -1) >= position);
        const row = found?.positions.subarray(0, found.length).indexOf(position) ?? -1;
        if (found === undefined || row < 0) continue;
        const entry: Record<string, unknown> = { part: found.parts[row], line: found.lines[row] };
        for (const [field, name] of EVIDENCE_FIELDS.entries()) {
          const column = found.fields[field] ?? [];
          entry[name] = Array.isArray(column)
            ? column[row]
            : values[field]?.[column[row] as number];
        }
        return entry as unknown as PlacedEntry;
      }
      return undefined;
    },
  };
}
