import { expect, test } from "vitest";
import { withInputsInWords } from "../../src/assess/inputs-in-words.ts";
import { languageOf } from "../../src/languages/languages.ts";
import type { LogInput } from "../../src/model/population.ts";
import { logPopulation } from "./made.ts";

const base = { name: "a", kind: "k" };

test.each<[Partial<LogInput>, string | undefined, string | undefined]>([
  [{}, undefined, undefined],
  [{ part: { kind: "every-entry" } }, "every entry", "jeder Eintrag"],
  [{ part: { kind: "no-rows" } }, "no rows", "keine Zeilen"],
  [{ part: { kind: "no-rows", table: "t" } }, "t, no rows", "t, keine Zeilen"],
  [{ part: { kind: "rows", first: 1, last: 1204 } }, "rows 1 to 1204", "Zeilen 1 bis 1204"],
  [
    { part: { kind: "rows", table: "t", first: -3, last: 2 }, through: { kind: "rollup" } },
    "t, rows -3 to 2, through a rollup",
    "t, Zeilen -3 bis 2, über ein Rollup",
  ],
  [{ part: { kind: "bytes", first: 0, last: 9 } }, "bytes 0 to 9", "Bytes 0 bis 9"],
  [
    { through: { kind: "ledger", sha256: "00" } },
    "through a ledger, manifest SHA-256 00",
    "über ein Ledger, Manifest SHA-256 00",
  ],
])("%j", (input, english, german) => {
  const population = logPopulation({ inputs: [{ ...base, ...input }] });
  for (const [code, expected] of [
    ["en", english],
    ["de", german],
  ] as const) {
    expect(withInputsInWords(population, languageOf(code)).inputs[0]?.query).toBe(expected);
  }
});
