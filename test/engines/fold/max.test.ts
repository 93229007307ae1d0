// The largest value of a number, and the one that 99 of 100 do not exceed.

import { expect, test } from "vitest";
import { memory } from "../../../src/engines/memory.ts";
import { parseNumber, parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";
import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import type { MaxMeasure } from "../../../src/model/measure.ts";

const measure: MaxMeasure = {
  id: "deepest",
  kind: "max",
  title: "",
  question: "",
  limitations: "",
  fields: ["chain_depth"],
  population: parsePredicate("true", ENTRY_SCHEMA),
  of: parseNumber("chain_depth", ENTRY_SCHEMA),
  above: 3,
};

async function deepest(depths: readonly unknown[]) {
  const entries = depths.map((depth) => ({ chain_depth: depth }) as AuditEntry);
  const question = { measures: [measure], period: {}, now: 0 };
  const { observations } = await memory(entries).observe(question);
  return observations.get("deepest");
}

const times = (count: number, depth: number): number[] =>
  Array.from({ length: count }, () => depth);
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

test.each([
  ["a single value", [5], { max: 5, p99: 5 }],
  ["1 to 100", range(100), { max: 100, p99: 99 }],
  ["1 to 100, downwards", range(100).toReversed(), { max: 100, p99: 99 }],
  ["1 to 101", range(101), { max: 101, p99: 100 }],
  ["1 to 10", range(10), { max: 10, p99: 10 }],
  ["one in a hundred", [...times(99, 2), 9], { max: 9, p99: 2 }],
  ["two in a hundred", [...times(98, 2), 9, 9], { max: 9, p99: 9 }],
  ["one in two hundred", [9, ...times(199, 2)], { max: 9, p99: 2 }],
])("of %s", async (_, depths, numbers) => {
  expect((await deepest(depths))?.numbers).toMatchObject(numbers);
});

test("what exceeds the limit is an exception, what reaches it is none", async () => {
  expect(await deepest([2, 3, 4, 3, 5])).toMatchObject({ population: 5, exceptions: 2 });
});

test("entries without the number are not asked, and of none there is no largest", async () => {
  expect(await deepest([4, null, "deep"])).toMatchObject({ population: 1, exceptions: 1 });
  expect(await deepest([null])).toMatchObject({ population: 0, numbers: {} });
  expect((await deepest([null]))?.numbers).toEqual({});
});
