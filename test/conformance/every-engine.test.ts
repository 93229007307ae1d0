// One odd log on every engine: every report that there is says the same to the byte, but for the
// inputs of its population, what the intake of a file states, and where evidence stands.
// 20,000 rows, 100,000 where CI is set, or as many as ODD_ROWS says.

import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { clickhouse } from "../../src/engines/clickhouse.ts";
import { duckdbLog } from "../../src/engines/duckdb.ts";
import type { DuckDbLogOptions } from "../../src/engines/duckdb.ts";
import type { Engine } from "../../src/engines/engine.ts";
import { ledger } from "../../src/engines/ledger.ts";
import { memory } from "../../src/engines/memory.ts";
import { postgresql } from "../../src/engines/postgresql.ts";
import { several } from "../../src/engines/several.ts";
import { sqlite } from "../../src/engines/sqlite.ts";
import { importLogs } from "../../src/ledger/import-logs.ts";
import { Policy } from "../../src/policy/policy.ts";
import { ReportGenerator } from "../../src/report-generator.ts";
import { describeWith } from "../servers/needs.ts";
import { sharedClickHouse18, sharedClickHouse26, sharedPostgres } from "../servers/shared.ts";
import { firstDifference } from "./first-difference.ts";
import {
  gzip,
  writeByDuckDb,
  writeCsv,
  writeJsonLines,
  writeSqlite,
  writeTabbed,
} from "./odd-log-files.ts";
import { loadClickHouse, loadPostgres } from "./odd-log-servers.ts";
import { TIME_SHAPES, oddLog } from "./odd-log.ts";
import type { OddLogEntry } from "./odd-log.ts";
import { comparable } from "./placeless-report.ts";
import type { IdAt } from "./placeless-report.ts";

const ROWS = Number(process.env["ODD_ROWS"] ?? (process.env["CI"] ? 100_000 : 20_000));
const isLong = ROWS > 500_000;
const PATIENCE = ROWS > 50_000 ? 20 * 60_000 : 120_000;

const catalog = loadCatalog();
const TYPES = catalog.frameworkIds;
const lines = { mapping: catalog.mapping("aegis-jsonl"), mappings: [] };
const table = { mapping: catalog.mapping("aegis-table"), mappings: [] };
const policy = Policy.fromYaml(
  fileURLToPath(new URL("../../examples/policy.yaml", import.meta.url)),
);
const CONFIGURATION = `
inputs:
  roster: [agent-0, agent-1, agent-2, auto, "🔒"]
  allow_list: [api.example.com, "*.example.org"]
  deployed_since: 2025-11-01
  recovery_time: PT1H
`;

const folder = mkdtempSync(join(tmpdir(), "aegis-every-engine-"));
// The database server reads its rows from here, as a user of its own.
chmodSync(folder, 0o755);
afterAll(() => rmSync(folder, { recursive: true }));

/** A log with what cannot be told from its engine. */
interface Opened {
  readonly engine: Engine;
  /** Which entry stands where; absent where pointers are ids. */
  readonly idAt?: IdAt;
  /** The log is several, and nothing is said of the order of one after the other. */
  readonly isSeveral?: boolean;
}

/** Reports of a log by their type, as JSON text without what may differ. */
type Reports = ReadonlyMap<string, string>;

async function reportsOf({ engine, idAt }: Opened): Promise<Reports> {
  const generator = new ReportGenerator(policy);
  try {
    const reports = await generator.generateAll(engine, TYPES, {
      now: "2026-11-01T00:00:00Z",
      periodStart: "2026-01-01T06:00:00Z",
      config: { text: CONFIGURATION },
    });
    return new Map(reports.map((report) => [report.reportType, comparable(report, idAt)]));
  } finally {
    await engine.close();
  }
}

async function* stream(entries: Iterable<OddLogEntry>): AsyncGenerator<OddLogEntry> {
  yield* entries;
}

const path = (name: string): string => join(folder, name);
const made = new Map<string, Promise<unknown>>();

/** Makes a file once, when it is first asked for. */
async function once<Made>(name: string, make: (to: string) => Made | Promise<Made>): Promise<Made> {
  const running = made.get(name) ?? Promise.resolve(make(path(name)));
  made.set(name, running);
  return running as Promise<Made>;
}

