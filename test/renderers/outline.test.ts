import { describe, expect, it } from "vitest";

import { languageOf } from "../../src/languages/languages.ts";
import type { LogInput } from "../../src/model/population.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import type {
  Block,
  Entry,
  Inline,
  Line,
  Outline,
  Section,
} from "../../src/renderers/outline/document.ts";
import { joined, plain, sentence } from "../../src/renderers/outline/lines.ts";
import { outline } from "../../src/renderers/outline/outline.ts";
import { ADORNED_REPORT } from "./adorned-fixture.ts";
import { HOSTILE, mapTexts } from "./hostile.ts";
import { EMPTY_REPORT, REPORT } from "./report-fixture.ts";
import { QUIET_REPORT, WEIGHTED_REPORT } from "./weighted-fixture.ts";

const REPORTS: readonly (readonly [string, ComplianceReport])[] = [
  ["points", REPORT],
  ["empty", EMPTY_REPORT],
  ["weighted", WEIGHTED_REPORT],
  ["quiet", QUIET_REPORT],
  ["adorned", ADORNED_REPORT],
];

function told(report: ComplianceReport, language = "en"): Outline {
  return outline(report, languageOf(language));
}

function sectionsOf({ sections }: { readonly sections: readonly Section[] }): Section[] {
  return sections.flatMap((section) => [section, ...sectionsOf(section)]);
}

function inside(block: Block): Block[] {
  return block.kind === "entry" ? [block, ...block.blocks.flatMap(inside)] : [block];
}

function blocksOf(document: Outline): Block[] {
  return [...document.opening, ...sectionsOf(document).flatMap(({ blocks }) => blocks)].flatMap(
    inside,
  );
}

function entriesOf(document: Outline): Entry[] {
  return blocksOf(document).flatMap((block) => (block.kind === "entry" ? [block] : []));
}

function linesOf(block: Block): readonly Line[] {
  switch (block.kind) {
    case "paragraph":
    case "notice":
    case "heading":
      return [block.of];
    case "list":
      return block.items;
    case "facts":
      return block.of.map(({ name, value }) => [...plain(name), ...value]);
    case "table":
      return [
        plain(block.caption),
        ...block.columns.map(({ title }) => plain(title)),
        ...block.rows.flat(),
      ];
    case "code":
      return block.lines.map(plain);
    case "verdict":
      return [plain(block.says), plain(block.coverage)];
    case "entry":
      return [block.title];
    case "chart":
      return [plain(block.chart.title), plain(block.chart.says)];
  }
}

function flat(line: Line): Inline[] {
  return line.flatMap((piece) => ("of" in piece ? [piece, ...flat(piece.of)] : [piece]));
}

function textOf(line: Line): string {
  return flat(line)
    .map((piece) => ("text" in piece ? piece.text : "word" in piece ? piece.word : ""))
    .join("");
}

/** Everything that a document says, a line each. */
function words(document: Outline): string {
  return [
    document.title,
    document.period,
    document.lead,
    document.foot,
    ...Object.values(document.controls).map((label) => JSON.stringify(label)),
    ...sectionsOf(document).map(({ title }) => title),
    ...blocksOf(document).flatMap(linesOf).map(textOf),
  ].join("\n");
}

function named(document: Outline, id: string): Section {
  const found = sectionsOf(document).find((section) => section.id === id);
  if (found === undefined) throw new Error(`there is no section ${id}`);
  return found;
}

const ORDER = [
  "first",
  "activity",
  "results",
  "exceptions",
  "open",
  "passed",
  "integrity",
  "system",
  "not-assessed",
  "method",
  "evidence",
  "verify",
];

