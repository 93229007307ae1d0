import {
  lstatSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { planTargets } from "../../src/cli/commands/report/targets.ts";
import type { Target, Wishes } from "../../src/cli/commands/report/targets.ts";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { RENDERERS } from "../../src/registry.ts";
import type { Renderer } from "../../src/registry.ts";
import { makeFolder } from "./log.ts";
import { bash, run } from "./program.ts";

const root = makeFolder();
const DATABASE = join(root, "aegis_audit.db");

/** An empty folder of one test's own, and the program run in it. */
function begin() {
  const cwd = mkdtempSync(join(root, "out-"));
  const report = (...words: readonly string[]) =>
    run(["report", DATABASE, "--now", "2026-02-01", ...words], { cwd });
  return { cwd, report };
}

describe.concurrent("-o", () => {
  test("takes several files, and each one's ending decides its format", async () => {
    const { cwd, report } = begin();
    const { code, stdout, stderr } = await report("-o", "a.md", "-o", "a.json", "-o", "new/a.txt");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toBe("wrote a.md\nwrote a.json\nwrote new/a.txt\n");
    expect(readdirSync(cwd)).toEqual(["a.json", "a.md", "new"]);
    expect(readFileSync(join(cwd, "a.md"), "utf8")).toMatch(/^# GOVERNANCE Compliance Report\n/);
    expect(JSON.parse(readFileSync(join(cwd, "a.json"), "utf8"))).toHaveProperty("report_type");
    expect(readFileSync(join(cwd, "new/a.txt"), "utf8")).toMatch(/^GOVERNANCE Compliance Report\n/);
  });

  test("takes a folder for several types and formats", async () => {
    const { cwd, report } = begin();
    await report("--type", "all", "--format", "markdown,json", "-o", "all/", "--quiet");
    const files = loadCatalog().frameworkIds.flatMap((id) => [`${id}.json`, `${id}.md`]);
    expect(readdirSync(join(cwd, "all"))).toEqual(files.sort());
    await report("--type", "soc2", "-o", ".");
    expect(readdirSync(cwd)).toEqual(["all", "soc2.md"]);
  });

  test("takes a pattern for several types", async () => {
    const { cwd, report } = begin();
    await report("--type", "soc2,gdpr", "-o", "q1-{type}.json");
    expect(readdirSync(cwd)).toEqual(["q1-gdpr.json", "q1-soc2.json"]);
  });

  test("writes files and standard output in one run", async () => {
    const { cwd, report } = begin();
    const { stdout } = await report("-o", "a.json", "-o", "-", "--format", "terminal", "-q");
    expect(readdirSync(cwd)).toEqual(["a.json"]);
    expect(stdout).toMatch(/^GOVERNANCE Compliance Report\n/);
  });

  test("replaces a file, also behind a symbolic link, and leaves nothing beside it", async () => {
    const { cwd, report } = begin();
    writeFileSync(join(cwd, "old.md"), "old");
    symlinkSync("old.md", join(cwd, "link.md"));
    await report("-o", "link.md");
    expect(lstatSync(join(cwd, "link.md")).isSymbolicLink()).toBe(true);
    expect(readFileSync(join(cwd, "old.md"), "utf8")).toMatch(/^# GOVERNANCE/);
    expect(readdirSync(cwd)).toEqual(["link.md", "old.md"]);
  });

  test("writes to a device or pipe itself", async () => {
    const { cwd } = begin();
    const line = `$CLI report ${DATABASE} --format json -o /dev/stdout -q | head -c 1`;
    expect((await bash(line, { cwd })).stdout).toBe("{");
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("writes all files or none", async () => {
    const { cwd, report } = begin();
    writeFileSync(join(cwd, "file"), "");
    const { code, stderr } = await report("-o", "a.md", "-o", "file/c.md");
    expect(code).toBe(2);
    expect(stderr).toContain("(file/c.md)\nhint: ");
    expect(readdirSync(cwd)).toEqual(["file"]);
  });

  test("never overwrites what is read", async () => {
    const { report } = begin();
    const before = readFileSync(DATABASE);
    const { code, stderr } = await report("--format", "json", "-o", DATABASE);
    expect(code).toBe(2);
    expect(stderr).toContain("would overwrite the input");
    expect(readFileSync(DATABASE)).toEqual(before);
  });

  test("a report below the bar is written all the same", async () => {
    const { cwd, report } = begin();
    const { code } = await report("--type", "soc2", "--fail-under", "100", "-o", "a.md");
    expect(code).toBe(1);
    expect(readdirSync(cwd)).toEqual(["a.md"]);
  });

  test("an interrupted run leaves no half file", async () => {
    const { cwd } = begin();
    // The signals come at many points of the run; the file is there whole, or not at all.
    const line = `
      for delay in 0.05 0.1 0.15 0.2 0.25 0.3; do
        $CLI report ${DATABASE} -q --json -o a.json & pid=$!
        sleep $delay; kill -INT $pid 2>/dev/null; wait $pid
        if [ -e a.json ]; then tail -c 2 a.json; rm a.json; fi
        ls -A
      done`;
    const { stdout } = await bash(line, { cwd });
    expect(stdout).toMatch(/^(\}\n)*$/);
  });
});

const allRenderers = async (): Promise<readonly Renderer[]> => {
  const loaded = await Promise.all(Object.values(RENDERERS).map((load) => load()));
  return loaded.map(({ renderer }) => renderer);
};

function plan(
  wishes: Partial<Wishes>,
  renderers: readonly Renderer[],
  onTerminal = false,
): readonly Target[] {
  const wished = { types: ["soc2"], formats: [], outputs: [], ...wishes };
  return planTargets(wished, renderers, onTerminal);
}

describe("the name of a file decides its format", () => {
  test.each<readonly [Partial<Wishes>, string]>([
    [{ outputs: ["a.csv"] }, "csv"],
    [{ outputs: ["a.exceptions.csv"] }, "csv-exceptions"],
    [{ outputs: ["A.POPULATION.CSV"] }, "csv-population"],
    [{ outputs: ["a.csv"], formats: ["csv-exceptions"] }, "csv-exceptions"],
    [{ outputs: ["a.html"] }, "html"],
    [{ outputs: ["a.pdf"] }, "pdf"],
    [{ outputs: ["a.xlsx"] }, "xlsx"],
    [{ outputs: ["html"], formats: ["json"] }, "json"],
    [{ outputs: ["a"], formats: ["pdf"] }, "pdf"],
  ])("%j", async (wishes, format) => {
    const targets = plan(wishes, await allRenderers());
    expect(targets.map(({ renderer }) => renderer.name)).toEqual([format]);
  });

  test("nothing is printed unasked beside a package", async () => {
    const renderers = await allRenderers();
    expect(plan({ hasPackage: true }, renderers)).toEqual([]);
    expect(plan({ hasPackage: true, formats: ["json"] }, renderers)).toHaveLength(1);
  });

  test("a folder gets a file for each format", async () => {
    const formats = ["csv", "csv-exceptions", "csv-sample", "html"];
    const targets = plan({ outputs: ["to/"], formats }, await allRenderers());
    expect(new Set(targets.map(({ path }) => path)).size).toBe(formats.length);
  });
});

describe("wishes that contradict each other", () => {
  test.each<readonly [Partial<Wishes>, string]>([
    [{ types: ["soc2", "gdpr"], outputs: ["a.md"] }, "2 reports cannot share one file"],
    [{ outputs: ["a.out"] }, "does not say which format"],
    [{ formats: ["json"], outputs: ["a.md"] }, "--format json: no output is of this format"],
    [{ formats: ["json", "markdown"] }, "standard output takes one format"],
    [{ formats: ["json", "markdown"], outputs: ["a.out"] }, "a.out takes one format"],
    [{ outputs: ["a.md", "./a.md"] }, "-o ./a.md: named twice"],
    [{ outputs: ["-", "-"] }, "-o -: named twice"],
    [{ formats: ["docx"] }, 'markdown, pdf, terminal, xlsx, got "docx"'],
    [{ types: ["soc2", "gdpr"], formats: ["pdf"] }, "standard output takes one report"],
    [{ types: ["soc2", "gdpr"], formats: ["csv"] }, "standard output takes one report"],
    [{ formats: ["csv-exceptions", "csv"], outputs: ["a.csv"] }, "a.csv takes one format"],
    [{ formats: ["html"], outputs: [], hasPackage: true, types: ["a", "b"] }, "takes one report"],
  ])("%j", async (wishes, reason) => {
    const renderers = await allRenderers();
    expect(() => plan(wishes, renderers)).toThrow(reason);
  });

  test.each(["pdf", "xlsx"])("%s on a terminal", async (format) => {
    const renderers = await allRenderers();
    expect(() => plan({ formats: [format] }, renderers, true)).toThrow("a terminal cannot show it");
    expect(plan({ formats: [format] }, renderers)).toHaveLength(1);
  });

  test("end with 2 before anything is read", async () => {
    const words = ["report", "missing.db", "--type", "all", "-o", "a.md"];
    const { code, stdout, stderr } = await run(words, { cwd: root });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^error: .*cannot share.*\nhint: .*\ncode: invalid-option\n$/);
  });
});
