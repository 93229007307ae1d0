// The logger on a database: the same entries as the SQLite logger, on every server.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLogger } from "../../src/audit-logger/audit-logger.ts";
import { openAuditLogger } from "../../src/audit-logger/open-audit-logger.ts";
import type { OpenAuditLoggerOptions } from "../../src/audit-logger/open-audit-logger.ts";
import type { DatabaseAuditLogger } from "../../src/audit-logger/database-audit-logger.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { LogDetails, LoggedDecision } from "../../src/audit-logger/logged-action.ts";
import { describeWith } from "../servers/needs.ts";
import {
  clockFrom,
  decide,
  hasShared,
  hostileStrings,
  loneSurrogates,
  NEW_YEAR,
  secretLike,
} from "./decision.ts";
import { newTable, SERVERS } from "./places.ts";

type Call = readonly [string, LoggedDecision, LogDetails];

const CALLS: readonly Call[] = [
  ["s-1", decide(), {}],
  ["s-1", decide({ params: { password: "hunter2", text: "ü\u2028" } }, { riskLevel: "high" }), {}],
  [
    "s-2",
    decide(
      { target: "https://user:pass@host/x", description: "" },
      { approval: "block", matchedRule: null },
    ),
    {
      result: {
        status: "blocked",
        data: [0, false, null],
        error: "write to jo@example.org failed",
      },
      humanDecision: "denied",
      parentAgentId: "agent-0",
      chainId: "c-1",
      chainDepth: 2,
    },
  ],
  ["\\N", decide({ target: "\\N", description: "tab\tline\nback\\slash'\"`" }), {}],
  ["'; DROP TABLE audit_log; --", decide({ type: "{p1:String}", target: "$1" }), {}],
];

/** What the SQLite logger makes of the same calls, without ids. */
function asSqlite(calls: readonly Call[]): unknown[] {
  const logger = new AuditLogger({ dbPath: ":memory:", clock: clockFrom(NEW_YEAR) });
  for (const call of calls) logger.log(...call);
  const entries = withoutIds(logger.getLog());
  logger.close();
  return entries;
}

function withoutIds(entries: readonly AuditEntry[]): AuditEntry[] {
  return entries.map((entry) => ({ ...entry, id: null }));
}