describe("the outline", () => {
  it("has its sections in one order, whatever the scoring", () => {
    expect(told(REPORT).sections.map(({ id }) => id)).toEqual(ORDER);
    expect(told(WEIGHTED_REPORT).sections.map(({ id }) => id)).toEqual(ORDER);
    expect(told(ADORNED_REPORT).sections.map(({ id }) => id)).toEqual(ORDER);
    expect(told(QUIET_REPORT).sections.map(({ id }) => id)).toEqual(
      ORDER.filter((id) => id !== "first" && id !== "exceptions"),
    );
    const empty = told({
      ...EMPTY_REPORT,
      activity: { unit: "hour", spans: [], untimed: 0, agents: [], actionTypes: [] },
    });
    expect(empty.sections.map(({ id }) => id)).toEqual([
      "integrity",
      "system",
      "not-assessed",
      "method",
      "evidence",
      "verify",
    ]);
  });

  it.each(REPORTS)("opens with what it is, then verdict, conclusion, cover: %s", (_, report) => {
    const { opening } = told(report);
    expect(opening[0]).toMatchObject({ kind: "notice", tone: "plain" });
    const kinds = opening.map(({ kind }) => kind);
    expect(kinds.indexOf("verdict")).toBeGreaterThan(kinds.lastIndexOf("notice"));
    expect(kinds.indexOf("facts")).toBeGreaterThan(kinds.indexOf("verdict"));
    expect(kinds.lastIndexOf("facts")).toBe(kinds.length - 1);
  });

  it.each(REPORTS)(
    "gives every place an address of its own, and no link leads nowhere: %s",
    (_, report) => {
      const document = told(report);
      const charts = blocksOf(document).flatMap((block) =>
        block.kind === "chart" ? [block.chart.id] : [],
      );
      const ids = [
        ...sectionsOf(document).map(({ id }) => id),
        ...entriesOf(document).map(({ id }) => id),
        ...charts,
      ];
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !/^[a-zA-Z0-9-]+$/.test(id))).toEqual([]);
      const links = blocksOf(document)
        .flatMap(linesOf)
        .flatMap(flat)
        .flatMap((piece) => (piece.kind === "link" ? [piece.to] : []));
      expect(links.filter((to) => !ids.includes(to))).toEqual([]);
    },
  );

  it("keeps addresses apart and plain whatever criteria are called", () => {
    for (const text of ["x", ...HOSTILE]) {
      const ids = entriesOf(told(mapTexts(WEIGHTED_REPORT, () => text))).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids.filter((id) => !/^(finding|test)-[a-z0-9-]+$/.test(id))).toEqual([]);
    }
  });

  it.each(REPORTS)(
    "has a row for every finding, and an entry or a row for every test: %s",
    (_, report) => {
      const document = told(report);
      const rows = document.sections.find(({ id }) => id === "results")?.blocks[0];
      expect(rows?.kind === "table" ? rows.rows.length : 0).toBe(report.findings.length);
      const all = words(document);
      for (const { criterion } of report.findings) expect(all).toContain(criterion);
      for (const test of report.weighted?.tests ?? []) {
        expect(all).toContain(test.code ?? test.measure);
        expect(all).toContain(test.title);
        expect(all).toContain(test.says);
      }
    },
  );

  it("shows each finding with points once, what needs a hand or stayed open in full", () => {
    const entries = entriesOf(told(REPORT));
    expect(entries.map(({ id }) => id).toSorted()).toEqual(
      REPORT.findings
        .map(({ criterion }) => `finding-${criterion.toLowerCase().replace(".", "-")}`)
        .toSorted(),
    );
    for (const { result, open } of entries) {
      expect(open).toBe(["fail", "warn", "error", "inconclusive", "not_assessed"].includes(result));
    }
  });

  it("never folds away what stayed open or was not assessed", () => {
    for (const report of [REPORT, WEIGHTED_REPORT, ADORNED_REPORT]) {
      const open = named(told(report), "open");
      const entries = [open, ...sectionsOf(open)].flatMap(({ blocks }) => blocks);
      const shown = entries.flatMap((block) => (block.kind === "entry" ? [block.open] : []));
      expect(shown.length).toBeGreaterThan(0);
      expect(shown).not.toContain(false);
    }
    expect(words(told(QUIET_REPORT))).toContain("Nothing stayed open");
    expect(words(told(EMPTY_REPORT))).toContain("names no requirement");
  });

  it("tells open tests and criteria without a stated reason too", () => {
    const { weighted } = WEIGHTED_REPORT;
    if (weighted === undefined) throw new Error("the statement is missing");
    const tests = weighted.tests.map((test) => {
      const copy = { ...test };
      Reflect.deleteProperty(copy, "reason");
      return copy;
    });
    const findings = WEIGHTED_REPORT.findings.map((finding) => {
      const copy = { ...finding };
      Reflect.deleteProperty(copy, "reason");
      return copy;
    });
    const document = told({ ...WEIGHTED_REPORT, findings, weighted: { ...weighted, tests } });
    const unstated = named(document, "open-unstated");
    expect(unstated.blocks.map(({ kind }) => kind)).toEqual(["entry", "entry", "entry", "table"]);
  });

  it("tells what is rarely there", () => {
    const document = told(ADORNED_REPORT);
    expect(document).toMatchObject({ organisation: "Example Bank", system: "Payment agents" });
    const all = words(document);
    for (const text of [
      "risk@example.invalid",
      "The evidence is not masked. Secrets and personal data stand in it as the log has them. The reason given: The auditor asked for the addresses",
      "12 texts of the framework and its measures stand in English",
      "They ask before they do.",
      "In the organisation's own words; not tested.",
      "The seed is 2026-Q1",
      "3, 9",
      "--sample 25 --seed 2026-Q1 --reveal 'The auditor asked for the addresses'",
    ]) {
      expect(all).toContain(text);
    }
    expect(named(document, "system-own-2").title).toBe("Who hosts them");
  });

  it("says where lists go on that end here", () => {
    const [, table] = named(told(REPORT), "evidence").blocks;
    expect(table?.kind === "table" ? table.rows.map((row) => row.map(textOf)) : []).toEqual([
      ["CC6.8", "60", "3"],
    ]);
    expect(words(told(QUIET_REPORT))).toContain("Every exception that was found is listed");
  });

  it.each([
    ["aegis_audit.db", "sha256sum -- aegis_audit.db"],
    ["-rf", "sha256sum -- '-rf'"],
    ["it's; rm -r ~ $(x) `x`", "sha256sum -- 'it'\\''s; rm -r ~ $(x) `x`'"],
  ])("writes the name %s into a command as one word", (name, expected) => {
    const { population } = REPORT;
    const inputs = [{ name, kind: "jsonl", sha256: "00" }];
    const { blocks } = named(told({ ...REPORT, population: { ...population, inputs } }), "verify");
    const lines = blocks.flatMap((block) => (block.kind === "code" ? block.lines : []));
    expect(lines[0]).toBe(expected);
    expect(lines[1]).toContain(expected.replace("sha256sum -- ", "report "));
  });

  it("names in its command what made this report, or says what to put there", () => {
    const { population } = REPORT;
    const intake = ADORNED_REPORT.population.intake;
    const read = intake?.mappings[0];
    if (intake === undefined || read === undefined) throw new Error("the fixture has an intake");
    const input = { name: "trail.jsonl", kind: "jsonl", sha256: "00", mapping: "cloudtrail" };
    const by = (inputs: readonly LogInput[], ...ids: string[]): string =>
      commandOf({
        ...REPORT,
        population: {
          ...population,
          inputs,
          intake: { ...intake, mappings: ids.map((id) => ({ ...read, id, inputs: 1 })) },
        },
      });
    expect(by([input], "cloudtrail")).toContain("report trail.jsonl --as cloudtrail --type");
    expect(by([input, { ...input, name: "b" }], "cloudtrail", "otlp")).not.toContain("--as");
    const through = { kind: "ledger", sha256: "00" } as const;
    expect(by([{ ...input, through }], "cloudtrail")).toContain("report LEDGER --type");
    expect(commandOf({ ...REPORT, reportType: "custom" })).toContain(
      " --framework FRAMEWORK --from",
    );
  });

  it("gives the same document for the same report, and changes nothing in it", () => {
    const copy = structuredClone(ADORNED_REPORT);
    expect(told(ADORNED_REPORT)).toEqual(told(copy));
    expect(copy).toEqual(ADORNED_REPORT);
  });
});

