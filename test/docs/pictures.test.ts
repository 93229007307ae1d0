// Pictures of the golden audits for the docs: the page in Chromium, the cover and a page of the
// PDF. `npm run pictures` draws them anew; their bytes depend on the browser, so otherwise only
// their being there and their size are held.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { toHtml } from "../../src/renderers/html.ts";
import { toPdf } from "../../src/renderers/pdf.ts";
import { launchChromium, withPage } from "../chromium/chromium.ts";
import { AUDITS } from "../golden/audits/audits.ts";

const folder = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const redraw = process.env["UPDATE_PICTURES"] === "1" && process.env["CI"] === undefined;

/** How a page is looked at. */
const VIEWS = {
  page: { viewport: { width: 1280, height: 1000 } },
  dark: { viewport: { width: 1280, height: 1000 }, colorScheme: "dark" },
  phone: { viewport: { width: 390, height: 844 } },
} as const;

/** All audits as pages and papers; one of them in the dark and on a phone too. */
const PICTURES = AUDITS.flatMap(({ name }) => [
  `${name}-page.png`,
  `${name}-paper.png`,
  ...(name === "failing" ? [`${name}-dark.png`, `${name}-phone.png`] : []),
]);

beforeAll(async () => {
  if (!redraw) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const browser = await launchChromium();
  for (const { name, report } of AUDITS) {
    const document = await report();
    const html = toHtml(document);
    for (const [view, options] of Object.entries(VIEWS)) {
      const file = `${name}-${view}.png`;
      if (!PICTURES.includes(file)) continue;
      const picture = await withPage(browser, html, (page) => page.screenshot(), options);
      writeFileSync(join(folder, file), picture);
    }
    writeFileSync(join(folder, `${name}-paper.png`), firstPage(await toPdf(document)));
  }
  await browser.close();
}, 240_000);

function firstPage(pdf: Uint8Array): Uint8Array {
  const workplace = mkdtempSync(join(tmpdir(), "aegis-picture-"));
  try {
    writeFileSync(join(workplace, "report.pdf"), pdf);
    execFileSync("pdftoppm", ["-png", "-r", "70", "-singlefile", "report.pdf", "page"], {
      cwd: workplace,
    });
    return readFileSync(join(workplace, "page.png"));
  } finally {
    rmSync(workplace, { recursive: true, force: true });
  }
}

test("every audit has its pictures, and no other is there", () => {
  expect(readdirSync(folder).toSorted()).toEqual(PICTURES.toSorted());
});

test.each(PICTURES)("%s is a picture of some size, and the docs show it", (name) => {
  const bytes = readFileSync(join(folder, name));
  // PNG (ISO/IEC 15948): the signature, then width and height in the first chunk.
  expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
  expect(bytes.readUInt32BE(16)).toBeGreaterThan(300);
  expect(bytes.readUInt32BE(20)).toBeGreaterThan(400);
  const page = readFileSync(new URL("../../docs/reports.md", import.meta.url), "utf8");
  expect(page).toContain(`pictures/${name}`);
});
