// Logs in several places, and in databases, at the command line.

import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import { describeWith } from "../servers/needs.ts";
import { sharedPostgres } from "../servers/shared.ts";
import { ENTRIES, makeFolder } from "./log.ts";
import { run } from "./program.ts";

const cwd = makeFolder();
const NOW = ["--now", "2026-02-01"];
const SECRET = "hunter2-of-the-test";

mkdirSync(join(cwd, "hosts"));
for (const name of ["a.db", "b.db"]) {
  copyFileSync(join(cwd, "aegis_audit.db"), join(cwd, "hosts", name));
}
writeFileSync(
  join(cwd, "more.jsonl"),
  `${JSON.stringify({
    id: 9,
    timestamp: "2026-01-01T00:10:00Z",
    action_type: "read",
    approval: "auto",
    agent_id: "z",
  })}\n{"broken": \n`,
);

interface Printed {
  readonly total_actions: number;
  readonly population: {
    readonly rejected: number;
    readonly inputs: readonly { readonly name: string; readonly kind: string }[];
    readonly rejections: readonly { readonly first: readonly string[] }[];
  };
}

const reportOf = async (...logs: readonly string[]): Promise<Printed> => {
  const { code, stdout } = await run(["report", ...logs, "--json", "-q", ...NOW], { cwd });
  expect(code).toBe(0);
  return JSON.parse(stdout) as Printed;
};

