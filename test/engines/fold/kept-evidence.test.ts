import { describe, expect, test } from "vitest";
import { inOrder } from "../../../src/engines/fold/in-order.ts";
import { keptEvidence } from "../../../src/engines/fold/kept-evidence.ts";
import type { KeptEvidence } from "../../../src/engines/fold/kept-evidence.ts";
import type { PlacedEntry } from "../../../src/engines/fold/accumulator.ts";
import { parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";
import { EVIDENCE_FIELDS } from "../../../src/model/audit-entry.ts";
import type { RunMeasure } from "../../../src/model/measure.ts";

function placed(inPart: number, line: number): PlacedEntry {
  return {
    part: inPart,
    line,
    id: line % 7 === 0 ? `text ${line}` : line,
    timestamp: `t${inPart}-${line}`,
    agent_id: line % 2 === 0 ? "even" : null,
    action_type: { odd: line } as unknown as string,
    action_target: "target",
    matched_rule: null,
    approval: "auto",
    human_decision: null,
    result_status: "",
  };
}

/** Every third entry of a part. */
function part(number: number, entries: number): KeptEvidence {
  const kept = keptEvidence();
  for (let line = 1; line <= entries; line += 3)
    kept.keep(placed(number, line), number * 1e9 + line);
  return kept;
}

describe("kept evidence", () => {
  test("is found by its position, exactly, and nothing else is", () => {
    const kept = part(2, 200_000);
    for (const line of [1, 4, 49_150, 49_153, 49_156, 199_999]) {
      expect(kept.at(2e9 + line)).toEqual(placed(2, line));
    }
    for (const position of [0, 2e9, 2e9 + 2, 2e9 + 200_002, 1e9 + 1]) {
      expect(kept.at(position)).toBeUndefined();
    }
  });

  test("crosses threads and merges in any order", () => {
    const whole = part(1, 10);
    for (const number of [3, 0, 2]) whole.merge(structuredClone(part(number, 40_000).state));
    for (const number of [0, 2, 3]) {
      expect(whole.at(number * 1e9 + 39_997)).toEqual(placed(number, 39_997));
    }
    expect(whole.at(1e9 + 10)).toEqual(placed(1, 10));
    expect(whole.at(1e9 + 13)).toBeUndefined();
  });

  test("values that repeat themselves stand once, and of those that do not, no index grows", () => {
    const [{ chunks, values } = { chunks: [], values: [] }] = part(0, 300_000).state;
    const byField = new Map(EVIDENCE_FIELDS.map((field, index) => [field, values[index]]));
    expect(byField.get("agent_id")).toHaveLength(2);
    expect(byField.get("timestamp")?.length).toBeLessThan(90_000);
    expect(chunks).toHaveLength(7);
  });
});

test("only what matters to a measure in order is kept, and shown at the end", () => {
  const measure: RunMeasure = {
    id: "failures",
    kind: "run",
    title: "",
    question: "",
    limitations: "",
    fields: [],
    population: parsePredicate('result_status == "failed"', ENTRY_SCHEMA),
    by: ["chain_id"],
    brokenBy: parsePredicate('result_status == "success"', ENTRY_SCHEMA),
    atLeast: 2,
  };
  const names = ["result_status", "chain_id"];
  const ordered = inOrder([measure], (name) => names.indexOf(name), {
    measures: [measure],
    period: {},
    now: 0,
  });
  const statuses = ["failed", "skipped", "failed", "success", "blocked", "failed"];
  for (const [index, status] of statuses.entries()) {
    ordered.step({
      row: [status, "c"],
      instant: index,
      id: index,
      position: index + 1,
      reference: placed(0, index + 1),
    });
  }
  const rows = (ordered.state.evidence ?? []).flatMap(({ chunks }) =>
    chunks.map(({ length }) => length),
  );
  expect(rows).toEqual([4]);
  const resolved = ordered.finish((reference) => reference as PlacedEntry).get("failures");
  expect(resolved?.exceptionEntries).toEqual([placed(0, 1), placed(0, 3)]);
  expect(ordered.references()).toEqual([placed(0, 1), placed(0, 3)]);
});
