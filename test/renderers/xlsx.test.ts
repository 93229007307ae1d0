import { unzipSync } from "fflate";
import * as fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";

import { ENGLISH } from "../../src/languages/en.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import type { Cell } from "../../src/renderers/sheets/cell.ts";
import { sheetsOf } from "../../src/renderers/sheets/sheets.ts";
import { shownText } from "../../src/renderers/sheets/shown-text.ts";
import { renderer, toXlsx } from "../../src/renderers/xlsx.ts";
import { rowHeight } from "../../src/renderers/xlsx/row-height.ts";
import { shareDecimals } from "../../src/renderers/xlsx/share-decimals.ts";
import { RESULT_SIGNS } from "../../src/renderers/words/signs.ts";
import {
  columnName,
  columnWidth,
  pagesWide,
  rowsThatFit,
} from "../../src/renderers/xlsx/worksheet.ts";
import { xml } from "../../src/renderers/xlsx/xml.ts";
import { HOSTILE } from "./hostile.ts";
import { EMPTY_REPORT, REPORT } from "./report-fixture.ts";
import { FULL_REPORT, FULL_WEIGHTED, mapAllTexts } from "./sheets-fixture.ts";
import { QUIET_REPORT, WEIGHTED_REPORT } from "./weighted-fixture.ts";
import { allNamed, cellsOf, fromXstring, parseXml, partsOf } from "./xlsx-xml.ts";
import type { Element } from "./xlsx-xml.ts";

const WORDS = ENGLISH.sheets.sheets;

/** What a cell of a table holds in the workbook; undefined for nothing. */
function held(cell: Cell): string | number | undefined {
  switch (cell.kind) {
    case "empty":
      return undefined;
    case "number":
      return cell.value;
    case "share":
      return cell.part / cell.whole;
    case "result":
      return `${RESULT_SIGNS[cell.result]} ${cell.word}`;
    default:
      return shownText(cell.text, WORDS);
  }
}

function sheetPart(parts: ReadonlyMap<string, Element>, number: number): Element {
  const part = parts.get(`xl/worksheets/sheet${number}.xml`);
  if (part === undefined) throw new Error(`no sheet ${number}`);
  return part;
}

/** Reads a workbook back: what in it is not what the tables say, or could be a formula. */
function mistakes(report: ComplianceReport): unknown[] {
  const parts = partsOf(toXlsx(report));
  return sheetsOf(report).flatMap(({ columns, rows }, index) => {
    const sheet = sheetPart(parts, index + 1);
    const cells = new Map(cellsOf(sheet));
    const table: readonly (readonly (string | number | undefined)[])[] = [
      columns.map(({ title }) => title),
      ...rows.map((row) => row.map(held)),
    ];
    const wrong = table.flatMap((row, line) =>
      row.flatMap((value, column) => {
        const at = `${columnName(column)}${line + 1}`;
        const shown = cells.get(at);
        cells.delete(at);
        const formula = typeof shown === "string" && FORMULA.test(shown);
        return shown === value && !formula ? [] : [{ at, shown, value }];
      }),
    );
    const rest: readonly unknown[] = [...cells];
    return rest.concat(allNamed(sheet, "f"), wrong);
  });
}

