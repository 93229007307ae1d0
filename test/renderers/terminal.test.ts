import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { languageOf } from "../../src/languages/languages.ts";
import { renderer } from "../../src/renderers/terminal.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import { HOSTILE, LONG, mapTexts } from "./hostile.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { EMPTY_REPORT, REPORT } from "./report-fixture.ts";
import { QUIET_REPORT, WEIGHTED_REPORT } from "./weighted-fixture.ts";

// oxlint reads a control character in a pattern as a mistake, so it is made from its number.
const ESCAPE = String.fromCharCode(27);
const OUR_COLOURS = new RegExp(`${ESCAPE}\\[(?:0|1|2|31|32|33|36)m`, "g");

/** What acts on a terminal or on a build server that reads the lines. */
const ACTIVE =
  /(?!\n)\p{Cc}|\p{Cs}|[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|##\w*\[|^\s*::/imu;

/**
 * What stands left of the columns where text begins: headings, labels, marks, blank lines.
 * The first line is left out: it begins with the report type.
 */
function structure(text: string): string[] {
  return text
    .split("\n")
    .slice(1)
    .filter((line) => line === "" || !line.startsWith(" ".repeat(16)) || INNER.test(line))
    .map((line) => (INNER.test(line) ? line.slice(0, 23) : line.slice(0, 16).trimEnd()));
}

/** Labels below a finding. */
const INNER = /^ {19}\S/;

/** What a terminal finds in the report when every text in it is this one, narrow and wide. */
function found(text: string, of: ComplianceReport = REPORT): unknown {
  const report = mapTexts(of, () => text);
  return [40, 80].map((width) => {
    const shown = renderer.render(report, { width });
    const coloured = renderer.render(report, { width, color: true });
    return {
      structure: structure(shown),
      active: ACTIVE.exec(shown)?.[0],
      foreignSequences: coloured.replace(OUR_COLOURS, "") !== shown,
    };
  });
}

const CLEAN = found("x");
const WEIGHTED_CLEAN = found("x", WEIGHTED_REPORT);

describe("the terminal renderer", () => {
  const plain = renderer.render(REPORT);

  it("names itself, and ends in one line feed", () => {
    expect(renderer).toMatchObject({ name: "terminal", mediaType: "text/plain", extension: "txt" });
    expect(plain).toMatch(/[^\n]\n$/);
  });

  it("says score, grade and coverage", () => {
    expect(plain).toContain("\nScore 65 of 100, grade D\n");
    expect(plain).toContain("3 of the 61 criteria of SOC 2 decided");
    expect(renderer.render(EMPTY_REPORT)).toContain("\nNot graded: no entry is in scope\n");
  });

  it("finds nothing active in a clean report, and every label", () => {
    expect(CLEAN).toMatchObject([
      { active: undefined, foreignSequences: false },
      { active: undefined, foreignSequences: false },
    ]);
    expect(structure(plain)).toEqual(structure(renderer.render(REPORT, { width: 200 })));
    expect(structure(plain)).toHaveLength(49);
  });

  it("marks each finding by shape and word, what needs a hand first", () => {
    expect(plain.match(/^ {2}[✗!?✓○·] [A-Z ]+? {2,}|^ {2}○ NOT APPLICABLE /gm)).toHaveLength(9);
    expect(plain.indexOf("✗ FAIL")).toBeLessThan(plain.indexOf("! WARN"));
    expect(plain.indexOf("? INCONCLUSIVE")).toBeLessThan(plain.indexOf("✓ PASS"));
  });

  it("gives what, fix and entries for what failed, and one line for what passed", () => {
    expect(plain).toContain("✗ FAIL           CC6.8 Unauthorized Access · 14.6 % (60 of 412)");
    expect(plain).toContain("See entries 1, 2, 3 and 57 more");
    expect(plain).toContain("✓ PASS           CC6.1 Logical Access Security · 0 of 1,200\n");
  });

  it("writes no escape sequence unless colour is asked for", () => {
    expect(plain).not.toContain(ESCAPE);
    const coloured = renderer.render(REPORT, { color: true });
    expect(coloured).toContain(`${ESCAPE}[31m✗ FAIL${ESCAPE}[0m`);
    expect(coloured.replace(OUR_COLOURS, "")).toBe(plain);
  });

  it("closes every colour on the line that opened it", () => {
    for (const line of renderer.render(REPORT, { color: true, width: 40 }).split("\n")) {
      const codes = line.match(OUR_COLOURS) ?? [];
      expect(codes.filter((_, index) => index % 2 === 1).every((sgr) => sgr.endsWith("[0m"))).toBe(
        true,
      );
      expect(codes.length % 2).toBe(0);
    }
  });

  it.each([40, 60, 80, 132])("keeps every line within %i cells", (width) => {
    const lines = renderer.render(REPORT, { width }).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.filter((line) => line.endsWith(" "))).toEqual([]);
  });

  it("takes a width below 40 as 40", () => {
    expect(renderer.render(REPORT, { width: 1 })).toBe(renderer.render(REPORT, { width: 40 }));
  });

  it.each([
    ["wide characters as two cells", "日", 2],
    ["pictures as two cells", "😀", 2],
    ["full-width letters as two cells", "ｆ", 2],
    ["half-width katakana as one cell", "ｱ", 1],
    ["letters with combining marks as one cell", "a\u0301", 1],
    ["a Hangul syllable in parts as two cells", "\u1100\u1161\u11a8", 2],
  ])("counts %s", (_, text, cells) => {
    const summary = text.repeat(100);
    const lines = renderer.render({ ...REPORT, summary }).split("\n");
    const first = lines.find((line) => line.startsWith("  Summary"));
    const repeated = ((first ?? "").length - 16) / text.length;
    expect(repeated).toBe(Math.floor(64 / cells));
  });

  it("claims nothing that software cannot claim", () => {
    expect(plain).not.toMatch(/\b(compliant|certified|audit-ready|meets)\b/i);
    expect(plain.replace(/\s+/g, " ")).toContain("It is not an opinion.");
  });

  it("says when the sums do not tie", () => {
    expect(plain).toContain("the sums tie");
    const { population } = REPORT;
    const broken = { ...REPORT, population: { ...population, inScope: 1199 } };
    expect(renderer.render(broken)).toMatch(/THE\s+SUMS\s+DO\s+NOT\s+TIE/);
  });

  it.each([...HOSTILE, ...LONG])("keeps its structure whatever the texts are: %#", (text) => {
    expect(found(text)).toEqual(CLEAN);
  });

  it.each([...HOSTILE, ...LONG])("keeps that of a weighted framework too: %#", (text) => {
    expect(found(text, WEIGHTED_REPORT)).toEqual(WEIGHTED_CLEAN);
  });

  it("keeps its structure for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 60 }), (text) => {
        expect(found(text)).toEqual(CLEAN);
      }),
      { numRuns: 50 },
    );
  });
});

