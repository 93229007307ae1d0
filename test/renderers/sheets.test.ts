import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { LANGUAGES } from "../../src/languages/languages.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import { GERMAN } from "../../src/languages/de.ts";
import type { Language } from "../../src/languages/language.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { identifier, share } from "../../src/renderers/sheets/cell.ts";
import type { Cell, Sheet } from "../../src/renderers/sheets/cell.ts";
import { exceptionsSheet } from "../../src/renderers/sheets/exceptions.ts";
import { findingsSheet } from "../../src/renderers/sheets/findings.ts";
import { populationSheet } from "../../src/renderers/sheets/population.ts";
import { sampleSheet } from "../../src/renderers/sheets/sample.ts";
import { sheetsOf } from "../../src/renderers/sheets/sheets.ts";
import { CELL_LENGTH, guarded, shownText } from "../../src/renderers/sheets/shown-text.ts";
import { LONG } from "./hostile.ts";
import { EMPTY_REPORT, REPORT, entry } from "./report-fixture.ts";
import { FULL_REPORT, FULL_WEIGHTED } from "./sheets-fixture.ts";
import { QUIET_REPORT, WEIGHTED_REPORT } from "./weighted-fixture.ts";

const REPORTS: readonly (readonly [string, ComplianceReport])[] = [
  ["of points", FULL_REPORT],
  ["weighted", FULL_WEIGHTED],
  ["quiet", QUIET_REPORT],
  ["empty", EMPTY_REPORT],
];

/** A cell as a word, for comparisons that are easy to read. */
function said(cell: Cell): string | number | undefined {
  switch (cell.kind) {
    case "empty":
      return undefined;
    case "number":
      return cell.value;
    case "share":
      return `${cell.part}/${cell.whole}`;
    case "result":
      return cell.word;
    default:
      return cell.text;
  }
}

/** Rows as objects by their headings; empty cells are left out. */
function records({ columns, rows }: Sheet): Record<string, string | number>[] {
  return rows.map((row) =>
    Object.fromEntries(
      columns.flatMap(({ title }, index): [string, string | number][] => {
        const value = said(row[index] ?? { kind: "empty" });
        return value === undefined ? [] : [[title, value]];
      }),
    ),
  );
}

