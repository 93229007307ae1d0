// What a measure's file of each kind means: what it asks, and what its answer rests on.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { repeated } from "../../src/catalog/measure/repeat.ts";
import { numbersOf, placeholdersOf } from "../../src/catalog/observed-numbers.ts";
import { parseInstant } from "../../src/model/instant.ts";
import type { MeasureKind } from "../../src/model/measure.ts";
import { KINDS, fileOf, measureOf } from "./kinds.ts";
import { broken } from "./written.ts";

const catalog = loadCatalog();
const load = (text: string) => catalog.loadMeasure({ text }).measure;
const edit = (kind: MeasureKind, passage: string, instead: string) =>
  load(broken(fileOf(kind), passage, instead));

describe("every kind", () => {
  test.each(KINDS)("%s", (kind) => {
    const measure = measureOf(kind);
    expect(measure.kind).toBe(kind);
    expect(measure.limits?.of.map(({ result }) => result)).toEqual([
      "warn",
      "inconclusive",
      "pass",
    ]);
    expect(measure.limits?.reason).toBe("Somewhere it must lie.");
    expect(measure.empty).toEqual({ reason: "not-exercised", says: "There was nothing." });
    expect(numbersOf(measure).get("population")).toBe("count");
    expect(placeholdersOf(measure).get("population")).toBe(true);
  });

  test("rests on the fields that it reads, and on those of its kind", () => {
    const bases = KINDS.map((kind) => {
      const { fields, anyFields = [], needs = [] } = measureOf(kind);
      return [kind, fields.join(" "), anyFields.join(" | "), needs.join(" ")];
    });
    expect(bases).toEqual([
      ["count", "approval result_status", "", ""],
      ["ratio", "risk_level result_status", "", ""],
      ["distinct", "action_type action_target result_status agent_id", "", ""],
      ["set-difference", "result_status agent_id", "", "roster"],
      ["groups", "approval result_status", "", ""],
      ["share-of-top", "risk_level approval result_status", "", ""],
      ["profile", "risk_level human_decision result_status", "", ""],
      ["max", "chain_depth", "", ""],
      ["reach", "timestamp", "", ""],
      ["identity", "id", "", ""],
      ["clock", "timestamp", "chain_id,session_id", ""],
      ["spike", "timestamp", "", ""],
      ["gap", "session_id timestamp approval result_status agent_id", "", ""],
      [
        "sequence",
        "timestamp action_type action_target human_decision result_status",
        "chain_id,agent_id",
        "",
      ],
      ["run", "timestamp human_decision result_status chain_id", "", ""],
      ["rate", "timestamp action_type action_target result_status agent_id", "", ""],
      ["percentile", "timestamp action_type result_status", "", ""],
      ["delegation", "timestamp agent_id parent_agent_id chain_id chain_depth", "", ""],
      ["policy-lint", "", "", "policy"],
      ["policy-replay", "action_type action_target approval matched_rule", "", "policy"],
    ]);
  });

  test("durations are microseconds", () => {
    expect(measureOf("clock")).toMatchObject({ tolerance: 0, ahead: 300_000_000 });
    expect(measureOf("sequence")).toMatchObject({ within: 86_400_000_000 });
    expect(measureOf("spike")).toMatchObject({ bucket: 3_600_000_000 });
  });

  test("a sequence asks about its firsts", () => {
    const measure = measureOf("sequence");
    if (measure.kind !== "sequence") throw new Error("expected a sequence");
    expect(measure.population).toEqual(measure.first);
    expect(measure.until?.source).toBe("human_approved");
  });

  test("of some kinds the population is everything", () => {
    expect(measureOf("policy-lint").population.source).toBe("true");
    expect(measureOf("policy-lint")).toMatchObject({
      codes: ["elevated-auto"],
      lintCounts: [{ name: "errors", codes: ["elevated-auto"], severity: "error" }],
    });
    expect(() => edit("reach", '"true"', "executed")).toThrow(/expected "population" to be "true"/);
  });

  test("optional keys may be left out", () => {
    expect(edit("gap", "rhythm: { percentile: 95, times: 10 }\n", "")).not.toHaveProperty("rhythm");
    const sequence = edit("sequence", "until: human_approved\nwithin: P1D\n", "");
    expect(sequence).not.toHaveProperty("until");
    expect(sequence).not.toHaveProperty("within");
    expect(edit("rate", "distinct: action_target\n", "")).not.toHaveProperty("distinct");
  });
});

