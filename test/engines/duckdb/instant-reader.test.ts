import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InstantReader } from "../../../src/engines/duckdb/instant-reader.ts";
import { isNaive, parseInstant } from "../../../src/model/instant.ts";

const two = (most: number) =>
  fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, "0"));
const usual = fc
  .tuple(
    fc.constantFrom("2026-01-01", "2026-02-29", "2024-02-29", "1899-12-31", "2199-12-31"),
    fc.constantFrom("T", " ", "t"),
    two(25),
    two(61),
    two(61),
    fc.constantFrom("", ".", ".5", ".123456", ".999999", ".1234567", ".123456789", ".1234567890"),
    fc.constantFrom(
      "",
      "Z",
      "z",
      "+00:00",
      "-00:00",
      "+0000",
      "+02:00",
      "-14:59",
      "+15:00",
      "+1:00",
    ),
  )
  .map(([day, middle, hour, minute, second, fraction, offset]) => {
    return `${day}${middle}${hour}:${minute}:${second}${fraction}${offset}`;
  });
/** A time with one byte changed, or none at all. */
const odd = fc.oneof(
  fc
    .tuple(usual, fc.nat(35), fc.constantFrom("0", "9", ":", ".", "-", "x", "é", "/", ""))
    .map(([text, at, byte]) => text.slice(0, at) + byte + text.slice(at + 1)),
  fc.string({ maxLength: 30 }),
  fc.constantFrom("", "soon", "2026-01-01", "🔒"),
);

describe("InstantReader", () => {
  test("reads what parseInstant reads, whatever came before", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 3, arbitrary: usual }, odd), { minLength: 1, maxLength: 30 }),
        fc.boolean(),
        (texts, again) => {
          const all = again ? texts.flatMap((text) => [text, text]) : texts;
          const bytes = Buffer.from(all.join(""));
          const reader = new InstantReader();
          let at = 0;
          for (const text of all) {
            const end = at + Buffer.byteLength(text);
            const instant = reader.read(bytes, at, end);
            expect(instant).toBe(parseInstant(text));
            expect(Number.isNaN(instant) || reader.naive === isNaive(text)).toBe(true);
            at = end;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  test.each([
    ["2026-01-01T00:00:00.5Z", "2026-01-01T00:59:59.9Z"],
    ["2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00.00000"],
    ["2026-01-01T00:00:00.00000", "2026-01-01T00:00:00+00:00"],
    ["2026-01-01T00:00:00.123Z", "2026-01-01T00:00:00.12ZZ"],
    ["2026-01-01T00:00:00.12+0100", "2026-01-01T00:00:00.123+010"],
    ["2026-01-01T00:00:00Z", "2026-01-01T00:60:00Z"],
  ])("%s, then %s", (first, second) => {
    const bytes = Buffer.from(first + second);
    const reader = new InstantReader();
    expect(reader.read(bytes, 0, first.length)).toBe(parseInstant(first));
    expect(reader.read(bytes, first.length, bytes.length)).toBe(parseInstant(second));
  });
});
