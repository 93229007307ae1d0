import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { toDict } from "../../src/renderers/dict.ts";
import { renderer, toHtml } from "../../src/renderers/html.ts";
import { markup, text } from "../../src/renderers/html/markup.ts";
import { MEASURES, MOST_BYTES, rowsOfEach } from "../../src/renderers/html/measure.ts";
import { languageOf } from "../../src/languages/languages.ts";
import { page } from "../../src/renderers/html/page.ts";
import { outline } from "../../src/renderers/outline/outline.ts";
import type { Block, Outline } from "../../src/renderers/outline/document.ts";
import type { ComplianceReport, Presentation } from "../../src/model/report.ts";
import { LONG, mapTexts } from "./hostile.ts";
import { entry as outlineEntry, evidence, OUTLINE, own } from "./html-outline.ts";
import { EMPTY_REPORT, entry, REPORT } from "./report-fixture.ts";
import { QUIET_REPORT, WEIGHTED_REPORT } from "./weighted-fixture.ts";

const [usual] = MEASURES;
if (usual === undefined) throw new Error("there is no measure");

const draw = (drawn: Outline, presentation?: Presentation): string =>
  page({
    outline: drawn,
    measure: usual,
    count: (value) => String(value),
    ...(presentation === undefined ? {} : { presentation }),
  });

const withBlocks = (...blocks: readonly Block[]): Outline => ({
  ...OUTLINE,
  opening: [],
  sections: [{ id: "only", title: "Only", blocks, sections: [] }],
});

const digest = (of: string): string => createHash("sha256").update(of).digest("base64");

const inside = (html: string, begins: string, ends: string): string =>
  html.split(begins)[1]?.split(ends)[0] ?? "";

const jsonIn = (html: string): unknown =>
  JSON.parse(inside(html, '<script type="application/json" id="report">', "</script>"));

describe("markup", () => {
  it("never lets text become markup, in content or in an attribute", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (hostile) => {
        const { source } = markup`<b title="${hostile}">${hostile}</b>`;
        expect(source.match(/[<>"]/g)).toEqual(["<", '"', '"', ">", "<", ">"]);
        expect(source).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
      }),
      { numRuns: 300 },
    );
  });

  it("keeps a space between pieces of a line and shows every other one at an end", () => {
    expect(text(" of ", 10).source).toBe(" of ");
    expect(text(" ", 10).source).toBe(" ");
    expect(text("", 10).source).toBe("");
    expect(text("  x", 10).source).toBe(" \\u0020x");
  });
});