/** The command that makes the report again. */
function commandOf(report: ComplianceReport): string {
  const { blocks } = named(told(report), "verify");
  return blocks.flatMap((block) => (block.kind === "code" ? block.lines : [])).at(-1) ?? "";
}

/** Kinds, addresses and sizes; no words. */
function shape(document: Outline): unknown {
  const block = (one: Block): unknown => ({
    kind: one.kind,
    ...(one.kind === "entry" && {
      id: one.id,
      result: one.result,
      open: one.open,
      blocks: one.blocks.map(block),
    }),
    ...(one.kind === "table" && {
      columns: one.columns.map(({ align, blank }) => ({ align, blank })),
      rows: one.rows.map((row) => row.length),
      total: one.total,
      captionShown: one.captionShown,
    }),
    ...(one.kind === "facts" && { facts: one.of.length }),
    ...(one.kind === "chart" && { chart: one.chart.id }),
    ...(one.kind === "notice" && { tone: one.tone }),
  });
  const section = (one: Section): unknown => ({
    id: one.id,
    blocks: one.blocks.map(block),
    sections: one.sections.map(section),
  });
  return { opening: document.opening.map(block), sections: document.sections.map(section) };
}

describe("the outline in German", () => {
  it.each(REPORTS)("has the shape of the English one: %s", (_, report) => {
    expect(shape(told(report, "de"))).toEqual(shape(told(report)));
  });

  it.each(REPORTS)(
    "claims nothing that software cannot claim, as the English does not: %s",
    (_, report) => {
      const forbidden =
        /\b(compliant|certified|audit-ready|meets|satisfies|konform|zertifiziert|prüfungssicher|erfüllt|rechtskonform)\b/i;
      expect(words(told(report))).not.toMatch(forbidden);
      expect(words(told(report, "de"))).not.toMatch(forbidden);
    },
  );

  it("has numbers and days as German has them, and result words of its own", () => {
    const all = words(told(REPORT, "de"));
    for (const text of [
      "SOC2-Compliance-Bericht",
      "Zeitraum: 01.01.2026 bis 23.03.2026",
      "1.200",
      "98,7 %",
      "NICHT BESTANDEN",
      "81 d 22 h 9 min 46,648866 s",
      "2026-01-02T01:15:00.250000+00:00",
    ]) {
      expect(all).toContain(text);
    }
  });

  it("has hardly an English word of ours", () => {
    const english = told(WEIGHTED_REPORT);
    const german = words(told(WEIGHTED_REPORT, "de")).split("\n");
    const own = new Set([
      ...sectionsOf(english).map(({ title }) => title),
      ...blocksOf(english).flatMap((block) =>
        block.kind === "table" ? block.columns.map(({ title }) => title) : [],
      ),
      ...blocksOf(english).flatMap((block) =>
        block.kind === "facts" ? block.of.map(({ name }) => name) : [],
      ),
    ]);
    const alike = new Set([
      "Agent",
      "System",
      "Version",
      "Format",
      "Definition",
      "SHA-256",
      "Bytes",
      "Name",
    ]);
    expect(german.filter((line) => own.has(line) && !alike.has(line))).toEqual([]);
  });
});

describe("lines", () => {
  it("never reads what is put in for braces", () => {
    expect(sentence("a {x} b {y}", { x: plain("{y}"), y: plain("z") })).toEqual([
      { kind: "text", text: "a " },
      { kind: "text", text: "{y}" },
      { kind: "text", text: " b " },
      { kind: "text", text: "z" },
    ]);
    expect(textOf(sentence("{toString} {x}", {}))).toBe("{toString} {x}");
  });

  it("are joined without those that are empty", () => {
    expect(textOf(joined([[], plain("a"), [], plain("b")], ", "))).toBe("a, b");
  });
});
