// Holds docs/sources.md to its word.

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { formatByName } from "../../src/sources/input/format.ts";
import { LOG_FORMATS } from "../../src/sources/source.ts";
import { decode } from "./reading.ts";

const page = readFileSync(new URL("../../docs/sources.md", import.meta.url), "utf8");

/** The rows of the table under a heading, as trimmed cells. */
function rowsUnder(heading: string): string[][] {
  const section = page.split(`## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  return section
    .split("\n")
    .filter((line) => line.startsWith("|"))
    .slice(2)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

const code = (cell: string | undefined): string[] =>
  [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);

test("the kinds and their endings", () => {
  const rows = rowsUnder("Kinds of files");
  expect(rows.map(([kind]) => code(kind)[0])).toEqual([...LOG_FORMATS]);
  for (const [kind, endings] of rows) {
    expect(code(endings).length).toBeGreaterThan(0);
    for (const ending of code(endings)) {
      expect(formatByName(`log${ending}`)).toBe(code(kind)[0]);
    }
  }
});

describe("the treatment of bad input", () => {
  const rows = rowsUnder("Bad input").map(([what = "", example, becomes = ""]) => ({
    what,
    example: code(example)[0],
    becomes,
  }));
  const shown = rows.flatMap(({ what, example, becomes }) =>
    example === undefined ? [] : [{ what, example, becomes }],
  );

  test.each(shown)("$what", ({ example, becomes }) => {
    const outcome = decode("jsonl", example).map(({ reason }) => reason ?? "a record");
    expect(outcome).toEqual(becomes === "nothing" ? [] : [code(becomes)[0] ?? becomes]);
  });

  test("names every reason that a source gives", () => {
    const reasons = new Set(rows.flatMap(({ becomes }) => code(becomes)));
    expect([...reasons].sort()).toEqual([
      "damaged-file",
      "duplicate-key",
      "invalid-utf-8",
      "malformed",
      "too-long",
    ]);
  });
});
