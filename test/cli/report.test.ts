import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { openForWriting } from "../../src/sqlite/writer.ts";
import { ACTIVE, ENTRIES, HOSTILE, POLICY, makeFolder } from "./log.ts";
import { run } from "./program.ts";

const cwd = makeFolder();
const NOW = ["--now", "2026-02-01"];

/** What is looked at of a report as JSON. */
interface Printed {
  readonly report_type: string;
  readonly score: number | null;
  readonly total_actions: number;
  readonly period_start: string;
  readonly period_end: string;
  readonly generated_at: string;
  readonly policy?: { readonly rules: number; readonly unknown_rules_in_log: readonly unknown[] };
  readonly population: { readonly inputs: unknown; readonly read: number };
}

async function printed(...words: readonly string[]): Promise<Printed> {
  const { stdout, stderr, code } = await run(["report", "--json", ...NOW, ...words], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout) as Printed;
}

describe.concurrent("report on standard output", () => {
  test("is a governance report in Markdown of the folder's database", async () => {
    const { code, stdout, stderr } = await run(["report", ...NOW], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^# GOVERNANCE Compliance Report\n## Period: 2026-01-01/);
    expect(stdout).not.toContain("\u001b");
  });

  test("holds several types, one after the other, however they are named", async () => {
    const [repeated, list] = await Promise.all([
      run(["report", ...NOW, "--type", "soc2", "-t", "gdpr"], { cwd }),
      run(["report", "aegis_audit.db", "--type=soc2,gdpr", "--type", "soc2", ...NOW], { cwd }),
    ]);
    expect(repeated.stdout.match(/^# \w+ Compliance Report$/gm)).toEqual([
      "# SOC2 Compliance Report",
      "# GDPR Compliance Report",
    ]);
    expect(list).toEqual(repeated);
  });

  test("as JSON is one object, and of several types an array", async () => {
    expect((await printed()).report_type).toBe("governance");
    const all = (await printed("--type", "all")) as unknown as readonly Printed[];
    expect(all.map((report) => report.report_type)).toEqual(loadCatalog().frameworkIds);
    // All come from one reading.
    expect(new Set(all.map(({ population }) => JSON.stringify(population))).size).toBe(1);
    expect(all[0]?.total_actions).toBe(ENTRIES);
  });

  test("holds the policy, from a file and from standard input alike", async () => {
    const words = ["report", "--json", ...NOW, "--policy"];
    const [file, input] = await Promise.all([
      run([...words, "policy.yaml"], { cwd }),
      run([...words, "-"], { cwd, input: POLICY }),
    ]);
    const { policy } = JSON.parse(file.stdout) as Printed;
    expect(policy?.rules).toBe(1);
    expect(policy?.unknown_rules_in_log).not.toEqual([]);
    expect(input).toEqual(file);
  });

  test("cannot be forged by what the log holds", async () => {
    const { stdout } = await run(["report", "--type", "all", ...NOW], { cwd });
    expect(stdout).not.toContain(HOSTILE);
    expect(stdout).not.toMatch(/^# Forged/m);
    expect(stdout).not.toMatch(ACTIVE);
  });

  test("is the same bytes again, in another zone and language", async () => {
    const words = ["report", "--type", "all", "--json", ...NOW];
    const [one, two, three] = await Promise.all([
      run(words, { cwd }),
      run([...words, "--workers", "2"], { cwd }),
      run(words, { cwd, env: { TZ: "Asia/Tokyo", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" } }),
    ]);
    expect(one.stdout).not.toBe("");
    expect(two.stdout).toBe(one.stdout);
    expect(three.stdout).toBe(one.stdout);
  });
});

describe.concurrent("the period", () => {
  test("between two days, both whole", async () => {
    const report = await printed("--from", "2026-01-01", "--to", "2026-01-31");
    expect(report.period_start).toBe("2026-01-01T00:00:00+00:00");
    expect(report.period_end).toBe("2026-01-31T23:59:59.999999+00:00");
    expect(report.total_actions).toBe(ENTRIES);
  });

  test("cuts to the microsecond, bounds included", async () => {
    // Entries lie every half an hour from 00:30.
    const report = await printed(
      "--from",
      "2026-01-01T01:00:00Z",
      "--to=2026-01-01T03:00:00+01:00",
    );
    expect(report.total_actions).toBe(3);
  });

  test("by name", async () => {
    const report = await printed("--period", "2026-Q1");
    expect(report.period_start).toBe("2026-01-01T00:00:00+00:00");
    expect(report.period_end).toBe("2026-03-31T23:59:59.999999+00:00");
  });

  test("counts last-90d from now, and the report's time is now", async () => {
    const report = await printed("--period", "last-1d", "--now", "2026-01-02T10:00:00.5Z");
    expect(report.period_start).toBe("2026-01-01T00:00:00+00:00");
    expect(report.generated_at).toBe("2026-01-02T10:00:00.500000+00:00");
  });
});

describe.concurrent("--fail-under", () => {
  test("ends with 0 at the bar and with 1 below it, and prints the report either way", async () => {
    const { score } = await printed("--type", "soc2");
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThan(100);
    const words = ["report", "--type", "soc2", ...NOW, "--fail-under"];
    const [met, missed] = await Promise.all([
      run([...words, String(score)], { cwd }),
      run([...words, "100"], { cwd }),
    ]);
    expect({ code: met.code, stderr: met.stderr }).toEqual({ code: 0, stderr: "" });
    expect(missed.code).toBe(1);
    expect(missed.stdout).toBe(met.stdout);
    expect(missed.stderr).toBe(`below the bar: soc2 scores ${score}, asked for were 100\n`);
  });

  test("a report that is not graded is below any bar", async () => {
    const { code, stdout, stderr } = await run(["report", "empty.db", "--fail-under", "0"], {
      cwd,
    });
    expect(code).toBe(1);
    expect(stdout).toContain("# GOVERNANCE Compliance Report");
    expect(stderr).toBe("below the bar: governance is not graded, asked for were 0\n");
  });
});

describe.concurrent("what cannot be read ends with 3", () => {
  test.each([
    ["a missing file", ["report", "missing.db"], "missing.db", "unreadable-source"],
    ["no database", ["report", "text.db"], "text.db", "unsupported-source"],
    ["a missing policy", ["report", "-p", "missing.yaml"], "missing.yaml", "unreadable-source"],
    ["a bad policy", ["report", "-p", "bad.yaml"], "bad.yaml:2:1", "invalid-policy"],
  ])("%s", async (_what, words, place, errorCode) => {
    const { code, stdout, stderr } = await run(words, { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toMatch(/^error: .+\nhint: .+\n/);
    expect(stderr.split("\n")[0]).toContain(place);
    expect(stderr).toMatch(new RegExp(`^code: ${errorCode}\n$`, "m"));
    expect(stderr).not.toContain("    at ");
  });

  test("no database named and none here", async () => {
    const { code, stderr } = await run(["report"], { cwd: join(cwd, "..") });
    expect(code).toBe(3);
    expect(stderr).toContain("has no aegis_audit.db");
  });
});

describe.concurrent("records that are no entries", () => {
  test("are noted, unless quiet, and do not change the exit code", async () => {
    const path = join(cwd, "odd.db");
    copyFileSync(join(cwd, "aegis_audit.db"), path);
    const writer = openForWriting(path);
    writer.run("UPDATE audit_log SET timestamp = 'yesterday' WHERE id = 2");
    writer.close();
    const words = ["report", "odd.db", ...NOW, "--from", "2026-01-01"];
    const [noisy, quiet] = await Promise.all([
      run(words, { cwd }),
      run([...words, "--quiet"], { cwd }),
    ]);
    expect(noisy.code).toBe(0);
    expect(noisy.stderr).toBe(
      `note: 1 of ${ENTRIES} records were rejected; the report says which and why\n`,
    );
    expect(quiet).toEqual({ ...noisy, stderr: "" });
  });
});
