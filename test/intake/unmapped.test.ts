// Raw fields that nothing reads, and the even draw of the documents that are looked at.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DRAWN_DOCUMENTS, draw, drawMark } from "../../src/intake/unmapped/drawn.ts";
import type { DrawnDocument } from "../../src/intake/unmapped/drawn.ts";
import { unmappedWalker } from "../../src/intake/unmapped.ts";
import type { Mapping } from "../../src/model/mapping.ts";
import { mapping } from "./mappings.ts";
import { read } from "./reading.ts";

function unmappedIn(format: Mapping, given: unknown): Record<string, number> {
  const drawn: DrawnDocument[] = [];
  unmappedWalker(format, drawn).offer(given, Buffer.from(JSON.stringify(given)));
  return Object.fromEntries(drawn.flatMap(({ unmapped }) => unmapped));
}

describe("unmapped fields", () => {
  const plain = mapping({
    recognise: "has(document.version)",
    let: { user: "record.user", tags: "attributes(record.tags)" },
    when: 'record.kind == "call"',
    fields: {
      id: 'record["@id"]',
      agent_id: "user.name",
      action_type: "tags.type",
      action_target: "coalesce(record.target.arn, record.targets[0].arn)",
      action_desc: 'record.notes.filter(n, n.lang == "en").first().text',
      action_params: "record.params",
    },
    ignored: ["record.noise", 'record["odd key"]', "user.mail"],
  });

  test("are named as an expression would name them; what is read whole has none", () => {
    expect(
      unmappedIn(plain, {
        version: 1,
        kind: "call",
        "@id": 1,
        user: { name: "a", mail: "b", role: "c" },
        tags: [{ key: "type", value: {} }],
        target: { arn: 1, region: "x" },
        targets: [{ arn: 1 }, { arn: 2, region: "y" }],
        notes: [{ lang: "en", text: "t", by: "z" }],
        params: { deep: { er: 1 } },
        noise: { a: 1 },
        "odd key": 1,
        other: { a: 1, b: 2 },
        "x-y": 1,
        empty: null,
        blank: "",
        none: [],
      }),
    ).toEqual({
      "record.user.role": 1,
      "record.target.region": 1,
      "record.targets.region": 1,
      "record.notes.by": 1,
      "record.other": 1,
      'record["x-y"]': 1,
    });
  });

  test("a scalar where names are read below it is not read", () => {
    expect(unmappedIn(plain, { user: "root" })).toEqual({ "record.user": 1 });
  });

  test("are counted by record, under the names of the steps", () => {
    const spans = mapping({
      records: [
        { each: "document.resources", as: "resource" },
        { each: "resource.spans", as: "span" },
      ],
      each: { each: "record.calls", as: "call" },
      fields: { id: "call.id", agent_id: "resource.name", session_id: "span.session" },
    });
    const drawn: DrawnDocument[] = [];
    const resources = {
      schema: "x",
      resources: [
        {
          name: "a",
          zone: "b",
          spans: [
            {
              session: 1,
              calls: [
                { id: 1, name: "n" },
                { id: 2, name: "n" },
              ],
              kind: 1,
            },
            { session: 2, kind: 2 },
          ],
        },
      ],
    };
    unmappedWalker(spans, drawn).offer(resources, Buffer.from("x"));
    expect(drawn[0]?.records).toBe(2);
    expect(Object.fromEntries(drawn[0]?.unmapped ?? [])).toEqual({
      "document.schema": 1,
      "resource.zone": 1,
      "call.name": 1,
      "record.kind": 2,
    });
  });

  test("ancestors are read where they are asked", () => {
    const tree = mapping({
      records: [{ each: "document.spans", as: "span" }],
      tree: { id: "record.id", parent: "record.parent" },
      fields: { agent_id: "ancestors.filter(a, a.agent != null).first().title" },
    });
    expect(
      unmappedIn(tree, { spans: [{ id: 1, parent: 2, agent: "x", title: "t", more: 1 }] }),
    ).toEqual({ "record.more": 1 });
  });

  test("hostile documents are neither followed for ever nor kept whole", () => {
    const wide = Object.fromEntries(
      Array.from({ length: 50_000 }, (_, index) => [`${"k".repeat(500)}${index}`, 1]),
    );
    const found = unmappedIn(plain, { ...wide, __proto__: { inherited: 1 } });
    expect(Object.keys(found).length).toBeLessThanOrEqual(200);
    expect(Math.max(...Object.keys(found).map(({ length }) => length))).toBeLessThan(200);
    expect(found).not.toHaveProperty("record.inherited");
  });

  test("the statement lists the 50 most frequent, by number and then by name", async () => {
    const wide = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`f${String(index).padStart(2, "0")}`, 1]),
    );
    const { result } = await read(plain, [[wide, { f59: 2 }, { f59: 3 }]]);
    const { unmapped, unmappedLookedAt } = result.statement;
    expect(unmappedLookedAt).toBe(3);
    expect(unmapped.length).toBe(50);
    expect(unmapped[0]).toEqual({ path: "record.f59", records: 3 });
    expect(unmapped[1]).toEqual({ path: "record.f00", records: 1 });
  });
});

function document(mark: number): DrawnDocument {
  return { mark, records: 1, unmapped: [] };
}

function marks(drawn: readonly DrawnDocument[]): number[] {
  return drawn.map(({ mark }) => mark).sort((left, right) => left - right);
}

describe("the draw", () => {
  test("keeps the smallest marks, whatever the order and the parts", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(0xffff_ffff), { minLength: 900, maxLength: 2000 }),
        fc.nat(2000),
        (all, cut) => {
          const smallest = [...all].sort((left, right) => left - right).slice(0, DRAWN_DOCUMENTS);
          const whole: DrawnDocument[] = [];
          for (const mark of all) draw(whole, document(mark));
          expect(marks(whole)).toEqual(smallest);
          const parts: DrawnDocument[][] = [[], []];
          for (const [index, mark] of all.entries()) {
            draw(parts[index < cut ? 1 : 0] as DrawnDocument[], document(mark));
          }
          for (const drawn of parts[1] ?? []) draw(parts[0] as DrawnDocument[], drawn);
          expect(marks(parts[0] ?? [])).toEqual(smallest);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("spreads documents evenly", () => {
    const seen = Array.from({ length: 20_000 }, (_, index) =>
      drawMark(Buffer.from(JSON.stringify({ id: `request-${index}`, user: "alice", n: index }))),
    );
    const low = seen.filter((mark) => mark < 0x4000_0000).length;
    expect(low).toBeGreaterThan(4700);
    expect(low).toBeLessThan(5300);
    expect(new Set(seen).size).toBeGreaterThan(19_900);
  });
});
