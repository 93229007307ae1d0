// Which fields a question reads: no more than its measures ask for.

import { expect, test } from "vitest";
import { columnsOf } from "../../../src/engines/fold/columns.ts";
import { REPLAYED_FIELDS } from "../../../src/engines/fold/policy-replay.ts";
import type { Measure } from "../../../src/model/measure.ts";

const columns = (...measures: readonly object[]) =>
  columnsOf({ measures: measures as readonly Measure[] });

test("of every entry the id and the time are read", () => {
  expect(columns()).toEqual(["id", "timestamp"]);
});

test("of a measure its fields, and those of which any will do, each once", () => {
  const one = {
    kind: "count",
    fields: ["approval", "id"],
    anyFields: [["agent_id"], ["approval"]],
  };
  expect(columns(one, { kind: "count", fields: ["risk_level"] })).toEqual([
    "id",
    "timestamp",
    "approval",
    "agent_id",
    "risk_level",
  ]);
});

test("a replay of the policy reads all that rules may ask for", () => {
  const read = columns({ kind: "policy-replay", fields: [] });
  expect(read.toSorted()).toEqual(REPLAYED_FIELDS.toSorted());
});