const FORMULA = /^[\s"]*[=+\-@\uff0b\uff0d\uff1d\uff20]/;

function stylesOf(report: ComplianceReport): string {
  return JSON.stringify(partsOf(toXlsx(report)).get("xl/styles.xml"));
}

describe("a workbook", () => {
  it.each([
    ["of points", FULL_REPORT],
    ["weighted", FULL_WEIGHTED],
    ["quiet", QUIET_REPORT],
    ["empty", EMPTY_REPORT],
    ["in German", { ...FULL_REPORT, language: "de" }],
  ])("holds the four tables, and no formula: %s", (_, report) => {
    expect(mistakes(report)).toEqual([]);
  });

  it.each(HOSTILE)("does so whatever texts there are: %#", (text) => {
    expect(mistakes(mapAllTexts(FULL_WEIGHTED, () => text))).toEqual([]);
  });

  const parts = partsOf(toXlsx(FULL_WEIGHTED));

  it("names its parts in order, and every relation points at one", () => {
    const names = Object.keys(unzipSync(toXlsx(REPORT)));
    expect(names).toEqual([...names].toSorted());
    expect(names[0]).toBe("[Content_Types].xml");
    const targets = [
      ...allNamed(parts.get("_rels/.rels") ?? parseXml("<x/>"), "Relationship").map(
        ({ attributes }) => attributes["Target"],
      ),
      ...allNamed(parts.get("xl/_rels/workbook.xml.rels") ?? parseXml("<x/>"), "Relationship").map(
        ({ attributes }) => `xl/${attributes["Target"]}`,
      ),
    ];
    const types = allNamed(parts.get("[Content_Types].xml") ?? parseXml("<x/>"), "Override").map(
      ({ attributes }) => attributes["PartName"]?.slice(1),
    );
    expect(new Set(targets)).toEqual(new Set(types));
    for (const target of targets) expect(names).toContain(target);
  });

  it("freezes and filters the heading of every sheet, and repeats it on every page", () => {
    const workbook = parts.get("xl/workbook.xml") ?? parseXml("<x/>");
    const sheets = sheetsOf(FULL_WEIGHTED);
    expect(allNamed(workbook, "sheet").map(({ attributes }) => attributes["name"])).toEqual([
      "Findings",
      "Exceptions",
      "Population",
      "Sample",
    ]);
    const names = allNamed(workbook, "definedName").map(({ text }) => text);
    expect(names).toContain("'Findings'!$A:$A,'Findings'!$1:$1");
    expect(names).toContain("'Population'!$1:$1");
    for (const [index, { name, columns, rows }] of sheets.entries()) {
      const sheet = sheetPart(parts, index + 1);
      const last = columnName(columns.length - 1);
      expect(allNamed(sheet, "pane")[0]?.attributes).toMatchObject({
        ySplit: "1",
        topLeftCell: "A2",
        state: "frozen",
      });
      expect(allNamed(sheet, "autoFilter")[0]?.attributes["ref"]).toBe(
        `A1:${last}${rows.length + 1}`,
      );
      expect(names).toContain(`'${name}'!$A$1:$${last}$${rows.length + 1}`);
      expect(allNamed(sheet, "pageSetup")[0]?.attributes).toMatchObject({
        orientation: "landscape",
        fitToHeight: "0",
      });
      expect(allNamed(sheet, "col").map(({ attributes }) => Number(attributes["width"]))).toEqual(
        columns.map(columnWidth),
      );
    }
  });

  it("gives results a sign beside their colour, and shares as many decimals as they need", () => {
    const sheet = sheetPart(parts, 1);
    const cells = cellsOf(sheet);
    expect(cells.get("D2")).toBe("✗ FAIL");
    expect(cells.get("D5")).toBe("✓ PASS");
    expect(cells.get("I2")).toBe(60 / 412);
    const style = (at: string) =>
      Number(
        allNamed(sheet, "c").find(({ attributes }) => attributes["r"] === at)?.attributes["s"],
      );
    const styles = parts.get("xl/styles.xml") ?? parseXml("<x/>");
    const [formats] = allNamed(styles, "cellXfs");
    const used = formats?.children[style("I2")]?.attributes["numFmtId"];
    const codes = new Map(
      allNamed(styles, "numFmt").map(({ attributes }) => [
        attributes["numFmtId"],
        attributes["formatCode"],
      ]),
    );
    expect(codes.get(used)).toBe("0.0 %");
    expect(codes.get(formats?.children[style("G2")]?.attributes["numFmtId"])).toBe("#,##0");
    expect(new Set(["D2", "D3", "D4", "D5"].map(style)).size).toBe(4);
  });

  it("refers to no look that does not exist", () => {
    const styles = parts.get("xl/styles.xml") ?? parseXml("<x/>");
    const size = (name: string): number => allNamed(styles, name)[0]?.children.length ?? 0;
    const [formats] = allNamed(styles, "cellXfs");
    for (const number of [1, 2, 3, 4]) {
      for (const { attributes } of allNamed(sheetPart(parts, number), "c")) {
        expect(Number(attributes["s"])).toBeLessThan(formats?.children.length ?? 0);
      }
    }
    for (const { attributes } of formats?.children ?? []) {
      expect(Number(attributes["fontId"])).toBeLessThan(size("fonts"));
      expect(Number(attributes["fillId"])).toBeLessThan(size("fills"));
      expect(Number(attributes["borderId"])).toBeLessThan(size("borders"));
    }
  });

  it("says what it is, in which language, and of which time: the report's own", () => {
    const core = partsOf(toXlsx({ ...FULL_REPORT, language: "de" })).get("docProps/core.xml");
    const said = Object.fromEntries((core?.children ?? []).map(({ name, text }) => [name, text]));
    expect(said).toMatchObject({
      "dc:creator": "Example Ltd",
      "dc:language": "de",
      "dcterms:created": "2026-03-24T08:00:00Z",
      "dcterms:modified": "2026-03-24T08:00:00Z",
    });
    const weighted = partsOf(toXlsx(WEIGHTED_REPORT)).get("docProps/core.xml");
    expect(weighted?.children.find(({ name }) => name === "dc:title")?.text).toBe(
      `${WEIGHTED_REPORT.framework.title}: what the agent log shows`,
    );
    const without = partsOf(toXlsx({ ...REPORT, generatedAt: "soon" })).get("docProps/core.xml");
    expect(without?.children.map(({ name }) => name)).not.toContain("dcterms:created");
  });

  it("takes its heading's colour from the organisation", () => {
    expect(stylesOf(REPORT)).toContain("FF2B6EA6");
    const own = { ...FULL_REPORT, presentation: { sections: [], accent: "#7a1f5c" } };
    expect(stylesOf(own)).toContain("FF7A1F5C");
  });

  it("keeps commands out of what stands above a page", () => {
    const report = {
      ...REPORT,
      presentation: { organisation: `&P&"x"${"&".repeat(300)}`, sections: [] },
    };
    for (const { text } of allNamed(sheetPart(partsOf(toXlsx(report)), 1), "oddHeader")) {
      expect(fromXstring(text)).toMatch(/^&L&&P&&"x"(?:&&)+&R&A$/);
      expect(text.length).toBeLessThanOrEqual(255);
    }
    const [foot] = allNamed(sheetPart(parts, 1), "oddFooter");
    expect(foot?.text).toMatch(/&RPage &P of &N$/);
    expect(foot?.text.length).toBeLessThanOrEqual(255);
  });

  it("names itself", () => {
    expect(renderer).toMatchObject({ name: "xlsx", extension: "xlsx" });
    expect(renderer.mediaType).toMatch(/spreadsheetml\.sheet$/);
    expect(renderer.render(REPORT)).toEqual(toXlsx(REPORT));
  });
});

describe("the bytes of a workbook", () => {
  const zone = process.env["TZ"];
  afterEach(() => {
    if (zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = zone;
  });

  it("are the same at any time in any zone", () => {
    const offsets = new Set<number>();
    const made = ["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati"].map((name) => {
      process.env["TZ"] = name;
      offsets.add(new Date(2026, 0, 1).getTimezoneOffset());
      return Buffer.from(toXlsx(FULL_REPORT)).toString("base64");
    });
    expect(offsets.size).toBe(4);
    expect(new Set(made).size).toBe(1);
  });

  it("state the first time that a ZIP file can hold", () => {
    const bytes = toXlsx(REPORT);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect(view.getUint32(0, true)).toBe(0x04034b50);
    expect(view.getUint32(10, true)).toBe(0x00210000);
  });
});

describe("text in XML", () => {
  it.each([
    ["a & b < c > d \"e\" 'f'", "a &amp; b &lt; c &gt; d &quot;e&quot; 'f'"],
    ["_x0041_", "_x005F_x0041_"],
    ["_x005f_x0041_", "_x005F_x005f_x005F_x0041_"],
    ["_x0041_x0042_", "_x005F_x0041_x005F_x0042_"],
    ["_X0041_", "_x005F_X0041_"],
    ["_x0041\u0000", "_x005F_x0041_x0000_"],
    ["_x41_", "_x41_"],
    ["\u0000\u001b\u0085", "_x0000__x001B__x0085_"],
    ["\ud800", "_xD800_"],
    ["\uffff\ufffe", "_xFFFF__xFFFE_"],
    ["\u{1f512}", "\u{1f512}"],
  ])("%j is %j", (text, expected) => {
    expect(xml(text)).toBe(expected);
  });

  it("is well-formed and read back as it was, whatever it is", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom(
        "_x0041_",
        "_x0041",
        "\u0000",
        "_",
        "x",
        "005F",
        "_x005F_",
        "&amp;",
        "]]>",
        "<",
        "\ud800",
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join("");
        const { text: read } = parseXml(`<t>${xml(text)}</t>`);
        expect(fromXstring(read)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the measures of a sheet", () => {
  it.each([
    [0, "A"],
    [25, "Z"],
    [26, "AA"],
    [51, "AZ"],
    [52, "BA"],
    [701, "ZZ"],
    [702, "AAA"],
  ])("column %i is %s", (index, name) => {
    expect(columnName(index)).toBe(name);
  });

  it.each([
    [1, 2, 1],
    [60, 412, 1],
    [1, 3, 1],
    [9999, 10_000, 2],
    [99_999, 100_000, 3],
    [1249, 10_000, 2],
    [1245, 10_000, 2],
    [1, 100_000_000, 6],
    [0, 7, 1],
    [7, 7, 1],
  ])("%i of %i has %i decimals", (part, whole, decimals) => {
    expect(shareDecimals(part, whole)).toBe(decimals);
  });

  it("a share never looks like a whole or half percent that it is not", () => {
    fc.assert(
      fc.property(fc.nat(200_000), fc.integer({ min: 1, max: 200_000 }), (some, whole) => {
        const part = Math.min(some, whole);
        const decimals = shareDecimals(part, whole);
        const scale = 10n ** BigInt(decimals);
        const hundredfold = BigInt(part) * 100n * scale;
        const rounded = (hundredfold * 2n + BigInt(whole)) / (BigInt(whole) * 2n);
        const exact = rounded * BigInt(whole) === hundredfold;
        expect(exact || (rounded * 2n) % scale !== 0n).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("rows that do not fit are counted in the last one", () => {
    const cell: Cell = { kind: "number", value: 1 };
    const columns = [
      { title: "a", width: 1 },
      { title: "b", width: 1 },
    ];
    const table = (rows: number) => ({
      columns,
      rows: Array.from({ length: rows }, () => [cell, cell]),
    });
    expect(rowsThatFit(table(9), ENGLISH, 10)).toHaveLength(9);
    const cut = rowsThatFit(table(10), ENGLISH, 10);
    expect(cut).toHaveLength(9);
    expect(cut.at(-1)?.[0]).toMatchObject({ text: expect.stringMatching(/^2 more rows/) });
    expect(cut.at(-1)).toHaveLength(2);
  });

  it("a wide table takes more pages rather than smaller letters", () => {
    expect([220, 221, 441].map((width) => pagesWide({ columns: [{ title: "a", width }] }))).toEqual(
      [1, 2, 3],
    );
  });

  it("a column is wide enough for every word of its heading", () => {
    expect(columnWidth({ title: "No.", width: 10 })).toBe(10);
    expect(columnWidth({ title: "Grundgesamtheit", width: 10 })).toBe(19);
    expect(columnWidth({ title: "Ergebnis der Aktion", width: 10 })).toBe(12);
  });

  it("a row is as high as its texts need, up to what a row can be", () => {
    expect(rowHeight([["", 10]])).toBe(16);
    expect(rowHeight([["one two three", 10]])).toBe(29);
    expect(rowHeight([["x".repeat(30), 11]])).toBe(42);
    expect(rowHeight([["日本語日本語", 7]])).toBe(29);
    expect(rowHeight([["x".repeat(10_000), 10]])).toBe(409);
  });
});
