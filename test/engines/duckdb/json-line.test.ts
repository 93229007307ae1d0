import * as fc from "fast-check";
import { expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { JsonLineScanner } from "../../../src/engines/duckdb/json-line.ts";
import { ownColumns } from "../../../src/engines/duckdb/own-columns.ts";
import type { OwnColumns } from "../../../src/engines/duckdb/own-columns.ts";
import { ENTRY_FIELD_NAMES, isRecorded } from "../../../src/model/audit-entry.ts";
import { jsonLine, ownEntry, style } from "./own-logs.ts";

const own = ownColumns(loadCatalog().mapping("aegis-jsonl")) as OwnColumns;
const all = new Set(ENTRY_FIELD_NAMES);

test("what is taken is what JSON.parse says, wherever in the bytes it stands", () => {
  let taken = 0;
  const keys = fc.shuffledSubarray([...ENTRY_FIELD_NAMES], { minLength: 2 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(ownEntry, keys, style, fc.nat(9), fc.nat(9)), {
        minLength: 1,
        maxLength: 6,
      }),
      fc.boolean(),
      (lines, looked) => {
        const scanner = new JsonLineScanner(own, { wanted: all, looked: looked ? all : new Set() });
        for (const [entry, order, written, before, behind] of lines) {
          const record = Object.fromEntries(
            order.filter((field) => field in entry).map((field) => [field, entry[field]]),
          );
          const line = jsonLine(record, written);
          // What stands around a line must not matter, nor that the bytes end with it.
          const bytes = Buffer.concat([
            Buffer.alloc(before, '"'),
            line,
            Buffer.from("\n"),
            Buffer.alloc(behind, '"'),
          ]);
          const end = scanner.scan(bytes, before, false);
          if (end < 0) continue;
          taken += 1;
          const { row } = scanner;
          const said = JSON.parse(line.toString()) as Record<string, unknown>;
          expect(end).toBe(before + line.length);
          for (const [slot, field] of ENTRY_FIELD_NAMES.entries()) {
            expect(row.valueOf(slot)).toStrictEqual(said[field]);
            expect((row.present >> slot) & 1).toBe(field in said ? 1 : 0);
            expect((row.recorded >> slot) & 1).toBe(isRecorded(field, said[field]) ? 1 : 0);
          }
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(taken).toBeGreaterThan(100);
});

test("a line that is cut off anywhere is not taken, nor is anything behind the bytes read", () => {
  const line = '{"id":1,"session_id":"s","timestamp":"soon","action_params":{"a":[true,null]}}\n';
  for (let length = 0; length < line.length; length += 1) {
    const scanner = new JsonLineScanner(own, { wanted: all, looked: all });
    expect(scanner.scan(Buffer.from(line), 0, true)).toBe(line.length - 1);
    expect(scanner.scan(Buffer.from(line.slice(0, length)), 0, true)).toBe(-1);
    expect(scanner.scan(Buffer.from(`${line.slice(0, length)}\n`), 0, true)).toBe(
      length === line.length - 1 ? length : -1,
    );
  }
});

test.each(["\\", "\n", "\u0000", "\u001f"])(
  "no string holds %j as it is, at any place",
  (special) => {
    for (let at = 0; at < 12; at += 1) {
      const line = `{"session_id":"${"é".repeat(at % 3)}${"x".repeat(at)}${special}","id":1}\n`;
      const scanner = new JsonLineScanner(own, { wanted: all, looked: all });
      expect(scanner.scan(Buffer.from(line), 0, false)).toBe(-1);
    }
  },
);

test("a string ends at its quote, at any place", () => {
  for (let at = 0; at < 12; at += 1) {
    const text = `${"é".repeat(at % 3)}${"\u007f".repeat(at)}`;
    const line = `{"session_id":"${text}","id":1}\n`;
    const scanner = new JsonLineScanner(own, { wanted: all, looked: all });
    expect(scanner.scan(Buffer.from(line), 0, false)).toBe(Buffer.byteLength(line) - 1);
    expect(scanner.row.valueOf(ENTRY_FIELD_NAMES.indexOf("session_id"))).toBe(text);
  }
});
