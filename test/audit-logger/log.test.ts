import { existsSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AuditLogger } from "../../src/audit-logger/audit-logger.ts";
import type { LoggedDecision } from "../../src/audit-logger/logged-action.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import { openReader } from "../../src/sqlite/reader.ts";
import { openForWriting } from "../../src/sqlite/writer.ts";
import { makeFolder } from "../sqlite/folder.ts";
import {
  clockFrom,
  decide,
  hasShared,
  hostileStrings,
  loneSurrogates,
  NEW_YEAR,
  secretLike,
} from "./decision.ts";

function inMemory(): AuditLogger {
  return new AuditLogger({ dbPath: ":memory:", clock: clockFrom(NEW_YEAR) });
}

function code(options: unknown): unknown {
  try {
    new AuditLogger(options as object).close();
    return "made";
  } catch (error) {
    return (error as { code: unknown }).code;
  }
}

describe("log", () => {
  it("stores every column as the original does", () => {
    const logger = new AuditLogger({ dbPath: ":memory:", clock: clockFrom(NEW_YEAR, 351_134) });
    expect(logger.log("s-1", decide({ agentId: "", description: "" }))).toBe(1);
    expect(
      logger.log(
        "s-1",
        decide(
          { params: { q: "ü", n: [1, 2] }, description: "why" },
          { riskLevel: "high", approval: "APPROVE", matchedRule: "<default>" },
        ),
        {
          result: { status: "failed", data: { ok: false }, error: "boom" },
          humanDecision: "approved",
          parentAgentId: "boss",
          chainId: "c-1",
          chainDepth: 2,
        },
      ),
    ).toBe(2);
    const [first, second] = logger.getLog();
    expect(Object.keys(first ?? {})).toEqual(ENTRY_FIELD_NAMES);
    expect(first).toEqual({
      id: 1,
      session_id: "s-1",
      timestamp: "2026-01-01T00:00:00+00:00",
      action_type: "read",
      action_target: "crm",
      action_params: "{}",
      action_desc: null,
      risk_level: "LOW",
      approval: "auto",
      matched_rule: "read_auto",
      human_decision: null,
      result_status: null,
      result_data: null,
      result_error: null,
      agent_id: null,
      parent_agent_id: null,
      chain_id: null,
      chain_depth: 0,
    });
    expect(second).toEqual({
      id: 2,
      session_id: "s-1",
      timestamp: "2026-01-01T00:00:00.351134+00:00",
      action_type: "read",
      action_target: "crm",
      action_params: String.raw`{"q": "\u00fc", "n": [1, 2]}`,
      action_desc: "why",
      risk_level: "HIGH",
      approval: "approve",
      matched_rule: "<default>",
      human_decision: "approved",
      result_status: "failed",
      result_data: '{"ok": false}',
      result_error: "boom",
      agent_id: "agent-1",
      parent_agent_id: "boss",
      chain_id: "c-1",
      chain_depth: 2,
    });
    logger.close();
  });

  it.each([
    [undefined, null],
    [null, null],
    [0, "0"],
    [false, "false"],
    ["", '""'],
    [[], "[]"],
    [{}, "{}"],
  ])("stores the result's data %j as %j", (data, stored) => {
    const logger = inMemory();
    logger.log("s", decide(), { result: { status: "success", data } });
    expect(logger.getLog()[0]?.result_data).toBe(stored);
    logger.close();
  });

  it("gives back any params", () => {
    const logger = inMemory();
    const params = fc.dictionary(
      fc.string({ unit: "binary" }),
      fc.jsonValue({ stringUnit: "binary" }),
    );
    fc.assert(
      fc.property(params, (value) => {
        const id = logger.log("s", decide({ params: value }));
        const [entry] = logger.getLog({ sessionId: "s" }).slice(-1);
        expect(entry?.id).toBe(id);
        expect(JSON.parse(entry?.action_params as string)).toEqual(value);
      }),
      { numRuns: 150 },
    );
    logger.close();
  });

  it("redacts params, data and error, and credentials in target and description", () => {
    const logger = inMemory();
    logger.log(
      "s",
      decide({
        target: "postgres://bob:hunter2@db/x for jane@example.com",
        description: "with token=hunter2",
        params: { password: "hunter2", nested: [{ Cookie: "hunter2" }], max_tokens: 5 },
      }),
      {
        result: {
          status: "failed",
          data: { api_key: "hunter2" },
          error: "password=hunter2 refused",
        },
      },
    );
    const [entry] = logger.getLog();
    expect(JSON.stringify(entry)).not.toContain("hunter2");
    expect(entry).toMatchObject({
      action_target: "postgres://bob:[REDACTED]@db/x for jane@example.com",
      action_desc: "with token=[REDACTED]",
      action_params:
        '{"password": "[REDACTED]", "nested": [{"Cookie": "[REDACTED]"}], "max_tokens": 5}',
      result_data: '{"api_key": "[REDACTED]"}',
      result_error: "password=[REDACTED] refused",
    });
    logger.close();
  });

  it("counts in governance_tenure what it logs, in the same transaction", () => {
    const path = join(makeFolder(), "a.db");
    const logger = new AuditLogger({ dbPath: path, clock: clockFrom(NEW_YEAR) });
    logger.log("s", decide());
    logger.log("s", decide({}, { approval: "block" }), { result: { status: "blocked" } });
    logger.log("s", decide({}, { approval: "approve" }), { result: { status: "denied" } });
    logger.log("s", decide(), { result: { status: "success" } });
    logger.close();
    const reader = openReader(path);
    expect([...reader.rows("SELECT * FROM governance_tenure")]).toEqual([
      ["2026-01-01T00:00:00+00:00", 4, 2],
    ]);
    reader.close();
  });

  it("keeps nothing of an entry that it could not store", () => {
    const path = join(makeFolder(), "a.db");
    const logger = new AuditLogger({ dbPath: path });
    logger.log("s", decide());
    const saboteur = openForWriting(path);
    saboteur.exec(
      "CREATE TRIGGER stop BEFORE UPDATE ON governance_tenure BEGIN SELECT raise(ABORT, 'stop'); END",
    );
    expect(() => logger.log("s", decide())).toThrow(/stop/);
    saboteur.exec("DROP TRIGGER stop");
    saboteur.close();
    expect(logger.log("s", decide())).toBe(2);
    expect(logger.count()).toBe(2);
    logger.close();
  });

  it.each([
    ["no decision", null],
    ["no action", { riskLevel: "LOW", approval: "auto" }],
    ["no type", decide({ type: undefined as unknown as string })],
    ["a target that is no text", decide({ target: 5 as unknown as string })],
    ["an unknown risk", decide({}, { riskLevel: "SEVERE" })],
    ["an unknown approval", decide({}, { approval: "maybe" })],
    ["an agent that is no text", decide({ agentId: {} as unknown as string })],
  ])("refuses %s, and logs nothing", (_what, decision) => {
    const logger = inMemory();
    expect(() => logger.log("s", decision as LoggedDecision)).toThrow(
      expect.objectContaining({ code: "invalid-action" }),
    );
    expect(() => logger.log(1 as unknown as string, decide())).toThrow(/sessionId/);
    expect(() => logger.log("s", decide(), { chainDepth: -1 })).toThrow(/chainDepth/);
    expect(logger.count()).toBe(0);
    logger.close();
  });

  it("takes the time inside the transaction, and only real times", () => {
    const times = [NEW_YEAR, Number.NaN, 1.5, NEW_YEAR + 1];
    const logger = new AuditLogger({ dbPath: ":memory:", clock: () => times.shift() ?? 0 });
    logger.log("s", decide());
    const bad = expect.objectContaining({ code: "invalid-option" }) as unknown;
    expect(() => logger.log("s", decide())).toThrow(bad);
    expect(() => logger.log("s", decide())).toThrow(bad);
    expect(logger.log("s", decide())).toBe(2);
    expect(logger.getLog().map((entry) => entry.timestamp)).toEqual([
      "2026-01-01T00:00:00+00:00",
      "2026-01-01T00:00:00.000001+00:00",
    ]);
    logger.close();
  });

  it("reads the system's clock unless told otherwise", () => {
    const logger = new AuditLogger({ dbPath: ":memory:" });
    const before = Date.now();
    logger.log("s", decide());
    const logged = Date.parse(logger.getLog()[0]?.timestamp ?? "");
    expect(logged).toBeGreaterThanOrEqual(before);
    expect(logged).toBeLessThanOrEqual(Date.now());
    logger.close();
  });
});

