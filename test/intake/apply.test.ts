// A mapping applied: records, named values, ancestors, actions, answers, types of fields.

import { describe, expect, test } from "vitest";
import { mapping } from "./mappings.ts";
import { read } from "./reading.ts";

describe("a plain mapping", () => {
  const plain = mapping({
    fields: {
      id: "record.id",
      action_type: "record.what",
      action_params: "record.params",
      chain_depth: "record.depth",
      risk_level: "record.risk",
    },
  });

  test("absent stays absent, null is there but empty", async () => {
    const { entries } = await read(plain, [[{ id: 1, what: null }]]);
    expect(entries).toEqual([{ id: 1, action_type: null }]);
  });

  test.each([
    ["a text", { what: "read" }, { action_type: "read" }],
    ["an empty text", { what: "" }, { action_type: "" }],
    ["a number", { what: 1.5 }, { action_type: "1.5" }],
    ["a boolean", { what: false }, { action_type: null }],
    ["a list", { what: ["a", 1] }, { action_type: '["a",1]' }],
    ["a map", { what: { a: 1 } }, { action_type: '{"a":1}' }],
  ])("a text field from %s", async (_, record, entry) => {
    expect((await read(plain, [[record]])).entries).toEqual([entry]);
  });

  test.each([
    [{ id: 12 }, { id: 12 }],
    [{ id: "12" }, { id: "12" }],
    [{ id: 1.5 }, { id: "1.5" }],
    [{ id: true }, { id: null }],
    [{ id: null }, { id: null }],
    [{ depth: 3 }, { chain_depth: 3 }],
    [{ depth: "3" }, { chain_depth: 3 }],
    [{ depth: "three" }, { chain_depth: null }],
    [{ depth: 1.5 }, { chain_depth: null }],
    [{ depth: [] }, { chain_depth: null }],
    [{ params: { a: [1] } }, { action_params: { a: [1] } }],
    [{ params: "{}" }, { action_params: "{}" }],
    [{ params: 0 }, { action_params: 0 }],
  ])("%j becomes %j", async (record, entry) => {
    expect((await read(plain, [[record]])).entries).toEqual([entry]);
  });

  test("whole numbers beyond 2^53 keep their digits and are counted", async () => {
    const { entries, result } = await read(plain, ['{"id":9007199254740993}\n']);
    expect(entries).toEqual([{ id: "9007199254740993" }]);
    expect(result.statement.unsafeIntegers).toBe(1);
  });

  test("`__proto__` and `constructor` of a record are data", async () => {
    const hostile = mapping({
      fields: { id: 'record["__proto__"]', action_type: 'record["constructor"]' },
    });
    const { entries } = await read(hostile, ['{"__proto__":"a"}\n{}\n{"constructor":"b"}\n']);
    expect(entries).toEqual([{ id: "a" }, {}, { action_type: "b" }]);
  });

  test("no object is refused, with its place and bytes", async () => {
    const { entries, refused, result } = await read(plain, ['{"id":1}\n"text"\n3\nnull\n[{}]\n']);
    expect(entries).toEqual([{ id: 1 }]);
    expect(refused.map(({ line, reason, message }) => ({ line, reason, message }))).toEqual([
      { line: 2, reason: "not-an-entry", message: "expected an object or a row, got a text" },
      { line: 3, reason: "not-an-entry", message: "expected an object or a row, got a number" },
      { line: 4, reason: "not-an-entry", message: "expected an object or a row, got null" },
      { line: 5, reason: "not-an-entry", message: "expected an object or a row, got a list" },
    ]);
    expect(refused.map(({ bytes }) => Buffer.from(bytes).toString())).toEqual([
      '"text"',
      "3",
      "null",
      "[{}]",
    ]);
    expect(result.statement).toMatchObject({ records: 5, actions: 1, withoutAction: 0 });
  });
});

