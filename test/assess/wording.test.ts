import { describe, expect, test } from "vitest";
import { fill } from "../../src/assess/wording.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { Observation } from "../../src/model/observation.ts";
import { counted, grouped, rated, silent, topped } from "./made.ts";

describe("placeholders", () => {
  test.each<[string, Observation, string]>([
    ["{population}", counted(1204, 0), "1,204"],
    ["{population:action}", counted(1204, 0), "1,204 actions"],
    ["{population:action}", counted(1, 0), "1 action"],
    ["{population:action}", counted(0, 0), "0 actions"],
    ["{population:entry|entries}", counted(1, 0), "1 entry"],
    ["{population:entry|entries}", counted(2, 0), "2 entries"],
    ["{population:HIGH or CRITICAL action}", counted(2, 0), "2 HIGH or CRITICAL actions"],
    ["{exceptions:time}", silent(5, [1]), "1 time"],
    ["{exception_share}", counted(8, 1), "12.5 %"],
    ["{exception_share}", counted(0, 0), "no share"],
    ["{part} {rest} {share}", rated(3, 2), "2 1 66.7 %"],
    ["{rest:action}", rated(3, 2), "1 action"],
    ["{groups:agent}: {group_list}", grouped({ a: 1200, b: 3 }), "2 agents: a 1,200 and b 3"],
    ["{group_list}", grouped({}), "none"],
    ["{group_list}", grouped({ "": 4 }), "(unrecorded) 4"],
    [
      "{group_list}",
      grouped({ a: 6, b: 5, c: 4, d: 3, e: 2, f: 1, g: 1 }),
      "a 6, b 5, c 4, d 3, e 2 and 2 more",
    ],
    ["{top} {top_count} {share} {groups}", topped(4, "read", 3), "read 3 75 % 1"],
    ["{top} {top_count} {share} {groups}", topped(4), "none 0 0 % 0"],
    ["{top}", topped(4, "", 1), "(unrecorded)"],
    ["{longest}", silent(5, [3_600_000_001, 7]), "1 hour 0.000001 seconds"],
    ["  {population}\n", counted(1, 0), "1"],
    ["no placeholder", counted(1, 0), "no placeholder"],
    ["{ population } {Population} {}", counted(1, 0), "{ population } {Population} {}"],
    ["{share}", counted(1, 0), "–"],
    ["{longest}", counted(1, 0), "–"],
    ["{top}", rated(1, 0), "–"],
    ["{unknown:word}", rated(1, 0), "–"],
  ])("%s", (template, observation, expected) => {
    expect(fill(template, observation)).toBe(expected);
  });

  test("a share stands off the limits that are given, and the rest off what they mean for it", () => {
    expect(fill("{share}", rated(100_000, 57_004), [0.57])).toBe("57.004 %");
    expect(fill("{exception_share}", rated(100_000, 57_004), [0.57])).toBe("42.996 %");
    expect(fill("{share}", rated(10_000, 2_899), [0.29])).toBe("28.99 %");
  });
});

function named(ids: readonly unknown[], exceptions = ids.length): string {
  const exceptionEntries = ids.map((id) => ({ id }) as AuditEntry);
  return fill("{first}", { ...counted(100, exceptions), exceptionEntries });
}

describe("the first exceptions", () => {
  test.each<[unknown[], string]>([
    [[], "no entry"],
    [[3], "entry 3"],
    [[3, 17], "entries 3 and 17"],
    [[3, 17, "x-1"], "entries 3, 17 and x-1"],
    [[1, 2, 3, 4, 5], "entries 1, 2, 3, 4 and 5"],
    [[1, 2, 3, 4, 5, 6, 7], "entries 1, 2, 3, 4, 5 and 2 more"],
    [[0, null], "entries 0 and without id"],
  ])("%j", (ids, expected) => {
    expect(named(ids)).toBe(expected);
  });

  test("the number is the full one, also beyond the fifty that are listed", () => {
    expect(
      named(
        Array.from({ length: 50 }, (_, id) => id),
        12_345,
      ),
    ).toBe("entries 0, 1, 2, 3, 4 and 12,340 more");
  });
});

describe("text from the log", () => {
  test("is never read as a template", () => {
    const hostile = "{population} $& $1 $' {first}";
    expect(fill("[{top}] {population}", topped(4, hostile, 1))).toBe(`[${hostile}] 4`);
    expect(fill("{group_list}", grouped({ [hostile]: 2 }))).toBe(`${hostile} 2`);
  });

  test("is cut where it would drown the sentence, between characters", () => {
    const flood = fill("{top}", topped(4, "🔒".repeat(100_000), 1));
    expect(flood.length).toBeLessThan(200);
    expect(flood.startsWith("🔒".repeat(60))).toBe(true);
    expect(Buffer.from(flood).toString()).toBe(flood);
    expect(fill("{top}", topped(4, "x".repeat(60), 1))).toBe("x".repeat(60));
  });
});
