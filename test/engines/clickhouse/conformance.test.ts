// Every example of every measure, asked of real ClickHouse clusters of three nodes.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { connectClickHouse } from "../../../src/clickhouse/connection.ts";
import type { ClickHouseConnection } from "../../../src/clickhouse/connection.ts";
import { parseClickHouseUrl } from "../../../src/clickhouse/url.ts";
import { clickhouse } from "../../../src/engines/clickhouse.ts";
import { inspectClickHouse } from "../../../src/engines/clickhouse/inspect.ts";
import { openView } from "../../../src/engines/clickhouse/view.ts";
import type { Engine, ListedException } from "../../../src/engines/engine.ts";
import { observable, stated } from "../../../src/engines/fold/stated.ts";
import type { LogColumn } from "../../../src/engines/sql/log-table.ts";
import { tableEngine } from "../../../src/engines/table/table-engine.ts";
import { exampleQuestion } from "../../../src/measure-example.ts";
import type { EntryField } from "../../../src/model/audit-entry.ts";
import type { Measure, MeasureExample } from "../../../src/model/measure.ts";
import { openWriter } from "../../clickhouse/written-table.ts";
import type { Writer } from "../../clickhouse/written-table.ts";
import { firstOf, observedIn } from "../../conformance/listed-exceptions.ts";
import { describeWith } from "../../servers/needs.ts";
import { sharedClickHouse18, sharedClickHouse26 } from "../../servers/shared.ts";

const catalog = loadCatalog();
const measures = catalog.everyMeasureId
  .map((id) => catalog.measure(id).measure)
  // Asked of the policy, not of a log.
  .filter(({ kind }) => kind !== "policy-lint");

interface Case {
  readonly measure: Measure;
  readonly example: MeasureExample;
}

const cases = measures.flatMap((measure) =>
  (measure.examples ?? []).map((example): Case => ({ measure, example })),
);

/** Of each kind the example with the most entries. */
const largest = new Map(
  cases
    .toSorted((a, b) => a.example.entries.length - b.example.entries.length)
    .map((one) => [one.measure.kind, one]),
);

const SERVERS = [
  ["clickhouse-26", sharedClickHouse26],
  ["clickhouse-18", sharedClickHouse18],
] as const;

describe.each(SERVERS)("%s", (name, share) => {
  describeWith([name], "every measure's examples", () => {
    let writer: Writer;
    let connection: ClickHouseConnection;
    let engineOf: (index: number) => Engine;
    beforeAll(async () => {
      const cluster = await share();
      writer = await openWriter(cluster, await cluster.createDatabase());
      const { url, logs } = await writer.spreadMany(
        "logs",
        cases.map(({ example }) => example.entries),
      );
      const target = parseClickHouseUrl(url);
      connection = await connectClickHouse(target, { environment: {} });
      const { table } = await inspectClickHouse(connection, target);
      engineOf = (index) => {
        const { from, numbered } = logs[index] ?? { from: "", numbered: true };
        const id = { name: "id", kind: numbered ? "integer" : "text" } as const;
        const log = {
          table: {
            ...table,
            from,
            columns: new Map<EntryField, LogColumn>([...table.columns, ["id", id]]),
          },
        };
        return tableEngine({
          table: log.table,
          view: (signal) => openView(connection, log, "a log", signal),
          close: async () => {},
        });
      };
    }, 60_000);
    afterAll(async () => {
      await connection.close();
      await writer.close();
    });

    test.each(measures.map((measure) => [measure.id, measure] as const))(
      "%s, on three nodes",
      async (_, measure) => {
        for (const [index, { measure: asked, example }] of cases.entries()) {
          if (asked !== measure) continue;
          const engine = engineOf(index);
          const { observation } = await observe(engine, { measure, example });
          await engine.close();
          const { name: called } = example;
          const expected = observable(example.expect);
          expect({ called, ...stated(observation, expected) }).toEqual({ called, ...expected });
        }
      },
    );

    describe.each(["write", "spread"] as const)("%s", (way) => {
      test.each([...largest])("%s, with its exceptions", async (kind, asked) => {
        const url = await writer[way](`${way} ${kind}`, asked.example.entries);
        const engine = await clickhouse(url, { environment: {} });
        const { question, observation } = await observe(engine, asked);
        const exceptions: ListedException[] = [];
        for await (const one of engine.exceptions(question)) exceptions.push(one);
        await engine.close();
        const expected = observable(asked.example.expect);
        expect({ ...stated(observation, expected), listed: firstOf(exceptions) }).toEqual({
          ...expected,
          listed: observedIn(observation),
        });
      });
    });
  });
});

async function observe(engine: Engine, { measure, example }: Case) {
  const question = exampleQuestion(measure, example);
  const [observation] = (await engine.observe(question)).observations.values();
  if (observation === undefined) throw new Error("the engine gave no observation");
  return { question, observation };
}
