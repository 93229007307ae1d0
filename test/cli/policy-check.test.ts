import { describe, expect, test } from "vitest";
import { BAD_POLICY, WEAK_POLICY, makeFolder } from "./log.ts";
import { run } from "./program.ts";

const cwd = makeFolder();
const check = (...words: readonly string[]) => run(["policy", "check", ...words], { cwd });

describe.concurrent("policy check", () => {
  test("of a sound policy says so and ends with 0", async () => {
    expect(await check("policy.yaml")).toEqual({
      code: 0,
      stdout: "policy.yaml: 1 rule, 0 errors, 0 warnings, 0 remarks\n",
      stderr: "",
    });
  });

  test("names weak spots with their line, and ends with 1 from the severity asked", async () => {
    const json = await check("weak.yaml", "--json");
    const { valid, findings } = JSON.parse(json.stdout) as {
      readonly valid: boolean;
      readonly findings: readonly { readonly severity: string; readonly line: number }[];
    };
    expect(valid).toBe(true);
    expect(findings.map(({ severity, line }) => [severity, line])).toEqual([
      ["error", 10],
      ["error", 10],
    ]);
    expect(json.code).toBe(1);
    const text = await check("weak.yaml");
    expect(text.code).toBe(1);
    expect(text.stdout).toMatch(/^weak\.yaml:10: error: .*more_reads.* \[.+\]\n {2}.+\n/);
    expect(text.stdout).toContain("weak.yaml: 2 rules, 2 errors, ");
  });

  test("reads standard input", async () => {
    const { code, stdout } = await run(["policy", "check", "-"], { cwd, input: WEAK_POLICY });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^standard input:10: error: /);
  });

  test("names all mistakes of an invalid policy with place and hint, and ends with 3", async () => {
    const { code, stdout, stderr } = await check("bad.yaml");
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr.split("\n")).toEqual([
      expect.stringMatching(/^error: .*defautls.* \(bad\.yaml:2:1\)$/),
      expect.stringMatching(/^hint: .*defaults/),
      expect.stringMatching(/^error: .*nam.* \(bad\.yaml:4:5\)$/),
      expect.stringMatching(/^hint: .*name/),
      "code: invalid-policy",
      "",
    ]);
  });

  test("names them as JSON too", async () => {
    const words = ["policy", "check", "-", "--json"];
    const { code, stdout, stderr } = await run(words, { cwd, input: BAD_POLICY });
    expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
    const { valid, errors } = JSON.parse(stdout) as {
      readonly valid: boolean;
      readonly errors: readonly { readonly line: number; readonly column: number }[];
    };
    expect(valid).toBe(false);
    expect(errors.map(({ line, column }) => [line, column])).toEqual([
      [2, 1],
      [4, 5],
    ]);
  });

  test("shows hostile text of the file escaped", async () => {
    const input = 'version: 1\n"ru\\eles\\nerror: forged": []\n';
    const { code, stderr } = await run(["policy", "check", "-"], { cwd, input });
    expect(code).toBe(3);
    expect(stderr).not.toContain("\u001b");
    expect(stderr).not.toMatch(/^error: forged/m);
  });

  test("a file that is not there ends with 3", async () => {
    const { code, stderr } = await check("missing.yaml");
    expect(code).toBe(3);
    expect(stderr).toContain("code: unreadable-source");
  });
});