describe("the page", () => {
  it("allows its own style sheet and script, and nothing else", () => {
    const html = draw(OUTLINE);
    const policy = inside(html, 'http-equiv="Content-Security-Policy" content="', '"');
    expect(policy.replaceAll("&#39;", "'").split("; ")).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${digest(inside(html, "<style>", "</style>"))}'`,
      `script-src 'sha256-${digest(inside(html, "<script>", "</script>"))}'`,
      "img-src data:",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html).not.toMatch(/ style="| on[a-z]+="/);
  });

  it("points nowhere but into itself", () => {
    for (const report of [REPORT, WEIGHTED_REPORT]) {
      const targets = [...toHtml(report).matchAll(/ (?:href|src|action|srcset)="([^"]*)"/g)];
      expect(targets.length).toBeGreaterThan(5);
      expect(targets.filter(([, to = ""]) => !/^(?:#|data:,$)/.test(to))).toEqual([]);
    }
  });

  it("leads every link to something that is there, and gives no id twice", () => {
    for (const report of [REPORT, EMPTY_REPORT, WEIGHTED_REPORT, QUIET_REPORT]) {
      const html = toHtml(report);
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      const links = [...html.matchAll(/ href="#([^"]*)"/g)].map(([, id]) => id);
      expect(ids).toHaveLength(new Set(ids).size);
      expect(links.filter((to) => !ids.includes(to))).toEqual([]);
    }
  });

  it("carries the report's JSON, whatever it holds", () => {
    const hostile = mapTexts(REPORT, () => "</script><script>alert(1)</script><!-- \u2028\u202e");
    for (const report of [REPORT, WEIGHTED_REPORT, hostile]) {
      expect(jsonIn(toHtml(report))).toEqual(JSON.parse(JSON.stringify(toDict(report))));
    }
  });

  it("uses the organisation's colour and mark when they are what they should be", () => {
    const logo = { mediaType: "image/png", data: "iVBORw0KGgo=", alt: 'Our "mark"' } as const;
    const html = draw(OUTLINE, { accent: "#7a1f5c", logo, sections: [] });
    expect(html).toContain("--accent: #7a1f5c;");
    expect(html).toContain(
      '<img src="data:image/png;base64,iVBORw0KGgo=" alt="Our &quot;mark&quot;">',
    );
  });

  it.each([
    { accent: "red;} * { display: none }" },
    { accent: "#7a1f5" },
    { accent: "</style><script>" },
    { logo: { mediaType: "image/png", data: '"><script>', alt: "" } },
    { logo: { mediaType: "text/html" as "image/png", data: "aaaa", alt: "" } },
  ] as readonly Partial<Presentation>[])(
    "uses neither when they are something else: %j",
    (presentation) => {
      expect(draw(OUTLINE, { ...presentation, sections: [] })).toBe(draw(OUTLINE));
    },
  );

  it("says in print which page of how many, whatever the foot holds", () => {
    const html = draw({ ...OUTLINE, foot: 'a"; } * { display: none } </style>\\' });
    const style = inside(html, "<style>", "</style>");
    expect(style).toContain('content: "Page " counter(page) " of " counter(pages);');
    expect(style).toContain(
      'content: "a\\22 \\3b  \\7d  \\2a  \\7b  display: none \\7d  \\3c \\2f style\\3e \\5c ";',
    );
  });

  it("offers only those results and severities that there are", () => {
    const html = draw(OUTLINE);
    expect([...html.matchAll(/id="ui-(?:result|severity)-(\w+)"/g)].map(([, of]) => of)).toEqual([
      "fail",
      "warn",
      "inconclusive",
      "pass",
      "critical",
      "warning",
      "info",
    ]);
    expect(draw(withBlocks({ kind: "paragraph", of: [own("x")] }))).not.toContain("<fieldset>");
  });

  it("draws an empty cell as a dash and leaves one to write in empty", () => {
    const html = draw(withBlocks(outlineEntry("one")));
    expect(html).toContain("<td>–</td>");
    expect(html).toContain('<td class="blank"></td>');
  });

  it("names a row by what it is about, not by how it came out", () => {
    const html = draw(
      withBlocks({
        kind: "table",
        caption: "Results",
        captionShown: true,
        columns: [{ title: "Result" }, { title: "Criterion" }],
        rows: [[[{ kind: "result", result: "fail", word: "FAIL" }], [own("CC6.8")]]],
      }),
    );
    expect(html).toContain('<th scope="row">CC6.8</th>');
    expect(html).not.toContain('<th scope="row"><span class="badge"');
  });

  it("keeps headings of entries one level below what they stand in", () => {
    const html = draw({
      ...OUTLINE,
      sections: [
        {
          id: "outer",
          title: "Outer",
          blocks: [outlineEntry("first-one")],
          sections: [
            { id: "inner", title: "Inner", blocks: [outlineEntry("second-one")], sections: [] },
          ],
        },
      ],
    });
    const levels = [...html.matchAll(/<h(\d)[ >]/g)].map(([, level]) => Number(level));
    expect(levels).toEqual([1, 2, 2, 2, 3, 4, 4, 4, 3, 4, 5, 5, 5]);
  });
});

describe("how much is drawn", () => {
  it("says how many rows there are when it draws fewer", () => {
    expect(draw(withBlocks(evidence(3, 60)))).toContain('<p class="cut">The first 3 of 60</p>');
    expect(draw(withBlocks(evidence(3, 3)))).not.toContain('class="cut"');
    const long = draw(withBlocks(evidence(3000, 3000)));
    expect(long).toContain('<p class="cut">The first 2000 of 3000</p>');
    expect(long.match(/<tr>/g)).toHaveLength(2001);
  });

  it("draws small tables whole and shares the rest alike", () => {
    const three = withBlocks(evidence(5, 5), evidence(3000, 3000), evidence(9000, 9000));
    expect(rowsOfEach(three, 2000)).toBe(997);
    expect(rowsOfEach(withBlocks(evidence(5, 5)), 2000)).toBe(5);
  });

  it("never exceeds the rows of the whole document while each table has one", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 400 }), { maxLength: 30 }),
        fc.integer({ min: 30, max: 2000 }),
        (sizes, rows) => {
          const many = withBlocks(...sizes.map((size) => evidence(size, size)));
          const most = rowsOfEach(many, rows);
          const drawn = (each: number): number =>
            sizes.reduce((sum, size) => sum + Math.min(size, each), 0);
          expect(drawn(most)).toBeLessThanOrEqual(rows);
          const whole = sizes.every((size) => size <= most);
          expect(whole || drawn(most + 1) > rows).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("stays below 5 MB for hundreds of tests with 50 exceptions and long texts each", () => {
    const html = toHtml(huge(300, "\u202e<b>&'\"".repeat(300)));
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MOST_BYTES);
    expect(html).not.toContain('id="report"');
    expect(html).toContain(saysLeftOut(huge(1, "x")));
    expect(html.match(/<tr[ >]/g)?.length).toBeLessThan(4000);
  });

  it("keeps the JSON where there is room for it", () => {
    const html = toHtml(huge(60, "customer_accounts"));
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MOST_BYTES);
    expect(html).toContain('id="report"');
  });

  it("cuts a megabyte with a word on its length", () => {
    const [megabyte = ""] = LONG;
    const html = toHtml(mapTexts({ ...REPORT, summary: "" }, () => megabyte));
    expect(html).toContain("… (1,048,576 characters)");
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MOST_BYTES);
  });
});

