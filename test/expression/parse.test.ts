// What is inside the subset, what is outside and how it is refused.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDefinitions } from "../../src/expression/definitions.ts";
import { parsePredicate, parseText } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA, OBSERVATION_SCHEMA } from "../../src/expression/schema.ts";
import { ComplianceError } from "../../src/model/error.ts";
import { refusal } from "../model/refusal.ts";

const DEFINITIONS = parseDefinitions(
  new Map([
    ["elevated", 'risk_level.lowerAscii() in ["high", "critical"]'],
    ["auto", 'approval == "auto"'],
    ["slipped", "elevated && auto"],
  ]),
  ENTRY_SCHEMA,
);
const parse = (source: string) => parsePredicate(source, ENTRY_SCHEMA, DEFINITIONS);
const agent = { kind: "text-field", name: "agent_id" };
const depth = { kind: "number-field", name: "chain_depth" };

describe("accepted", () => {
  test.each([
    ["true", { kind: "boolean", value: true }],
    [
      "agent_id == 'a'",
      { kind: "compare", operator: "==", left: agent, right: { kind: "text", value: "a" } },
    ],
    [
      "chain_depth >= -2",
      { kind: "compare", operator: ">=", left: depth, right: { kind: "number", value: -2 } },
    ],
    [
      "0x1F < chain_depth",
      { kind: "compare", operator: "<", left: { kind: "number", value: 31 }, right: depth },
    ],
    [
      "chain_depth < 1.5",
      { kind: "compare", operator: "<", left: depth, right: { kind: "number", value: 1.5 } },
    ],
    ["!present(agent_id)", { kind: "not", of: { kind: "present", name: "agent_id" } }],
    ["present(action_params)", { kind: "present", name: "action_params" }],
    ['agent_id in ["a", "b"]', { kind: "in-texts", term: agent, values: ["a", "b"] }],
    ["agent_id in []", { kind: "in-texts", term: agent, values: [] }],
    ["chain_depth in [1, -2]", { kind: "in-numbers", term: depth, values: [1, -2] }],
    ['agent_id.contains("")', { kind: "contains", term: agent, value: "" }],
    [
      'agent_id.trim().lowerAscii().startsWith("a")',
      {
        kind: "starts-with",
        value: "a",
        term: { kind: "lower-ascii", of: { kind: "trim", of: agent } },
      },
    ],
    ['agent_id.endsWith("\\u00e9\\n\\x41")', { kind: "ends-with", term: agent, value: "é\nA" }],
    [
      'timestamp < timestamp("2026-01-01 01:00:00.0000019+0100")',
      {
        kind: "compare",
        operator: "<",
        left: { kind: "instant-field", name: "timestamp" },
        right: { kind: "instant", value: 1_767_225_600_000_001 },
      },
    ],
    [
      '["a", "b"].exists(word, agent_id.contains(word))',
      {
        kind: "or",
        of: [
          { kind: "contains", term: agent, value: "a" },
          { kind: "contains", term: agent, value: "b" },
        ],
      },
    ],
    [
      "true || false || true",
      {
        kind: "or",
        of: [
          { kind: "boolean", value: true },
          { kind: "boolean", value: false },
          { kind: "boolean", value: true },
        ],
      },
    ],
    [
      "9007199254740991 == chain_depth",
      {
        kind: "compare",
        operator: "==",
        left: { kind: "number", value: 9007199254740991 },
        right: depth,
      },
    ],
  ])("%s", (source, predicate) => {
    expect(parse(source).predicate).toEqual(predicate);
    expect(parse(source).source).toBe(source);
  });

  test("conditions are compared from either side", () => {
    for (const [left, right] of [
      ["present(agent_id)", "true"],
      ['agent_id.contains("a")', "elevated"],
      ['["a"].exists(w, w == agent_id)', "chain_depth > 1"],
    ]) {
      for (const operator of ["==", "!="]) {
        expect(parse(`${left} ${operator} ${right}`).fields).toEqual(
          parse(`${right} ${operator} ${left}`).fields,
        );
      }
    }
  });

  test("a word of exists hides fields and definitions of its name, also in an inner exists", () => {
    expect(parse('["x"].exists(elevated, agent_id == elevated)').fields).toEqual(["agent_id"]);
    expect(parse('["x"].exists(elevated, elevated == "x")').fields).toEqual([]);
    expect(parse('["x"].exists(agent_id, agent_id == "x")').fields).toEqual([]);
    expect(
      parse('["x"].exists(w, ["y"].exists(w, w == agent_id) && w == chain_id)').predicate,
    ).toEqual({
      kind: "or",
      of: [
        {
          kind: "and",
          of: [
            {
              kind: "or",
              of: [
                {
                  kind: "compare",
                  operator: "==",
                  left: { kind: "text", value: "y" },
                  right: agent,
                },
              ],
            },
            {
              kind: "compare",
              operator: "==",
              left: { kind: "text", value: "x" },
              right: { kind: "text-field", name: "chain_id" },
            },
          ],
        },
      ],
    });
  });

  test("names each field it reads once, sorted", () => {
    const source =
      'timestamp > timestamp("2026-01-01T00:00:00Z") && agent_id == chain_id && present(id) && agent_id != ""';
    expect(parse(source).fields).toEqual(["agent_id", "chain_id", "id", "timestamp"]);
  });
});

