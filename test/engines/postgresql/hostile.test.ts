// Names and values that would be SQL if they were ever written into it, and selections, which
// are answered alike by the database and by the compiled expression.

import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { EntrySelection, Question } from "../../../src/engines/engine.ts";
import { memory } from "../../../src/engines/memory.ts";
import { postgresql } from "../../../src/engines/postgresql.ts";
import { parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";
import { ENTRY_FIELD_NAMES } from "../../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../../src/model/audit-entry.ts";
import type { Expression } from "../../../src/model/expression.ts";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { describeWith } from "../../servers/needs.ts";
import { sharedPostgres } from "../../servers/shared.ts";
import { collected } from "../every-engine.ts";
import { START } from "../logs.ts";
import { writeTable } from "./written-table.ts";

const HOSTILE = [
  "'; DROP TABLE audit_log; --",
  'x" FROM pg_shadow; --',
  "$1",
  "${process.env.PGPASSWORD}",
  "a.b",
  "\\",
  "\\'",
  "select",
  "Größe 🔒",
  "\u202e\u0001\n",
  "%s%n",
  "/* */",
];

const { measure } = loadCatalog().measure("actions-by-approval");
const question: Question = { measures: [measure], period: {}, now: START };

const entries: readonly AuditEntry[] = HOSTILE.map((text, index) => ({
  ...Object.fromEntries(ENTRY_FIELD_NAMES.map((field) => [field, text])),
  id: index + 1,
  timestamp: `2026-01-01T00:00:${String(index).padStart(2, "0")}Z`,
  chain_depth: index,
}));

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

describeWith(["postgresql"], "hostile names and values in PostgreSQL", () => {
  let url = "";
  let client: Client;
  beforeAll(async () => {
    url = await (await sharedPostgres()).createDatabase();
    client = new Client({ connectionString: url });
    await client.connect();
    await writeTable(client, entries);
  });
  afterAll(() => client.end());

  test.each(HOSTILE)("a schema, a table and columns that are called %j", async (name) => {
    const of = (part: string): string => `${name}${part}`;
    const fields = new Map<EntryField, string>([
      ["id", of("i")],
      ["timestamp", of("t")],
      ["approval", name],
    ]);
    const from = `${quoted(of("s"))}.${quoted(name)}`;
    await client.query(`CREATE SCHEMA ${quoted(of("s"))}`);
    await client.query(
      `CREATE TABLE ${from} AS SELECT ordinal AS ${quoted(of("o"))}, ` +
        `${[...fields].map(([field, column]) => `${field} AS ${quoted(column)}`).join(", ")} FROM audit_log`,
    );
    const asked = new URL(url);
    asked.searchParams.set("table", from);
    asked.searchParams.set("order", of("o"));
    for (const [field, column] of fields) asked.searchParams.set(`column.${field}`, column);
    const engine = await postgresql(asked.href);
    const { population, observations } = await engine.observe(question);
    const listed = await collected(engine.entries({ period: {} }));
    await engine.close();
    expect(population.read).toBe(HOSTILE.length);
    expect(population.inputs[0]?.name).toMatch(
      /^postgres:\/\/127\.0\.0\.1:\d+\/\w+\/[\x21-\x7e]+$/,
    );
    expect(observations.get(measure.id)?.population).toBe(HOSTILE.length);
    expect(listed.map(({ approval }) => approval)).toEqual(HOSTILE);
    const { rows } = await client.query<{ count: string }>("SELECT count(*) FROM audit_log");
    expect(rows[0]?.count).toBe(String(HOSTILE.length));
  });

  test.each(HOSTILE.map((text) => [text]))("values in predicates: %j", async (text) => {
    const literal = JSON.stringify(text);
    const sources = [
      `agent_id == ${literal}`,
      `agent_id != ${literal}`,
      `action_target.contains(${literal})`,
      `action_target.startsWith(${literal}) || action_target.endsWith(${literal})`,
      `agent_id in [${literal}, "other"]`,
      `agent_id < ${literal}`,
      `has(entry.approval) && chain_depth >= 3`,
    ];
    const engine = await postgresql(`${url}?order=ordinal`);
    const held = memory(entries);
    for (const source of sources) {
      const where = expression(source);
      if (where === undefined) continue;
      for (const period of [{}, { start: START + 2_000_000, end: START + 9_000_000 }]) {
        const selection: EntrySelection = { where, period };
        expect(await collected(engine.entries(selection))).toEqual(
          await collected(held.entries(selection)),
        );
      }
    }
    await engine.close();
  });
});

/** Nothing where the expression's own grammar has no such text. */
function expression(source: string): Expression | undefined {
  try {
    return parsePredicate(source, ENTRY_SCHEMA);
  } catch {
    return undefined;
  }
}
