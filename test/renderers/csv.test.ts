import { parse } from "csv-parse/sync";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { ENGLISH } from "../../src/languages/en.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { renderer as exceptions, toCsvExceptions } from "../../src/renderers/csv-exceptions.ts";
import { renderer as population, toCsvPopulation } from "../../src/renderers/csv-population.ts";
import { renderer as sample, toCsvSample } from "../../src/renderers/csv-sample.ts";
import { renderer as findings, toCsv } from "../../src/renderers/csv.ts";
import { csvText, writeCsv } from "../../src/renderers/csv/write-csv.ts";
import { EMPTY } from "../../src/renderers/sheets/cell.ts";
import type { Cell } from "../../src/renderers/sheets/cell.ts";
import { sheetsOf } from "../../src/renderers/sheets/sheets.ts";
import { HOSTILE, LONG } from "./hostile.ts";
import { EMPTY_REPORT, REPORT } from "./report-fixture.ts";
import { FULL_REPORT, FULL_WEIGHTED, mapAllTexts } from "./sheets-fixture.ts";
import { QUIET_REPORT } from "./weighted-fixture.ts";

const WORDS = ENGLISH.sheets.sheets;
const FORMATS = [toCsv, toCsvExceptions, toCsvPopulation, toCsvSample];

/** A formula where a program takes a cell to begin, by commas or by semicolons; never behind an apostrophe. */
const FORMULA = /(?:^|;)[\s\p{Z}"]*[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/u;

function parsed(csv: string): string[][] {
  return parse(csv, { relax_column_count: false, record_delimiter: "\r\n" });
}

/** Whether a field says what its cell says, and begins no formula. */
function isRight(cell: Cell | undefined, field: string | undefined): boolean {
  if (cell?.kind === "number") return Number(field) === cell.value;
  if (cell?.kind === "share") return Number(field) === cell.part / cell.whole;
  return field !== undefined && !FORMULA.test(field);
}

/** What of a report's tables does not come back when they are parsed, and what begins a formula. */
function mistakes(report: ComplianceReport): unknown[] {
  return sheetsOf(report).flatMap(({ columns, rows }, index) => {
    const csv = FORMATS[index]?.(report) ?? "";
    const control = /\p{Cc}/u.exec(csv.replaceAll("\r\n", ""));
    const [header = [], ...lines] = parsed(csv);
    const titles = columns.map(({ title }) => title);
    const cells = lines.flatMap((line, at) =>
      line.filter(
        (field, column) =>
          field !== csvText(rows[at]?.[column] ?? EMPTY, WORDS) ||
          !isRight(rows[at]?.[column], field),
      ),
    );
    const whole = lines.length === rows.length && header.join("\n") === titles.join("\n");
    const found: readonly unknown[] = cells;
    return found.concat(control ?? [], whole ? [] : [header]);
  });
}

describe("CSV", () => {
  it.each([
    ["of points", FULL_REPORT],
    ["weighted", FULL_WEIGHTED],
    ["quiet", QUIET_REPORT],
    ["empty", EMPTY_REPORT],
  ])("parsed back equals the tables: %s", (_, report) => {
    expect(mistakes(report)).toEqual([]);
    expect(mistakes({ ...report, language: "de" })).toEqual([]);
  });

  it("has numbers, shares and times as programs read them, in every language", () => {
    const rows = parsed(toCsv({ ...REPORT, language: "de" }));
    expect(rows[2]?.slice(6, 12)).toEqual([
      "412",
      "60",
      "0.14563106796116504",
      "Anteil",
      "60",
      "412",
    ]);
    const [, first] = parsed(toCsvExceptions(REPORT));
    expect(first?.[6]).toBe("2026-01-02T01:15:00.250000+00:00");
  });

  it("is parted by commas, ended by CR LF, and quoted where it must be", () => {
    const cells: Cell[] = [
      { kind: "text", text: 'He said "no", twice' },
      { kind: "log", text: "a;b" },
      { kind: "empty" },
      { kind: "number", value: 0.0000001 },
      { kind: "number", value: 1204 },
    ];
    const columns = cells.map((_, index) => ({ title: `c${index}`, width: 1 }));
    expect(writeCsv({ columns, rows: [cells] }, WORDS)).toBe(
      'c0,c1,c2,c3,c4\r\n"He said ""no"", twice","a;b",,0.0000001,1204\r\n',
    );
  });

  it.each([
    ["a;=1", "a;'=1"],
    ["a; -1;@x", "a;' -1;'@x"],
    ["a;b", "a;b"],
    ["=1;=2", "'=1;'=2"],
  ])("guards %j behind a semicolon: %j", (text, expected) => {
    expect(csvText({ kind: "log", text }, WORDS)).toBe(expected);
  });

  it.each(HOSTILE)("keeps its structure whatever texts there are: %#", (text) => {
    expect(mistakes(mapAllTexts(FULL_REPORT, () => text))).toEqual([]);
    expect(mistakes(mapAllTexts(FULL_WEIGHTED, () => text))).toEqual([]);
  });

  it.each(LONG)("does so for long texts: %#", (text) => {
    expect(
      mistakes(mapAllTexts({ ...REPORT, findings: REPORT.findings.slice(1, 2) }, () => text)),
    ).toEqual([]);
  });

  it("does so for any text, behind any other", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary", maxLength: 30 }),
        fc.string({
          unit: fc.constantFrom("=", "+", "-", "@", ";", ",", '"', "'", " ", "\r", "\n", "\t", "a"),
          maxLength: 12,
        }),
        (before, text) => {
          expect(mistakes(mapAllTexts(REPORT, (own) => `${text}${own}${before}`))).toEqual([]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("names its formats", () => {
    expect(
      [findings, exceptions, population, sample].map(({ name, extension }) => [name, extension]),
    ).toEqual([
      ["csv", "csv"],
      ["csv-exceptions", "exceptions.csv"],
      ["csv-population", "population.csv"],
      ["csv-sample", "sample.csv"],
    ]);
    for (const [index, { mediaType, render }] of [
      findings,
      exceptions,
      population,
      sample,
    ].entries()) {
      expect(mediaType).toBe("text/csv; charset=utf-8; header=present");
      expect(render(FULL_REPORT)).toBe(FORMATS[index]?.(FULL_REPORT));
    }
  });

  it("refuses a language that does not exist", () => {
    expect(() => toCsv({ ...REPORT, language: "tlh" })).toThrow(/language/);
  });
});