describe.each(Object.values(LANGUAGES))("the tables in $name", (language: Language) => {
  it.each(REPORTS)("have a cell for every column of each row: %s", (_, report) => {
    for (const sheet of sheetsOf({ ...report, language: language.code })) {
      for (const row of sheet.rows) expect(row).toHaveLength(sheet.columns.length);
    }
  });

  it("name sheets and columns as spreadsheet programs allow, and each only once", () => {
    const sheets = sheetsOf({ ...REPORT, language: language.code });
    expect(sheets.map(({ id }) => id)).toEqual(["findings", "exceptions", "population", "sample"]);
    expect(new Set(sheets.map(({ name }) => name)).size).toBe(4);
    for (const { name, columns } of sheets) {
      expect(name).toMatch(/^[^[\]:*?/\\']{1,31}$/);
      const titles = columns.map(({ title }) => title);
      expect(titles).toEqual([...new Set(titles)]);
      for (const title of titles) expect(guarded(title)).toBe(title);
    }
    expect(language.sheets.sheets.foot.length).toBeLessThanOrEqual(120);
  });

  it("leave what is to be filled in by hand empty", () => {
    for (const { columns, rows } of sheetsOf({ ...FULL_REPORT, language: language.code })) {
      const blank = columns.flatMap(({ blank: one }, index) => (one === true ? [index] : []));
      const filled = rows.filter((row) => row.every((cell) => cell.kind !== "text"));
      for (const row of filled) for (const index of blank) expect(row[index]?.kind).toBe("empty");
    }
  });
});

describe("the table of findings", () => {
  it("has a row for every finding and every requirement that is not assessed", () => {
    const rows = records(findingsSheet(REPORT, ENGLISH));
    expect(rows).toHaveLength(REPORT.findings.length + REPORT.notAssessed.length);
    expect(rows[1]).toEqual({
      Criterion: "CC6.8",
      Title: "Unauthorized Access",
      Severity: "critical",
      Result: "FAIL",
      Population: 412,
      Exceptions: 60,
      Observed: "60/412",
      "Observed as": "share",
      Part: 60,
      Of: 412,
      "Passes when": "exceptions == 0",
      "Points lost": 25,
      Category: "access_control",
      Tests: "elevated-auto-approved",
      Description:
        "Of 412 HIGH or CRITICAL actions, the policy let 60 through without asking a human.",
      "What to change":
        "Change the rules that decided the listed actions from auto to approve or block.",
    });
    expect(rows[3]).toMatchObject({
      Result: "INCONCLUSIVE",
      "Why there is no verdict": "nothing of the kind happened",
    });
    expect(rows[4]).toMatchObject({ Observed: 60, "Observed as": "number of groups" });
    expect(rows.at(-1)).toEqual({
      Criterion: "A1.2",
      Result: "NOT ASSESSED",
      Description: "Backups leave no trace in it.",
      "What to change": "What to ask for: Restore tests.",
    });
  });

  it("says of a weighted criterion what it is worth, which tests decide, and what stands beside", () => {
    const rows = records(findingsSheet(WEIGHTED_REPORT, ENGLISH));
    expect(rows[0]).toMatchObject({
      Severity: "critical",
      Note: "binds from 2027-12-02",
      Tests: "decisive: ENF-02 FAIL; supporting: IDN-03 INCONCLUSIVE",
      "What the log shows": "That no action got past the gate",
      "What it does not show": "Credentials and human users",
    });
    expect(rows[1]).toMatchObject({
      Tests: "decisive: LOG-06 for MU 1.2 WARN, LOG-05 WARN; supporting: ENF-02 FAIL",
    });
    expect(rows[3]).toMatchObject({ Note: "record in doubt" });
    expect(rows[7]?.["Note"]).toContain("There is no field for the origin");
    expect(rows[10]).toMatchObject({ Note: "deciding tests open" });
    expect(rows[11]).toMatchObject({ Criterion: "MU 4", Note: "stands for 12 requirements" });
    expect(rows[12]).not.toHaveProperty("Note");
  });

  it("gives no share of nothing, and puts conditions in one line", () => {
    const [finding] = REPORT.findings;
    if (finding === undefined) throw new Error("the fixture has no finding");
    const report: ComplianceReport = {
      ...REPORT,
      findings: [
        { ...finding, limit: "a ==\n  b", observed: { kind: "share", part: 0, whole: 0 } },
      ],
    };
    const [row] = records(findingsSheet(report, ENGLISH));
    expect(row).not.toHaveProperty("Observed");
    expect(row).toMatchObject({ "Passes when": "a == b", Part: 0, Of: 0 });
  });

  it("speaks German", () => {
    const [, row] = records(findingsSheet({ ...REPORT, language: "de" }, GERMAN));
    expect(row).toMatchObject({ Teil: 60, Von: 412 });
    expect(findingsSheet(REPORT, GERMAN).name).toBe("Feststellungen");
  });
});

describe("the table of exceptions", () => {
  it("lists the entries of each finding, and says how many more there are", () => {
    const rows = records(exceptionsSheet(REPORT, ENGLISH));
    expect(rows.map((row) => [row["Finding or test"], row["No."], row["Entry"]])).toEqual([
      ["CC6.8", 1, 1],
      ["CC6.8", 2, 2],
      ["CC6.8", 3, 3],
      ["CC6.8", undefined, undefined],
      ["CC7.2", 1, 7],
      ["CC7.2", 2, 9],
    ]);
    expect(rows[0]).toEqual({
      "Finding or test": "CC6.8",
      Title: "Unauthorized Access",
      Criteria: "CC6.8",
      Result: "FAIL",
      "No.": 1,
      Entry: 1,
      Time: "2026-01-02T01:15:00.250000+00:00",
      Agent: "billing-agent",
      Action: "db_write",
      Target: "customer_accounts",
      Rule: "write-accounts",
      Decision: "auto",
      "Outcome of the action": "success",
    });
    expect(rows[3]?.["Remark"]).toMatch(/^57 of 60 exceptions /);
    expect(rows[4]).toMatchObject({
      "Entry before": 6,
      "Time of the entry before": "2026-01-02T06:15:00.250000+00:00",
      "Silence in seconds": 3600.000001,
    });
  });

  it("lists those of the tests of a weighted framework, once each", () => {
    const rows = records(exceptionsSheet(WEIGHTED_REPORT, ENGLISH));
    const of = (name: string) => rows.filter((row) => row["Finding or test"] === name);
    expect(of("ENF-02")).toHaveLength(4);
    expect(of("ENF-02")[0]).toMatchObject({ Criteria: "MU 1.1, MU 1.2, MU 1.5" });
    expect(of("LOG-06 for MU 1.2").map((row) => row["Entry before"])).toEqual([4, 4]);
    expect(of("LOG-05").map((row) => row["Remark"])).toEqual([
      undefined,
      expect.stringMatching(/^1 of 2 /),
    ]);
    expect(of("POL-03").map((row) => [row["No."], row["Rule"], row["Remark"]])).toEqual([
      [1, "write-accounts", "It is on auto. (line 12 of the policy)"],
      [2, "write-accounts", "It never decides. (line 12 of the policy)"],
      [3, undefined, "Open."],
    ]);
    expect(of("LOG-04").map((row) => row["Remark"])).toEqual([expect.stringMatching(/^3 of 3 /)]);
    expect(of("LOG-01")).toEqual([]);
  });

  it("says so when there is none", () => {
    expect(records(exceptionsSheet(EMPTY_REPORT, ENGLISH))).toEqual([
      { Remark: "No finding or test has an exception." },
    ]);
  });

  it("finds the silence of an entry that is a copy of the one at its end", () => {
    const [, , gapped] = REPORT.findings;
    if (gapped === undefined) throw new Error("the fixture has no gaps");
    const copied = { ...gapped, exceptionEntries: [{ ...entry(9) }, { ...entry(7) }] };
    const rows = records(exceptionsSheet({ ...REPORT, findings: [copied] }, ENGLISH));
    expect(rows.map((row) => row["Entry before"])).toEqual([8, 6]);
  });
});

describe("the population statement", () => {
  const rows = populationSheet(FULL_REPORT, ENGLISH).rows.map((row) => row.map(said));
  const value = (item: string) => rows.filter(([, name]) => name === item).map((row) => row[2]);

  it("begins with what this is and is not", () => {
    expect(rows[0]?.[2]).toMatch(/It is not an opinion\.$/);
  });

  it("names every input with its digest", () => {
    expect(value("SHA-256").slice(0, 2)).toEqual([
      FULL_REPORT.definitionsDigest,
      FULL_REPORT.definitionsDigest,
    ]);
    expect(value("Bytes")).toEqual([1_490_944, 88_120]);
    expect(rows.filter(([part]) => part === "Input 2")).toHaveLength(7);
  });

  it("shows how the counts tie", () => {
    expect(value("Read")).toEqual(["audit_log, rows 1 to 1201", "every record", 1210]);
    expect(value("In scope")).toEqual([1200]);
    expect(value("Do the sums tie?")).toEqual(["yes"]);
    const broken = {
      ...REPORT,
      population: { ...REPORT.population, duplicate: 4 },
    };
    const cells = populationSheet(broken, ENGLISH).rows.map((row) => row.map(said));
    expect(cells.find(([, name]) => name === "Do the sums tie?")?.[2]).toBe("no");
  });

  it("counts what fields record, and names those that cannot be", () => {
    expect(rows.find(([, name]) => name === "result_error")).toEqual([
      "Fields, and the entries that record them",
      "result_error",
      7,
      "7/1200",
    ]);
    expect(value("Fields that the source cannot record")).toEqual(["chain_id, chain_depth"]);
  });

  it("lists times, ids, and the database's own counter", () => {
    expect(value("Entries later than this report")).toEqual([2]);
    expect(value("Missing ids, one run")).toEqual(["7", "1000 to 1003"]);
    expect(value("Rows that exist")).toEqual([1210]);
    expect(rows.find(([, name]) => name === "Times that cannot be read")?.[3]).toBe("17, 18, #30");
  });

  it("says how the sample was drawn and why evidence is not masked", () => {
    expect(value("Seed")).toEqual(["2026-Q1"]);
    expect(value("Entries asked for of each population")).toEqual([2]);
    expect(value("Reason for not masking the evidence")).toEqual([
      "The auditor compares it with the ticket.",
    ]);
  });

  it("says what cannot be told", () => {
    const cells = populationSheet(
      { ...EMPTY_REPORT, population: { ...EMPTY_REPORT.population, ids: {} } },
      ENGLISH,
    ).rows.map((row) => row.map(said));
    const of = (item: string) => cells.find(([, name]) => name === item)?.[2];
    expect(of("Score, of 100")).toBe("not graded");
    expect(of("Start of the period, included")).toBe("unknown");
    expect(of("Ids missing inside the sequence")).toMatch(/^cannot be told/);
    expect(of("Entries whose whole-number id stands more than once")).toMatch(/^cannot be told/);
  });

  it("says yes or no of every input beside the log", () => {
    const cells = populationSheet(WEIGHTED_REPORT, ENGLISH).rows.map((row) => row.map(said));
    const part = cells.filter(([name]) => name === "Inputs beside the log");
    expect(part.map((row) => row.slice(1))).toEqual([
      ["policy", WEIGHTED_REPORT.definitionsDigest, "12 rules"],
      ["roster", "not given", undefined],
      ["allow-list", "hosts.csv", undefined],
    ]);
  });
});

describe("the sample", () => {
  it("is a working paper", () => {
    const rows = records(sampleSheet(FULL_REPORT, ENGLISH));
    expect(rows.map((row) => [row["Measure"], row["No."], row["Entry"], row["Seed"]])).toEqual([
      ["approval-bypass", 1, 9, "2026-Q1"],
      ["approval-bypass", 2, 2, "2026-Q1"],
      ["silence-over-an-hour", undefined, undefined, "2026-Q1"],
    ]);
    expect(rows[2]?.["Note"]).toBe("Nothing was drawn: the population is empty.");
    expect(
      sampleSheet(FULL_REPORT, ENGLISH)
        .columns.filter(({ blank }) => blank)
        .map(({ title }) => title),
    ).toEqual(["Tested by", "Outcome", "Note"]);
  });

  it("says so when none was drawn", () => {
    expect(records(sampleSheet(REPORT, ENGLISH))).toEqual([
      { Measure: "No sample was drawn for this report." },
    ]);
  });
});

describe("ids", () => {
  it.each([
    [7, "number"],
    [999_999_999_999_999, "number"],
    [9_007_199_254_740_991, "log"],
    [1e21, "log"],
    [1.5, "log"],
    ["007", "log"],
    [null, "empty"],
    [{}, "empty"],
  ])("%j is a %s", (id, kind) => {
    expect(identifier(id).kind).toBe(kind);
  });

  it("are never a share of nothing", () => {
    expect(share(0, 0).kind).toBe("empty");
  });
});

describe("what a cell shows of a text", () => {
  const words = ENGLISH.sheets.sheets;

  it.each([
    ["=1+1", "'=1+1"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@SUM(A1)", "'@SUM(A1)"],
    ["  =1", "\\u0020 =1"],
    ["\u3000=1", "\\u3000=1"],
    ['"=1"', '\'"=1"'],
    ["'=1", "''=1"],
    ["\u201c=1", "'\u201c=1"],
    ["\uff1d1", "'\uff1d1"],
    ["\uff20x", "'\uff20x"],
    ["\u22121", "'\u22121"],
    ["\t=1", "\\u0009=1"],
    ["\r=1", "\\u000d=1"],
    ["a=1", "a=1"],
    ["2026-01-02", "2026-01-02"],
    ["", ""],
  ])("of %j: %j", (text, expected) => {
    expect(shownText(text, words)).toBe(expected);
  });

  it("never begins a formula, is never too long, and tells short texts apart", () => {
    const text = fc.string({
      unit: fc.constantFrom("=", "+", "-", "@", "\t", "\r", " ", "'", '"', "\uff1d", "a", "\u200b"),
      maxLength: 12,
    });
    fc.assert(
      fc.property(text, text, (a, b) => {
        const shown = shownText(a, words);
        expect(shown).not.toMatch(/^["\s]*[=+\-@\uff1d]/);
        expect(/\p{Cc}/u.test(shown)).toBe(false);
        const quoted = a.startsWith("'") || b.startsWith("'");
        expect(quoted || (shown === shownText(b, words)) === (a === b)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("cuts a long text at a whole character, and says how long it was", () => {
    for (const text of [...LONG, "\u{1f600}".repeat(40_000), "\u200b".repeat(40_000)].filter(
      ({ length }) => length > CELL_LENGTH,
    )) {
      const shown = shownText(text, words);
      expect(shown.length).toBeLessThanOrEqual(CELL_LENGTH);
      expect(shown.length).toBeGreaterThan(CELL_LENGTH - 500);
      expect(shown).toMatch(/… \([\d,]+ characters\)$/);
      expect(shown).not.toMatch(/\p{Cs}/u);
    }
    expect(shownText("x".repeat(CELL_LENGTH), words)).toBe("x".repeat(CELL_LENGTH));
    expect(shownText(`=${"x".repeat(CELL_LENGTH - 1)}`, words)).toMatch(/… \(32,767 characters\)$/);
    expect(shownText("x".repeat(CELL_LENGTH + 1), GERMAN.sheets.sheets)).toMatch(
      /… \(32\.768 Zeichen\)$/,
    );
  });
});
