// What is read, what is refused and where, and which paths an expression reads.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RECORD_FUNCTIONS } from "../../../src/expression/record/functions.ts";
import { ComplianceError } from "../../../src/model/error.ts";
import { refusal } from "../../model/refusal.ts";
import { parse } from "./evaluate.ts";

const names = { variables: ["record", "document", "call"], tables: ["risk", "effect"] };

describe("trees", () => {
  const record = { kind: "name", name: "record" } as const;
  test.each([
    ["record.a", { kind: "member", of: record, name: "a" }],
    ['record["a"]', { kind: "index", of: record, index: { kind: "literal", value: "a" } }],
    ["-3", { kind: "literal", value: -3 }],
    ["-0", { kind: "literal", value: 0 }],
    ["-record", { kind: "negate", of: record }],
    ["has(record)", { kind: "has", of: record }],
    [
      "record && true && !record",
      { kind: "and", of: [record, { kind: "literal", value: true }, { kind: "not", of: record }] },
    ],
    [
      "tables.risk[record]",
      {
        kind: "index",
        of: { kind: "member", of: { kind: "name", name: "tables" }, name: "risk" },
        index: record,
      },
    ],
    ["record.size()", { kind: "call", name: "size", arguments: [record] }],
    ["size(record)", { kind: "call", name: "size", arguments: [record] }],
    [
      "record.map(x, x)",
      { kind: "each", macro: "map", of: record, variable: "x", body: { kind: "name", name: "x" } },
    ],
    [
      "true ? 1 : null",
      {
        kind: "choose",
        when: { kind: "literal", value: true },
        value: { kind: "literal", value: 1 },
        otherwise: { kind: "literal", value: null },
      },
    ],
  ])("%s", (source, tree) => {
    expect(parse(source, names)).toMatchObject({ source, term: tree });
  });

  test("a tree is data that crosses to another thread", () => {
    const expression = parse('{"a": record.b.map(x, x + tables.risk["c"])}', names);
    expect(structuredClone(expression)).toStrictEqual(expression);
  });
});

describe("paths", () => {
  test.each([
    ["record.a.b", ["record.a.b"]],
    ['record["a"].b', ["record.a.b"]],
    ['record["@time"]["a b"].c', ['record["@time"]["a b"].c']],
    ['record["\\"\\\\"]', ['record["\\"\\\\"]']],
    ["record.a[0].b", ["record.a"]],
    ["record.a[document.b]", ["document.b", "record.a"]],
    ["record", ["record"]],
    ["record.items.map(x, x.name + record.b)", ["record.b", "record.items"]],
    ["record.items.filter(x, has(x.y)).first().z", ["record.items"]],
    ["tables.risk[record.risk]", ["record.risk"]],
    ["has(record.a) ? coalesce(record.b, record.a) : call.c", ["call.c", "record.a", "record.b"]],
    [
      '{"x": record.a, record.k: [record.b, -record.c]}',
      ["record.a", "record.b", "record.c", "record.k"],
    ],
    [
      "record.a in record.b || !record.c && record.d < 1 % record.e",
      ["record.a", "record.b", "record.c", "record.d", "record.e"],
    ],
    ["json(record.a).b.c", ["record.a"]],
    ["1 + 1", []],
  ])("%s", (source, paths) => {
    expect(parse(source, names).paths).toEqual(paths);
  });
});