async function jsonLines(): Promise<string> {
  await once("rows.jsonl", (to) => writeJsonLines(to, oddLog(ROWS)));
  return path("rows.jsonl");
}

async function csv(): Promise<{ readonly idAt: IdAt }> {
  const linesOf = await once("rows.csv", (to) => writeCsv(to, oddLog(ROWS)));
  const ids = new Map(linesOf.map((line, id) => [line, id]));
  return { idAt: (pointer) => ids.get(lineIn(pointer)) };
}

async function database(): Promise<string> {
  await once("rows.db", (to) => writeSqlite(to, oddLog(ROWS)));
  return path("rows.db");
}

async function byDuckDb(format: Parameters<typeof writeByDuckDb>[2]): Promise<string> {
  const from = await jsonLines();
  await once(`rows-2.${format}`, (to) => writeByDuckDb(from, to, format));
  return path(`rows-2.${format}`);
}

/** The number behind the last colon. */
const lineIn = (pointer: string): number => Number(/:(\d+)$/.exec(pointer)?.[1]);

/** One entry a line, in the order of their ids, from 1. */
const idIsLine: IdAt = lineIn;

let reference: Reports;
beforeAll(async () => {
  reference = await reportsOf({ engine: memory(stream(oddLog(ROWS))) });
}, PATIENCE);

/** Where reports of a log differ first from those of the same entries in memory. */
async function differences(opened: Opened): Promise<string[]> {
  const reports = await reportsOf(opened);
  const compared = (text = "null"): string =>
    opened.isSeveral === true ? text.replace(/"unordered": \d+/, '"unordered": 0') : text;
  const found = new Map<string, string[]>();
  for (const type of TYPES) {
    const text = compared(reports.get(type));
    const expected = compared(reference.get(type));
    if (text === expected) continue;
    const where = firstDifference(JSON.parse(text), JSON.parse(expected)) ?? "only their bytes";
    found.set(where, [...(found.get(where) ?? []), type]);
  }
  return [...found].map(([where, types]) => `${types.join(" ")}: ${where}`);
}

describe("the odd log", () => {
  test("is the same each time, has 18 fields in every row, and every form of time", () => {
    const some = [...oddLog(5_000)];
    expect([...oddLog(5_000)]).toEqual(some);
    expect(new Set(some.map((entry) => Object.keys(entry).length))).toEqual(new Set([18]));
    expect(some.map(({ id }) => id)).toEqual(some.map((_, index) => index + 1));
    expect(TIME_SHAPES).toHaveLength(52);
    expect(JSON.stringify(some)).not.toMatch(/\\u0000|\\ud[89a-f]/);
  });

  test("is something that measures have populations and exceptions in", () => {
    expect(reference.size).toBe(TYPES.length);
    const reports = [...reference.values()].map((text) => JSON.parse(text) as Stated);
    expect(reports.filter(({ total_actions: total }) => total < ROWS * 0.75)).toEqual([]);
    const tests = new Map(
      reports.flatMap(({ weighted }) => (weighted?.tests ?? []).map((one) => [one.measure, one])),
    );
    const measures = [...tests.keys()];
    const without = (what: "population" | "exceptions"): string[] =>
      measures.filter((measure) => tests.get(measure)?.[what] === 0).sort();
    expect(measures.length).toBeGreaterThan(40);
    expect(without("population")).toEqual([]);
    // Figures have none, and some measures ask for what these agents never do.
    expect(without("exceptions").length).toBeLessThan(10);
  });
});

/** The part of a report that says how much there was to judge. */
interface Stated {
  readonly total_actions: number;
  readonly weighted?: {
    readonly tests: readonly {
      readonly measure: string;
      readonly population: number;
      readonly exceptions: number;
    }[];
  };
}

const ONE_THREAD = [
  "sqlite, one thread",
  async (): Promise<Opened> => ({ engine: await sqlite(await database(), { workers: 1 }) }),
] as const;

const FILES: readonly (readonly [string, () => Promise<Opened>])[] = [
  ...(isLong ? [] : [ONE_THREAD]),
  ["sqlite, two threads", async () => ({ engine: await sqlite(await database(), { workers: 2 }) })],
  ["a ledger", openLedger],
];

