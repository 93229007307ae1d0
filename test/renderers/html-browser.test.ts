// What a real browser makes of the file: its structure under hostile texts, its accessibility, its
// controls with and without scripts, and its pages in print.

import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { ComplianceReport } from "../../src/model/report.ts";
import { toHtml } from "../../src/renderers/html.ts";
import { chromiumPath, launchChromium, withPage } from "../chromium/chromium.ts";
import { HOSTILE, LONG, mapTexts } from "./hostile.ts";
import { REPORT } from "./report-fixture.ts";
import { WEIGHTED_REPORT } from "./weighted-fixture.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const FIXTURES: Readonly<Record<string, ComplianceReport>> = {
  points: REPORT,
  weighted: WEIGHTED_REPORT,
};

/** The report with its texts replaced in turn, beginning with the one at `from`. */
function mixed(
  report: ComplianceReport,
  from: number,
  text: (turn: number) => string,
): ComplianceReport {
  let turn = from;
  return mapTexts(report, () => text((turn += 1) % HOSTILE.length));
}

async function structureIn(page: Page, report: ComplianceReport): Promise<string> {
  return page.evaluate(STRUCTURE, toHtml(report));
}

/** Every element with its attributes' names, in document order, as the browser understood the file. */
const STRUCTURE = `(html) => {
  const document = new DOMParser().parseFromString(html, "text/html");
  const kept = new Set(["data-result", "data-severity", "data-is", "data-tone", "class", "role"]);
  return [...document.querySelectorAll("*")].map((element) => {
    const attributes = [...element.attributes].map(({ name, value }) =>
      kept.has(name) ? name + "=" + value : name);
    return [element.parentElement?.localName, element.localName, ...attributes].join(" ");
  }).join("\\n");
}`;

const VIOLATIONS = `(async () => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const { violations } = await axe.run(document, { runOnly: [
    "wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
    [id, html.slice(0, 200), failureSummary].join("\\n")));
})()`;

const SURROUNDINGS = {
  light: { width: 1280, colorScheme: "light", forcedColors: "none" },
  dark: { width: 1280, colorScheme: "dark", forcedColors: "none" },
  "390 px": { width: 390, colorScheme: "light", forcedColors: "none" },
  "forced colours": { width: 1280, colorScheme: "light", forcedColors: "active" },
} as const;

/** Results of the entries that a reader sees. */
const SEEN = `[...document.querySelectorAll(".entry")].filter((one) => one.checkVisibility()).map((one) => one.dataset.result)`;

/** Words of column headings that stand on more than one line. */
const BROKEN_WORDS = `[...document.querySelectorAll("thead th")].flatMap((cell) => {
  const text = cell.firstChild;
  return text === null ? [] : [...text.data.matchAll(/\\S+/g)].flatMap(({ 0: word, index }) => {
    const range = new Range();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1 ? [word] : [];
  });
})`;

const OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

