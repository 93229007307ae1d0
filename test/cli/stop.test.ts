// Ctrl-C and its kin, sent to the program as a process of its own.

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { Client } from "pg";
import { describeWith } from "../servers/needs.ts";
import { sharedPostgres } from "../servers/shared.ts";
import { makeFolder, writeLongLog } from "./log.ts";
import { MAIN, hasTerminal } from "./program.ts";

const root = makeFolder();
const LONG = join(root, "long.db");
const LINE = `${JSON.stringify({
  id: 1,
  timestamp: "2026-01-01T00:00:00Z",
  action_type: "read",
  approval: "auto",
  agent_id: "a",
})}\n`;

interface Stopped {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Milliseconds from the last signal to the end. */
  readonly took: number;
  readonly stdout: string;
  readonly stderr: string;
  /** What is left in the working folder and in that for temporary files. */
  readonly left: readonly string[];
}

/** Half a second, and what a machine that is busy with other tests adds. */
const MOMENT = 2500;

function folder(): string {
  const cwd = mkdtempSync(join(root, "stop-"));
  mkdirSync(join(cwd, "tmp"));
  return cwd;
}

/** Runs a program, sends it signals as soon as it listens for them, and waits for its end. */
async function stopped(
  words: readonly string[],
  signals: readonly NodeJS.Signals[],
  cwd = folder(),
  isTime: () => Promise<boolean> = async () => true,
): Promise<Stopped> {
  const child = spawn(process.execPath, words, {
    cwd,
    env: { ...process.env, TMPDIR: join(cwd, "tmp") },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  // Standard input stays open: whoever reads it waits for more.
  child.stdin.on("error", () => undefined);
  child.stdin.write(LINE.repeat(1000));
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  await listening(child);
  while (child.exitCode === null && !(await isTime())) await sleep(5);
  let sent = 0;
  for (const name of signals) {
    if (sent > 0) await sleep(300);
    sent = performance.now();
    child.kill(name);
  }
  const [code, signal] = await ended;
  const took = performance.now() - sent;
  const left = readdirSync(cwd, { recursive: true, encoding: "utf8" }).filter(
    (one) => one !== "tmp",
  );
  return { code, signal, took, stdout, stderr, left };
}

/** Resolves when the process catches SIGHUP, which Node itself does not. */
async function listening({ pid }: ChildProcess): Promise<void> {
  for (let turn = 0; turn < 2000; turn += 1) {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    const [, caught = "0"] = /^SigCgt:\s*([0-9a-f]+)$/m.exec(status) ?? [];
    if ((BigInt(`0x${caught}`) & 1n) === 1n) return;
    await sleep(5);
  }
  throw new Error("the program does not listen for signals");
}

describe.skipIf(process.platform !== "linux")("a signal (needs Linux's /proc)", () => {
  beforeAll(() => {
    writeLongLog(LONG, 600_000);
  });

  describe.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
    ["SIGHUP", 129],
  ] as const)("%s", (name, code) => {
    test.each([
      ["report of a database", ["report", LONG, "--json", "-o", "a.json"]],
      ["report in one thread", ["report", LONG, "--workers", "1", "--json"]],
      ["report of standard input", ["report", "-", "-o", "a.md", "--rejected", "bad.jsonl"]],
      ["report with evidence", ["report", LONG, "--bundle", "a.zip"]],
      ["entries of a database", ["entries", LONG, "--agent", "nobody", "--json"]],
      ["entries of standard input", ["entries", "-", "--json"]],
      ["frameworks", ["frameworks", LONG]],
    ])(`ends %s with ${code}, at once, and leaves nothing`, async (_what, words) => {
      const { took, ...outcome } = await stopped([MAIN, ...words], [name]);
      expect(outcome).toEqual({ code, signal: null, stdout: "", stderr: "", left: [] });
      expect(took).toBeLessThan(MOMENT);
    });
  });

  test("SIGTERM keeps what import has written, as Ctrl-C does", async () => {
    const words = [MAIN, "import", "-", "--to", "ledger"];
    const { code, stderr, left } = await stopped(words, ["SIGTERM"]);
    expect(code).toBe(143);
    expect(stderr).toMatch(/^(stopped: \d+ entries are kept in ledger; .*\n)?$/);
    expect(left.filter((path) => path.startsWith("tmp/"))).toEqual([]);
  });

  test("what stood under an output's name stays", async () => {
    const cwd = folder();
    for (const name of ["a.json", "bad.jsonl"]) writeFileSync(join(cwd, name), "old");
    const words = ["report", LONG, "--json", "-o", "a.json", "--rejected", "bad.jsonl"];
    const { code, left } = await stopped([MAIN, ...words], ["SIGINT"], cwd);
    expect({ code, left: [...left].sort() }).toEqual({ code: 130, left: ["a.json", "bad.jsonl"] });
    for (const name of left) expect(readFileSync(join(cwd, name), "utf8")).toBe("old");
  });

  // Work that never ends by itself, stopped by the code that all commands share.
  const STUBBORN = `
    const { stoppable } = await import(${JSON.stringify(new URL("stop.js", `file://${MAIN}`).href)});
    setInterval(() => {}, 1000);
    process.exitCode = await stoppable(() => new Promise(() => {}));
  `;

  test("the second one ends work that does not stop", async () => {
    const words = ["--input-type=module", "--eval", STUBBORN];
    const { signal, took } = await stopped(words, ["SIGINT", "SIGINT"]);
    expect(signal).toBe("SIGINT");
    expect(took).toBeLessThan(MOMENT);
  });

  test("work that was done already is done, and the code is the signal's", async () => {
    const done = STUBBORN.replace(
      "() => new Promise(() => {})",
      "async (signal) => { await new Promise((end) => signal.addEventListener('abort', end)); return 0; }",
    ).replace(
      "setInterval(() => {}, 1000);",
      "const t = setInterval(() => {}, 1000); setTimeout(() => clearInterval(t), 1500);",
    );
    const { code } = await stopped(["--input-type=module", "--eval", done], ["SIGTERM"]);
    expect(code).toBe(143);
  });
});

// Joins the program to a terminal, presses Ctrl-C when progress is shown, and hands on what it wrote.
const PRESS_CTRL_C = `
import os, pty, sys
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[1], sys.argv[1:])
seen, pressed = b"", False
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    seen += data
    if b"Reading" in seen and not pressed:
        pressed = True
        os.write(terminal, b"\\x03")
os.write(1, seen)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

describe.skipIf(!hasTerminal)("Ctrl-C at a terminal (needs python3)", () => {
  test("takes the line of progress away, and ends with 130", async () => {
    const cwd = folder();
    const log = fileURLToPath(new URL(`file://${LONG}`));
    const words = ["-c", PRESS_CTRL_C, process.execPath, MAIN, "report", log, "--workers", "1"];
    const child = spawn("python3", [...words, "-o", "a.md"], {
      cwd,
      env: { ...process.env, TERM: "xterm" },
    });
    let stdout = "";
    child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code).toBe(130);
    expect(stdout).toContain("Reading");
    expect(stdout.replace(/\^C$/, "").endsWith("\r\u001b[2K")).toBe(true);
    expect(readdirSync(cwd)).toEqual(["tmp"]);
  });
});

