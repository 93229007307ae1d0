// Duplicates: keys in a growing table, and what counts as the same action.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contentMark, seenKeys } from "../../src/intake/duplicates.ts";
import { mapping } from "./mappings.ts";
import { read } from "./reading.ts";

describe("seen keys", () => {
  test("agree with a map, in any order and number", () => {
    const key = fc.oneof(fc.integer({ min: 0, max: 300 }).map(String), fc.string());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(key, fc.constantFrom(0, 1, 0xffff_ffff)), { maxLength: 600 }),
        (steps) => {
          const seen = seenKeys();
          const known = new Map<string, number>();
          for (const [text, content] of steps) {
            const before = known.get(text);
            if (before === undefined) known.set(text, content);
            const same = before === content ? "same" : "differing";
            expect(seen.see(text, content)).toBe(before === undefined ? "new" : same);
          }
          expect(seen.size).toBe(known.size);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("grow: 200,000 keys are new once and the same afterwards", () => {
    const seen = seenKeys();
    let news = 0;
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 200_000; index += 1) {
        if (seen.see(`request-${index}`, index) === "new") news += 1;
      }
    }
    expect(news).toBe(200_000);
    expect(seen.size).toBe(200_000);
    expect(seen.see("request-7", 8)).toBe("differing");
  });

  test("a mark is equal for equal content, of bytes and text", () => {
    expect(contentMark("täglich")).toBe(contentMark(Buffer.from("täglich")));
    expect(contentMark("a")).not.toBe(contentMark("b"));
  });
});

describe("a mapping with a key", () => {
  const keyed = mapping({
    key: 'record.id == null ? null : record.id + "/" + string(record.stage)',
    keyMeaning: "A request is logged once for each stage.",
    fields: { id: "record.id", action_type: "record.what" },
  });

  test("counts the second of a kind, and apart those that differ", async () => {
    const { entries, duplicates, order, result } = await read(keyed, [
      '{"id":"a","stage":1}\n{"id":"a","stage":2}\n{"id":"a","stage":1}\n',
      '{"id":"a", "stage":1}\n{"id":"b","stage":1}\n{"stage":1}\n{"stage":1}\n',
    ]);
    expect(entries.map(({ id }) => id)).toEqual(["a", "a", "b", undefined, undefined]);
    expect(
      duplicates.map(({ origin, differing }) => [origin.file, origin.line, differing]),
    ).toEqual([
      ["log-0.jsonl", 3, false],
      ["log-1.jsonl", 1, true],
    ]);
    expect(order.join(" ")).toBe("entry entry duplicate duplicate entry entry entry");
    expect(result.statement).toMatchObject({
      actions: 7,
      duplicatesDiffering: 1,
      duplicateMeanings: ["A request is logged once for each stage."],
    });
  });

  test("a key that is the whole record is told apart by what it says, not by how it is written", async () => {
    const whole = mapping({
      key: "has(record.id) ? record : null",
      keyMeaning: "A record may be delivered twice.",
      fields: { id: "record.id" },
    });
    const { entries, duplicates, result } = await read(whole, [
      '{"id":"a","x":1}\n{ "id": "a", "x": 1.0 }\n{"id":"a","x":2}\n{"x":1}\n{"x":1}\n',
    ]);
    expect(entries).toHaveLength(4);
    expect(duplicates.map(({ origin, differing }) => [origin.line, differing])).toEqual([
      [2, false],
    ]);
    expect(result.statement.duplicatesDiffering).toBe(0);
  });

  test("without a key nothing is a duplicate", async () => {
    const keyless = mapping({ fields: { id: "record.id" } });
    const { entries, duplicates } = await read(keyless, [[{ id: 1 }, { id: 1 }]]);
    expect([entries.length, duplicates.length]).toEqual([2, 0]);
  });

  test("records of one document differ by what they say themselves", async () => {
    const spans = mapping({
      records: [{ each: "document.spans", as: "span" }],
      each: { each: "span.calls", as: "call" },
      key: "call.id",
      fields: { id: "call.id" },
    });
    const { duplicates } = await read(spans, [
      [
        { spans: [{ calls: [{ id: 1 }] }, { calls: [{ id: 1 }] }, { calls: [{ id: 1, x: 1 }] }] },
        { other: 1, spans: [{ calls: [{ id: 1 }] }] },
        { spans: [{ calls: [{ id: 2 }, { id: 2 }, { id: 2, x: 1 }] }] },
      ],
    ]);
    expect(duplicates.map(({ differing }) => differing)).toEqual([false, true, false, false, true]);
  });

  test("a duplicate takes the answer that belongs to it", async () => {
    const calls = mapping({
      when: "record.call != null",
      call: "record.call",
      key: "record.call",
      answers: {
        when: "record.to != null",
        to: "record.to",
        fields: { result_status: "record.ok" },
      },
      fields: { id: "record.call" },
    });
    const log = [{ call: "a" }, { to: "a", ok: "yes" }];
    const { entries, duplicates, result } = await read(calls, [[...log, ...log], log]);
    expect(entries).toEqual([{ id: "a", result_status: "yes" }]);
    expect(duplicates.length).toBe(2);
    expect(result.statement.answers).toEqual({ matched: 3, unmatched: 0 });
  });
});