describe.concurrent("several logs", () => {
  test.each<readonly [string, readonly string[]]>([
    ["a pattern", ["hosts/*.db"]],
    ["a folder", ["hosts"]],
    ["by name", ["hosts/a.db", "hosts/b.db"]],
    ["one of them twice", ["hosts/a.db", "hosts/*.db"]],
  ])("%s of databases are one report", async (_what, logs) => {
    const { total_actions: actions, population } = await reportOf(...logs);
    expect(actions).toBe(2 * ENTRIES);
    expect(population.inputs).toMatchObject([
      { name: "hosts/a.db", kind: "sqlite" },
      { name: "hosts/b.db", kind: "sqlite" },
    ]);
  });

  test("of different kinds too, and each is named", async () => {
    const { total_actions: actions, population } = await reportOf("hosts/a.db", "more.jsonl");
    expect(actions).toBe(ENTRIES + 1);
    expect(population.inputs).toMatchObject([{ name: "hosts/a.db" }, { name: "more.jsonl" }]);
    expect(population.rejected).toBe(1);
    expect(population.rejections[0]?.first).toEqual(["more.jsonl:2"]);
  });

  test("list their entries with the log that each is of", async () => {
    const { stdout } = await run(["entries", "hosts", "--limit", "1", "--json"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({ id: 1, source: "hosts/a.db:1" });
  });

  test("one that cannot be read is named, and there is no report", async () => {
    writeFileSync(join(cwd, "broken.db"), "SQLite format 3\u0000 and nothing else");
    const words = ["report", "hosts/a.db", "broken.db", "--json", ...NOW];
    const { code, stdout, stderr } = await run(words, { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("broken.db");
  });
});

describe("--rollup", () => {
  const words = ["report", "hosts/a.db", "--json", "--rollup", "kept.rollup", ...NOW];

  test("gives the report of reading everything, and says what was read", async () => {
    const first = await run(words, { cwd });
    const second = await run([...words, "--verify-rollup"], { cwd });
    const whole = await run(["report", "hosts/a.db", "--json", ...NOW], { cwd });
    const said = ", through a rollup";
    expect(first.stdout).toContain(said);
    // A digest would read the whole database.
    const undigested = whole.stdout.replace(/\n *"sha256": "[0-9a-f]{64}",/, "");
    expect(undigested).not.toBe(whole.stdout);
    expect({ ...first, stdout: first.stdout.replace(said, "") }).toEqual({
      ...whole,
      stdout: undigested,
      stderr: `note: 0 entries from kept.rollup, ${ENTRIES} read\n`,
    });
    expect({ ...second, stdout: second.stdout.replace(said, ""), stderr: "" }).toEqual(whole);
    expect(second.stderr).toMatch(
      /^note: \d+ entries from kept\.rollup, \d+ read, and the same as reading everything\n$/,
    );
    expect((await run([...words, "--quiet"], { cwd })).stderr).toBe("");
  });

  test("says why it is not used", async () => {
    const { code, stderr } = await run([...words, "--from", "2026-01-01T00:10:00Z"], { cwd });
    expect(code).toBe(0);
    expect(stderr).toBe(
      "note: kept.rollup is not used, because the period does not begin and end with an hour\n",
    );
  });

  test.each([
    [["report", "hosts", "--rollup", "other.rollup"], "expected one audit database"],
    [["report", "more.jsonl", "--rollup", "other.rollup"], "expected one audit database"],
    [["report", "hosts/a.db", "--verify-rollup"], "there is no rollup"],
    [["report", "hosts/a.db", "--rollup", "hosts/a.db"], "would overwrite the input"],
  ])("%j is refused", async (refused, reason) => {
    const { code, stdout, stderr } = await run(refused, { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(reason);
  });
});

describe.concurrent("a URL", () => {
  const commands: readonly (readonly [string, (url: string) => readonly string[]])[] = [
    ["report", (url) => ["report", url]],
    ["entries", (url) => ["entries", url]],
    ["frameworks", (url) => ["frameworks", url]],
    ["migrate", (url) => ["migrate", "aegis_audit.db", url]],
    ["import", (url) => ["import", url, "--to", "x"]],
    ["report with evidence", (url) => ["report", url, "--bundle", "x.zip"]],
    ["beside a file", (url) => ["report", "aegis_audit.db", url, "-o", "x.md"]],
  ];

  test.each(commands)(
    "with a password is refused by %s, and not repeated",
    async (_what, words) => {
      for (const url of [
        `postgres://me:${SECRET}@127.0.0.1:1/d`,
        `clickhouse://me:${SECRET}@h/d`,
      ]) {
        const { code, stdout, stderr } = await run(["--debug", ...words(url)], { cwd });
        expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
        expect(stderr).toMatch(/PGPASSWORD|CLICKHOUSE_PASSWORD/);
        expect(stderr).not.toContain(SECRET);
      }
    },
  );

  test.each(commands.slice(0, 4))(
    "of another scheme is refused by %s by name",
    async (_, words) => {
      const { code, stderr } = await run(words(`mysql://me:${SECRET}@h/d`), { cwd });
      expect(code).toBe(3);
      expect(stderr).toMatch(/^error: expected postgres:\/\/.*begins with mysql:\/\/\nhint: /);
      expect(stderr).not.toContain(SECRET);
    },
  );

  test.each([
    [["policy", "check"], 3],
    [["mapping", "detect"], 3],
    [["reprot"], 2],
    [["report", "aegis_audit.db", "-o"], 2],
    [["report", "-p"], 3],
  ] as const)("with a password, where none belongs, is not repeated by %j", async (words, code) => {
    const url = `postgres://me:${SECRET}@h/d`;
    const outcome = await run(["--debug", ...words, url], { cwd });
    expect(outcome.code).toBe(code);
    expect(outcome.stderr).not.toContain(SECRET);
  });

  test("is nothing to import", async () => {
    const { code, stderr } = await run(["import", "postgres://me@h/d", "--to", "x"], { cwd });
    expect(code).toBe(3);
    expect(stderr).toContain("Reports read a database where it is");
  });

  test("of a server that is not there is an error without the password", async () => {
    const words = ["--debug", "report", "postgres://me@127.0.0.1:1/audit"];
    const { code, stderr } = await run(words, { cwd, env: { PGPASSWORD: SECRET } });
    expect(code).toBe(3);
    expect(stderr).toContain("127.0.0.1:1");
    expect(stderr).not.toContain(SECRET);
  });
});

const tie = (written: number, there: number): string =>
  `${ENTRIES} read = ${written} written + ${there} already there + 0 left behind\n`;

describeWith(["postgresql"], "migrate, and a report of the database", () => {
  let url = "";
  const env = { PGPASSWORD: SECRET };
  beforeAll(async () => {
    url = await (await sharedPostgres()).createDatabase();
  }, 60_000);

  test("ends with counts that tie, and finds everything there the second time", async () => {
    const words = ["migrate", "aegis_audit.db", url];
    const first = await run(words, { cwd, env });
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
    expect(first.stdout).toContain(`: ${ENTRIES} rows read again on both sides, and the same\n`);
    expect(first.stdout).toContain(tie(ENTRIES, 0));
    expect((await run(words, { cwd, env })).stdout).toContain(tie(0, ENTRIES));
    const json = await run([...words, "--json", "--strict"], { cwd, env });
    expect(json.code).toBe(0);
    expect(JSON.parse(json.stdout)).toMatchObject({
      read: ENTRIES,
      written: 0,
      already_there: ENTRIES,
      refused: 0,
      verified: ENTRIES,
      ids: { first: 1, last: ENTRIES },
    });
  });

  test("the report is that of the file", async () => {
    const type = ["--type", "soc2,gdpr", "--json", "-q", ...NOW];
    const [file, database] = await Promise.all([
      run(["report", "aegis_audit.db", ...type], { cwd }),
      run(["report", url, ...type], { cwd, env }),
    ]);
    // A file's own counters stay behind.
    const behind = new Set(["inputs", "tenure", "missing_at_end"]);
    const bare = (text: string): unknown =>
      JSON.parse(text, (key, value: unknown) => (behind.has(key) ? undefined : value));
    expect(bare(database.stdout)).toEqual(bare(file.stdout));
    expect(database.stdout).toContain('"kind": "postgresql"');
  });

  test("nothing that is written holds user or password", async () => {
    const to = mkdtempSync(join(cwd, "to-"));
    const formats = "json,markdown,html,csv-population,xlsx";
    const words = ["report", url, ...NOW, "-f", formats, "-o", `${to}/`, "--bundle", `${to}/a.zip`];
    const { code, stderr } = await run(words, { cwd, env });
    expect(code).toBe(0);
    const packed = Object.values(unzipSync(readFileSync(join(to, "a.zip"))));
    const files = readdirSync(to).map((name) => readFileSync(join(to, name), "latin1"));
    const all = [stderr, ...files, ...packed.map((file) => strFromU8(file, true))].join("\n");
    expect(all).toContain("postgres://127.0.0.1:");
    expect(all).not.toContain(SECRET);
    expect(all).not.toContain("postgres@127.0.0.1");
  });

  test("lists entries, and stops when it is asked to", async () => {
    const { code, stdout } = await run(["entries", url, "--limit", "2", "--json"], { cwd, env });
    expect(code).toBe(0);
    expect(stdout.trimEnd().split("\n")).toHaveLength(2);
  });
});
