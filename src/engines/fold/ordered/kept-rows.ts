// The row that was kept last and differs from another row in every one of some fields: found
// among few, however many were kept.

import type { Codes } from "./ordered-log.ts";

export interface KeptRows {
  keep(key: number, row: number): void;
  /**
   * The last row kept under a key that differs from `row` in all fields. A field differs where
   * both record it, with different texts.
   */
  last(key: number, row: number): number | undefined;
}

/** @param size one more than the largest key */
export function keptRows(size: number, fields: readonly Codes[]): KeptRows {
  return fields.length === 0 ? lastOnly(size) : lastOfEach(size, fields);
}

function lastOnly(size: number): KeptRows {
  /** One more than the row. */
  const rows = new Uint32Array(size);
  return {
    keep(key, row) {
      rows[key] = row + 1;
    },
    last(key) {
      const row = rows[key] as number;
      return row === 0 ? undefined : row - 1;
    },
  };
}

function lastOfEach(size: number, fields: readonly Codes[]): KeptRows {
  /** The last first. */
  const rows = Array.from<readonly number[] | undefined>({ length: size });
  return {
    keep(key, row) {
      rows[key] = withLast(rows[key] ?? [], row, fields);
    },
    last: (key, row) =>
      rows[key]?.find((one) => fields.every(({ of }) => differs(of[one], of[row]))),
  };
}

/**
 * Adds a row. Of the others, those are kept that some row could still find: there must be texts
 * that differ from theirs in every field, while each later row has one of them. So few are: of
 * one field two rows, of two fields six, of k fields (2k)! / (k!)^2 (Bollobás's inequality).
 */
function withLast(
  rows: readonly number[],
  row: number,
  fields: readonly Codes[],
): readonly number[] {
  if (!fields.every(({ of }) => of[row] !== 0)) return rows;
  const kept: number[] = [];
  const open = fields.map(() => 0);
  for (const one of [row, ...rows]) if (isFindable(one, kept, fields, open)) kept.push(one);
  return kept;
}

/**
 * Whether texts can be chosen that hide all later rows from a search and not this one.
 *
 * @param chosen by field, the text that a searching row would have; 0 while open
 */
function isFindable(
  row: number,
  later: readonly number[],
  fields: readonly Codes[],
  chosen: readonly number[],
): boolean {
  const seen = later.find((one) => fields.every(({ of }, field) => of[one] !== chosen[field]));
  if (seen === undefined) return true;
  return fields.some(({ of }, field) => {
    const text = of[seen];
    if (chosen[field] !== 0 || text === undefined || text === of[row]) return false;
    return isFindable(row, later, fields, chosen.with(field, text));
  });
}

function differs(left: number | undefined, right: number | undefined): boolean {
  return left !== 0 && right !== 0 && left !== right;
}