/** A weighted report of so many findings and tests, each with 50 exceptions of 1,000,000. */
function huge(amount: number, words: string): ComplianceReport {
  const { weighted } = WEIGHTED_REPORT;
  const [finding] = WEIGHTED_REPORT.findings;
  const [test] = weighted?.tests ?? [];
  if (weighted === undefined || finding === undefined || test === undefined) {
    throw new Error("the fixture has no weighted finding");
  }
  const exceptionEntries = Array.from({ length: 50 }, (_, index) =>
    entry(index + 1, { action_target: words, agent_id: words }),
  );
  const keys = Array.from({ length: amount }, (_, index) => `made-${index}`);
  return {
    ...WEIGHTED_REPORT,
    findings: keys.map((key) => ({
      ...finding,
      criterion: key,
      title: `${key} ${words}: FAIL`,
      description: words,
      result: "fail",
      exceptions: 1_000_000,
      measures: [key],
      ...(finding.weighted === undefined
        ? {}
        : { weighted: { ...finding.weighted, decisive: [key] } }),
    })),
    weighted: {
      ...weighted,
      tests: keys.map((key) => ({
        ...test,
        key,
        measure: key,
        says: words,
        remedy: words,
        result: "fail",
        exceptions: 1_000_000,
        exceptionEntries,
        criteria: [key],
      })),
    },
  };
}

/** The sentence that stands where the JSON does not. */
function saysLeftOut(report: ComplianceReport): string {
  return outline(report, languageOf(report.language)).controls.jsonLeftOut.replaceAll("'", "&#39;");
}

describe("the renderer", () => {
  it("is html, and gives the same bytes for the same report", () => {
    expect(renderer).toMatchObject({ name: "html", mediaType: "text/html", extension: "html" });
    const copy = structuredClone(WEIGHTED_REPORT);
    expect(renderer.render(WEIGHTED_REPORT)).toBe(toHtml(copy));
    expect(copy).toEqual(WEIGHTED_REPORT);
    expect(toHtml(REPORT)).toMatch(/^<!doctype html>\n[^]*<\/html>\n$/);
  });

  it("refuses a language that there is not", () => {
    expect(() => toHtml({ ...REPORT, language: "xx" })).toThrow(/language/);
  });
});