describe("an audit logger", () => {
  it("makes its file, and cannot be used after it was closed", () => {
    const path = join(makeFolder(), "a.db");
    const logger = new AuditLogger({ dbPath: path });
    expect(existsSync(path)).toBe(true);
    logger.close();
    logger.close();
    const closed = expect.objectContaining({ code: "closed" }) as unknown;
    expect(() => logger.log("s", decide())).toThrow(closed);
    expect(() => logger.getLog()).toThrow(closed);
    expect(() => logger.count()).toThrow(closed);
    expect(() => logger.exportJsonl(`${path}l`)).toThrow(closed);
  });

  it("goes on where another one stopped", () => {
    const path = join(makeFolder(), "a.db");
    for (let run = 1; run <= 3; run += 1) {
      const logger = new AuditLogger({ dbPath: path });
      expect(logger.log("s", decide())).toBe(run);
      logger.close();
    }
  });

  it("shares its file with others in the same process", () => {
    const path = join(makeFolder(), "a.db");
    const loggers = [1, 2, 3].map(() => new AuditLogger({ dbPath: path }));
    const ids = [1, 2, 3].flatMap(() => loggers.map((logger) => logger.log("s", decide())));
    expect(ids).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const logger of loggers) {
      expect(logger.count()).toBe(9);
      logger.close();
    }
  });

  it("refuses what it cannot use, at once", () => {
    const folder = makeFolder();
    const path = join(folder, "a.db");
    writeFileSync(path, "no database ".repeat(100));
    expect(code({ dbPath: path })).toBe("unsupported-source");
    expect(code({ dbPath: folder })).toBe("unsupported-source");
    expect(code({ dbPath: join(folder, "no", "a.db") })).toBe("unreadable-source");
    expect(code({ dbPath: "" })).toBe("invalid-option");
    expect(code({ path: "a.db" })).toBe("invalid-option");
    expect(code({ dbPath: ":memory:", redact: { key: [] } })).toBe("invalid-option");
    expect(statSync(path).size).toBe(1200);
  });

  it("refuses a table that only has the name, without touching it", () => {
    const path = join(makeFolder(), "a.db");
    const writer = openForWriting(path);
    writer.exec("CREATE TABLE audit_log (id INTEGER, what TEXT)");
    writer.close();
    expect(() => new AuditLogger({ dbPath: path })).toThrow(
      expect.objectContaining({
        code: "unsupported-source",
        message: expect.stringContaining("lacks session_id, timestamp") as unknown,
      }),
    );
  });

  it("adds its tables to a database of something else", () => {
    const path = join(makeFolder(), "a.db");
    const writer = openForWriting(path);
    writer.exec("CREATE TABLE other (a)");
    writer.close();
    const logger = new AuditLogger({ dbPath: path });
    expect(logger.getLog()).toEqual([]);
    expect(logger.count({ agentId: "x" })).toBe(0);
    expect(logger.log("s", decide())).toBe(1);
    expect(logger.count()).toBe(1);
    logger.close();
  });
});

