// Records of logs and what can go wrong with their bytes, for fuzzing whatever reads logs.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as fc from "fast-check";

/** The real logs beside the project; they may be absent. */
export const REAL_LOGS = fileURLToPath(new URL("../../../shared/data/logs/", import.meta.url));
export const HAS_REAL_LOGS = existsSync(REAL_LOGS);

/** One change to a record's bytes. */
export interface Mutation {
  /** Which record of the pool it is made from. */
  readonly base: number;
  readonly kind: keyof typeof CHANGES;
  /** Where, and with what: taken modulo what is possible. */
  readonly at: number;
  readonly size: number;
}

/** Bytes that mean something in JSON, CSV or UTF-8. */
const SPECIAL = Buffer.from('"\\{}[],:\n\r\t \0\u00e9\ufeff\u2028', "utf8");
const BROKEN = [0xff, 0xc0, 0x80, 0xed, 0xa0];
const SNIPPETS = [
  '"a":1,"a":2,',
  '"\\u0061":1,"a":2,',
  '"__proto__":{"x":1},',
  "12345678901234567890",
  "1e999",
  '"\\ud800"',
  "[[[[[[",
  '""',
  '","',
  "\r\n",
  '{"nested":{"nested":{}}}',
].map((text) => Buffer.from(text));

const CHANGES = {
  none: (record: Buffer) => record,
  flip: (record: Buffer, at: number, size: number) => {
    const copy = Buffer.from(record);
    if (copy.length > 0) {
      const index = at % copy.length;
      copy[index] = (copy[index] ?? 0) ^ (1 << (size % 8));
    }
    return copy;
  },
  cut: (record: Buffer, at: number) => record.subarray(0, at % (record.length + 1)),
  behead: (record: Buffer, at: number) => record.subarray(at % (record.length + 1)),
  delete: (record: Buffer, at: number, size: number) => {
    const index = at % (record.length + 1);
    return Buffer.concat([record.subarray(0, index), record.subarray(index + 1 + (size % 8))]);
  },
  repeat: (record: Buffer, at: number, size: number) => {
    const index = at % (record.length + 1);
    const end = index + (size % 64);
    return Buffer.concat([record.subarray(0, end), record.subarray(index)]);
  },
  special: (record: Buffer, at: number, size: number) =>
    inserted(record, at, SPECIAL.subarray(size % SPECIAL.length, (size % SPECIAL.length) + 1)),
  broken: (record: Buffer, at: number, size: number) =>
    inserted(record, at, Buffer.from([BROKEN[size % BROKEN.length] ?? 0])),
  snippet: (record: Buffer, at: number, size: number) =>
    inserted(record, at, SNIPPETS[size % SNIPPETS.length] ?? Buffer.alloc(0)),
  member: (record: Buffer, _at: number, size: number) =>
    inserted(record, 1, SNIPPETS[size % 3] ?? Buffer.alloc(0)),
} as const;

function inserted(record: Buffer, at: number, bytes: Buffer): Buffer {
  const index = at % (record.length + 1);
  return Buffer.concat([record.subarray(0, index), bytes, record.subarray(index)]);
}

/** A mutated record. */
export function mutate(pool: readonly Buffer[], { base, kind, at, size }: Mutation): Buffer {
  return CHANGES[kind](pool[base % pool.length] ?? Buffer.alloc(0), at, size);
}

/** Changes, one for each record wanted. */
export function mutations(count: number): fc.Arbitrary<readonly Mutation[]> {
  const mutation = fc.record({
    base: fc.nat(0xffff),
    kind: fc.constantFrom(...(Object.keys(CHANGES) as (keyof typeof CHANGES)[])),
    at: fc.nat(0xffff),
    size: fc.nat(0xffff),
  });
  return fc.array(mutation, { minLength: count, maxLength: count });
}

/** Objects as compact JSON, as Python writes them, and with everything escaped. */
export const jsonRecord: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.dictionary(fc.string({ unit: "binary", maxLength: 8 }), fc.jsonValue({ maxDepth: 2 }), {
      maxKeys: 5,
    }),
    fc.constantFrom("compact", "spaced", "escaped"),
  )
  .map(([value, style]) => Buffer.from(jsonText(value, style)));

function jsonText(value: unknown, style: "compact" | "spaced" | "escaped"): string {
  const text = JSON.stringify(value);
  if (style === "compact") return text;
  if (style === "spaced") return text.replaceAll(/("(?:[^"\\]|\\.)*")|([:,])/g, "$1$2 ");
  return text.replaceAll(
    /[^ -~]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** A cell as RFC 4180 writes it, in quotes where it must be and sometimes where it need not. */
export function csvCell(text: string, quoted: boolean): string {
  return quoted || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Cells that hold whatever a CSV cell may hold. */
export const cells = (columns: number): fc.Arbitrary<readonly string[]> =>
  fc.array(
    fc.oneof(
      fc.string({ unit: "binary", maxLength: 12 }),
      fc.constantFrom("", '"', ",", "\n", "\r\n", "a\nb", ' "x" ', "2026-01-01", "1,2"),
    ),
    { minLength: columns, maxLength: columns },
  );

/** Rows of three cells, without the line's end. */
export const csvRecord: fc.Arbitrary<Buffer> = fc
  .tuple(cells(3), fc.boolean())
  .map(([row, quoted]) => Buffer.from(row.map((cell) => csvCell(cell, quoted)).join(",")));

/** The lines of a real log, as records. */
export function realLines(file: string): readonly Buffer[] {
  return readFileSync(`${REAL_LOGS}${file}`, "latin1")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => Buffer.from(line, "latin1"));
}

/** The items of a real JSON list, as records in their own layout. */
export function realItems(file: string): readonly Buffer[] {
  const items = JSON.parse(readFileSync(`${REAL_LOGS}${file}`, "utf8")) as readonly unknown[];
  return items.map((item) => Buffer.from(JSON.stringify(item, null, 2)));
}