describe.each(SERVERS)("%s", (server) => {
  describeWith([server], "a logger", () => {
    const open: DatabaseAuditLogger[] = [];
    let url = "";
    beforeAll(async () => {
      url = await newTable(server);
    }, 60_000);
    afterAll(async () => {
      await Promise.all(open.map((one) => one.close()));
    });

    async function logger(
      place: string,
      options: OpenAuditLoggerOptions = {},
    ): Promise<DatabaseAuditLogger> {
      const opened = await openAuditLogger(place, { clock: clockFrom(NEW_YEAR), ...options });
      open.push(opened);
      return opened;
    }

    it("stores what the SQLite logger stores", async () => {
      const place = await newTable(server);
      const log = await logger(place);
      const ids = await Promise.all(CALLS.map((call) => log.log(...call)));
      const entries = await log.getLog();
      expect(entries.map(({ id }) => id)).toEqual(ids);
      expect(ids).toEqual([...ids].sort((a, b) => a - b));
      expect(server === "postgresql" ? ids.at(-1) : 5).toBe(5);
      expect(withoutIds(entries)).toEqual(asSqlite(CALLS));
    });

    it.skipIf(!hasShared)("keeps hostile texts (needs the shared data folder)", async () => {
      const texts = hostileStrings();
      const place = await newTable(server);
      const log = await logger(place);
      await Promise.all(texts.map((text) => log.log(text, decide({ target: text, params: text }))));
      const expected = texts.map((text) =>
        server === "postgresql" ? text.replaceAll("\0", "\uFFFD") : text,
      );
      const entries = await log.getLog();
      expect(entries.map(({ session_id }) => session_id)).toEqual(expected);
      for (const text of new Set(texts)) {
        if (text === "") continue;
        const stored = server === "postgresql" ? text.replaceAll("\0", "\uFFFD") : text;
        const count = expected.filter((other) => other === stored).length;
        expect([text, await log.count({ sessionId: text })]).toEqual([text, count]);
      }
    });

    it.skipIf(!hasShared)(
      "redacts what the SQLite logger redacts (needs the shared data folder)",
      async () => {
        const log = await logger(await newTable(server));
        const calls = [...secretLike(), ...loneSurrogates()].map((text): Call => [
          text,
          decide({ target: text, params: { text, [text]: [text] }, description: text }),
          { result: { status: "failed", data: { token: text, text }, error: text } },
        ]);
        await Promise.all(calls.map((call) => log.log(...call)));
        const entries = withoutIds(await log.getLog());
        expect(entries).toEqual(asSqlite(calls));
        const shown = entries.map(({ result_data, result_error }) => [result_data, result_error]);
        for (const secret of secretLike()) expect(JSON.stringify(shown)).not.toContain(secret);
      },
    );

    it("filters as the SQLite logger does", async () => {
      const place = await newTable(server);
      const log = await logger(place);
      const twin = new AuditLogger({ dbPath: ":memory:", clock: clockFrom(NEW_YEAR) });
      for (const call of CALLS) twin.log(...call);
      await Promise.all(CALLS.map((call) => log.log(...call)));
      for (const filters of [
        {},
        { riskLevel: "High" },
        { riskLevel: "ſ" },
        { sessionId: "\\N" },
        { sessionId: "'; DROP TABLE audit_log; --" },
        { sessionId: "') OR (1 = 1" },
        { actionType: "{p1:String}" },
        { agentId: "agent-1", resultStatus: "blocked" },
        { chainId: "c-1" },
        { since: "2026-01-01T00:00:01Z", until: new Date(NEW_YEAR / 1000 + 2000) },
      ]) {
        const sessions = twin.getLog(filters).map(({ session_id }) => session_id);
        const found = await log.getLog(filters);
        expect([filters, found.map(({ session_id }) => session_id)]).toEqual([filters, sessions]);
        expect(await log.count(filters)).toBe(sessions.length);
      }
      expect(await log.getLog({ limit: 0 })).toEqual([]);
      expect(await log.getLog({ limit: 2 })).toHaveLength(2);
      await expect(log.getLog({ sessionId: "" })).rejects.toMatchObject({ code: "invalid-option" });
      twin.close();
    });

    it("stores an entry once under one key", async () => {
      const place = await newTable(server);
      const log = await logger(place);
      const [one, same, other] = await Promise.all([
        log.log("s", decide(), { entryKey: "order-1" }),
        log.log("again", decide(), { entryKey: "order-1" }),
        log.log("s", decide(), { entryKey: "order-2" }),
      ]);
      const second = await logger(place, { writer: 1 });
      expect(await second.log("much later", decide(), { entryKey: "order-1" })).toBe(one);
      expect(same).toBe(one);
      expect(other).not.toBe(one);
      expect(await log.count()).toBe(2);
      for (const entryKey of ["", "ü", "a b", "x".repeat(201), 1 as never]) {
        await expect(log.log("s", decide(), { entryKey })).rejects.toMatchObject({
          code: "invalid-action",
        });
      }
    });

    it("makes its table once, however many begin at once", async () => {
      const place = await newTable(server);
      const logs = await Promise.all(
        Array.from({ length: 8 }, (_, writer) => logger(place, { writer })),
      );
      const ids = await Promise.all(
        logs.flatMap((log) => Array.from({ length: 25 }, () => log.log("s", decide()))),
      );
      expect(new Set(ids).size).toBe(200);
      const entries = await logs[0]?.getLog();
      expect(entries).toHaveLength(200);
      expect(server === "postgresql" ? entries?.at(-1)?.id : 200).toBe(200);
    });

    it("goes on above what is there, whoever logged it", async () => {
      const place = await newTable(server);
      const first = await logger(place, { clock: clockFrom(NEW_YEAR + 10 ** 9) });
      const before = await first.log("s", decide());
      const second = await logger(place, { writer: 9 });
      expect(await second.log("s", decide())).toBeGreaterThan(before);
    });

    it("refuses what is no action, and logs nothing of it", async () => {
      const place = await newTable(server);
      const log = await logger(place);
      const calls: readonly Call[] = [
        [1 as never, decide(), {}],
        ["s", decide({}, { approval: "perhaps" }), {}],
        ["s", decide(), { chainDepth: 2 ** 31 }],
      ];
      for (const call of calls) {
        await expect(log.log(...call)).rejects.toMatchObject({ code: "invalid-action" });
      }
      await log.flush();
      expect(await log.count()).toBe(0);
    });

    it("flushes when it is closed, and is closed then", async () => {
      const log = await logger(url, { batchDelayMs: 60_000 });
      const calls = Array.from({ length: 25 }, (_, turn) => log.log(`s-${turn}`, decide()));
      expect(log.waiting).toBe(25);
      await log.close();
      await log.close();
      expect(await Promise.all(calls)).toHaveLength(25);
      for (const use of [
        () => log.log("s", decide()),
        () => log.flush(),
        () => log.getLog(),
        () => log.count(),
      ]) {
        await expect(use()).rejects.toMatchObject({ code: "closed" });
      }
      const other = await logger(url, { writer: 2 });
      const sessions = (await other.getLog()).map(({ session_id }) => session_id);
      expect(sessions).toEqual(Array.from({ length: 25 }, (_, turn) => `s-${turn}`));
    });

    it("refuses wrong options and URLs", async () => {
      const join = url.includes("?") ? "&" : "?";
      for (const [place, options] of [
        [url, { writer: 256 }],
        [url, { batchEntries: 0 }],
        [url, { other: 1 } as object],
        [`${url}${join}order=other`, {}],
        [`${url}${join}column.agent_id=actor`, {}],
      ] as const) {
        await expect(openAuditLogger(place, options)).rejects.toMatchObject({
          code: "invalid-option",
        });
      }
    });
  });
});