describe.skipIf(!hasShared)("hostile text (needs the shared data folder)", () => {
  it("is stored and given back as it is, in every text field", () => {
    const logger = inMemory();
    for (const text of hostileStrings()) {
      const id = logger.log(
        text,
        decide(
          {
            type: text,
            target: text,
            params: { text: [text], [text]: true },
            description: text,
            agentId: text,
          },
          { matchedRule: text },
        ),
        {
          result: { status: text, data: text, error: text },
          humanDecision: text,
          parentAgentId: text,
          chainId: text,
        },
      );
      const [entry] = logger.getLog({ sessionId: text, chainId: text, actionType: text });
      expect(entry).toMatchObject({
        id,
        session_id: text,
        action_type: text,
        action_target: text,
        action_desc: text,
        matched_rule: text,
        human_decision: text,
        result_status: text,
        result_error: text,
        agent_id: text,
        parent_agent_id: text,
        chain_id: text,
      });
      expect(JSON.parse(entry?.action_params as string)).toEqual({
        text: [text],
        [text]: true,
      });
      expect(JSON.parse(entry?.result_data as string)).toBe(text);
    }
    logger.close();
  });

  it("with half a surrogate pair is exact in JSON and U+FFFD elsewhere", () => {
    const logger = inMemory();
    for (const text of loneSurrogates()) {
      logger.log(text, decide({ params: { text }, description: text }));
      const replaced = text.replace(/[\ud800-\udfff]/, "\ufffd");
      const [entry] = logger.getLog({ sessionId: text }).slice(-1);
      expect(entry).toMatchObject({ session_id: replaced, action_desc: replaced });
      expect(JSON.parse(entry?.action_params as string)).toEqual({ text });
    }
    logger.close();
  });

  it("that looks like a secret gets into no params, data or error", () => {
    const logger = inMemory();
    for (const text of secretLike()) {
      logger.log("s", decide({ params: { note: text } }), {
        result: { status: "failed", data: [text], error: `because of ${text}.` },
      });
      expect(JSON.stringify(logger.getLog().slice(-1))).not.toContain(text);
    }
    logger.close();
  });
});
