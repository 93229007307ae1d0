// Logs of other systems at the command line: report, entries, import, and the mapping commands.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { ACTIVE, HOSTILE } from "./log.ts";
import { MAIN, hasTerminal, run, runInTerminal } from "./program.ts";

const cwd = mkdtempSync(join(tmpdir(), "foreign-"));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const write = (name: string, content: string | Buffer): void =>
  writeFileSync(join(cwd, name), content);

/** One CloudTrail record. */
const event = (id: number, more: object = {}): object => ({
  eventVersion: "1.10",
  eventID: `event-${id}`,
  eventTime: `2026-03-01T10:${String(id % 60).padStart(2, "0")}:00Z`,
  eventSource: "s3.amazonaws.com",
  eventName: "GetObject",
  awsRegion: "eu-central-1",
  userIdentity: { type: "IAMUser", arn: "arn:aws:iam::1:user/ann", accessKeyId: "AKIA1" },
  ...more,
});

const EVENTS = [
  event(1),
  event(2, { errorCode: "AccessDenied", errorMessage: "no" }),
  event(3, { eventName: HOSTILE }),
];
write("trail.json", JSON.stringify({ Records: EVENTS }));
write("trail.json.gz", gzipSync(JSON.stringify({ Records: EVENTS })));
write("broken.jsonl", `${EVENTS.map((one) => JSON.stringify(one)).join("\n")}\n{"eventID": \n`);
write("other.jsonl", '{"colour":"red","\\u001b[31m":1}\n');
write("noise.bin", Buffer.from([0, 1, 2, 255, 254, 0, 9, 200]));
write(
  "door.yaml",
  `id: door
title: Door log
version: 1
source: https://example.com/doors
basis: documentation
limitations: Doors only.
shape: json
recognise: has(document.door)
tables: { answer: { granted: auto, refused: block } }
fields:
  timestamp: record.at
  action_type: '"open"'
  action_target: record.door
  approval: tables.answer[record.answer]
  agent_id: record.badge
never: [id, session_id, action_params, action_desc, risk_level, matched_rule, human_decision, result_status, result_data, result_error, parent_agent_id, chain_id, chain_depth]
`,
);
write(
  "doors.jsonl",
  '{"door":"lab","badge":"7","answer":"granted","at":"2026-03-01T10:00:00Z","colour":"red"}\n' +
    '{"door":"lab","badge":"8","answer":"jammed","at":"2026-03-01T10:01:00Z"}\n',
);
write(
  "fixture.yaml",
  `format: jsonl
input: |
  {"door":"lab","badge":"7","answer":"refused"}
expect:
  records: 1
  without_action: 0
  accepted: 1
  rejected: 0
  duplicate: 0
  entries: [{ action_type: open, action_target: lab, approval: auto, agent_id: "7" }]
`,
);

/** Reports without what says where they were read from. */
function bare(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (key === "inputs" ? [] : value));
}

const NOW = ["--now", "2026-11-01"];
const reportOf = (stdout: string) =>
  JSON.parse(stdout) as {
    readonly total_actions: number;
    readonly blocked_actions: number;
    readonly population: {
      readonly read: number;
      readonly rejected: number;
      readonly inputs: readonly { readonly name: string; readonly kind: string }[];
      readonly intake: { readonly mappings: readonly { readonly id: string }[] };
    };
  };

