import { array, assert, integer, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { idClock } from "../../src/audit-logger/clickhouse-ids.ts";
import { NEW_YEAR } from "./decision.ts";

const RUNS = { numRuns: 200 };

describe("ids of ClickHouse", () => {
  it("say the millisecond, the writer and the count", () => {
    const next = idClock(7, 0);
    const millisecond = NEW_YEAR / 1000 - Date.UTC(2020, 0, 1);
    expect(next(NEW_YEAR)).toBe(millisecond * 8192 + 7 * 32);
    expect(next(NEW_YEAR)).toBe(millisecond * 8192 + 7 * 32 + 1);
    expect(next(NEW_YEAR + 1000)).toBe((millisecond + 1) * 8192 + 7 * 32);
  });

  it("grow, whatever the clock does, and are no other writer's", () => {
    const times = array(integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 300 });
    assert(
      property(times, integer({ min: 0, max: 254 }), (steps, writer) => {
        const one = idClock(writer, 0);
        const other = idClock(writer + 1, 0);
        const ids = steps.map((step) => one(NEW_YEAR + step * 1000));
        const others = steps.map((step) => other(NEW_YEAR + step * 1000));
        for (let index = 1; index < ids.length; index += 1) {
          expect(ids[index]).toBeGreaterThan(ids[index - 1] as number);
        }
        expect(new Set([...ids, ...others]).size).toBe(2 * ids.length);
        expect(ids.every(Number.isSafeInteger)).toBe(true);
      }),
      RUNS,
    );
  });

  it("begin behind the highest that the log holds", () => {
    assert(
      property(integer({ min: 0, max: 2 ** 52 }), (highest) => {
        expect(idClock(3, highest)(0)).toBeGreaterThan(highest);
      }),
      RUNS,
    );
  });

  it("end before 2^53", () => {
    expect(() => idClock(0, Number.MAX_SAFE_INTEGER)(NEW_YEAR)).toThrow("below 2^53");
    expect(() => idClock(0, 0)(Date.UTC(2055, 0, 1) * 1000)).toThrow("below 2^53");
    expect(idClock(255, 0)(Date.UTC(2054, 0, 1) * 1000)).toBeLessThan(2 ** 53);
  });

  it("are whole numbers from 0 before 2020", () => {
    expect(idClock(0, 0)(0)).toBe(8192);
    expect(idClock(0, -1)(0)).toBe(0);
  });
});
