import { describe, expect, test } from "vitest";
import { fill as fillIn } from "../../src/assess/wording.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { Observation } from "../../src/model/observation.ts";
import { counted, grouped, rated, silent, topped } from "./made.ts";

/** In English. */
function fill(
  template: string,
  observation: Observation,
  limits: readonly number[] = [],
  shares: readonly string[] = [],
): string {
  return fillIn(template, observation, ENGLISH, limits, shares);
}

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
    ["{share}", counted(1, 0), "no share"],
    ["{longest}", counted(1, 0), "no figure"],
    ["{top}", rated(1, 0), "no figure"],
    ["{unknown:word}", rated(1, 0), "no figure"],
  ])("%s", (template, observation, expected) => {
    expect(fill(template, observation)).toBe(expected);
  });

  test("a share stands off the limits that are given, and the rest off what they mean for it", () => {
    expect(fill("{share}", rated(100_000, 57_004), [0.57])).toBe("57.004 %");
    expect(fill("{exception_share}", rated(100_000, 57_004), [0.57])).toBe("42.996 %");
    expect(fill("{share}", rated(10_000, 2_899), [0.29])).toBe("28.99 %");
  });
});

describe("numbers that a measure names", () => {
  const base = counted(10, 1);
  const seen = (numbers: Readonly<Record<string, number>>, kind = "count"): Observation =>
    ({ ...base, kind, groups: [], numbers }) as unknown as Observation;

  test.each<[string, Observation, string]>([
    [
      "{critical_exceptions:critical action}",
      seen({ critical_exceptions: 2 }),
      "2 critical actions",
    ],
    ["{critical_exceptions}", seen({ critical_exceptions: 1200 }), "1,200"],
    ["{high_share}", seen({ high_share: 0.5 }), "50 %"],
    ["{high_share}", seen({ high_share: 2 / 3 }), "66.7 %"],
    [
      "{high_share_low} {share_low} {share_high}",
      seen({ high_share_low: 0.25, share_low: 1, share_high: 0 }),
      "25 % 100 % 0 %",
    ],
    ["{inversion}", seen({ inversion: 0.125 }), "12.5 %"],
    ["{high_share}", seen({}), "no share"],
    ["{share}", seen({ share: 0.3 }), "30 %"],
    ["{percentile_seconds}", seen({ percentile_seconds: 3600.000001 }), "1 hour 0.000001 seconds"],
    ["{reach_days}", seen({ reach_days: 182.999 }), "182.9 days"],
    ["{reach_days}", seen({ reach_days: 1 }), "1 day"],
    ["{active_days:day}", seen({ active_days: 1 }, "distinct"), "1 day"],
    ["{active_days}", seen({ active_days: 1200 }, "distinct"), "1,200"],
    ["{p99}", seen({ p99: 7 }), "7"],
    ["{times_recovery}", seen({ times_recovery: 4 / 3 }), "1.33"],
    ["{times_recovery}", seen({ times_recovery: 1.0001 }), "1.0001"],
    ["{times_recovery}", seen({ times_recovery: 1.000_000_04 }), "1"],
    ["{median}", seen({ median: 2.5 }), "2.5"],
    ["{median}", seen({ median: 0 }), "0"],
    ["{rest}", seen({ part: 9 }), "1"],
    ["{rest} {constructor} {top_count}", seen({}), "no figure no figure no figure"],
    ["{group_list}", { ...base, kind: "distinct", groups: [{ key: "a", count: 3 }] }, "a 3"],
    [
      "{group_list}",
      {
        ...base,
        kind: "set-difference",
        groups: [{ key: "a", count: 3 }],
        numbers: { unknown: 9 },
      },
      "a 3 and 8 more",
    ],
    ["{group_list}", { ...base, kind: "set-difference", groups: [{ key: "a", count: 3 }] }, "a 3"],
    ["{first}", { ...base, kind: "policy-lint", exceptions: 0, rules: [] }, "no rule"],
    ["{first}", { ...base, kind: "policy-lint", rules: [{ rule: "r", message: "" }] }, "rule r"],
    [
      "{first}",
      {
        ...base,
        kind: "policy-lint",
        exceptions: 3,
        rules: [{ message: "" }, { rule: "r", message: "" }],
      },
      "rules defaults, r and more",
    ],
    [
      "{first}",
      {
        ...base,
        kind: "policy-lint",
        exceptions: 8,
        rules: ["a", "a", "b", "c", "d", "e", "f", "b"].map((rule) => ({ rule, message: "" })),
      },
      "rules a, b, c, d, e and 1 more",
    ],
    [
      "{first}",
      {
        ...base,
        kind: "policy-lint",
        exceptions: 2,
        rules: [
          { rule: "r", message: "1" },
          { rule: "r", message: "2" },
        ],
      },
      "rule r",
    ],
  ])("%s", (template, observation, expected) => {
    expect(fill(template, observation)).toBe(expected);
  });

  test("a named share stands off the limits too, whatever it is called", () => {
    expect(fill("{odd}", seen({ odd: 0.949_99 }), [0.95], ["odd"])).toBe("94.999 %");
    expect(fill("{odd}", seen({ odd: 0.949_99 }), [0.95])).toBe("0.95");
    expect(fill("{odd}", seen({}), [], ["odd"])).toBe("no share");
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
