// What `log` resolved for is stored once, whatever happens to processes, servers and connections.
// The children use the built package: `npm test` builds it first.

import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAuditLogger } from "../../src/audit-logger/open-audit-logger.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { ServerName } from "../servers/available.ts";
import { startClickHouse18 } from "../servers/clickhouse-18.ts";
import { startClickHouse26 } from "../servers/clickhouse-26.ts";
import type { Cluster } from "../servers/clickhouse.ts";
import { describeWith } from "../servers/needs.ts";
import { startPostgres } from "../servers/postgresql.ts";
import { decide } from "./decision.ts";
import { lossyProxy } from "./lossy-proxy.ts";

const BUILT = existsSync(new URL("../../dist/audit-logger/open-audit-logger.js", import.meta.url));
const SCRIPT = fileURLToPath(new URL("log-to-database.mjs", import.meta.url));
const PROCESSES = 3;

interface Breakable {
  readonly url: string;
  /** Makes a table that the logger itself would not make so. */
  readonly makeTable?: (table: string) => Promise<void>;
  /** SIGKILL to the server, or to one of its shards. */
  kill(): void;
  start(): Promise<unknown>;
  stop(): Promise<void>;
}

interface Logging {
  readonly child: ChildProcess;
  readonly session: string;
  readonly printed: () => string;
  /** Turn and id of what was stored for certain. */
  readonly confirmed: () => readonly (readonly [number, number])[];
}

