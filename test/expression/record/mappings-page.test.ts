// Holds the expression tables of docs/mappings.md to their word: every line is evaluated, or
// refused, as the page says.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { RECORD_FUNCTIONS } from "../../../src/expression/record/functions.ts";
import { refusal } from "../../model/refusal.ts";
import { evaluate, parse } from "./evaluate.ts";

const page = readFileSync(new URL("../../../docs/mappings.md", import.meta.url), "utf8");
const [, written = ""] = /^```json\n(.*?)^```$/ms.exec(page) ?? [];
const entry: unknown = JSON.parse(written);
const tables = {
  decision: new Map([
    ["allowed", "auto"],
    ["denied", "block"],
  ]),
};
const names = { variables: ["entry"], tables: Object.keys(tables) };

/** Rows of all tables under a heading row, cell by cell. */
function rowsUnder(...heading: readonly string[]): string[][] {
  const lines = page.split("\n");
  return lines.flatMap((line, index) => {
    if (!sameCells(cellsOf(line), heading)) return [];
    const end = lines.findIndex((other, at) => at > index && !other.startsWith("|"));
    return lines.slice(index + 2, end).map(cellsOf);
  });
}

function cellsOf(line: string): string[] {
  if (!line.startsWith("|")) return [];
  return line
    .split(/(?<!\\)\|/)
    .slice(1, -1)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function sameCells(cells: readonly string[], heading: readonly string[]): boolean {
  return JSON.stringify(cells) === JSON.stringify(heading);
}

const code = (cell = ""): string => /^`(.*)`$/.exec(cell)?.[1] ?? "";

const answered = rowsUnder("expression", "result", "meaning");
const refused = rowsUnder("expression", "refused because");

test("the page has tables of both kinds", () => {
  expect(answered.length).toBeGreaterThan(90);
  expect(refused.length).toBeGreaterThan(10);
});

describe("evaluated as the page says", () => {
  test.each(answered)("%s is %s", (expression, result) => {
    const value = evaluate(code(expression), { entry }, tables);
    const shown = value === undefined ? "absent" : value === null ? "empty" : value;
    const stated: unknown = code(result) === "" ? result : JSON.parse(code(result));
    expect(shown).toStrictEqual(stated);
  });
});

describe("refused as the page says", () => {
  test.each(refused)("%s", (expression, because = "") => {
    const { message } = refusal(() => parse(code(expression), names));
    expect(message.slice(0, `line ${because}`.length)).toBe(`line ${because}`);
  });
});

test("the page has an example of every function, macro and operator", () => {
  const examples = answered.map(([expression]) => code(expression)).join("\n");
  const calls = [...RECORD_FUNCTIONS.keys(), "has", "exists", "all", "filter", "map"];
  expect(calls.filter((name) => !examples.includes(`${name}(`))).toEqual([]);
  const operators = ["==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "&&", "||", "in"];
  expect(operators.filter((operator) => !examples.includes(` ${operator} `))).toEqual([]);
});