describe.concurrent("report", () => {
  test.each([
    ["a recognised file", ["trail.json"], "json"],
    ["a packed one", ["trail.json.gz"], "json+gzip"],
    ["a named format", ["trail.json", "--as", "cloudtrail"], "json"],
    ["records under a path", ["trail.json", "--records", "Records", "--source", "json"], "json"],
  ])("reads %s", async (_what, words, kind) => {
    const { code, stdout, stderr } = await run(["report", ...words, "--json", ...NOW], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const report = reportOf(stdout);
    expect(report).toMatchObject({ total_actions: 3, blocked_actions: 1 });
    expect(report.population.inputs).toMatchObject([{ name: words[0], kind }]);
    expect(report.population.intake.mappings).toMatchObject([{ id: "cloudtrail" }]);
  });

  test("reads standard input, once", async () => {
    const input = EVENTS.map((one) => `${JSON.stringify(one)}\n`).join("");
    const { code, stdout } = await run(["report", "-", "--json", ...NOW], { cwd, input });
    expect(code).toBe(0);
    expect(reportOf(stdout).total_actions).toBe(3);
  });

  test("keeps rejected records aside, and with --strict ends with 3 and the report", async () => {
    const words = ["report", "broken.jsonl", "--json", ...NOW, "--rejected", "rejected.jsonl"];
    const lax = await run(words, { cwd });
    expect(lax.code).toBe(0);
    expect(lax.stderr).toBe(
      "note: 1 of 4 records were rejected; the report says which and why; they are in rejected.jsonl\n",
    );
    const [line] = readFileSync(join(cwd, "rejected.jsonl"), "utf8").trimEnd().split("\n");
    expect(JSON.parse(line ?? "")).toMatchObject({
      file: "broken.jsonl",
      line: 4,
      reason: "malformed",
      text: '{"eventID": ',
    });
    const strict = await run([...words.slice(0, -2), "--strict", "--quiet"], { cwd });
    expect(strict).toEqual({ code: 3, stdout: lax.stdout, stderr: "" });
  });

  test("says what it saw where it knows no format, and what helps", async () => {
    const { code, stdout, stderr } = await run(["report", "other.jsonl"], { cwd });
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain("other.jsonl");
    expect(stderr).toContain("--as");
    expect(stderr).not.toMatch(ACTIVE);
  });

  test("takes a user's own mapping", async () => {
    const words = ["report", "doors.jsonl", "--as", "door.yaml", "--json", ...NOW];
    const { code, stdout } = await run(words, { cwd });
    expect(code).toBe(0);
    expect(reportOf(stdout)).toMatchObject({
      total_actions: 2,
      population: { intake: { unknown_words: [{ table: "answer", word: "jammed", count: 1 }] } },
    });
  });

  test("says which files of a folder it leaves out", async () => {
    mkdirSync(join(cwd, "folder"));
    writeFileSync(join(cwd, "folder", "a.json"), JSON.stringify({ Records: EVENTS }));
    writeFileSync(join(cwd, "folder", "README.md"), "# not a log\n");
    const noisy = await run(["report", "folder", "--json", ...NOW], { cwd });
    expect(noisy.stderr).toMatch(/^note: README\.md is left out: .+\n$/);
    expect(JSON.parse(noisy.stdout)).toMatchObject({
      population: { intake: { left_out: { count: 1, first: [{ file: "README.md" }] } } },
    });
    const quiet = await run(["report", "folder", "--json", "-q", ...NOW], { cwd });
    expect(quiet).toEqual({ ...noisy, stderr: "" });
  });

  test("refuses to overwrite the log with its rejected records", async () => {
    const { code, stderr } = await run(["report", "doors.jsonl", "--rejected", "doors.jsonl"], {
      cwd,
    });
    expect(code).toBe(2);
    expect(stderr).toContain("would overwrite the input");
  });
});

test("entries lists foreign entries, with where they stand", async () => {
  const words = ["entries", "trail.json", "--approval", "block", "--json"];
  const { code, stdout } = await run(words, { cwd });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    id: "event-2",
    approval: "block",
    agent_id: "arn:aws:iam::1:user/ann",
    source: "trail.json:1",
  });
});