async function openLedger(): Promise<Opened> {
  const from = await jsonLines();
  const to = path("rows.ledger");
  await importLogs([from], { to, tool: { name: "test", version: "1" }, ...lines });
  return { engine: await ledger(to), idAt: idIsLine };
}

describe("kept by this package", () => {
  test.each(FILES)(
    "%s",
    async (_, open) => {
      expect(await differences(await open())).toEqual([]);
    },
    PATIENCE,
  );
});

const FOREIGN: readonly (readonly [
  string,
  (ways: Pick<DuckDbLogOptions, "fast" | "workers">) => Promise<Opened>,
])[] = [
  [
    "JSON Lines",
    async (ways) => ({
      engine: await duckdbLog([await jsonLines()], { ...lines, ...ways }),
      idAt: idIsLine,
    }),
  ],
  [
    "JSON Lines, gzip",
    async (ways) => {
      const from = await jsonLines();
      await once("rows.jsonl.gz", (to) => gzip(from, to));
      const engine = await duckdbLog([path("rows.jsonl.gz")], { ...lines, ...ways });
      return { engine, idAt: idIsLine };
    },
  ],
  [
    "JSON Lines, zstd",
    async (ways) => ({
      engine: await duckdbLog([await byDuckDb("jsonl.zst")], { ...lines, ...ways }),
      idAt: idIsLine,
    }),
  ],
  [
    "CSV",
    async (ways) => {
      const { idAt } = await csv();
      return { engine: await duckdbLog([path("rows.csv")], { ...table, ...ways }), idAt };
    },
  ],
  [
    "Parquet",
    async (ways) => ({
      engine: await duckdbLog([await byDuckDb("parquet")], { ...table, ...ways }),
      idAt: idIsLine,
    }),
  ],
];

// With a million rows each way takes a minute. Threads read as one does, and the strict reader reads
// every form into the same records.
describe.each([
  ["the ordinary way", { fast: "never" }, isLong ? FOREIGN.slice(0, 1) : FOREIGN],
  ...(isLong ? [] : [["the fast way", { fast: "only", workers: 1 }, FOREIGN] as const]),
  ["the fast way, two threads", { fast: "only", workers: 2 }, FOREIGN],
] as const)("files, %s", (_way, ways, forms) => {
  test.each(forms)(
    "%s",
    async (_, open) => {
      expect(await differences(await open(ways))).toEqual([]);
    },
    PATIENCE,
  );
});

describe("several logs as one", () => {
  test(
    "three SQLite files",
    async () => {
      const third = Math.ceil(ROWS / 3);
      const parts = await Promise.all(
        [0, 1, 2].map(async (part) => {
          const name = `host-${part}.db`;
          await once(name, (to) =>
            writeSqlite(to, between(oddLog(ROWS), part * third + 1, (part + 1) * third)),
          );
          return { name, engine: await sqlite(path(name), { workers: 1 }) };
        }),
      );
      const whole = { engine: several(parts), idAt: idIsLine, isSeveral: true };
      expect(await differences(whole)).toEqual([]);
    },
    PATIENCE,
  );
});

function* between(
  entries: Iterable<OddLogEntry>,
  first: number,
  last: number,
): Generator<OddLogEntry, void, undefined> {
  for (const entry of entries) {
    const id = Number(entry.id);
    if (id > last) return;
    if (id >= first) yield entry;
  }
}

describeWith(["postgresql"], "PostgreSQL", () => {
  test(
    "our own layout",
    async () => {
      await once("rows.tsv", (to) => writeTabbed(to, oddLog(ROWS)));
      const url = await loadPostgres(await sharedPostgres(), path("rows.tsv"));
      expect(await differences({ engine: await postgresql(url) })).toEqual([]);
    },
    PATIENCE,
  );
});

describe.each([
  ["clickhouse-26", sharedClickHouse26],
  ["clickhouse-18", sharedClickHouse18],
] as const)("%s", (server, share) => {
  describeWith([server], "ClickHouse", () => {
    test(
      "spread over three nodes",
      async () => {
        const url = await loadClickHouse(await share(), oddLog(ROWS));
        const engine = await clickhouse(url, { environment: {} });
        expect(await differences({ engine })).toEqual([]);
      },
      PATIENCE,
    );
  });
});
