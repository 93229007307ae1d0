// Every example of every measure in a PostgreSQL table answers as the example says, and the
// exceptions that are listed are those that are counted.

import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import type { ListedException } from "../../../src/engines/engine.ts";
import { observable, stated } from "../../../src/engines/fold/stated.ts";
import { postgresql } from "../../../src/engines/postgresql.ts";
import { exampleQuestion } from "../../../src/measure-example.ts";
import { firstOf, observedIn } from "../../conformance/listed-exceptions.ts";
import { describeWith } from "../../servers/needs.ts";
import { sharedPostgres } from "../../servers/shared.ts";
import { collected } from "../every-engine.ts";
import { writeTable } from "./written-table.ts";

const catalog = loadCatalog();
const measures = catalog.everyMeasureId
  .map((id) => catalog.measure(id).measure)
  // Asked of the policy, not of a log.
  .filter(({ kind }) => kind !== "policy-lint");

describeWith(["postgresql"], "every measure's examples in PostgreSQL", () => {
  let url = "";
  let client: Client;
  let tables = 0;
  beforeAll(async () => {
    url = await (await sharedPostgres()).createDatabase();
    client = new Client({ connectionString: url });
    await client.connect();
  });
  afterAll(() => client.end());

  test.each(measures.map((measure) => [measure.id, measure] as const))("%s", async (_, measure) => {
    for (const example of measure.examples ?? []) {
      tables += 1;
      await writeTable(client, example.entries, { name: `examples_${tables}` });
      const engine = await postgresql(`${url}?table=examples_${tables}&order=ordinal`);
      const question = exampleQuestion(measure, example);
      const { observations } = await engine.observe(question);
      const exceptions: ListedException[] = await collected(engine.exceptions(question));
      await engine.close();
      const [observation] = observations.values();
      if (observation === undefined) throw new Error("the engine gave no observation");
      const expected = observable(example.expect);
      const { name } = example;
      expect({ name, ...stated(observation, expected), listed: firstOf(exceptions) }).toEqual({
        name,
        ...expected,
        listed: observedIn(observation),
      });
    }
  });
});
