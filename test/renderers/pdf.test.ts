// PDFs of whole reports, opened again with the programs that people have.

import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { serialize } from "node:v8";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { ENGLISH } from "../../src/languages/en.ts";
import { ComplianceError } from "../../src/model/error.ts";
import type { ComplianceReport, Presentation } from "../../src/model/report.ts";
import { renderer as json } from "../../src/renderers/json.ts";
import { outline } from "../../src/renderers/outline/outline.ts";
import type { Block } from "../../src/renderers/outline/document.ts";
import { renderer, toPdf } from "../../src/renderers/pdf.ts";
import { loadTypesetter } from "../../src/renderers/pdf/compiler.ts";
import { readFonts } from "../../src/renderers/pdf/fonts.ts";
import type { Manuscript, SetBlock, SetTable } from "../../src/renderers/pdf/manuscript.ts";
import { writeManuscript } from "../../src/renderers/pdf/write-manuscript.ts";
import { HOSTILE, LONG, mapTexts } from "./hostile.ts";
import { OUTLINE } from "./pdf/made-outline.ts";
import { EMPTY_REPORT, REPORT, entry } from "./report-fixture.ts";
import { WEIGHTED_REPORT } from "./weighted-fixture.ts";

const STANDARDS = ["a-3a", "ua-1"] as const;

/** A dot. */
const PNG =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const PRESENTATION: Presentation = {
  organisation: "Northwind Payments Ltd",
  system: "Agent platform",
  contact: "audit@northwind.example",
  accent: "#0b5d4e",
  logo: { mediaType: "image/png", data: PNG, alt: "Northwind" },
  sections: [{ title: "What the platform does", paragraphs: ["It pays bills."] }],
};

const REPORTS: Readonly<Record<string, ComplianceReport>> = {
  points: { ...REPORT, presentation: PRESENTATION },
  weighted: WEIGHTED_REPORT,
  empty: EMPTY_REPORT,
  german: { ...REPORT, language: "de" },
  hostile: mapTexts(REPORT, oneAfterTheOther(HOSTILE)),
  "hostile, weighted": mapTexts(WEIGHTED_REPORT, oneAfterTheOther(HOSTILE.toReversed())),
  long: mapTexts(REPORT, oneAfterTheOther(LONG.map((text) => text.slice(0, 1000)))),
};

function oneAfterTheOther(texts: readonly string[]): () => string {
  let next = 0;
  return () => texts[next++ % texts.length] ?? "";
}

