// What is said of the ids of a log.

import { expect, test } from "vitest";
import { identityObservation } from "../../../src/engines/fold/identity.ts";
import type { Identity } from "../../../src/engines/fold/followed-ids.ts";
import type { IdentityMeasure } from "../../../src/model/measure.ts";

const measure = { id: "ids", kind: "identity" } as IdentityMeasure;
const of = (identity: Identity | undefined) => identityObservation(measure, identity, 9);

test("where ids are too many to follow, nothing is asked", () => {
  expect(of(undefined)).toStrictEqual({
    kind: "identity",
    measure: "ids",
    population: 0,
    exceptions: 0,
    exceptionEntries: [],
    numbers: {},
  });
});

test("a dense sequence has a number of missing ids, another has none", () => {
  expect(of({ duplicates: 0, first: [], missing: 2 }).numbers).toStrictEqual({
    duplicates: 0,
    dense: 1,
    missing: 2,
  });
  expect(of({ duplicates: 0, first: [] }).numbers).toStrictEqual({ duplicates: 0, dense: 0 });
});

test("an id that stands twice is shown by itself; one beyond exact numbers as its digits", () => {
  const { population, exceptions, exceptionEntries } = of({
    duplicates: 3,
    first: [7, "a", 2n ** 60n],
  });
  expect([population, exceptions]).toEqual([9, 3]);
  expect(exceptionEntries.map(({ id }) => id)).toEqual([7, "a", "1152921504606846976"]);
});
