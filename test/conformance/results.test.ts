// What the measures' own limits make of their examples: the answer is the engines' matter, the
// result is this one's.

import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { exampleDifference } from "../../src/measure-example.ts";

const catalog = loadCatalog();
const outcome = (result: string, reason?: string): string =>
  reason === undefined ? result : `${result} ${reason}`;

describe.each(catalog.everyMeasureId)("%s", (id) => {
  test("every example comes out as it says", async () => {
    const { measure } = catalog.measure(id);
    const differences = await Promise.all(
      (measure.examples ?? []).map((example) => exampleDifference(measure, example)),
    );
    expect(differences.filter((difference) => difference !== undefined)).toEqual([]);
  });

  test("every result that its limits can give has an example", () => {
    const { limits, examples = [] } = catalog.measure(id).measure;
    const possible = (limits?.of ?? []).map(({ result, reason }) => outcome(result, reason));
    const stated = examples.flatMap(({ expect: { result, reason } }) =>
      result === undefined ? [] : [outcome(result, reason)],
    );
    expect(possible.filter((one) => !stated.includes(one))).toEqual([]);
  });
});
