import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readPeriod } from "../../src/cli/period-flags.ts";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { RENDERERS } from "../../src/registry.ts";
import { TOOL } from "../../src/version.ts";
import { ACTIVE, makeFolder } from "./log.ts";
import { bash, run } from "./program.ts";

const EXAMPLE = fileURLToPath(new URL("../../examples/aegis_audit.db", import.meta.url));

const cwd = makeFolder();

describe.concurrent("help", () => {
  test("of the program begins with examples and fits a screen", async () => {
    const { code, stdout, stderr } = await run(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(28);
    expect(lines[2]).toMatch(/^ {2}aegis-compliance report /);
    expect(stdout).toContain("NO_COLOR, FORCE_COLOR, COLUMNS");
    expect(stdout).toMatch(/0 fine, 1 .*\n?.*2 usage, 3 .*, 4 verification failed, 130 stopped/);
  });

  test.each([
    [["report", "--help"]],
    [["policy", "check", "-h"]],
    [["frameworks", "--help"]],
    [["import", "--help"]],
    [["migrate", "--help"]],
    [["entries", "--help"]],
    [["completion", "--help"]],
  ])("of %j begins with examples, in 80 columns", async (words) => {
    const { code, stdout } = await run(words);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Examples:\n {2}\S/);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("of report names the documented types, where the others are listed, and every format", async () => {
    const { stdout } = await run(["report", "--help"]);
    for (const id of ["soc2", "gdpr", "governance", "all"]) expect(stdout).toContain(id);
    expect(stdout).toContain("aegis-compliance frameworks");
    for (const name of Object.keys(RENDERERS)) expect(stdout).toContain(name);
  });

  test("comes on standard error with 2 when no command was named", async () => {
    const [nothing, policy] = await Promise.all([run([]), run(["policy"])]);
    for (const { code, stdout, stderr } of [nothing, policy]) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
      expect(stderr).toContain("Usage: aegis-compliance");
    }
  });

  test("the version is the package's", async () => {
    expect(await run(["--version"])).toEqual({ code: 0, stdout: `${TOOL.version}\n`, stderr: "" });
  });
});

describe.concurrent("wrong usage ends with 2, an error and a hint", () => {
  test.each([
    [["reprot"], "error: unknown command 'reprot'", "hint: Did you mean report?"],
    [["report", "--tpye", "x"], "error: unknown option '--tpye'", "hint: Did you mean --type?"],
    [["report", "--type", "socks"], "expected a report type out of", "hint: "],
    [["report", "--type", "soc2,"], "Expected names between the commas", "hint: "],
    [["policy", "check", "a", "b"], "error: too many arguments", "hint: "],
    [["report", "--fail-under", "101"], "Expected a number from 0 to 100", "hint: "],
    [["report", "--workers", "0"], "Expected a whole number from 1 to 64", "hint: "],
    [["report", "--now", "noon"], 'error: --now: expected a time, but got "noon"', "hint: "],
    [["report", "--source", "xml"], "is invalid", "hint: "],
    [["report", "--as", "cloudtrial"], 'no mapping is called "cloudtrial"', "hint: did you mean"],
    [["import", "x"], "required option '--to <folder>' not specified", "hint: "],
    [["mapping", "show", "nothing"], 'no mapping is called "nothing"', "hint: Known mappings"],
    [["entries", "--limit", "-1"], "Expected a whole number from 1", "hint: "],
    [["policy", "check"], "error: missing required argument 'file'", "hint: "],
    [["policy", "check", "x", "--fail-on", "fatal"], "is invalid", "hint: "],
    [["completion", "tcsh"], "is invalid", "hint: "],
  ])("%j", async (words, error, hint) => {
    const { code, stdout, stderr } = await run(words, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(error);
    expect(stderr).toContain(`\n${hint}`);
  });

  test("and what was typed is shown escaped", async () => {
    const typed = "x\u001b[2J\u202e\nerror: forged";
    const outcomes = await Promise.all([
      run([typed]),
      run(["report", `--${typed}`]),
      run(["report", "--type", typed]),
      run(["report", typed]),
      run(["entries", "--where", typed], { cwd }),
    ]);
    for (const { code, stderr } of outcomes) {
      expect(code).toBeGreaterThan(1);
      expect(stderr).not.toMatch(ACTIVE);
      expect(stderr).not.toMatch(/^error: forged/m);
    }
  });

  test("the stack comes with --debug alone", async () => {
    const { stderr } = await run(["--debug", "report", "missing.db"], { cwd });
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toMatch(/\n {4}at /);
  });
});

describe("times that are none are named with their option", () => {
  test.each([
    [{ from: "2026-13-01" }, "--from: expected a time"],
    [{ to: "2026-02-30" }, "--to: expected a time"],
    [{ period: "2026-Q5" }, "--period: expected a period"],
    [{ period: "2026", to: "2026-01-01" }, "both were given"],
    [{ from: "2026-02-01", to: "2026-01-01" }, "before it starts"],
  ])("%j", (flags, message) => {
    expect(() => readPeriod(flags, 0)).toThrow(message);
  });
});

describe.concurrent("pipes", () => {
  test.each([
    ["report", "$CLI report --type all | head -1; echo ${PIPESTATUS[0]}"],
    ["entries", "$CLI entries | head -1; echo ${PIPESTATUS[0]}"],
    ["help", "$CLI --help | head -1; echo ${PIPESTATUS[0]}"],
    ["a reader that is gone", "(sleep 0.5; $CLI report; echo $? >&2) 2>code | true; cat code"],
  ])("%s ends quietly with 0 when nobody reads on", async (_what, line) => {
    const { stdout, stderr } = await bash(line, { cwd });
    expect(stderr).toBe("");
    expect(stdout.split("\n").at(-2)).toBe("0");
  });

  test("a full disk is an error", async () => {
    const { stderr } = await bash("$CLI report > /dev/full; echo $? >&2", { cwd });
    expect(stderr).toMatch(/^error: the output cannot be written: ENOSPC.*\n2\n$/);
  });
});

describe.concurrent("frameworks", () => {
  test("lists what there is, and how much of it is tested", async () => {
    const { code, stdout } = await run(["frameworks"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ID +TESTED +DISPROVE +FIGURES +OPEN +OF +TITLE +EDITION\n/);
    expect(stdout).toMatch(/^soc2 +4 +0 +0 +57 +61 +SOC 2 /m);
    expect(stdout).toMatch(/^soc2-extended +14 +7 +5 +35 +61 +SOC 2/m);
    expect(stdout).toMatch(/^dora +7 +5 +4 +– +– +DORA/m);
  });

  test("and, of a log, how much it decides", async () => {
    const [list, json] = await Promise.all([
      run(["frameworks", EXAMPLE, "-q"]),
      run(["frameworks", EXAMPLE, "-q", "--json"]),
    ]);
    expect(list.stdout).toMatch(/^ID +DECIDED +TESTABLE +OF +SCORE +TITLE\n/);
    expect(list.stdout).toMatch(/^soc2 +4 +4 +61 +70 C- +SOC 2$/m);
    expect(list.stdout).toMatch(/^dora +\d+ +\d+ +– +/m);
    const rows = JSON.parse(json.stdout) as readonly Record<string, unknown>[];
    expect(rows.map(({ id }) => id)).toEqual(loadCatalog().frameworkIds);
    expect(rows.find(({ id }) => id === "soc2")).toEqual({
      id: "soc2",
      criteria_decided: 4,
      criteria_testable: 4,
      criteria_total: 61,
      score: 70,
      grade: "C-",
    });
  });

  test("as JSON too", async () => {
    const { stdout } = await run(["frameworks", "--json"]);
    const frameworks = JSON.parse(stdout) as readonly Record<string, unknown>[];
    expect(frameworks.map(({ id }) => id)).toEqual(loadCatalog().frameworkIds);
    expect(frameworks.find(({ id }) => id === "soc2")).toMatchObject({
      criteria_tested: 4,
      criteria_total: 61,
    });
    expect(frameworks.find(({ id }) => id === "dora")).not.toHaveProperty("criteria_total");
  });
});

describe.concurrent("completion", () => {
  test.each(["bash", "zsh", "fish"])("prints a script for %s", async (shell) => {
    const { code, stdout, stderr } = await run(["completion", shell]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("aegis-compliance complete -- ");
    // Shells that are not here cannot be asked.
    const line = `command -v ${shell} > /dev/null || exit 0; ${shell} -n`;
    expect(await bash(line, { input: stdout })).toEqual({ code: 0, stdout: "", stderr: "" });
  });

  test.each<readonly [readonly string[], readonly string[]]>([
    [
      [""],
      [
        "report",
        "import",
        "migrate",
        "mapping",
        "policy",
        "frameworks",
        "framework",
        "entries",
        "completion",
      ],
    ],
    [
      ["report", "--no"],
      ["--now", "--no-color"],
    ],
    [
      ["report", "a.db", "--type", ""],
      [...loadCatalog().frameworkIds, "all"],
    ],
    [["entries", "--risk", "H"], ["HIGH"]],
    [
      ["report", "a.jsonl", "--as", "clou"],
      ["cloudevents", "cloudtrail"],
    ],
    [
      ["policy", "check", "--fail-on", ""],
      ["error", "warning", "info"],
    ],
    [
      ["completion", ""],
      ["bash", "zsh", "fish"],
    ],
  ])("offers for %j", async (words, candidates) => {
    const { code, stdout, stderr } = await run(["complete", "--", ...words]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const offered = stdout.split("\n").map((line) => line.split("\t")[0]);
    expect(offered).toEqual([...candidates, ":4", ""]);
  });

  test.each([[["report", ""]], [["report", "-o", "re"]], [["policy", "check", ""]]])(
    "leaves files to the shell for %j",
    async (words) => {
      expect((await run(["complete", "--", ...words])).stdout).toBe(":0\n");
    },
  );
});