describe("refused, with the place and the name of the construct", () => {
  test.each([
    // [source, line, column, what the message says]
    ["agent_id", 1, 1, "expected a bool, but this is a string"],
    ["chain_depth", 1, 1, "expected a bool"],
    ["timestamp", 1, 1, "expected a bool"],
    ["null", 1, 1, "expected a bool"],
    ["action_params", 1, 1, "'action_params' is no yes-or-no name"],
    ["", 1, 1, "EOF"],
    ["agent_id ==", 1, 12, "EOF"],
    ['agent_id = "a"', 1, 10, "Unexpected character: ="],
    ['elevated &&\n  agent_id ==\n  "a" + "b"', 3, 3, "the operator '+'"],
    ["elevated &&\n\tnope", 2, 2, "Unknown variable: nope"],
    ['agent_id == "🔒" || nope', 1, 21, "Unknown variable: nope"],
    ["constructor == 1", 1, 1, "Unknown variable: constructor"],
    ["__proto__ == 1", 1, 1, "__proto__"],
    ["chain_depth - 1 == 1", 1, 1, "the operator '-'"],
    ["chain_depth * 1 == 1", 1, 1, "the operator '*'"],
    ["chain_depth / 1 == 1", 1, 1, "the operator '/'"],
    ["chain_depth % 1 == 1", 1, 1, "the operator '%'"],
    ["-chain_depth == 1", 1, 1, "the sign '-'"],
    ["elevated ? true : false", 1, 1, "the conditional '? :'"],
    ["action_params.x == 1", 1, 1, "member access '.'"],
    ['action_params["x"] == 1', 1, 1, "the index '[ ]'"],
    ["action_params == 1", 1, 1, "the content of 'action_params'"],
    ["action_params in [1]", 1, 1, "the content of 'action_params'"],
    ['result_data.startsWith("x")', 1, 1, "the content of 'result_data'"],
    ['agent_id in ["a"] && agent_id in action_params', 1, 34, "'in' with anything but a list"],
    ["agent_id in [chain_id]", 1, 14, "anything but a literal"],
    ['agent_id in ["a", 1]', 1, 19, "List elements must have the same type"],
    ["chain_depth in [1u]", 1, 1, "int in list<uint>"],
    ["agent_id.contains(chain_id)", 1, 19, "anything but a literal"],
    ['timestamp in [timestamp("2026-01-01T00:00:00Z")]', 1, 1, "'in' on a timestamp"],
    ['timestamp > timestamp("2026-02-29T00:00:00Z")', 1, 13, "expected timestamp("],
    ["timestamp > timestamp(1767225600)", 1, 13, "expected timestamp("],
    ["timestamp > timestamp(agent_id)", 1, 23, "anything but a literal"],
    ["timestamp.getFullYear() == 2026", 1, 1, "the method 'getFullYear'"],
    ['duration("1h") == duration("1h")', 1, 1, "the function 'duration'"],
    ["agent_id.size() > 1", 1, 1, "the method 'size'"],
    ['agent_id.matches("(a+)+$")', 1, 1, "the method 'matches'"],
    ['agent_id.replace("a", "b") == "b"', 1, 1, "replace"],
    ['agent_id.indexOf("a") == 1', 1, 1, "the method 'indexOf'"],
    ['agent_id.split("a") == ["b"]', 1, 1, "the method 'split'"],
    ["string(chain_depth) == '1'", 1, 1, "the function 'string'"],
    ["double(chain_depth) > 1.5", 1, 1, "the function 'double'"],
    ["dyn(agent_id) == 'a'", 1, 1, "the function 'dyn'"],
    ["type(agent_id) == string", 1, 1, "the function 'type'"],
    ["has(action_params.x)", 1, 1, "the function 'has'"],
    ["present('agent_id')", 1, 9, "'present' of anything but a field"],
    ["present(elevated)", 1, 9, "'present' of anything but a field"],
    ['["a"].exists(agent_id, present(agent_id))', 1, 32, "'present' of anything but a field"],
    ["present(agent_id.trim())", 1, 9, "'present' of anything but a field"],
    ["present()", 1, 1, "present()"],
    ["present(agent_id, id)", 1, 1, "present("],
    ['["a"].all(w, w == agent_id)', 1, 1, "the method 'all'"],
    ['["a"].exists_one(w, w == agent_id)', 1, 1, "the method 'exists_one'"],
    ['["a"].map(w, w) == ["a"]', 1, 1, "the method 'map'"],
    ['["a"].filter(w, true) == ["a"]', 1, 1, "the method 'filter'"],
    ["[1].exists(n, n == chain_depth)", 1, 2, "'exists' over anything but texts"],
    ["[].exists(w, agent_id.matches('x'))", 1, 1, "'exists' over an empty list"],
    ["[agent_id].exists(w, w == 'a')", 1, 2, "anything but a literal"],
    ["action_params.exists(w, w == 'a')", 1, 1, "'exists' over anything but a list"],
    ['["a"].exists(elevated, elevated)', 1, 24, ""],
    ["{'a': 1} == {'a': 1}", 1, 1, "a map"],
    ["[1] == [1]", 1, 1, "a list outside"],
    ["b'a' == b'a'", 1, 1, "this kind of literal"],
    ["1u == 1u", 1, 1, "this kind of literal"],
    ["null == null", 1, 1, "this kind of literal"],
    ["true < false", 1, 1, "this kind of literal"],
    ["elevated < true", 1, 1, "this name here"],
    ["agent_id == null", 1, 1, "string == null"],
    ["agent_id == 1", 1, 1, "string == int"],
    ["chain_depth == 1.0", 1, 1, "int == double"],
    ["chain_depth == 9007199254740992", 1, 16, "the number 9007199254740992"],
    ["chain_depth in [-9007199254740993]", 1, 18, "the number 9007199254740993"],
    ["chain_depth == 99999999999999999999", 1, 16, ""],
    ["chain_depth > 1e999", 1, 15, "Infinity"],
  ])("%s", (source, line, column, words) => {
    const error = refusal(() => parse(source));
    expect(error.code).toBe("invalid-expression");
    expect(error.message).toContain(words);
    expect(error.location).toEqual({ line, column });
  });

  test("the names that exist are said where one does not", () => {
    expect(refusal(() => parse("nope")).hint).toMatch(/^Known names: action_desc, .*elevated/);
    expect(refusal(() => parsePredicate("agent_id == 'a'", OBSERVATION_SCHEMA)).hint).toBe(
      "Known names: exceptions, groups, longest_seconds, part, population, share.",
    );
  });

  test.each([
    ["deep parentheses", `${"(".repeat(5000)}true${")".repeat(5000)}`],
    ["a long row of '!'", `${"!".repeat(50_000)}true`],
    ["a long disjunction", Array.from({ length: 50_000 }, () => "elevated").join("||")],
    ["a long chain of methods", `agent_id${".trim()".repeat(5000)} == ''`],
  ])("%s ends in a refusal, not in a crash", (_, source) => {
    expect(refusal(() => parse(source)).code).toBe("invalid-expression");
  });

  test("whatever is written, a mistake is always the one kind of error, inside the text", () => {
    const piece = fc.constantFrom(
      ..."agent_id chain_depth timestamp action_params elevated present( timestamp( exists( w , ( ) [ ]".split(
        " ",
      ),
      ...". == != < in && || ! - + ? : \"a\" 'b' 1 1.5 1u null true { } \n .lowerAscii() .trim() .contains(".split(
        " ",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const source = pieces.join(" ");
        let error: unknown;
        try {
          parse(source);
        } catch (thrown) {
          error = thrown;
        }
        const where = (error as ComplianceError | undefined)?.location;
        const lines = source.split("\n");
        const within =
          error === undefined ||
          (error instanceof ComplianceError &&
            error.code === "invalid-expression" &&
            (where?.column ?? 0) >= 1 &&
            (where?.column ?? 0) <= (lines[(where?.line ?? 0) - 1] ?? "").length + 1);
        expect(within).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});

describe("parseText", () => {
  test.each([
    ["agent_id", agent],
    ["agent_id.lowerAscii()", { kind: "lower-ascii", of: agent }],
    ["agent_id.trim()", { kind: "trim", of: agent }],
    ["'all'", { kind: "text", value: "all" }],
  ])("%s", (source, term) => {
    expect(parseText(source, ENTRY_SCHEMA).term).toEqual(term);
  });

  test.each([
    ["timestamp", "expected a string"],
    ["chain_depth", "expected a string"],
    ["agent_id == 'a'", "expected a string"],
    ["action_params", "the content of 'action_params'"],
    ["agent_id + chain_id", "the operator '+'"],
    ["string(chain_depth)", "the function 'string'"],
    ["true ? agent_id : chain_id", "the conditional '? :'"],
    ["elevated", "Unknown variable"],
  ])("%s is refused", (source, words) => {
    expect(refusal(() => parseText(source, ENTRY_SCHEMA)).message).toContain(words);
  });
});

describe("definitions", () => {
  test("a name means what its definition says, with the fields that it reads", () => {
    expect(parse("slipped").predicate).toEqual({
      kind: "and",
      of: [parse("elevated").predicate, parse("auto").predicate],
    });
    expect(parse("slipped || present(id)").fields).toEqual(["approval", "id", "risk_level"]);
    expect(parse("!auto").predicate).toEqual(parse('!(approval == "auto")').predicate);
  });

  test("may use those before it and no others", () => {
    const later = new Map([
      ["a", "b"],
      ["b", "true"],
    ]);
    expect(refusal(() => parseDefinitions(later, ENTRY_SCHEMA)).message).toContain(
      "Unknown variable: b",
    );
    const itself = new Map([["a", "!a"]]);
    expect(refusal(() => parseDefinitions(itself, ENTRY_SCHEMA)).message).toContain(
      "Unknown variable: a",
    );
  });

  test("must be conditions", () => {
    const text = new Map([["name", "agent_id"]]);
    expect(refusal(() => parseDefinitions(text, ENTRY_SCHEMA)).message).toContain(
      "expected a bool",
    );
  });

  test("two sets of definitions do not mix", () => {
    const other = parseDefinitions(new Map([["elevated", "present(id)"]]), ENTRY_SCHEMA);
    expect(parsePredicate("elevated", ENTRY_SCHEMA, other).fields).toEqual(["id"]);
    expect(parse("elevated").fields).toEqual(["risk_level"]);
    expect(refusal(() => parsePredicate("elevated", ENTRY_SCHEMA)).message).toContain(
      "Unknown variable",
    );
  });
});