describe.skipIf(chromiumPath() === undefined)("in Chromium (needs chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  describe.each(Object.entries(FIXTURES))("%s", (_, report) => {
    it("keeps its structure whatever mixture the texts are", { timeout: 60_000 }, async () => {
      await withPage(browser, "<!doctype html><title>x</title>", async (page) => {
        for (let from = 0; from < HOSTILE.length; from += 23) {
          const expected = await structureIn(
            page,
            mixed(report, from, (turn) => `word ${turn}`),
          );
          const hostile = mixed(report, from, (turn) => HOSTILE[turn] ?? "");
          expect([from, await structureIn(page, hostile)]).toEqual([from, expected]);
        }
      });
    });

    it("runs nothing that a text brings and asks for nothing", { timeout: 60_000 }, async () => {
      for (let from = 0; from < 3; from += 1) {
        const hostile = mixed(report, from * 97, (turn) => HOSTILE[turn] ?? "");
        await withPage(browser, toHtml(hostile), async (page, conduct) => {
          await page.evaluate(
            "for (const one of document.querySelectorAll('details')) one.open = true",
          );
          await page.waitForTimeout(50);
          expect(conduct).toEqual({ requests: [], dialogs: [], errors: [] });
        });
      }
    });

    it.each(["en", "de"])(
      "is accessible in every surrounding: %s",
      { timeout: 120_000 },
      async (language) => {
        await withPage(browser, toHtml({ ...report, language }), async (page, conduct) => {
          await page.evaluate(AXE);
          for (const [name, { width, ...media }] of Object.entries(SURROUNDINGS)) {
            await page.setViewportSize({ width, height: 844 });
            await page.emulateMedia(media);
            expect([name, await page.evaluate(VIOLATIONS)]).toEqual([name, []]);
            expect([name, await page.evaluate(OVERFLOW)]).toEqual([name, 0]);
          }
          expect(conduct).toEqual({ requests: [], dialogs: [], errors: [] });
        });
      },
    );

    it("filters by result without a script", async () => {
      await withPage(
        browser,
        toHtml(report),
        async (page) => {
          expect(await page.locator("#ui-search").isVisible()).toBe(false);
          const note = page.locator(".left-out");
          expect(await note.isVisible()).toBe(false);
          const fails = page.locator('.entry[data-result="fail"]');
          const rows = page.locator('tr[data-result="fail"]');
          const passes = page.locator('.entry[data-result="pass"]').first();
          expect(await fails.first().isVisible()).toBe(true);
          expect(await rows.first().isVisible()).toBe(true);
          await page.locator("#ui-result-fail").uncheck();
          expect(await fails.first().isVisible()).toBe(false);
          expect(await rows.first().isVisible()).toBe(false);
          expect(await passes.isVisible()).toBe(true);
          expect(await note.isVisible()).toBe(true);
          await page.emulateMedia({ media: "print" });
          expect(await fails.first().isVisible()).toBe(true);
        },
        { javaScriptEnabled: false },
      );
    });

    it("breaks no word of a heading on paper, and keeps passages wide on a phone", async () => {
      await withPage(browser, toHtml({ ...report, language: "de" }), async (page) => {
        await page.setViewportSize({ width: 665, height: 900 });
        await page.emulateMedia({ media: "print" });
        expect(await page.evaluate(BROKEN_WORDS)).toEqual([]);
        await page.emulateMedia({ media: "screen" });
        await page.setViewportSize({ width: 390, height: 844 });
        const widths = await page.evaluate<number[]>(
          `[...document.querySelectorAll(".wide td.long")].map((one) => one.clientWidth).filter(Boolean)`,
        );
        expect(widths.filter((width) => width < 250)).toEqual([]);
      });
    });

    it("prints with page numbers and everything open", { timeout: 60_000 }, async (context) => {
      if (spawnSync("pdftotext", ["-v"]).error !== undefined) context.skip("needs pdftotext");
      const folder = mkdtempSync(join(tmpdir(), "html-print-"));
      try {
        const use = async (page: Page): Promise<void> => {
          await page.locator("details.entry[open] > summary").first().click();
          const closed = page.locator("details.entry:not([open]) .inside").first();
          expect(await closed.isVisible()).toBe(false);
          const words = (await closed.locator("p").first().textContent()) ?? "";
          const file = join(folder, "report.pdf");
          writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
          const printed = execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
          const pages = printed.split("\f").filter((one) => one.trim() !== "");
          expect(pages.length).toBeGreaterThan(1);
          pages.forEach((one, index) => {
            expect(one).toContain(`Page ${index + 1} of ${pages.length}`);
          });
          const squeezed = printed.replace(/\s+/g, "");
          expect(squeezed).toContain(words.replace(/\s+/g, "").slice(0, 30));
        };
        await withPage(browser, toHtml(report), use, { javaScriptEnabled: false });
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });

  it(
    "keeps its structure when every text is the same: any of them",
    { timeout: 120_000 },
    async () => {
      await withPage(browser, "<!doctype html><title>x</title>", async (page) => {
        const expected = await structureIn(
          page,
          mapTexts(REPORT, () => "harmless"),
        );
        for (const text of [...HOSTILE, ...LONG]) {
          const hostile = mapTexts(REPORT, () => text);
          expect([text.slice(0, 80), await structureIn(page, hostile)]).toEqual([
            text.slice(0, 80),
            expected,
          ]);
        }
      });
    },
  );

  it("opens what its address points at", async () => {
    await withPage(browser, toHtml(REPORT), async (page) => {
      const closed = page.locator("details.entry:not([open])").first();
      const id = await closed.getAttribute("id");
      await withPage(
        browser,
        toHtml(REPORT),
        async (linked) => {
          const target = linked.locator(`#${id}`);
          expect(await target.getAttribute("open")).toBe("");
          expect(await linked.evaluate("scrollY")).toBeGreaterThan(0);
        },
        { hash: `#${id}` },
      );
      await page.evaluate(`location.hash = "${id}"`);
      await page.locator(`#${id}[open]`).waitFor();
    });
  });

  it("searches and says how many it shows", async () => {
    await withPage(browser, toHtml(REPORT), async (page) => {
      const all = await page.locator(".entry").count();
      const status = page.getByRole("status");
      expect(await status.textContent()).toContain(String(all));
      await page.getByRole("searchbox").fill("heartbeat");
      expect(await page.evaluate(SEEN)).toEqual(["warn"]);
      expect(await status.textContent()).toMatch(new RegExp(`^1\\D+${all}`));
      expect(await page.locator(".left-out").isVisible()).toBe(true);
      await page.getByRole("searchbox").fill("");
      expect(await page.evaluate(SEEN)).toHaveLength(all);
    });
  });

  it("opens and closes all at once, by keyboard too", async () => {
    await withPage(browser, toHtml(REPORT), async (page) => {
      await page.locator('[data-do="expand"]').press("Enter");
      expect(await page.locator("details.entry:not([open])").count()).toBe(0);
      await page.locator('[data-do="collapse"]').press("Enter");
      expect(await page.locator("details.entry[open]").count()).toBe(0);
      await page.keyboard.press("Control+Home");
      await page.locator(".skip").focus();
      await page.keyboard.press("Enter");
      expect(await page.evaluate("document.activeElement.id")).toBe("content");
    });
  });
});