describe("numbers", () => {
  test.each<[MeasureKind, string]>([
    ["count", "population exceptions exception_share"],
    ["distinct", "population active_days types targets most_types most_targets"],
    [
      "profile",
      "population exceptions exception_share part inversion compared low_share low_count high_share high_count",
    ],
    [
      "gap",
      "population exceptions exception_share longest_seconds span_days threshold_seconds corroborated",
    ],
    ["reach", "population reach_days newest_days span_days deployed_days"],
    ["policy-lint", "population exceptions exception_share errors"],
  ])("%s", (kind, names) => {
    expect([...numbersOf(measureOf(kind)).keys()].join(" ")).toBe(names);
  });

  const NAMED = broken(
    fileOf("count"),
    "basis:",
    `counts:
  critical_exceptions: { of: exceptions, where: risk_critical }
shares:
  high_share: { among: risk_high, part: human_approved }
basis:`,
  );

  test("counts and shares can be limited and told", () => {
    const measure = load(
      broken(
        NAMED,
        "when: population > 1000",
        "when: critical_exceptions > 0 || high_share_low < 0.8",
      ).replace(
        "There was {population:entry|entries}.",
        '"{critical_exceptions:entry|entries}, {high_share}, at least {high_share_low}"',
      ),
    );
    expect(measure.counts?.map(({ name, of, where }) => [name, of, where.source])).toEqual([
      ["critical_exceptions", "exceptions", "risk_critical"],
    ]);
    expect(measure.shares?.map(({ name }) => name)).toEqual(["high_share"]);
    expect(measure.fields).toEqual(["risk_level", "approval", "human_decision", "result_status"]);
    expect(measure.limits?.of[0]?.when?.fields).toEqual(["critical_exceptions", "high_share_low"]);
  });
});

describe("what an answer rests on", () => {
  test("classes, also those inside definitions", () => {
    expect(edit("count", "population: executed", "population: class_mutate").classes).toEqual(
      expect.arrayContaining(["class_delete", "class_mutate"]),
    );
    expect(measureOf("count").classes).toBeUndefined();
  });

  test("inputs that expressions ask, and those that are named", () => {
    const inside = "population: in_incident() || !agent_id.listed('roster')\nneeds: [policy]";
    expect(edit("count", "population: executed", inside).needs).toEqual([
      "policy",
      "roster",
      "incidents",
    ]);
  });

  test("of alternatives one field is enough", () => {
    const { fields, anyFields } = edit(
      "count",
      'exception: approval == "auto"',
      'exception: approval == "auto"\nany_fields: [[approval, result_status]]',
    );
    expect(fields).toEqual([]);
    expect(anyFields).toEqual([["approval", "result_status"]]);
  });
});

describe("repeated entries", () => {
  const SECOND = 1_000_000;

  test("get new ids and later times", () => {
    const entries = [
      { id: 1, timestamp: "2026-01-05T09:00:00+02:00", agent_id: "a" },
      { id: "x", timestamp: "soon" },
      { id: null },
    ];
    expect(repeated(entries, { times: 3, every: 90 * SECOND })).toEqual([
      ...entries,
      { id: 1001, timestamp: "2026-01-05T07:01:30+00:00", agent_id: "a" },
      { id: "x~1", timestamp: "soon" },
      { id: null },
      { id: 2001, timestamp: "2026-01-05T07:03:00+00:00", agent_id: "a" },
      { id: "x~2", timestamp: "soon" },
      { id: null },
    ]);
  });

  test("stay as far apart as they were, in every repetition", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 10_000_000_000 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 10_000_000_000 }),
        (offsets, times, every) => {
          const start = parseInstant("2026-01-01T00:00:00Z");
          const entries = offsets.map((offset, index) => ({
            id: index,
            timestamp: new Date((start + offset * 1000) / 1000).toISOString(),
          }));
          const all = repeated(entries, { times, every });
          expect(all).toHaveLength(entries.length * times);
          expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
          for (const [index, { timestamp }] of all.entries()) {
            const round = Math.floor(index / entries.length);
            const first = entries[index % entries.length]?.timestamp ?? "";
            expect(parseInstant(timestamp ?? "")).toBe(parseInstant(first) + round * every);
          }
        },
      ),
      { numRuns: 50 },
    );
  });

  test("are written out when a measure is read", () => {
    const measure = edit(
      "count",
      "    entries: []\n    expect: { population: 0, exceptions: 0 }",
      `    entries:
      - { id: 1, result_status: success, approval: auto }
      - { id: 2, result_status: success }
    repeat: { times: 30, every: PT1M }
    expect: { population: 60, exceptions: 30, exception_ids: [1, 29001], result: pass }`,
    );
    expect(measure.examples?.[0]?.entries).toHaveLength(60);
    expect(measure.examples?.[0]).not.toHaveProperty("repeat");
  });
});
