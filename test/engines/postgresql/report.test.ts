// A report of a PostgreSQL table is, to the byte, the report of the same entries in memory but
// for the name of the input; whatever types the columns have, and in whatever order rows lie.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine } from "../../../src/engines/engine.ts";
import { postgresql } from "../../../src/engines/postgresql.ts";
import { ENTRY_FIELD_NAMES } from "../../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import { formatInstant, parseInstant } from "../../../src/model/instant.ts";
import { toJson } from "../../../src/renderers/json.ts";
import { ReportGenerator } from "../../../src/report-generator.ts";
import { ODD_TEXTS } from "../../expression/written.ts";
import { describeWith } from "../../servers/needs.ts";
import { sharedPostgres } from "../../servers/shared.ts";
import { HOUR, START, sequence } from "../logs.ts";
import { ODD_TIMES } from "../sql/odd-values.ts";
import { writeTable } from "./written-table.ts";
import type { ColumnTypes } from "./written-table.ts";

interface Golden {
  readonly cases: readonly { readonly log: string; readonly report_type: string }[];
  readonly logs: Readonly<Record<string, readonly AuditEntry[]>>;
}

const golden = JSON.parse(
  gunzipSync(readFileSync(new URL("../../golden/reports.json.gz", import.meta.url))).toString(),
) as Golden;

const generator = new ReportGenerator();
const PERIODS = [{}, { periodStart: "2026-01-01", periodEnd: "2026-01-03" }];

/** The report as JSON text, without its inputs; or the code of the error. */
async function reportOf(
  entries: Engine | readonly AuditEntry[],
  reportType: string,
  period: object,
): Promise<string> {
  const now = "2026-11-01T00:00:00Z";
  const report = await generator.generate(entries, { reportType, now, ...period });
  return toJson({ ...report, population: { ...report.population, inputs: [] } });
}

/** An entry as a table of texts and whole numbers can hold it. */
function asStored(entry: AuditEntry): AuditEntry {
  const { id, chain_depth: depth } = entry;
  const texts = ENTRY_FIELD_NAMES.flatMap((field) => {
    const value: unknown = entry[field];
    if (field === "id" || field === "chain_depth" || value === undefined) return [];
    if (value === null || typeof value === "string") return [[field, value] as const];
    return [[field, typeof value === "number" ? String(value) : JSON.stringify(value)] as const];
  });
  return {
    ...("id" in entry ? { id: id ?? null } : {}),
    ...Object.fromEntries(texts),
    ...("chain_depth" in entry
      ? { chain_depth: Number.isInteger(depth) ? (depth ?? 0) : null }
      : {}),
  };
}

/** Entries with every odd text and time, and plain ones among them. PostgreSQL holds no NUL. */
function oddLog(length: number): AuditEntry[] {
  const next = sequence(7);
  const oneOf = <Item>(items: readonly Item[]): Item =>
    items[Math.floor(next() * items.length)] as Item;
  const texts = ODD_TEXTS.filter((text) => !text.includes("\0"));
  return Array.from({ length }, (_, index) => ({
    id: index + 1 + Math.floor(next() * 1.01),
    timestamp:
      next() < 0.2 ? oneOf(ODD_TIMES) : formatInstant(START + Math.floor(next() * 60) * HOUR),
    action_params: next() < 0.5 ? "{}" : "",
    chain_depth: oneOf([null, 0, 1, 2, 9]),
    ...Object.fromEntries(
      ENTRY_FIELD_NAMES.filter(
        (field) => !["id", "timestamp", "action_params", "chain_depth"].includes(field),
      ).map((field) => [field, oneOf<string | null>([...texts, ...PLAIN, null])]),
    ),
  }));
}

const PLAIN = [
  ..."delete_user read email send HIGH CRITICAL LOW auto approve block approved denied success failed".split(
    " ",
  ),
  "someone@example.org",
  "4111 1111 1111 1111",
  "https://Example.org:8080/a",
];

