// Which fields a question reads: no more than its measures and the activity ask for.

import { expect, test } from "vitest";
import { ACTIVITY_FIELDS } from "../../../src/engines/fold/activity.ts";
import { columnsOf } from "../../../src/engines/fold/columns.ts";
import { REPLAYED_FIELDS } from "../../../src/engines/fold/policy-replay.ts";
import type { Measure } from "../../../src/model/measure.ts";

const columns = (...measures: readonly object[]) =>
  columnsOf({ measures: measures as readonly Measure[] });

test("of every entry the id, the time and what its activity is made of are read", () => {
  expect(columns()).toEqual(["id", "timestamp", ...ACTIVITY_FIELDS]);
});

test("of a measure its fields, and those of which any will do, each once", () => {
  const one = {
    kind: "count",
    fields: ["approval", "id"],
    anyFields: [["chain_id"], ["approval"]],
  };
  expect(columns(one, { kind: "count", fields: ["session_id"] })).toEqual([
    "id",
    "timestamp",
    ...ACTIVITY_FIELDS,
    "chain_id",
    "session_id",
  ]);
});

test("a replay of the policy reads all that rules may ask for", () => {
  const read = columns({ kind: "policy-replay", fields: [] });
  expect(read.toSorted()).toEqual(
    [...new Set([...REPLAYED_FIELDS, ...ACTIVITY_FIELDS])].toSorted(),
  );
});