function startLogging(url: string, index: number): Logging {
  const session = `s-${index}`;
  const child = spawn(process.execPath, [SCRIPT, url, session, String(index)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  return {
    child,
    session,
    printed: () => printed,
    confirmed: () =>
      printed
        .split("\n")
        .slice(0, -1)
        .filter((line) => !line.startsWith("closed"))
        .map((line) => line.split(" ").map(Number) as [number, number]),
  };
}

async function until(condition: () => boolean, what: string): Promise<void> {
  for (let turn = 0; !condition(); turn += 1) {
    if (turn > 1500) throw new Error(`it did not come to this: ${what}`);
    await sleep(20);
  }
}

/** Starts three, kills one, kills and starts the server, ends the others, and gives what is stored. */
async function logThroughFailures(server: Breakable): Promise<AuditEntry[]> {
  const logging = Array.from({ length: PROCESSES }, (_, index) => startLogging(server.url, index));
  const [first] = logging as [Logging];
  const grown = async (by: number, who: readonly Logging[]): Promise<void> => {
    const before = who.map(({ confirmed }) => confirmed().length);
    await until(
      () => who.every(({ confirmed }, index) => confirmed().length >= (before[index] ?? 0) + by),
      `${by} more entries of each`,
    );
  };
  await grown(40, logging);
  first.child.kill("SIGKILL");
  const others = logging.slice(1);
  await grown(20, others);
  server.kill();
  await sleep(300);
  await server.start();
  await grown(40, others);
  for (const { child } of others) child.kill("SIGTERM");
  await Promise.all(others.map(({ child }) => once(child, "close")));

  const logger = await openAuditLogger(server.url, { writer: PROCESSES });
  const entries = await logger.getLog();
  await logger.close();
  const stored = new Map<string, number>();
  const turns = new Map<string, number[]>();
  for (const { id, session_id, matched_rule } of entries) {
    const name = `${session_id} ${matched_rule}`;
    expect(stored.has(name), `${name} stands twice`).toBe(false);
    stored.set(name, id as number);
    turns.set(session_id ?? "", [...(turns.get(session_id ?? "") ?? []), Number(matched_rule)]);
  }
  for (const { session, confirmed, printed } of logging) {
    const lost = confirmed().filter(([turn, id]) => stored.get(`${session} ${turn}`) !== id);
    expect(lost).toEqual([]);
    // In the order of the calls.
    expect(turns.get(session)).toEqual([...(turns.get(session) ?? [])].sort((a, b) => a - b));
    if (session === first.session) continue;
    const calls = Number(/closed (\d+)/.exec(printed())?.[1]);
    expect(turns.get(session)).toHaveLength(calls);
  }
  return entries;
}

async function breakablePostgres(): Promise<Breakable> {
  const { url, kill, restart, stop } = await startPostgres();
  return { url, kill, start: restart, stop };
}

async function breakableNode(start: (nodes: number) => Promise<Cluster>): Promise<Breakable> {
  const { nodes, stop } = await start(1);
  const [node] = nodes;
  if (node === undefined) throw new Error("there is no node");
  return {
    url: node.url.replace("http:", "clickhouse:"),
    kill: () => {
      node.kill();
    },
    start: () => node.start(),
    stop,
  };
}

/** Three shards with a `Distributed` table; the second is the one that breaks. */
async function breakableShard(): Promise<Breakable> {
  const { nodes, stop, cluster } = await startClickHouse18(3);
  const [node, shard] = nodes;
  if (node === undefined || shard === undefined) throw new Error("there are no shards");
  const makeTable = async (table: string): Promise<void> => {
    const part = `${table}_part`;
    for (const { url } of nodes) {
      const local = await openAuditLogger(`${url.replace("http:", "clickhouse:")}?table=${part}`);
      await local.close();
    }
    const made = await fetch(node.url, {
      method: "POST",
      body: `CREATE TABLE ${table} AS ${part} ENGINE = Distributed(${cluster}, default, ${part}, intHash64(id))`,
    });
    expect(await made.text()).toBe("");
  };
  await makeTable("audit_log");
  return {
    url: node.url.replace("http:", "clickhouse:"),
    makeTable,
    kill: () => {
      shard.kill();
    },
    start: () => shard.start(),
    stop,
  };
}

const PLACES: readonly (readonly [string, ServerName, () => Promise<Breakable>])[] = [
  ["PostgreSQL", "postgresql", breakablePostgres],
  ["ClickHouse 18.16", "clickhouse-18", () => breakableNode(startClickHouse18)],
  ["ClickHouse 26", "clickhouse-26", () => breakableNode(startClickHouse26)],
  ["a Distributed table of three shards", "clickhouse-18", breakableShard],
];

describe.each(PLACES)("%s", (_, name, start) => {
  describeWith([name], "under failures", () => {
    let server: Breakable;
    beforeAll(async () => {
      server = await start();
    }, 60_000);
    afterAll(() => server.stop());

    it.skipIf(!BUILT)(
      "loses nothing that was confirmed, and stores nothing twice (needs the built package)",
      { timeout: 120_000 },
      async () => {
        const entries = await logThroughFailures(server);
        expect(entries.length).toBeGreaterThan(200);
        const ids = entries.map(({ id }) => id as number);
        expect(new Set(ids).size).toBe(ids.length);
        // Without holes, where ids are numbered on.
        expect(name === "postgresql" ? ids.at(-1) : ids.length).toBe(ids.length);
      },
    );

    it("finds entries again whose confirmation was lost", async () => {
      await server.makeTable?.("lossy");
      const proxy = await lossyProxy(server.url);
      const logger = await openAuditLogger(`${proxy.url}?table=lossy`, { batchEntries: 10 });
      for (let round = 0; round < 5; round += 1) {
        // COMMIT, or the last bytes of an insert, arrive; the answer does not come back.
        proxy.loseAnswerTo(name === "postgresql" ? "COMMIT\0" : `lossy-${round}-9`);
        const calls = Array.from({ length: 10 }, (_call, turn) =>
          logger.log(`lossy-${round}-${turn}`, decide()),
        );
        expect(new Set(await Promise.all(calls)).size).toBe(10);
      }
      expect(proxy.lost()).toBe(5);
      const sessions = (await logger.getLog()).map(({ session_id }) => session_id);
      expect(sessions).toEqual(
        Array.from({ length: 50 }, (_entry, at) => `lossy-${Math.floor(at / 10)}-${at % 10}`),
      );
      await logger.close();
      await proxy.close();
    });

    it("waits in bounded memory while the server is away, then stores everything", async () => {
      await server.makeTable?.("waiting");
      const logger = await openAuditLogger(`${server.url}?table=waiting`, {
        queueEntries: 500,
        batchEntries: 100,
      });
      await logger.log("first", decide());
      server.kill();
      let produced = 0;
      const calls: Promise<number>[] = [];
      const producer = (async () => {
        for (; produced < 2000; produced += 1) {
          await logger.ready();
          calls.push(logger.log(`s-${produced}`, decide()));
        }
      })();
      await sleep(400);
      expect(produced).toBe(500);
      expect(logger.waiting).toBe(500);
      await server.start();
      await producer;
      await Promise.all(calls);
      const sessions = (await logger.getLog()).map(({ session_id }) => session_id);
      expect(sessions).toEqual([
        "first",
        ...Array.from({ length: 2000 }, (_s, turn) => `s-${turn}`),
      ]);
      await logger.close();
    });

    it("gives up a server that says nothing, and goes on when it does", async () => {
      await server.makeTable?.("silent");
      const proxy = await lossyProxy(server.url);
      const logger = await openAuditLogger(`${proxy.url}?table=silent`, { retryMs: 400 });
      await logger.log("before", decide());
      proxy.freeze();
      await expect(logger.log("meanwhile", decide())).rejects.toMatchObject({
        code: "unreadable-source",
      });
      expect(logger.waiting).toBe(0);
      proxy.thaw();
      await logger.log("after", decide());
      const sessions = (await logger.getLog()).map(({ session_id }) => session_id);
      expect(sessions).toEqual(["before", "after"]);
      await logger.close();
      await proxy.close();
    });

    // Of a cluster, the shard that lives may do without the other.
    if (start === breakableShard) return;

    it("gives up a server that is gone, and says so", async () => {
      const logger = await openAuditLogger(`${server.url}?table=given_up`, { retryMs: 300 });
      await logger.log("before", decide());
      server.kill();
      await expect(logger.log("meanwhile", decide())).rejects.toMatchObject({
        code: "unreadable-source",
      });
      await server.start();
      await logger.log("after", decide());
      const sessions = (await logger.getLog()).map(({ session_id }) => session_id);
      expect(sessions).toEqual(["before", "after"]);
      await logger.close();
    });
  });
});
