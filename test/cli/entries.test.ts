import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readFilters } from "../../src/cli/commands/entries/filters.ts";
import type { FilterFlags } from "../../src/cli/commands/entries/filters.ts";
import { sqlite } from "../../src/engines/sqlite.ts";
import { ACTIVE, ENTRIES, HOSTILE, makeFolder } from "./log.ts";
import { run } from "./program.ts";

const cwd = makeFolder();

interface Listed {
  readonly id: number;
  readonly agent_id: string | null;
  readonly action_params: string;
}

async function listed(...words: readonly string[]): Promise<readonly Listed[]> {
  const { code, stdout, stderr } = await run(["entries", "--json", ...words], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Listed);
}

describe("filters", () => {
  test.each<readonly [FilterFlags, readonly number[]]>([
    [{}, [1, 2, 3, 4, 5, 6, 7, 8]],
    [{ agent: ["cleaner"] }, [3, 4, 5]],
    [{ agent: ["reader", "writer"] }, [1, 2, 8]],
    [{ agent: [HOSTILE], approval: ["auto"] }, [7]],
    [{ session: ["session-2"] }, []],
    [{ type: ["update", "drop_table"] }, [6, 7, 8]],
    [{ risk: ["high", "Critical"], approval: ["auto"] }, [7]],
    [{ approval: ["approve"], decision: [""] }, [5]],
    [{ decision: ["", "denied"], risk: ["HIGH"] }, [4, 5]],
    [{ rule: [""] }, [7]],
    [{ result: ["BLOCKED"] }, [6]],
    [{ where: 'elevated && action_type.startsWith("delete")', decision: ["denied"] }, [4]],
  ])("%j", async (flags, ids) => {
    const engine = await sqlite(join(cwd, "aegis_audit.db"));
    const where = readFilters(flags);
    const found: unknown[] = [];
    const selection = { period: {}, ...(where === undefined ? {} : { where }) };
    for await (const { id } of engine.entries(selection)) found.push(id);
    await engine.close();
    expect(found).toEqual(ids);
  });

  test.concurrent.each<readonly [readonly string[], readonly number[]]>([
    [["--risk", "high,CRITICAL", "--agent", "cleaner", "--decision", ""], [5]],
    [["--where", "executed", "--rule", ""], [7]],
    [
      ["--from", "2026-01-01T01:00:00Z", "--to", "2026-01-01T01:30:00Z"],
      [2, 3],
    ],
    [
      ["--period", "2026-01", "--limit", "2"],
      [1, 2],
    ],
  ])("%j", async (words, ids) => {
    expect((await listed(...words)).map(({ id }) => id)).toEqual(ids);
  });

  test.concurrent("a condition that does not hold together ends with 2", async () => {
    const { code, stderr } = await run(["entries", "--where", 'risk = "LOW"'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: --where: line 1:\d+: /);
    expect(stderr).toContain("code: invalid-expression");
  });
});

describe.concurrent("JSON Lines", () => {
  test("hold every field as it is recorded, and parse back to the same text", async () => {
    const entries = await listed("--limit", "7");
    expect(Object.keys(entries[0] ?? {})).toHaveLength(18);
    expect(entries[6]?.agent_id).toBe(HOSTILE);
    expect(entries[0]?.action_params).toBe('{"id": 1}');
  });

  test("hold nothing that a terminal would act on", async () => {
    const { stdout } = await run(["entries", "--json"], { cwd });
    expect(stdout).not.toMatch(ACTIVE);
  });
});

describe.concurrent("the table", () => {
  test("fits the width, wide characters included, and escapes the log's text", async () => {
    const { stdout } = await run(["entries"], { cwd });
    const lines = stdout.split("\n").slice(0, -1);
    expect(lines).toHaveLength(ENTRIES + 1);
    expect(lines[0]).toMatch(/^ID +TIME \(UTC\) +AGENT +ACTION +TARGET +RISK +APPROVAL +HUMAN$/);
    expect(lines[2]).toMatch(/^2 +2026-01-01 01:00:00 +reader +read +倉庫 +LOW +auto +-$/);
    // Two characters of two cells each: this line is two characters shorter than its cells.
    expect(lines[1]?.indexOf("LOW")).toBe((lines[2]?.indexOf("LOW") ?? 0) + 2);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines[6]).toContain("eve\\u00");
    expect(stdout).not.toMatch(ACTIVE);
  });

  test("shows more where there is room, and only that which fits where there is not", async () => {
    const [wide, narrow] = await Promise.all([
      run(["entries"], { cwd, env: { COLUMNS: "300" } }),
      run(["entries"], { cwd, env: { COLUMNS: "40" } }),
    ]);
    expect(wide.stdout).toMatch(/HUMAN +RESULT +RULE\n/);
    expect(wide.stdout).toContain("eve\\u001b[31m\\u000a# Forged\\u000a::error::x #\\u0023[error]");
    for (const line of narrow.stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(40);
  });

  test("of nothing is its headings", async () => {
    const { code, stdout } = await run(["entries", "empty.db"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ID .*\n$/);
  });
});