/** The weighted report of a log that cannot record a field. */
const without = (field: string): ComplianceReport => ({
  ...WEIGHTED_REPORT,
  population: {
    ...WEIGHTED_REPORT.population,
    recordable: ENTRY_FIELD_NAMES.filter((name) => name !== field),
  },
});

describe("the report of a weighted framework", () => {
  const plain = renderer.render(WEIGHTED_REPORT, { width: 120 });

  it("says the three figures together, and what stands behind them", () => {
    expect(plain).toContain(
      "\nEvidence score 49 of 100, grade F · 4 of 7 testable criteria decided · 13 of 40 criteria not assessed\n",
    );
    expect(plain).toContain(
      "  Band          critical exceptions: a test of a critical criterion failed\n",
    );
    expect(plain).toContain("  Held down     at 49 instead of 83 by MU 1.1\n");
    expect(plain).toContain(
      "  In doubt      Unique and unbroken ids: 3 ids stand more than once.\n",
    );
    expect(plain).toContain("  Readiness     1 of the 10 criteria does not bind yet");
    expect(plain).toContain("  Overdue       This framework was last compared");
    expect(plain).toContain("  Framework     This is a framework for tests, and nothing else.\n");
  });

  it("says why there is no score", () => {
    const quiet = renderer.render(QUIET_REPORT, { width: 120 });
    expect(quiet).toContain(
      "\nNo score · 0 of 1 testable criterion decided · 0 requirements not assessed\n",
    );
    expect(quiet).toContain("  No score      none of the tests could be decided\n");
    expect(quiet).not.toContain("Held down");
    expect(quiet).not.toContain("Tests beyond");
    expect(quiet).not.toContain("What could not be concluded");
    expect(quiet).toContain("\nThe other 1 criterion\n");
  });

  it("is called by the framework's title", () => {
    expect(plain).toMatch(/^Made-up framework: what the agent log shows\n/);
    expect(renderer.render(REPORT)).toMatch(/^SOC2 Compliance Report\n/);
  });

  it("never cuts words of ours", () => {
    const long = "This is one sentence of many. ".repeat(100).trim();
    const { weighted } = WEIGHTED_REPORT;
    if (weighted === undefined) throw new Error("the statement is missing");
    const report = {
      ...WEIGHTED_REPORT,
      summary: `${long} S`,
      weighted: { ...weighted, introduction: `${long} I` },
    };
    const text = renderer.render(report, { width: 120 }).replace(/\s+/g, " ");
    expect(text).toContain(`Summary ${long} S`);
    expect(text).toContain(`Framework ${long} I`);
    expect(text).not.toContain("characters)");
  });

  it("does not count what the log does not record", () => {
    const policy = renderer.render(without("approval"), { width: 120 });
    expect(policy).toContain("  Decisions     the log does not record what the policy decided\n");
    expect(policy).not.toContain("Enforcement");
    expect(policy).not.toContain("Human answers");
    const humans = renderer.render(without("human_decision"), { width: 120 });
    expect(humans).toContain("  Human answers not recorded by the log\n");
    expect(humans).toContain("Enforcement");
    expect(plain).toContain("Human answers");
    expect(plain).not.toContain("not recorded by");
  });

  it("says how much is not assessed in one wording", () => {
    expect(plain).toContain("  Not assessed  13 of 40 criteria\n");
    expect(renderer.render(REPORT)).toMatch(/Not assessed {2}\d+ requirements? or ranges?\n/);
  });

  it("lists what several open tests lack as one", () => {
    const { weighted } = WEIGHTED_REPORT;
    if (weighted === undefined) throw new Error("the statement is missing");
    const lacking = (key: string, ...missingFields: readonly ("agent_id" | "chain_id")[]) => ({
      ...weighted.tests.find((one) => one.key === "delegation-links"),
      key,
      remedy: `Record ${missingFields.join(", ")} with every action.`,
      missingFields,
    });
    const tests = [
      lacking("delegation-links", "chain_id"),
      lacking("roster-difference", "agent_id", "chain_id"),
    ] as typeof weighted.tests;
    const text = renderer.render(
      { ...WEIGHTED_REPORT, weighted: { ...weighted, tests } },
      { width: 120 },
    );
    expect(text).toContain(
      "                   Need Record agent_id and chain_id with every action.\n",
    );
  });

  it("names what to do first, then each failing test once, then what stayed open", () => {
    for (const text of [
      "  ✗ FAIL           MU 1.1 Something asked · critical · ENF-02 · binds from 2027-12-02\n",
      "                   Fix Change the rules that decided the listed actions.\n",
      "  ! WARN           MU 1.2 Something asked · high · ENF-02, LOG-06 for MU 1.2, LOG-05\n",
      "                   Cap There is no field for the origin\n",
      "  ✗ FAIL           ENF-02 Executed without the required approval · MU 1.1, MU 1.2, MU 1.5\n",
      "                   See entries 1, 2, 3 and 57 more\n",
      "                   See rules write-accounts, the defaults: 3 findings\n",
      "  ! WARN           MU 2.2 Something asked · low · ENF-02 · deciding tests open\n",
      "  ✗ FAIL           LOG-04 Unique and unbroken ids · the record itself\n",
      "  ? 1              The log does not record what the tests need\n",
      "                   Open MU 1.3\n",
      "                   Need Record chain_id with every action.\n",
      "\nThe other 4 criteria\n",
      "  ? 1              An input beside the log is missing\n",
      "                   Open MU 2.2 (with a warning)\n",
      "                   Need Give the list.\n",
      "  ✓ 1              Passed: the deciding tests stayed within their limits\n",
      "MU 1.4 (record in doubt)\n",
      "  ○ 1              No exception found by deciding tests, which can only disprove\n",
      "                       MU 1.6 (supporting LOG-05 warn)\n",
      "  · 1              Figures without a verdict\n",
      "  ○ 1              Not applicable\n",
    ]) {
      expect(plain).toContain(text);
    }
    expect(plain.match(/60 of 412 actions that needed/g)).toHaveLength(1);
  });

  it("says what the configuration changes and which inputs are missing", () => {
    expect(plain).toContain("  Configuration aegis-compliance.yaml\n");
    expect(plain).toContain("  Overridden    definition class_outbound\n");
    expect(plain).toContain("  Not given     roster, which roster-difference would use\n");
    expect(plain).not.toContain("allow-list");
    expect(renderer.render({ ...REPORT, configuration: { sha256: "00" } })).toContain(
      "given as text",
    );
  });

  it.each([40, 60, 80, 132])("keeps every line within %i cells", (width) => {
    const lines = renderer.render(WEIGHTED_REPORT, { width }).split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
    expect(lines.filter((line) => line.endsWith(" "))).toEqual([]);
  });

  it("claims nothing that software cannot claim", () => {
    expect(plain).not.toMatch(/\b(compliant|certified|audit-ready|meets|satisfies)\b/i);
  });
});

