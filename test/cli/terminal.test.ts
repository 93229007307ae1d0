import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { writeLongLog, makeFolder } from "./log.ts";
import { hasTerminal, run, runInTerminal } from "./program.ts";

const cwd = makeFolder();

describe.concurrent("colour without a terminal", () => {
  test.each<readonly [string, readonly string[], Readonly<Record<string, string>>, boolean]>([
    ["none in a pipe", [], {}, false],
    ["with --color", ["--color"], { NO_COLOR: "1" }, true],
    ["with FORCE_COLOR", [], { FORCE_COLOR: "1" }, true],
    ["none with FORCE_COLOR=0", [], { FORCE_COLOR: "0" }, false],
    [
      "none with NO_COLOR, whatever FORCE_COLOR says",
      [],
      { NO_COLOR: "1", FORCE_COLOR: "1" },
      false,
    ],
    ["none with --no-color", ["--no-color"], { FORCE_COLOR: "1" }, false],
  ])("%s", async (_what, words, env, colored) => {
    const { code, stdout } = await run(["entries", ...words], { cwd, env });
    expect(code).toBe(0);
    expect(stdout.includes("\u001b[")).toBe(colored);
  });
});

describe.skipIf(!hasTerminal).concurrent("at a terminal (needs python3)", () => {
  const long = join(cwd, "long.db");

  beforeAll(() => {
    writeLongLog(long, 300_000);
  });

  test("the report is the terminal's, in colour and as wide as it", async () => {
    const { code, stdout } = await runInTerminal(["report", "--now", "2026-02-01"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain("\u001b[1mGOVERNANCE Compliance Report\u001b[0m");
    const lines = stripVTControlCharacters(stdout).split("\r\n");
    const widest = Math.max(...lines.map((line) => line.length));
    expect(widest).toBeGreaterThan(80);
    expect(widest).toBeLessThanOrEqual(100);
    // Too short for progress.
    expect(stdout).not.toContain("Reading");
  });

  test.each([
    ["NO_COLOR", [], { NO_COLOR: "1" }],
    ["a dumb terminal", [], { TERM: "dumb" }],
    ["--no-color", ["--no-color"], {}],
  ])("no colour with %s", async (_what, words, env) => {
    const { stdout } = await runInTerminal(["report", ...words], { cwd, env });
    expect(stdout).toMatch(/^GOVERNANCE Compliance Report\r\n/);
    expect(stdout).not.toContain("\u001b");
  });

  test("a long reading shows how far it has come, and takes the line away", async () => {
    const words = ["report", long, "--workers", "1", "-o", "long.md"];
    const { code, stdout } = await runInTerminal(words, { cwd });
    expect(code).toBe(0);
    const drawn = stdout.split("\r\u001b[2K");
    expect(drawn[0]).toBe("");
    expect(drawn[1]).toMatch(/^Reading \[[#.]{20}\] +\d+% [\d,]+ entries, [\d,]+\/s, \d+ s left$/);
    expect(drawn.at(-1)).toBe("wrote long.md\r\n");
  });

  test.each([
    ["--quiet", ["--quiet"], {}],
    ["a dumb terminal", [], { TERM: "dumb" }],
  ])("but not with %s", async (_what, words, env) => {
    const parameters = ["report", long, "--workers", "1", "-o", "long.md", ...words];
    const { code, stdout } = await runInTerminal(parameters, { cwd, env });
    expect(code).toBe(0);
    expect(stdout).not.toContain("Reading");
  });
});
