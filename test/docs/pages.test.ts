// The pages about measures and frameworks say what the catalog's files say. `npm run golden`
// rewrites them.

import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { pages } from "./pages.ts";

const DOCS = fileURLToPath(new URL("../../docs/", import.meta.url));
const SHELVES = ["frameworks", "measures"];
const written = pages();

if (process.env["UPDATE_GOLDEN"] === "1") {
  for (const shelf of SHELVES) rmSync(join(DOCS, shelf), { recursive: true, force: true });
  for (const [path, page] of written) {
    mkdirSync(dirname(join(DOCS, path)), { recursive: true });
    writeFileSync(join(DOCS, path), page);
  }
}

describe("the pages of the documentation", () => {
  test.each([...written])("%s", (path, page) => {
    expect(readFileSync(join(DOCS, path), "utf8")).toBe(page);
  });

  test("there are no others", () => {
    const there = SHELVES.flatMap((shelf) =>
      readdirSync(join(DOCS, shelf)).map((name) => `${shelf}/${name}`),
    );
    expect(there.sort()).toEqual([...written.keys()].sort());
  });

  test("every link leads to a page", () => {
    for (const [path, page] of written) {
      for (const [, target = ""] of page.matchAll(/\]\(([^)#:]+\.md)\)/g)) {
        const to = join(dirname(path), target);
        expect(written.has(to), `${path} -> ${target}`).toBe(true);
      }
    }
  });
});
