// Holds docs/expressions.md to its word: every example in it is parsed, and answered or
// refused, exactly as the page says.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { compilePredicate, compileText } from "../../src/expression/compile.ts";
import { parseDefinitions } from "../../src/expression/definitions.ts";
import { parsePredicate, parseText } from "../../src/expression/parse.ts";
import { ENTRY_SCHEMA, OBSERVATION_SCHEMA } from "../../src/expression/schema.ts";
import { ENTRY_FIELDS } from "../../src/model/audit-entry.ts";
import { refusal } from "../model/refusal.ts";

const page = readFileSync(new URL("../../docs/expressions.md", import.meta.url), "utf8");
const words = parseYaml(
  readFileSync(new URL("../../definitions.yaml", import.meta.url), "utf8"),
) as Record<string, { cel: string }>;
const DEFINITIONS = parseDefinitions(
  new Map(Object.entries(words).map(([name, { cel }]) => [name, cel])),
  ENTRY_SCHEMA,
);

interface Example {
  /** What follows `cel` in the fence: nothing, `text` or `limit`, and perhaps `refused`. */
  readonly kind: string;
  readonly source: string;
  readonly claims: readonly string[];
}

const examples: Example[] = [...page.matchAll(/^```cel([^\n]*)\n(.*?)^```$/gms)].flatMap(
  ([, info = "", body = ""]) =>
    body
      .trim()
      .split(/\n\s*\n/)
      .map((block) => {
        const lines = block.split("\n");
        return {
          kind: info.trim(),
          source: lines.filter((line) => !line.startsWith("//")).join("\n"),
          claims: lines.filter((line) => line.startsWith("//")).map((line) => line.slice(2).trim()),
        };
      }),
);

function answer(kind: string, source: string, values: Record<string, unknown>): unknown {
  if (kind === "text") {
    const { term } = parseText(source, ENTRY_SCHEMA);
    const names = [...ENTRY_SCHEMA.keys()];
    return compileText(term, (name) => names.indexOf(name))(names.map((name) => values[name]));
  }
  const [schema, definitions] =
    kind === "limit" ? [OBSERVATION_SCHEMA, undefined] : [ENTRY_SCHEMA, DEFINITIONS];
  const names = [...schema.keys()];
  const { predicate } = parsePredicate(source, schema, definitions);
  const holds = compilePredicate(predicate, (name) => names.indexOf(name));
  return holds(names.map((name) => values[name]));
}

const answered = examples.filter(({ kind }) => !kind.includes("refused"));
const refused = examples.filter(({ kind }) => kind.includes("refused"));

test("the page has examples of every kind, and each claims something", () => {
  expect(new Set(examples.map(({ kind }) => kind))).toEqual(
    new Set(["", "refused", "text", "text refused", "limit", "limit refused"]),
  );
  expect(examples.filter(({ source, claims }) => source === "" || claims.length === 0)).toEqual([]);
  expect(page.match(/^```cel/gm)?.length).toBeGreaterThan(15);
});

describe("answered as the page says", () => {
  test.each(answered)("$source", ({ kind, source, claims }) => {
    for (const claim of claims) {
      const [, stated = "", json = ""] = /^(true|false|"[^"]*"): (\{.*\})$/.exec(claim) ?? [];
      const values = JSON.parse(json) as Record<string, unknown>;
      expect({ [claim]: answer(kind, source, values) }).toEqual({ [claim]: JSON.parse(stated) });
    }
  });
});

describe("refused as the page says", () => {
  test.each(refused)("$source", ({ kind, source, claims }) => {
    const error = refusal(() => answer(kind.replace("refused", "").trim(), source, {}));
    expect(error.code).toBe("invalid-expression");
    const [claim = ""] = claims;
    expect(error.message.slice(0, `line ${claim}`.length)).toBe(`line ${claim}`);
  });
});

test("the page lists every field under its type, and no other", () => {
  const rows = { text: "text", "whole number": "integer", time: "instant", JSON: "json" } as const;
  const listed: Record<string, string> = {};
  for (const [label, type] of Object.entries(rows)) {
    const [, cell = ""] = new RegExp(`^\\| ${label} +\\| (.*) \\|$`, "m").exec(page) ?? [];
    const names = cell.split(":")[0] ?? "";
    for (const [, name = ""] of names.matchAll(/`(\w+)`/g)) listed[name] = type;
  }
  expect(listed).toEqual(ENTRY_FIELDS);
});
