import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLogger } from "../../src/audit-logger/audit-logger.ts";
import type { EntryFilters } from "../../src/audit-logger/entry-filter.ts";
import { openForWriting } from "../../src/sqlite/writer.ts";
import { makeFolder } from "../sqlite/folder.ts";
import { clockFrom, decide, NEW_YEAR } from "./decision.ts";

// Five entries, a second apart from midnight on.
const logger = new AuditLogger({ dbPath: ":memory:", clock: clockFrom(NEW_YEAR) });

beforeAll(() => {
  logger.log("s-1", decide({ type: "read" }), { result: { status: "success" } });
  logger.log("s-1", decide({ type: "write", agentId: "b" }, { riskLevel: "HIGH" }), {
    chainId: "c",
  });
  logger.log("s-2", decide({ type: "read", agentId: "" }), { result: { status: "failed" } });
  logger.log("s-2", decide({ type: "Read", agentId: "b" }, { riskLevel: "HIGH" }));
  logger.log("s-3", decide({ type: "re%d" }), { chainId: "c", result: { status: "success" } });
});

afterAll(() => {
  logger.close();
});

function ids(filters: EntryFilters): unknown[] {
  return logger.getLog(filters).map((entry) => entry.id);
}

describe("getLog", () => {
  it.each<[EntryFilters, number[]]>([
    [{}, [1, 2, 3, 4, 5]],
    [{ sessionId: "s-1" }, [1, 2]],
    [{ sessionId: "s" }, []],
    [{ actionType: "read" }, [1, 3]],
    [{ actionType: "re%d" }, [5]],
    [{ riskLevel: "high" }, [2, 4]],
    [{ resultStatus: "success" }, [1, 5]],
    [{ agentId: "b" }, [2, 4]],
    [{ chainId: "c" }, [2, 5]],
    [{ agentId: "b", sessionId: "s-2" }, [4]],
    [{ agentId: undefined, sessionId: "s-2" }, [3, 4]],
    [{ limit: 2 }, [1, 2]],
    [{ limit: 0 }, []],
    [{ limit: 99 }, [1, 2, 3, 4, 5]],
    [{ agentId: "b", limit: 1 }, [2]],
    [{ since: "2026-01-01T00:00:02Z" }, [3, 4, 5]],
    [{ since: "2026-01-01T00:00:02.000001Z" }, [4, 5]],
    [{ until: "2026-01-01T00:00:02" }, [1, 2, 3]],
    [{ until: "2026-01-01T00:00:01.999999+00:00" }, [1, 2]],
    [{ since: "2026-01-01T09:00:02+09:00", until: "2025-12-31T19:00:03-0500" }, [3, 4]],
    [{ since: new Date("2026-01-01T00:00:02Z"), until: new Date("2026-01-01T00:00:02Z") }, [3]],
    [{ since: "2026-01-01T00:00:01Z", limit: 2 }, [2, 3]],
    [{ since: "2026-01-01T00:00:03Z", until: "2026-01-01T00:00:01Z" }, []],
  ])("selects by %j", (filters, expected) => {
    expect(ids(filters)).toEqual(expected);
    const { limit = expected.length, ...others } = filters;
    expect(Math.min(logger.count(others), limit)).toBe(expected.length);
  });

  it.each<[string, unknown]>([
    ["empty text", { sessionId: "" }],
    ["null", { agentId: null }],
    ["a number for a text", { actionType: 5 }],
    ["a name that is none", { sessionID: "s-1" }],
    ["a negative limit", { limit: -1 }],
    ["half an entry", { limit: 1.5 }],
    ["a limit that is no number", { limit: "5" }],
    ["a day without time", { since: "2026-01-01" }],
    ["a time that is none", { until: "2026-02-30T00:00:00Z" }],
    ["a broken Date", { since: new Date(Number.NaN) }],
    ["a number for a time", { since: 5 }],
  ])("refuses %s", (_what, filters) => {
    const refused = expect.objectContaining({ code: "invalid-option" }) as unknown;
    expect(() => logger.getLog(filters as EntryFilters)).toThrow(refused);
    expect(() => logger.count(filters as EntryFilters)).toThrow(refused);
  });

  it("refuses a limit for a count", () => {
    expect(() => logger.count({ limit: 1 } as object)).toThrow(/limit/);
  });

  it("compares times as instants, not as text, and never matches a time that is none", () => {
    const path = join(makeFolder(), "a.db");
    const mixed = new AuditLogger({ dbPath: path });
    const writer = openForWriting(path);
    const times = [
      "2026-01-01T09:00:00+09:00",
      "2026-01-01 00:00:00",
      "2026-01-01T00:00:00.000001Z",
      "yesterday",
      "",
      "2025-12-31T23:59:59.999999Z",
    ];
    for (const time of times) {
      writer.run(
        "INSERT INTO audit_log (session_id, timestamp, action_type, action_target, risk_level, approval) " +
          "VALUES ('s', ?, 't', 't', 'High', 'auto')",
        [time],
      );
    }
    writer.close();
    const found = (filters: EntryFilters): unknown[] =>
      mixed.getLog(filters).map((entry) => entry.id);
    expect(found({ since: "2026-01-01T00:00:00Z" })).toEqual([1, 2, 3]);
    expect(found({ until: "2026-01-01T00:00:00Z" })).toEqual([1, 2, 6]);
    expect(found({ until: "2199-01-01T00:00:00Z" })).toEqual([1, 2, 3, 6]);
    expect(found({})).toHaveLength(6);
    expect(found({ riskLevel: "HIGH" })).toHaveLength(6);
    mixed.close();
  });

  it("keeps whole numbers exact that JavaScript cannot hold", () => {
    const path = join(makeFolder(), "a.db");
    const big = new AuditLogger({ dbPath: path });
    const writer = openForWriting(path);
    writer.exec(
      "INSERT INTO audit_log (id, session_id, timestamp, action_type, action_target, risk_level, approval) " +
        "VALUES (9007199254740993, 's', 't', 't', 't', 'LOW', 'auto')",
    );
    expect(big.getLog()[0]?.id).toBe("9007199254740993");
    expect(() => big.log("s", decide())).toThrow(
      expect.objectContaining({ code: "unsupported-source" }),
    );
    expect(big.count()).toBe(1);
    writer.close();
    big.close();
  });
});
