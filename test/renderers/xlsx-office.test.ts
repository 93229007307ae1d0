// Opens workbooks in LibreOffice, a spreadsheet program that is not ours, and compares what it holds
// with the tables.

import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { languageOf } from "../../src/languages/languages.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import type { Cell } from "../../src/renderers/sheets/cell.ts";
import { sheetsOf } from "../../src/renderers/sheets/sheets.ts";
import { shownText } from "../../src/renderers/sheets/shown-text.ts";
import { toXlsx } from "../../src/renderers/xlsx.ts";
import { RESULT_SIGNS } from "../../src/renderers/words/signs.ts";
import { HOSTILE } from "./hostile.ts";
import { FULL_REPORT, FULL_WEIGHTED, mapAllTexts } from "./sheets-fixture.ts";

const OFFICE = [process.env["SOFFICE"], "/usr/bin/soffice", "/usr/bin/libreoffice"].find(
  (place) => place !== undefined && existsSync(place),
);

/** A report that holds every hostile text somewhere: `before` is put in front of each. */
function withEveryText(report: ComplianceReport, before = ""): ComplianceReport {
  let next = 0;
  return mapAllTexts(report, () => `${before}${HOSTILE[next++ % HOSTILE.length]}`);
}

const REPORTS: Readonly<Record<string, ComplianceReport>> = {
  points: FULL_REPORT,
  weighted: FULL_WEIGHTED,
  german: { ...FULL_REPORT, language: "de" },
  hostile: withEveryText(FULL_REPORT),
  "hostile-weighted": withEveryText(FULL_WEIGHTED),
  escapes: withEveryText(FULL_REPORT, "_x0041_=1"),
};

/** What the program shows of a cell when it shows values as they are. */
function isHeld(cell: Cell, shown: string | undefined, report: ComplianceReport): boolean {
  const words = languageOf(report.language).sheets.sheets;
  switch (cell.kind) {
    case "empty":
      return shown === "";
    case "number":
      return Number(shown) === cell.value;
    case "share":
      return Math.abs(percent(shown) - cell.part / cell.whole) < 1e-14;
    case "result":
      return shown === `${RESULT_SIGNS[cell.result]} ${cell.word}`;
    default:
      return shown === shownText(cell.text, words);
  }
}

/** `14.5631067961165%` as a number. */
function percent(shown = ""): number {
  return shown.endsWith("%") ? Number(shown.slice(0, -1)) / 100 : Number.NaN;
}

describe.skipIf(OFFICE === undefined)("LibreOffice (needs soffice)", () => {
  let folder = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "aegis-office-"));
    const files = Object.entries(REPORTS).map(([name, report]) => {
      const file = join(folder, `${name}.xlsx`);
      writeFileSync(file, toXlsx(report));
      return file;
    });
    const convert = async (to: string): Promise<void> => {
      await promisify(execFile)(
        OFFICE ?? "",
        [
          `-env:UserInstallation=${pathToFileURL(join(folder, "profile")).href}`,
          "--headless",
          "--convert-to",
          to,
          "--outdir",
          folder,
          ...files,
        ],
        { timeout: 150_000 },
      );
    };
    // Commas, quotation marks, UTF-8, values as they are and not as shown, every sheet.
    await convert("csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1");
    await convert("fods");
  }, 300_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  describe.each(Object.entries(REPORTS))("opens the workbook %s", (name, report) => {
    it("with the same numbers and texts in every sheet", () => {
      for (const { name: title, columns, rows } of sheetsOf(report)) {
        const csv = readFileSync(join(folder, `${name}-${title}.csv`), "utf8");
        const [header, ...lines] = parse(csv, { relax_quotes: false });
        expect(header).toEqual(columns.map((column) => column.title));
        expect(lines).toHaveLength(rows.length);
        const wrong = rows.flatMap((row, at) =>
          row.flatMap((cell, column) => {
            const shown = lines[at]?.[column];
            return isHeld(cell, shown, report) ? [] : [{ title, at, column, cell, shown }];
          }),
        );
        expect(wrong).toEqual([]);
      }
    });

    it("with shares that read as percentages", () => {
      const document = readFileSync(join(folder, `${name}.fods`), "utf8");
      expect(document).toContain("<text:p>14.6 %</text:p>");
    });

    it("with no cell that is a formula", () => {
      const document = readFileSync(join(folder, `${name}.fods`), "utf8");
      expect(document).toContain("<table:table-cell");
      expect(document).not.toMatch(/<table:table-cell[^>]*\stable:formula=/);
    });
  });
});