describeWith(["postgresql"], "reports of PostgreSQL tables", () => {
  let url = "";
  let client: Client;
  let tables = 0;
  beforeAll(async () => {
    url = await (await sharedPostgres()).createDatabase();
    client = new Client({ connectionString: url });
    await client.connect();
  });
  afterAll(() => client.end());

  /** The reports of a table, and those of the entries in memory. */
  async function reportsOf(
    entries: readonly AuditEntry[],
    types: ColumnTypes,
    reportTypes: readonly string[],
    seen = entries,
  ): Promise<{ readonly table: readonly string[]; readonly memory: readonly string[] }> {
    tables += 1;
    const name = `log_${tables}`;
    const fields = ENTRY_FIELD_NAMES.filter((field) =>
      seen.some((entry) => entry[field] !== undefined),
    );
    await writeTable(client, entries, { name, types, fields });
    const engine = await postgresql(`${url}?table=${name}&order=ordinal`);
    const table: string[] = [];
    const memory: string[] = [];
    for (const reportType of reportTypes) {
      for (const period of PERIODS) {
        table.push(await reportOf(engine, reportType, period));
        memory.push(await reportOf(seen, reportType, period));
      }
    }
    await engine.close();
    return { table, memory };
  }

  test.each(Object.keys(golden.logs))("golden log %s", async (name) => {
    const entries = (golden.logs[name] ?? []).map(asStored);
    if (!entries.some(({ id }) => id !== undefined)) return;
    const types = golden.cases.filter(({ log }) => log === name).map((one) => one.report_type);
    const { table, memory } = await reportsOf(entries, {}, [...new Set(types)]);
    expect(table).toEqual(memory);
  });

  test("20,000 odd entries", async () => {
    const { table, memory } = await reportsOf(oddLog(20_000), {}, ["soc2", "gdpr", "governance"]);
    expect(table).toEqual(memory);
  });

  test("times, JSON and numbers in columns of their own types", async () => {
    const entries = oddLog(3000).map((entry, index) => {
      const { timestamp, id, ...rest } = entry;
      // PostgreSQL rounds what it takes in to microseconds.
      const at = /\.\d{7}/.test(timestamp ?? "") ? Number.NaN : parseInstant(timestamp ?? "");
      return {
        id: String(id),
        ...rest,
        timestamp: Number.isNaN(at) ? null : (timestamp ?? null),
        action_params: index % 2 === 0 ? '{"a": [1, null]}' : null,
        session_id: String(index % 7),
      };
    });
    // What the columns give back: an instant in one spelling, the same JSON, numbers.
    const seen = entries.map((entry) => {
      const at = parseInstant(entry.timestamp ?? "");
      const iso = Number.isNaN(at) ? null : formatInstant(at);
      return { ...entry, timestamp: iso === null ? null : iso6(iso), id: Number(entry.id) };
    });
    const types: ColumnTypes = {
      id: "bigint",
      timestamp: "timestamptz",
      action_params: "jsonb",
      session_id: "smallint",
      chain_depth: "bigint",
      agent_id: "varchar(500)",
    };
    const zoned = await reportsOf(entries, types, ["soc2"], seen);
    expect(zoned.table).toEqual(zoned.memory);
    const naive = { ...types, timestamp: "timestamp" };
    const local = await reportsOf(entries, naive, ["soc2"], seen.map(withoutZone(entries)));
    expect(local.table).toEqual(local.memory);
  });
});

/** `…T00:00:00.000000Z`, as columns of times are read. */
function iso6(iso: string): string {
  const [, seconds = "", fraction = ""] = /^(.{19})(?:\.(\d+))?\+00:00$/.exec(iso) ?? [];
  return `${seconds}.${fraction.padEnd(6, "0")}Z`;
}

/** A column without time zone forgets the offset that was written. */
function withoutZone(entries: readonly AuditEntry[]) {
  return (seen: AuditEntry, index: number): AuditEntry => {
    const written = entries[index]?.timestamp;
    if (typeof written !== "string") return seen;
    const at = parseInstant(written.replace(/(?:Z|[+-]\d\d:?\d\d)$/, ""));
    return { ...seen, timestamp: iso6(formatInstant(at)) };
  };
}