describe.concurrent("mapping", () => {
  test("detect names what is known, and ends with 1 where something is not", async () => {
    const words = ["mapping", "detect", "trail.json", "other.jsonl", "noise.bin", "--json"];
    const { code, stdout } = await run(words, { cwd });
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject([
      { file: "trail.json", format: "json", mapping: "cloudtrail" },
      { file: "other.jsonl", format: "jsonl", mapping: null },
      { file: "noise.bin", mapping: null },
    ]);
    const known = await run(["mapping", "detect", "trail.json.gz"], { cwd });
    expect(known.code).toBe(0);
    expect(known.stdout).toMatch(/trail\.json\.gz +json\+gzip +cloudtrail +AWS CloudTrail/);
  });

  test("show lists, explains, and prints the file", async () => {
    const [list, words, yaml, json] = await Promise.all([
      run(["mapping", "show"]),
      run(["mapping", "show", "cloudtrail"]),
      run(["mapping", "show", "cloudtrail", "--yaml"]),
      run(["mapping", "show", "cloudtrail", "--json"]),
    ]);
    expect(list.stdout).toMatch(/^cloudtrail +AWS CloudTrail +real logs$/m);
    expect(words.stdout).toContain("Never recorded: ");
    expect(words.stdout).toMatch(/^agent_id +\S/m);
    expect(yaml.stdout).toMatch(/^id: cloudtrail$/m);
    expect(JSON.parse(json.stdout)).toMatchObject({ id: "cloudtrail", shape: "json" });
  });

  test("shows what becomes of a log", async () => {
    const { code, stdout } = await run(["mapping", "test", "door.yaml", "doors.jsonl"], { cwd });
    expect(code).toBe(0);
    expect(stdout).toContain(
      "door: 2 records, 0 without action, 2 accepted, 0 rejected, 0 duplicate",
    );
    expect(stdout).toMatch(/^approval +1$/m);
    expect(stdout).toContain('unknown word in answer: "jammed" (1)');
    expect(stdout).toContain("unmapped: record.colour (1 of 2 records)");
    expect(stdout).toContain('{"timestamp":"2026-03-01T10:00:00Z","action_type":"open"');
  });

  test("holds a mapping to a fixture", async () => {
    const { code, stdout } = await run(["mapping", "test", "door.yaml", "fixture.yaml"], { cwd });
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'entry 1: approval: expected "auto", got "block"\ndoor: 1 difference\n',
    });
  });
});

describe("import", () => {
  test("writes a ledger that reports the same, and leaves it when asked again", async () => {
    const words = ["import", "broken.jsonl", "--as", "cloudtrail", "--to", "ledger"];
    const first = await run(words, { cwd });
    expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: "" });
    expect(first.stdout).toContain("4 read = 3 accepted + 1 rejected + 0 duplicate");
    const again = await run([...words, "--strict"], { cwd });
    expect(again.code).toBe(3);
    expect(again.stdout).toContain("holds this import already");

    const [direct, ledger] = await Promise.all([
      run(["report", "broken.jsonl", "--type", "all", "--json", "-q", ...NOW], { cwd }),
      run(["report", "ledger", "--type", "all", "--json", "-q", ...NOW], { cwd }),
    ]);
    expect(bare(ledger.stdout)).toEqual(bare(direct.stdout));
  });

  test("a folder that holds something else is left alone", async () => {
    const { code, stderr } = await run(
      ["import", "doors.jsonl", "--as", "door.yaml", "--to", "."],
      {
        cwd,
      },
    );
    expect(code).toBe(3);
    expect(stderr).toContain("expected a new or empty folder");
  });

  const LINES = 400_000;
  const large = join(cwd, "large.jsonl");
  const makeLarge = (): void => {
    const lines = Array.from({ length: 1000 }, (_, index) => JSON.stringify(event(index)));
    const thousand = `${lines.join("\n")}\n`;
    writeFileSync(large, thousand.repeat(LINES / 1000));
  };

  test("Ctrl-C stops it with 130, and the same command goes on", async () => {
    makeLarge();
    const words = ["import", "large.jsonl", "--as", "door.yaml", "--to", "stopped"];
    const child = spawn(process.execPath, [MAIN, ...words], { cwd, stdio: "pipe" });
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    // Committed parts appear while it runs.
    const deadline = Date.now() + 60_000;
    const hasPart = (): boolean => {
      try {
        return readdirSync(join(cwd, "stopped", "entries"), { recursive: true }).some((name) =>
          String(name).endsWith(".parquet"),
        );
      } catch {
        return false;
      }
    };
    while (!hasPart() && Date.now() < deadline) {
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
    child.kill("SIGINT");
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code).toBe(130);
    expect(stderr).toMatch(/^stopped: \d+ entries are kept in stopped; the same command goes on$/m);

    const resumed = await run(words, { cwd });
    expect(resumed.code).toBe(0);
    expect(resumed.stdout).toMatch(/^stopped: written, going on from entry \d+$/m);
    expect(resumed.stdout).toContain(`${LINES} read = ${LINES} accepted`);
  }, 120_000);

  test.skipIf(!hasTerminal)(
    "shows bar, count, rate and time left at a terminal, and nothing of it in a pipe",
    async () => {
      const { stdout } = await runInTerminal(
        ["import", "large.jsonl", "--as", "door.yaml", "--to", "shown"],
        { cwd },
      );
      expect(stdout).toMatch(/Reading \[#*\.*\] +\d+% [\d,]+ entries, [\d,]+\/s, \d+ s left/);
    },
    120_000,
  );
});