describe("records inside a document", () => {
  const spans = mapping({
    records: [
      { each: "document.resources", as: "resource" },
      { each: "resource.spans", as: "span" },
    ],
    when: 'record.kind == "tool"',
    fields: {
      id: "record.id",
      agent_id: "resource.agent",
      action_type: "span.name",
      chain_depth: "position",
      session_id: 'string(line) + "/" + string(action_position)',
    },
  });
  const document = {
    resources: [
      { agent: "a", spans: [{ id: "1", kind: "tool", name: "x" }, { id: "2" }] },
      { agent: "b", spans: [{ id: "3", kind: "tool", name: "y" }] },
      { agent: "c" },
      "nothing",
    ],
  };

  test("are found by the steps, in order, each with its surroundings", async () => {
    const { entries, origins, result } = await read(spans, [[document, document]]);
    expect(entries.slice(0, 2)).toEqual([
      { id: "1", agent_id: "a", action_type: "x", chain_depth: 1, session_id: "1/1" },
      { id: "3", agent_id: "b", action_type: "y", chain_depth: 3, session_id: "1/2" },
    ]);
    expect(origins.map(({ line, position }) => [line, position])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
    expect(result.statement).toMatchObject({ records: 6, actions: 4, withoutAction: 2 });
  });

  test("a document without any holds no action; a record that is null is refused", async () => {
    const { refused, result } = await read(spans, [
      [{}, { resources: 3 }, { resources: [{ spans: [null, { kind: "tool" }] }] }],
    ]);
    expect(result.statement).toMatchObject({ records: 4, actions: 1, withoutAction: 2 });
    expect(refused).toMatchObject([
      { line: 3, reason: "not-an-entry", message: "record 1 of the document is null" },
    ]);
  });

  test("a list as a document is read where the mapping steps into it", async () => {
    const messages = mapping({
      records: [{ each: "document", as: "message" }],
      fields: { id: "record.id" },
    });
    expect((await read(messages, [[[{ id: 1 }, { id: 2 }]]])).entries).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
  });
});

describe("ancestors", () => {
  const tree = mapping({
    records: [{ each: "document.spans", as: "span" }],
    tree: { id: "record.id", parent: "record.parent" },
    let: { agent: 'ancestors.filter(a, a.kind == "agent").first().name' },
    fields: {
      id: "record.id",
      agent_id: "agent",
      chain_depth: "size(ancestors)",
      chain_id: 'ancestors.map(a, a.id).join("<")',
    },
  });

  test("nearest first, wherever they stand in the document", async () => {
    const { entries } = await read(tree, [
      [
        {
          spans: [
            { id: "c", parent: "b" },
            { id: "b", parent: "a", kind: "agent", name: "inner" },
            { id: "a", kind: "agent", name: "outer" },
            { id: "d", parent: "gone" },
          ],
        },
      ],
    ]);
    expect(entries).toEqual([
      { id: "c", agent_id: "inner", chain_depth: 2, chain_id: "b<a" },
      { id: "b", agent_id: "outer", chain_depth: 1, chain_id: "a" },
      { id: "a", chain_depth: 0, chain_id: "" },
      { id: "d", chain_depth: 0, chain_id: "" },
    ]);
  });

  test("circles end, and so do long chains", async () => {
    const chain = Array.from({ length: 100 }, (_, index) => ({
      id: index,
      parent: index === 99 ? undefined : index + 1,
    }));
    const { entries } = await read(tree, [
      [
        {
          spans: [
            { id: 1, parent: 2 },
            { id: 2, parent: 1 },
            { id: 3, parent: 3 },
          ],
        },
        { spans: chain },
      ],
    ]);
    expect(entries.slice(0, 3)).toMatchObject([
      { id: 1, chain_depth: 1, chain_id: "2" },
      { id: 2, chain_depth: 1, chain_id: "1" },
      { id: 3, chain_depth: 0 },
    ]);
    expect(entries[3]).toMatchObject({ chain_depth: 64 });
    expect(entries[3 + 80]).toMatchObject({ chain_depth: 19 });
  });

  test("of one document are none of the next", async () => {
    const { entries } = await read(tree, [
      [{ spans: [{ id: 1 }] }, { spans: [{ id: 2, parent: 1 }] }],
    ]);
    expect(entries).toMatchObject([{ chain_depth: 0 }, { chain_depth: 0 }]);
  });

  test("a hundred thousand records in one line of descent take no square time", async () => {
    const spans = Array.from({ length: 100_000 }, (_, index) => ({ id: index, parent: index + 1 }));
    const started = performance.now();
    const { entries } = await read(tree, [[{ spans }]]);
    expect(entries.length).toBe(100_000);
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe("named values", () => {
  test("are computed at most once a record, and only when needed", async () => {
    const counted = mapping({
      tables: { words: { known: "yes" } },
      let: {
        first: "tables.words[record.word]",
        second: 'first + "!"',
        unused: "tables.words[record.word]",
      },
      when: 'record.word != "skip"',
      fields: { id: "first", action_type: "second", action_desc: "first", agent_id: "second" },
    });
    const { entries, result } = await read(counted, [
      [{ word: "known" }, { word: "other" }, { word: "skip" }, { word: "other" }],
    ]);
    expect(entries).toEqual([
      { id: "yes", action_type: "yes!", action_desc: "yes", agent_id: "yes!" },
      {},
      {},
    ]);
    expect(result.statement.unknownWords).toEqual([{ table: "words", word: "other", count: 2 }]);
  });

  test("are those of the record, not of the one before", async () => {
    const twice = mapping({
      records: [{ each: "document.rows", as: "row" }],
      let: { name: "record.name" },
      each: { each: "record.calls", as: "call" },
      fields: { id: "call", agent_id: "name" },
    });
    const { entries } = await read(twice, [
      [
        {
          rows: [
            { name: "a", calls: [1, null, 2] },
            { name: "b", calls: [3] },
          ],
        },
      ],
    ]);
    expect(entries).toEqual([
      { id: 1, agent_id: "a" },
      { id: 2, agent_id: "a" },
      { id: 3, agent_id: "b" },
    ]);
  });
});

describe("answers", () => {
  const transcript = mapping({
    each: { each: "record.calls", as: "call" },
    call: "call.id",
    answers: {
      when: 'record.role == "tool"',
      to: "record.to",
      fields: { result_status: "record.status", result_data: "record.content" },
    },
    fields: { id: "call.id", action_type: "call.name", result_status: "call.status" },
  });

  test("complete the oldest action that waits under their key", async () => {
    const { entries, result } = await read(transcript, [
      [
        { calls: [{ id: "a", name: "one" }, { id: "a", name: "two" }, { id: "b" }] },
        { role: "tool", to: "b", content: 3 },
        { role: "tool", to: "a", content: 1 },
        { role: "tool", to: "a", content: 2 },
        { role: "tool", to: "a", content: 4 },
        { role: "tool", content: 5 },
      ],
    ]);
    expect(entries).toEqual([
      { id: "a", action_type: "one", result_data: 1 },
      { id: "a", action_type: "two", result_data: 2 },
      { id: "b", result_data: 3 },
    ]);
    expect(result.statement.answers).toEqual({ matched: 3, unmatched: 2 });
    expect(result.statement).toMatchObject({ records: 6, withoutAction: 5, actions: 3 });
  });

  test("overwrite with something, never with nothing", async () => {
    const { entries } = await read(transcript, [
      [
        { calls: [{ id: "a", status: "sent" }, { id: "b", status: "sent" }, { id: "c" }] },
        { role: "tool", to: "a", status: null },
        { role: "tool", to: "b", status: "done" },
        { role: "tool", to: "c", status: null },
      ],
    ]);
    expect(entries).toEqual([
      { id: "a", result_status: "sent" },
      { id: "b", result_status: "done" },
      { id: "c", result_status: null },
    ]);
  });

  test("hold back what stands behind a waiting action, until the file ends", async () => {
    const { entries, origins, result } = await read(transcript, [
      [{ calls: [{ id: "a" }, { name: "keyless" }] }, { calls: [{ id: "b" }] }],
      [{ role: "tool", to: "a", status: "late" }, { calls: [{ id: "c" }] }],
    ]);
    expect(entries).toEqual([{ id: "a" }, { action_type: "keyless" }, { id: "b" }, { id: "c" }]);
    expect(origins.map(({ file, line, position }) => [file, line, position])).toEqual([
      ["log-0.jsonl", 1, 1],
      ["log-0.jsonl", 1, 2],
      ["log-0.jsonl", 2, 1],
      ["log-1.jsonl", 2, 1],
    ]);
    expect(Buffer.from(origins[0]?.bytes ?? []).toString()).toBe(
      '{"calls":[{"id":"a"},{"name":"keyless"}]}',
    );
    expect(Buffer.from(origins[2]?.bytes ?? []).toString()).toBe('{"calls":[{"id":"b"}]}');
    expect(result.statement.answers).toEqual({ matched: 0, unmatched: 1 });
  });

  test("let an action go as soon as it is answered", async () => {
    const { order } = await read(transcript, [
      '{"calls":[{"id":"a"},{"id":"b"}]}\n{"role":"tool","to":"a"}\n{\n',
    ]);
    expect(order).toEqual(["entry", "refused", "entry"]);
  });

  test("a record's answers come before its own actions", async () => {
    const { entries, result } = await read(transcript, [
      [
        { calls: [{ id: "a", name: "one" }] },
        { role: "tool", to: "a", status: "done", calls: [{ id: "a", name: "two" }] },
      ],
    ]);
    expect(entries).toEqual([
      { id: "a", action_type: "one", result_status: "done" },
      { id: "a", action_type: "two" },
    ]);
    expect(result.statement.answers).toEqual({ matched: 1, unmatched: 0 });
  });

  test("after 10,000 on hold the oldest leaves without its answer", async () => {
    const calls = Array.from({ length: 10_001 }, (_, index) => ({ calls: [{ id: index }] }));
    const { entries, result } = await read(transcript, [
      [
        ...calls,
        { role: "tool", to: 0, status: "late" },
        { role: "tool", to: 1, status: "in time" },
      ],
    ]);
    expect(entries.length).toBe(10_001);
    expect(entries.slice(0, 3)).toEqual([
      { id: 0 },
      { id: 1, result_status: "in time" },
      { id: 2 },
    ]);
    expect(result.statement.answers).toEqual({ matched: 1, unmatched: 1 });
  });

  test("items inside a record can be answers", async () => {
    const parts = mapping({
      each: { each: 'record.content.filter(p, p.type == "use")', as: "use" },
      call: "use.id",
      answers: {
        each: { each: "record.content", as: "part" },
        when: 'part.type == "result"',
        to: "part.to",
        fields: { result_status: 'part.error ? "failed" : "success"' },
      },
      fields: { id: "use.id" },
    });
    const { entries } = await read(parts, [
      [
        {
          content: [
            { type: "use", id: "a" },
            { type: "use", id: "b" },
          ],
        },
        {
          content: [
            { type: "result", to: "b", error: true },
            { type: "result", to: "a" },
          ],
        },
      ],
    ]);
    expect(entries).toEqual([
      { id: "a", result_status: "success" },
      { id: "b", result_status: "failed" },
    ]);
  });
});