describe("the terminal report in German", () => {
  const points = renderer.render({ ...REPORT, language: "de" });
  const weighted = renderer.render({ ...WEIGHTED_REPORT, language: "de" }, { width: 120 });

  it("says everything of ours in German", () => {
    expect(points).toContain("\nPunktzahl 65 von 100, Note D\n");
    expect(points).toContain("  Zeitraum      01.01.2026 bis 23.03.2026, UTC\n");
    expect(points).toMatch(
      / {2}✗ NICHT BESTANDEN {4}CC6\.8 Unauthorized Access · 14,6 % \(60 von\s+412\)/,
    );
    expect(weighted).toContain("\nDie übrigen 4 Kriterien\n");
    expect(weighted).toContain("  Einstufung    kritische Abweichungen: eine Prüfung");
    expect(weighted).toContain("Zeichnen Sie chain_id bei jeder Aktion auf.");
    for (const label of ["Score", "Findings", "Entries", "Period", "Policy", "Input"]) {
      expect(points).not.toContain(`${label} `);
    }
  });

  it.each([40, 60, 80, 132])(
    "keeps every line within %i cells, and text off the labels",
    (width) => {
      for (const report of [REPORT, WEIGHTED_REPORT, EMPTY_REPORT]) {
        const lines = renderer.render({ ...report, language: "de" }, { width }).split("\n");
        expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
        const labelled = lines.filter((line) => /^ {2}[A-ZÄÖÜ][a-zäöüß]/.test(line));
        expect(labelled.filter((line) => !/^ {2}.{13} \S/.test(line))).toEqual([]);
      }
    },
  );

  it("keeps the labels as short as their column", () => {
    for (const { report } of [languageOf("en"), languageOf("de")]) {
      const labels = Object.values(report.terminal.labels);
      expect(labels.filter((label) => label.length > 13)).toEqual([]);
      expect(Object.values(report.terminal.below).filter((label) => label.length > 7)).toEqual([]);
    }
  });
});