describe("refused", () => {
  test.each([
    ["recrod.a", "1:1", "there is no variable 'recrod'", "Did you mean 'record'?"],
    ["zzzzz", "1:1", "there is no variable 'zzzzz'", "Known here: call, document, record."],
    ["record.a.map(x, y)", "1:17", "there is no variable 'y'", "Did you mean 'x'?"],
    ["x + record.a.map(x, x)", "1:1", "there is no variable 'x'", "Known here"],
    [
      "record.a\n  + coalese(1)",
      "2:5",
      "there is no function 'coalese'",
      "Did you mean 'coalesce'?",
    ],
    ["record.toLowerCase()", "1:8", "there is no method 'toLowerCase'", "Write text.lowerAscii()."],
    ["record.exists_one(x, x)", "1:8", "there is no method", "Write list.filter"],
    ["__defineGetter__(record)", "1:1", "there is no function", "Available: all, attributes"],
    ["record.constructor()", "1:8", "there is no method 'constructor'", "Available"],
    ["record.string()", "1:8", "'string' is a function", "Write string(x)."],
    ["trim(record)", "1:1", "'trim' is a method", "Write text.trim()."],
    [
      "coalesce()",
      "1:1",
      "expected at least 1 argument, but here are 0",
      "Write coalesce(a, b, …).",
    ],
    [
      "record.replace('a')",
      "1:8",
      "expected 2 arguments, but here is 1",
      "Write text.replace(from, to).",
    ],
    ["record.trim('a')", "1:8", "expected 0 arguments, but here is 1", "Write text.trim()."],
    ["has()", "1:1", "expected 1 argument, but here are 0", "Write has(x)."],
    ["record.map(x)", "1:8", "expected 2 arguments, but here is 1", "Write list.map(x, …)."],
    ["record.map(x, true, x)", "1:8", "expected 2 arguments, but here are 3", ""],
    ["record.map(tables, 1)", "1:12", "the name 'tables' already means", ""],
    ["record.map(x, record.map(x, 1))", "1:26", "the name 'x' already means", ""],
    ["tables.rsik[record]", "1:1", "there is no table 'rsik'", "Did you mean 'risk'?"],
    ["tables.zzzzzz[record]", "1:1", "there is no table", "Known tables: effect, risk."],
    ["tables", "1:1", "a table can only be looked up in", "Write tables.NAME[word]."],
    ["tables.risk", "1:1", "a table can only be looked up in", ""],
    ['tables["risk"]["a"]', "1:1", "a table can only be looked up in", ""],
    ["tables.risk.high", "1:1", "a table can only be looked up in", ""],
    ["epoch(record, record)", "1:15", 'expected one of "s", "ms"', ""],
    ["record || 'a'", "1:11", "expected a condition here", "write coalesce(a, b, …)"],
    ["[] ? 1 : 2", "1:1", "expected a condition here", ""],
    ["!null", "1:2", "expected a condition here", ""],
    ["record.filter(x, 1)", "1:18", "expected a condition here", ""],
    ["{1: 2}", "1:2", "the keys of a map are texts", ""],
    ["-9007199254740992", "1:2", "the number 9007199254740992", "Whole numbers are exact"],
    ["b'a'", "1:1", "there are no unsigned numbers and no bytes", ""],
    ["record.in", "1:8", "Expected IDENTIFIER, got IN", 'written record["key"]'],
    ["record.a b", "1:10", "Unexpected character: 'b'", ""],
    ["", "1:1", "Unexpected token: EOF", ""],
    ["record.a.map(1, 2)", "1:14", "", ""],
    [
      "record.map(a, record.map(b, record.map(c, record.map(d, 1))))",
      "1:50",
      "no more than 3 of exists, all, filter, map",
      "Give a part of it a name under let.",
    ],
  ])("%s", (source, place, message, hint) => {
    const error = refusal(() => parse(source, names));
    expect(error.code).toBe("invalid-expression");
    expect(error.message).toMatch(`line ${place}: `);
    expect(error.message).toContain(message);
    expect(error.hint ?? "").toContain(hint);
  });

  test("three macros inside each other are not too deep, and beside each other any number is", () => {
    const inner = "record.map(a, record.map(b, record.map(c, a)))";
    expect(parse(`[${Array.from({ length: 9 }, () => inner).join()}]`, names).paths).toEqual([
      "record",
    ]);
  });

  test.each([
    ["a long sum", `record${" + record".repeat(250)}`],
    ["many signs", `${"!".repeat(600)}record`],
    ["more signs than the library can go through", `${"!".repeat(9900)}record`],
    ["parentheses", `${"(".repeat(600)}record${")".repeat(600)}`],
    ["members", `record${".a".repeat(600)}`],
  ])("too deep: %s", (_what, source) => {
    expect(refusal(() => parse(source, names)).message).toMatch(/250/);
  });

  test("too long", () => {
    const error = refusal(() => parse("record ".padEnd(10_001), names));
    expect(error.message).toBe(
      "line 1:10001: expected at most 10000 characters, but here are 10001",
    );
    expect(parse("record ".padEnd(10_000), names).paths).toEqual(["record"]);
  });

  test("conditions in a row do not count as nested", () => {
    const source = Array.from({ length: 700 }, () => "has(call)").join(" || ");
    expect(parse(source, names).paths).toEqual(["call"]);
  });
});

test("any text is read or refused as an invalid expression, never otherwise", () => {
  const pieces = fc.constantFrom(
    ..."record . a [ ] ( ) { } : , ? + - ! && || == < in 1 null x tables risk // has map".split(
      " ",
    ),
    ...RECORD_FUNCTIONS.keys(),
    "__proto__",
    '"t"',
    " ",
    "\n",
  );
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 40 }),
    fc.array(pieces, { maxLength: 25 }).map((parts) => parts.join("")),
  );
  fc.assert(
    fc.property(texts, (source) => {
      const { line = 1, column = 1 } = mistakeIn(source)?.location ?? {};
      expect(column).toBeGreaterThan(0);
      expect(column).toBeLessThanOrEqual((source.split("\n")[line - 1] ?? "").length + 1);
    }),
    { numRuns: 3000 },
  );
});

/** The refusal of an expression, which must be one for being invalid; undefined when it is read. */
function mistakeIn(source: string): ComplianceError | undefined {
  try {
    parse(source, names);
    return undefined;
  } catch (error) {
    if (error instanceof ComplianceError && error.code === "invalid-expression") return error;
    throw error;
  }
}
