// A disk without room: a limit on the size of files makes every write beyond it fail, as a full
// disk does. What was begun must not look whole, and the program must say so.

import { existsSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { makeFolder } from "./log.ts";
import { bash } from "./program.ts";
import type { Outcome } from "./program.ts";

const root = makeFolder();
const LOG = join(root, "many.jsonl");
writeFileSync(
  LOG,
  Array.from({ length: 4000 }, (_, index) =>
    JSON.stringify({
      id: index + 1,
      timestamp: new Date(Date.UTC(2026, 0, 1) + index * 60_000).toISOString(),
      session_id: `s${index}`,
      agent_id: `agent ${index * 7919}`,
      action_type: "read",
      action_target: `customers/${(index * 104_729) % 1_000_003}`,
      action_desc: `what was done ${Math.imul(index, 2_654_435_761)}`,
      approval: "auto",
      risk_level: "LOW",
    }),
  ).join("\n"),
);

/** Runs a line in a folder of its own where no file can have more than so many KB. */
async function cramped(
  kilobytes: number,
  words: string,
): Promise<Outcome & { readonly left: readonly string[]; readonly cwd: string }> {
  const cwd = mkdtempSync(join(root, "full-"));
  const outcome = await bash(`ulimit -f ${kilobytes} && $CLI ${words}`, { cwd });
  return { ...outcome, cwd, left: readdirSync(cwd).filter((name) => !name.startsWith(".")) };
}

describe.skipIf(platform() === "win32").concurrent("no room", () => {
  test.each([
    ["a report", 8, "report.html"],
    ["a PDF", 8, "report.pdf"],
    ["an evidence package", 8, "all.zip"],
  ])("for %s: nothing is left of it", async (_, kilobytes, name) => {
    const option = name.endsWith(".zip") ? "--bundle" : "-o";
    const words = `report ${LOG} --now 2026-02-01 ${option} ${name}`;
    const { code, stderr, left } = await cramped(kilobytes, words);
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot be written: EFBIG.*\n.*free space/);
    expect(left).toEqual([]);
  });

  test("for a ledger: what is there is no ledger yet, and an import with room ends it", async () => {
    const { code, stderr, left, cwd } = await cramped(16, `import ${LOG} --to ledger`);
    expect(code).toBe(2);
    expect(stderr).toMatch(/cannot be written: EFBIG/);
    expect(left).toEqual(["ledger"]);
    expect(readdirSync(join(cwd, "ledger"))).not.toContain("manifest.json");
    const unfinished = await bash("$CLI report ledger --now 2026-02-01", { cwd });
    expect(unfinished).toMatchObject({ code: 3, stdout: "" });
    const imported = await bash(`$CLI import ${LOG} --to ledger -q`, { cwd });
    expect(imported.code).toBe(0);
    const whole = await bash("$CLI report ledger --now 2026-02-01 --format json", { cwd });
    expect(JSON.parse(whole.stdout)).toMatchObject({ total_actions: 4000 });
  });

  test("for a rollup: the log is read instead, or it is said, and the rollup is none", async () => {
    const database = join(root, "aegis_audit.db");
    const words = `report ${database} --now 2026-02-01 --type soc2 --format json --rollup kept.rollup`;
    const { code, stderr, cwd } = await cramped(8, words);
    expect(code).not.toBe(0);
    expect(stderr).not.toMatch(/^\s+at /m);
    const again = await bash(`$CLI ${words} -q`, { cwd });
    const plain = await bash(
      `$CLI report ${database} --now 2026-02-01 --type soc2 --format json -q`,
    );
    expect(again.code).toBe(plain.code);
    expect(JSON.parse(again.stdout)).toMatchObject({ score: JSON.parse(plain.stdout).score });
  });

  test("for standard output", async () => {
    if (!existsSync("/dev/full")) return;
    const { code, stderr } = await bash(
      `$CLI report ${join(root, "aegis_audit.db")} --now 2026-02-01 --format html > /dev/full`,
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/room|space/i);
  });
});

test("the log of the tests above can be read", () => {
  expect(readFileSync(LOG, "utf8").split("\n")).toHaveLength(4000);
});
