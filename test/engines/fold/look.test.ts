import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldLook, rowLook } from "../../../src/engines/fold/look.ts";
import { compilePredicate } from "../../../src/expression/compile.ts";
import { parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";
import { oddValue } from "../../expression/written.ts";

const testOf = (cel: string) =>
  compilePredicate(parsePredicate(cel, ENTRY_SCHEMA).predicate, () => 0);

describe("a look at a field", () => {
  test("answers each test as the test itself, also of values it saw before", () => {
    const cels = ["", "a", "A", "7", "auto"].flatMap((text) => [
      `agent_id == ${JSON.stringify(text)}`,
      `agent_id.lowerAscii().contains(${JSON.stringify(text)})`,
      `agent_id > ${JSON.stringify(text)}`,
      `!present(agent_id)`,
    ]);
    // More tests than bits of one number.
    const tests = [...cels, ...cels, ...cels].map(testOf);
    const look = fieldLook(1, false);
    const numbers = tests.map((one) => look.add(one));
    fc.assert(
      fc.property(fc.array(oddValue), (values) => {
        for (const value of [...values, ...values.toReversed()]) {
          const found = look.classOf(["else", value]);
          expect(numbers.map((number) => look.holds(found, number))).toEqual(
            tests.map((one) => one([value])),
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  test("answers about JSON as about its text, and about presence as about the value", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    const cels = [
      "present(action_params)",
      'jsonText(action_params) == ""',
      'jsonText(action_params).contains("x")',
      'jsonText(action_params).detects("email")',
    ];
    const tests = cels.map(testOf);
    const look = fieldLook(0, true);
    const numbers = tests.map((one) => look.add(one));
    for (const value of [
      {},
      [],
      { x: 1 },
      '{"x":1}',
      "",
      null,
      undefined,
      0,
      false,
      circle,
      { to: "jane@example.com" },
      new Date(Number.NaN),
    ]) {
      const found = look.classOf([value]);
      expect(numbers.map((number) => look.holds(found, number))).toEqual(
        tests.map((one) => one([value])),
      );
    }
  });

  test("an object in a text field is no text", () => {
    const look = fieldLook(0, false);
    const number = look.add(testOf('agent_id != ""'));
    expect(look.holds(look.classOf([{ a: 1 }]), number)).toBe(false);
    expect(look.holds(look.classOf(["a"]), number)).toBe(true);
  });

  test("has as many classes as there are different answers, whatever the values", () => {
    const look = fieldLook(0, false);
    look.add(testOf('agent_id.startsWith("a")'));
    for (let at = 0; at < 60_000; at += 1) look.classOf([`${at % 2 === 0 ? "a" : "b"}${at}`]);
    expect(look.classes).toBe(2);
  });

  test("a field that few values repeat is asked anew, and still answers", () => {
    let asked = 0;
    const look = fieldLook(0, false);
    const number = look.add(([value]) => {
      asked += 1;
      return value === "a";
    });
    for (let at = 0; at < 1000; at += 1) {
      expect(look.holds(look.classOf([at % 2 === 0 ? "a" : "b"]), number)).toBe(at % 2 === 0);
    }
    expect(asked).toBe(2);
    for (let at = 0; at < 40_000; at += 1) look.classOf([`id-${at}`]);
    asked = 0;
    for (const value of ["a", "b", "a", "b"]) {
      expect(look.holds(look.classOf([value]), number)).toBe(value === "a");
    }
    expect(asked).toBe(4);
  });
});

test("a look at whole rows asks each test of the row", () => {
  const look = rowLook();
  const same = look.add(([left, right]) => left === right);
  const first = look.add(([left]) => left === 1);
  for (const row of [
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 1],
    [1, 1],
  ]) {
    const found = look.classOf(row);
    expect(look.holds(found, same)).toBe(row[0] === row[1]);
    expect(look.holds(found, first)).toBe(row[0] === 1);
  }
  expect(look.classes).toBe(4);
});
