// Clean logs raise no alarm, and each planted fault is found by its measure, on its entries.

import { describe, expect, test } from "vitest";
import { parseInstant } from "../../src/model/instant.ts";
import type { Test } from "../../src/model/finding.ts";
import { LISTED } from "../../src/model/observation.ts";
import { FAULTS } from "./injector/faults.ts";
import type { Trace } from "./injector/fault.ts";
import { officeLog } from "./injector/office-log.ts";
import type { Draft, OfficeLog } from "./injector/office-log.ts";
import { Scene } from "./injector/scene.ts";
import { JUDGED, testsOf } from "./injector/tests-of.ts";

const SEEDS = Array.from({ length: 20 }, (_, index) => index + 1);
const ALARMS: readonly Test["result"][] = ["warn", "fail", "error"];
/** Of the measures with a verdict, those that a log alone, or no log, cannot bring to one. */
const WITHOUT_FAULT = ["retention-window"];

const logs = new Map<number, OfficeLog>();

function cleanLog(seed: number): OfficeLog {
  const log = logs.get(seed) ?? officeLog(seed);
  logs.set(seed, log);
  return log;
}

describe("a clean log raises no alarm", () => {
  test.each(SEEDS)("seed %i", async (seed) => {
    const log = cleanLog(seed);
    expect(log.entries.length).toBeGreaterThan(3000);
    expect(new Set(log.entries.map(({ agent_id: agent }) => agent)).size).toBeGreaterThan(4);
    const tests = await testsOf(log);
    const alarms = [...tests.values()].filter(({ result }) => ALARMS.includes(result));
    expect(alarms.map(({ measure, result, says }) => `${measure} ${result}: ${says}`)).toEqual([]);
  });

  test("and is the same for the same seed, and another for another", () => {
    expect(officeLog(3)).toEqual(cleanLog(3));
    expect(officeLog(4)).not.toEqual(cleanLog(3));
  });
});

describe("a planted fault is found", () => {
  test("there are 47, and every measure with a verdict has one", () => {
    const numbered = new Set(FAULTS.map(({ number }) => Number.parseInt(number, 10)));
    numbered.delete(Number.NaN);
    expect([...numbered]).toEqual(Array.from({ length: 47 }, (_, index) => index + 1));
    const found = new Set([...FAULTS.map(({ measure }) => measure), ...WITHOUT_FAULT]);
    expect(JUDGED.map(({ id }) => id).filter((id) => !found.has(id))).toEqual([]);
  });

  describe.each(FAULTS)("$number $what", (fault) => {
    const { measure, result, plant } = fault;
    test(`${measure}: ${result}`, async () => {
      const seed = 1 + (FAULTS.indexOf(fault) % SEEDS.length);
      const scene = new Scene(cleanLog(seed), seed);
      const trace = plant(scene);
      const { log } = scene;
      const asked = JUDGED.filter(({ id }) => id === measure);
      const found = (await testsOf(log, asked)).get(measure);
      expect(seen(found as Test, trace)).toEqual({
        result,
        ...trace,
        ...(trace.entries === undefined ? {} : { entries: idsOf(trace.entries) }),
      });
    });
  });
});

/** What a test made of the fault, and what it says to each part of its trace. */
function seen(found: Test, { entries, rules, groups, numbers }: Trace): unknown {
  const keys = new Set((found.groups ?? []).map(({ key }) => key));
  const names = Object.keys(numbers ?? {});
  return {
    result: found.result,
    ...(entries === undefined ? {} : { entries: idsIn(found) }),
    ...(rules === undefined
      ? {}
      : { rules: (found.rules ?? []).flatMap(({ rule }) => (rule === undefined ? [] : [rule])) }),
    ...(groups === undefined ? {} : { groups: groups.filter((key) => keys.has(key)) }),
    ...(numbers === undefined
      ? {}
      : { numbers: Object.fromEntries(names.map((name) => [name, found.numbers[name]])) }),
  };
}

/** The entries that a test names: its exceptions, or those before and after its silences. */
function idsIn({ exceptionEntries, gaps }: Test): unknown[] {
  return (gaps?.flatMap(({ from, to }) => [from, to]) ?? exceptionEntries).map(({ id }) => id);
}

/** In the order in which exceptions are listed: by time, then id; unreadable times last. */
function idsOf(entries: readonly Draft[]): unknown[] {
  return entries
    .toSorted((left, right) => timeOf(left) - timeOf(right) || Number(left.id) - Number(right.id))
    .slice(0, LISTED)
    .map(({ id }) => id);
}

function timeOf({ timestamp }: Draft): number {
  const instant = parseInstant(timestamp ?? "");
  return Number.isNaN(instant) ? Number.MAX_SAFE_INTEGER : instant;
}