/** Whether a program is there. */
function installed(program: string): boolean {
  try {
    execFileSync(program, ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "aegis-pdf-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What one of Poppler's programs says about a PDF; `-` in the arguments is the PDF. */
function poppler(program: string, pdf: Uint8Array, ...args: readonly string[]): string {
  const path = join(folder, "report.pdf");
  writeFileSync(path, pdf);
  return execFileSync(
    program,
    args.map((arg) => (arg === "PDF" ? path : arg)),
    {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      maxBuffer: 1e9,
    },
  );
}

describe("every report is a PDF by its standard, which Typst checks", () => {
  for (const [name, report] of Object.entries(REPORTS)) {
    test.each(STANDARDS)(`${name}, %s`, async (pdfStandard) => {
      const pdf = await toPdf(report, { pdfStandard });
      const text = Buffer.from(pdf).toString("latin1");
      expect(text.startsWith("%PDF-1.7")).toBe(true);
      expect(text).toContain(pdfStandard === "ua-1" ? "<pdfuaid:part>1<" : "<pdfaid:part>3<");
    });
  }

  test("the standard is PDF/A-3a when none is asked for", async () => {
    const pdf = await renderer.render(EMPTY_REPORT);
    expect(Buffer.from(pdf).equals(await toPdf(EMPTY_REPORT, { pdfStandard: "a-3a" }))).toBe(true);
  });
});

describe("the same report gives the same bytes", () => {
  test.each(STANDARDS)("twice, with another report in between, %s", async (pdfStandard) => {
    const first = digest(await toPdf(REPORT, { pdfStandard }));
    await toPdf(WEIGHTED_REPORT, { pdfStandard });
    expect(digest(await toPdf(REPORT, { pdfStandard }))).toBe(first);
  });

  test.skipIf(!existsSync(BUILT))(
    "in other zones and languages, and with other fonts of the same name (needs the built package)",
    async () => {
      writeFileSync(join(folder, "report"), serialize(REPORTS["points"]));
      const fonts = join(folder, "home", ".local", "share", "fonts");
      mkdirSync(fonts, { recursive: true });
      writeFileSync(join(fonts, "inter.ttf"), otherInter());
      const environments = [
        {},
        { TZ: "Asia/Kathmandu", LC_ALL: "de_DE.UTF-8", LANG: "de_DE.UTF-8" },
        { TZ: "America/St_Johns", LC_ALL: "tr_TR.UTF-8", LANG: "ar_EG.UTF-8" },
        { HOME: join(folder, "home"), XDG_DATA_HOME: join(folder, "home", ".local", "share") },
      ];
      const digests = await Promise.all(
        environments.map(async (environment) => {
          const { stdout } = await promisify(execFile)(
            process.execPath,
            ["--input-type=module", "-e", CHILD, BUILT.href, join(folder, "report")],
            { env: { ...process.env, ...environment } },
          );
          return stdout;
        }),
      );
      expect(digests[0]).toMatch(/^[0-9a-f]{64} [0-9a-f]{64}$/);
      expect(new Set(digests).size).toBe(1);
    },
  );
});

function digest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

const BUILT = new URL("../../dist/renderers/pdf.js", import.meta.url);

/** Prints the digests of a report's PDFs. */
const CHILD = `
  import { createHash } from "node:crypto";
  import { readFileSync } from "node:fs";
  import { deserialize } from "node:v8";
  const [module, file] = process.argv.slice(1);
  const { toPdf } = await import(module);
  const report = deserialize(readFileSync(file));
  const digests = [];
  for (const pdfStandard of ["a-3a", "ua-1"]) {
    const pdf = await toPdf(report, { pdfStandard });
    digests.push(createHash("sha256").update(pdf).digest("hex"));
  }
  process.stdout.write(digests.join(" "));
`;

/** The extra-light face, which claims to be the regular one. */
function otherInter(): Buffer {
  const file = "@expo-google-fonts/inter/200ExtraLight/Inter_200ExtraLight.ttf";
  const font = readFileSync(createRequire(import.meta.url).resolve(file));
  const record = font.indexOf("OS/2", 0, "latin1");
  font.writeUInt16BE(400, font.readUInt32BE(record + 8) + 4);
  return font;
}

describe.skipIf(!installed("pdftotext"))("what is in it (needs Poppler's programs)", () => {
  test("sections follow one another, each title where the contents say", async () => {
    const report = REPORTS["points"] ?? REPORT;
    const pdf = await toPdf(report, { pdfStandard: "ua-1" });
    const pages = poppler("pdftotext", pdf, "-layout", "PDF", "-").split("\f");
    const text = squeezed(poppler("pdftotext", pdf, "PDF", "-"));
    const { sections } = outline(report, ENGLISH);
    expect(sections.length).toBeGreaterThan(8);
    let at = text.indexOf("Contents");
    // First as a list of contents, then as headings.
    for (const round of [1, 2]) {
      for (const [index, { title }] of sections.entries()) {
        const next = text.indexOf(squeezed(`${index + 1} ${title}`), at);
        expect(next, `${title}, time ${round}`).toBeGreaterThan(at);
        at = next;
      }
    }
    const contents = pages.find((page) => page.includes("Contents")) ?? "";
    for (const { title } of sections) {
      const told = new RegExp(`${title} [. \\u2060]+(\\d+)$`, "m").exec(contents)?.[1];
      expect(pages[Number(told) - 1]).toContain(title);
    }
  });

  test("cells of a row of evidence follow one another", async () => {
    const text = squeezed(poppler("pdftotext", await toPdf(REPORT), "-raw", "PDF", "-"));
    const cells = "1 2026-01-02T01:15:00.250000+00:00 billing-agent db_write customer_accounts";
    expect(text).toContain(squeezed(`${cells} write-accounts auto – success`));
  });

  test("each page but the first bears title, period and number", async () => {
    const pdf = await toPdf({ ...REPORT, language: "de" }, { pdfStandard: "ua-1" });
    const pages = poppler("pdftotext", pdf, "-layout", "PDF", "-").split("\f").slice(0, -1);
    for (const [index, page] of pages.entries()) {
      expect(page).toContain(`Seite ${index + 1} von ${pages.length}`);
      expect(index === 0 || page.slice(0, 300).includes("2026")).toBe(true);
    }
  });

  test.each(["points", "weighted", "empty", "german"])(
    "no line of text is set over another: %s",
    async (name) => {
      const pdf = await toPdf(REPORTS[name] ?? REPORT, { pdfStandard: "ua-1" });
      const boxes = poppler("pdftotext", pdf, "-bbox-layout", "PDF", "-");
      expect(overlaps(boxes)).toEqual([]);
    },
  );

  test("it is tagged, dated by the report, and in the report's language", async () => {
    const pdf = await toPdf({ ...REPORT, language: "de" }, { pdfStandard: "ua-1" });
    const info = poppler("pdfinfo", pdf, "-isodates", "PDF");
    expect(info).toMatch(/^Tagged: +yes$/m);
    expect(info).toMatch(/^Title: +SOC2/m);
    expect(info).toContain(REPORT.generatedAt.slice(0, 19));
    expect(Buffer.from(pdf).toString("latin1")).toMatch(/\/Lang ?\(de\)/);
  });

  test("the report's JSON travels in PDF/A-3a and in no other", async () => {
    for (const report of [REPORT, REPORTS["hostile"] ?? REPORT]) {
      const pdf = await toPdf(report);
      const path = join(folder, "report.json");
      expect(poppler("pdfdetach", pdf, "-list", "PDF")).toContain("1: report.json");
      poppler("pdfdetach", pdf, "-save", "1", "-o", path, "PDF");
      expect(readFileSync(path, "utf8")).toBe(json.render(report));
    }
    const other = await toPdf(REPORT, { pdfStandard: "ua-1" });
    expect(poppler("pdfdetach", other, "-list", "PDF")).toContain("0 embedded files");
  });

  test("a logo is drawn, told to screen readers, and only the bundled faces are in use", async () => {
    const pdf = await toPdf(REPORTS["points"] ?? REPORT, { pdfStandard: "ua-1" });
    expect(poppler("pdfimages", pdf, "-list", "PDF").split("\n").length).toBeGreaterThan(3);
    expect(Buffer.from(pdf).toString("latin1")).toMatch(/\/Alt ?\(Northwind\)/);
    const fonts = poppler("pdffonts", pdf, "PDF").match(/[A-Z]{6}\+\S+/g) ?? [];
    expect(fonts.length).toBeGreaterThan(2);
    for (const font of fonts) expect(font).toMatch(/\+(?:Inter|JetBrainsMono)-/);
  });

  test("hostile texts are shown as texts", async () => {
    const told = '#read("/etc/passwd") $x$ = Heading <b> #pagebreak() \\u{41} ![](x) </script>';
    const pdf = await toPdf(mapTexts(REPORT, () => told));
    expect(squeezed(poppler("pdftotext", pdf, "PDF", "-"))).toContain(
      squeezed(told.replace("\\u{41}", "\\u005cu{41}")),
    );
  });

  test.each([REPORT, WEIGHTED_REPORT].map((report) => [report.reportType, report] as const))(
    "hostile texts change nothing of the structure: %s",
    async (_, report) => {
      const tags = async (texts: () => string): Promise<Record<string, number>> => {
        const pdf = await toPdf(mapTexts(report, texts), { pdfStandard: "ua-1" });
        const counts: Record<string, number> = {};
        for (const [tag = ""] of poppler("pdfinfo", pdf, "-struct", "PDF").matchAll(STRUCTURE)) {
          counts[tag.trim()] = (counts[tag.trim()] ?? 0) + 1;
        }
        return counts;
      };
      let number = 0;
      const harmless = await tags(() => `word ${(number += 1)}`);
      expect(harmless["Table"]).toBeGreaterThan(5);
      expect(harmless["TD"]).toBeGreaterThan(50);
      expect(await tags(numbered(HOSTILE))).toEqual(harmless);
      expect(await tags(numbered(HOSTILE.toReversed()))).toEqual(harmless);
    },
  );
});

/** Elements that make up the order of a document; within a line there may be more or fewer. */
const STRUCTURE = /^ *(?:H[1-6]|Table|THead|TBody|TR|TH|TD|Figure|Caption|L|LI|TOC|TOCI|Title)\b/gm;

/** Texts as given, each made unlike all others by a number at its end. */
function numbered(texts: readonly string[]): () => string {
  const next = oneAfterTheOther(texts);
  let number = 0;
  return () => `${next().slice(0, 100)} ${(number += 1)}`;
}

/** Pairs of words on one page whose letters stand on each other, as Poppler sees their boxes. */
function overlaps(boxes: string): string[] {
  return boxes.split("<page ").flatMap((page) => {
    const words = Array.from(page.matchAll(WORD), ([, ...parts]) => ({
      box: parts.slice(0, 4).map(Number),
      text: parts[4] ?? "",
    }));
    return words.flatMap((one, index) =>
      words
        .slice(index + 1)
        .filter((other) => isOver(one.box, other.box))
        .map((other) => `${one.text} / ${other.text}`),
    );
  });
}

const WORD =
  /<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">([^<]*)<\/word>/g;

/** Boxes are as tall as the face allows: neighbours in a narrow line spacing touch by less than a third. */
function isOver(one: readonly number[], other: readonly number[]): boolean {
  const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = one;
  const [x3 = 0, y3 = 0, x4 = 0, y4 = 0] = other;
  const wide = Math.min(x2, x4) - Math.max(x1, x3);
  const tall = Math.min(y2, y4) - Math.max(y1, y3);
  return wide > 1 && tall > Math.min(y2 - y1, y4 - y3) / 3;
}

/** Without white space: lines end in other places than words. */
function squeezed(text: string): string {
  return text.replaceAll(/\s+/gu, "");
}

function found(id: string, ...blocks: readonly Block[]): Block {
  const title = [{ kind: "text", text: id }] as const;
  return { kind: "entry", id, result: "fail", title, open: true, blocks };
}

describe("evidence", () => {
  const columns = [{ title: "Entry" }];
  const table = (rows: number, total = rows): Block => ({
    kind: "table",
    caption: "Evidence",
    captionShown: false,
    columns,
    rows: Array.from({ length: rows }, (_, row) => [[{ kind: "text", text: `${row}` }]]),
    ...(total === rows ? {} : { total }),
  });

  test("takes a thousand rows of the whole document, and the full number stands beside", () => {
    const response = { ...table(1), columns: [{ title: "Response", blank: true }] } as Block;
    const blocks = [
      table(3),
      found("a", table(600)),
      found("b", response, table(600, 12_345)),
      found("c", response, table(2)),
    ];
    const files = writeManuscript(
      {
        outline: { ...OUTLINE, sections: [{ id: "all", title: "All", blocks, sections: [] }] },
        numbers: ENGLISH.numbers,
        generatedAt: REPORT.generatedAt,
      },
      readFonts(),
    );
    const { sections } = JSON.parse(String(files.get("/report/data.json"))) as Manuscript;
    const tables = (of: readonly SetBlock[]): SetTable[] =>
      of.flatMap((block) =>
        block.kind === "table" ? [block] : block.kind === "entry" ? tables(block.blocks) : [],
      );
    expect(tables(sections[0]?.blocks ?? []).map(({ rows, cut }) => [rows.length, cut])).toEqual([
      [3, null],
      [600, null],
      [1, null],
      [400, "The first 400 of 12,345"],
      [1, null],
      [0, "The first 0 of 2"],
    ]);
  });

  test("of a thousand rows is set", async () => {
    const exceptionEntries = Array.from({ length: 1000 }, (_, index) => entry(index));
    const findings = REPORT.findings.map((finding) =>
      finding.result === "fail" ? { ...finding, exceptions: 1000, exceptionEntries } : finding,
    );
    const pdf = await toPdf({ ...REPORT, findings }, { pdfStandard: "ua-1" });
    expect(pdf.length).toBeGreaterThan(1_000_000);
  });
});

function own(source: string): Promise<Uint8Array> {
  const pdfTemplate = join(folder, "own.typ");
  writeFileSync(pdfTemplate, source);
  return toPdf(REPORT, { pdfStandard: "ua-1", pdfTemplate });
}

describe("a template of one's own", () => {
  test("takes the place of the packaged one", async () => {
    const pdf = await own(`
      #let data = json("/report/data.json")
      #set document(title: data.title.join())
      #set text(font: "Inter", fallback: false, lang: data.language)
      = #data.title.join()
      #data.sections.len() sections
    `);
    expect(pdf.length).toBeLessThan(60_000);
  });

  test("that Typst does not understand is refused with its place", async () => {
    await expect(own("\n#let x = (")).rejects.toMatchObject({
      code: "invalid-option",
      message: expect.stringContaining("unclosed delimiter (line 2, column 10)") as string,
    });
  });

  test("that breaks the standard is refused with what is missing", async () => {
    await expect(own("Nothing is told to screen readers")).rejects.toMatchObject({
      code: "invalid-option",
      message: expect.stringContaining("missing document title") as string,
    });
  });

  test("that is not there is refused", async () => {
    const pdfTemplate = join(folder, "none.typ");
    await expect(toPdf(REPORT, { pdfTemplate })).rejects.toBeInstanceOf(ComplianceError);
  });
});

function gone(): never {
  throw new Error("Cannot find package");
}

describe("missing packages are named, and HTML is offered", () => {
  test.each([
    ["a font", () => readFonts(gone)],
    ["Typst", () => loadTypesetter(folder, readFonts(), () => Promise.resolve().then(gone))],
  ])("%s", async (_, load: () => unknown) => {
    const error: unknown = await Promise.resolve()
      .then(() => load())
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ComplianceError);
    const { code, message, hint } = error as ComplianceError;
    expect(code).toBe("missing-package");
    for (const name of ["typst-ts-node-compiler", "inter", "jetbrains-mono"]) {
      expect(message).toContain(name);
    }
    expect(hint).toContain("HTML");
  });
});