describe.skipIf(process.platform !== "linux")("in a database (needs Linux's /proc)", () => {
  describeWith(["postgresql"], "postgresql", () => {
    let url = "";
    let watcher: Client;

    /** Queries of the program that are running or hold a cursor. */
    const running = async (): Promise<number> => {
      const { rows } = await watcher.query<{ n: number }>(
        "SELECT count(*)::int AS n FROM pg_stat_activity " +
          "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle' " +
          "AND query ILIKE '%action_type%'",
      );
      return rows[0]?.n ?? 0;
    };

    beforeAll(async () => {
      url = await (await sharedPostgres()).createDatabase();
      watcher = new Client({ connectionString: url });
      await watcher.connect();
      await watcher.query(
        "CREATE TABLE audit_log AS SELECT n::bigint AS id, 's' AS session_id, " +
          "'2026-01-01T00:00:00Z' AS timestamp, 'read' AS action_type, 'auto' AS approval, " +
          "'a' || n % 10 AS agent_id FROM generate_series(1, 400000) AS n",
      );
      await watcher.query("ALTER TABLE audit_log ADD PRIMARY KEY (id)");
      return async () => watcher.end();
    }, 60_000);

    test.each([
      ["report", ["report", "--json", "-o", "a.json"]],
      ["entries", ["entries", "--where", 'action_type.hasWord(["nobody"])', "--json"]],
    ])("Ctrl-C ends the query of %s", async (_what, [command = "", ...words]) => {
      const all = [MAIN, command, url, ...words];
      const isTime = async (): Promise<boolean> => (await running()) > 0;
      const { took, ...outcome } = await stopped(all, ["SIGINT"], folder(), isTime);
      expect(outcome).toEqual({ code: 130, signal: null, stdout: "", stderr: "", left: [] });
      expect(took).toBeLessThan(MOMENT);
      await expect.poll(running, { timeout: 3000 }).toBe(0);
    });
  });
});
