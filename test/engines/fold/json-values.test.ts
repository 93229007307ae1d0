import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../../src/catalog/catalog.ts";
import { columnsOf } from "../../../src/engines/fold/columns.ts";
import { jsonFieldsRead } from "../../../src/engines/fold/json-values.ts";
import { parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";
import type { Measure } from "../../../src/model/measure.ts";

const catalog = loadCatalog();

function count(cel: string): Measure {
  const exception = parsePredicate(cel, ENTRY_SCHEMA);
  return {
    id: "count",
    kind: "count",
    title: "",
    question: "",
    limitations: "",
    population: parsePredicate("true", ENTRY_SCHEMA),
    fields: [],
    exception,
  };
}

const read = (id: string): string[] => [
  ...jsonFieldsRead({ measures: [catalog.measure(id).measure] }),
];

describe("JSON fields that are read by value", () => {
  test.each([
    ["present(action_params)", []],
    ['jsonText(action_params) == "{}"', ["action_params"]],
    ['!(agent_id == "a" && jsonText(result_data).contains("x"))', ["result_data"]],
    ["size(jsonText(action_params)) > 5", ["action_params"]],
  ])("%s", (cel, fields) => {
    expect([...jsonFieldsRead({ measures: [count(cel)] })]).toEqual(fields);
  });

  test("of measures that compare them, or hand them to the policy", () => {
    expect(read("runaway-repetition")).toEqual(["action_params"]);
    expect(read("policy-replay")).toEqual(["action_params"]);
    expect(read("sensitive-values").toSorted()).toEqual(["action_params", "result_data"]);
    expect(read("failure-run")).toEqual([]);
  });

  test("are among the columns", () => {
    for (const id of catalog.everyMeasureId) {
      const { measure } = catalog.measure(id);
      const columns = columnsOf({ measures: [measure] });
      for (const field of jsonFieldsRead({ measures: [measure] })) expect(columns).toContain(field);
    }
  });
});
