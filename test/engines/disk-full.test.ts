// Disks that are really full while something is read, kept or written: a clear error or the right
// report, nothing that looks whole and is not, and with room again everything is as it should be.

import { execFile } from "node:child_process";
import { hash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync } from "node:fs";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type BetterSqlite3 from "better-sqlite3";
import { beforeAll, describe, expect, test } from "vitest";
import { openForWriting } from "../../src/sqlite/writer.ts";
import { makeFolder, writeLongLog } from "../cli/log.ts";
import { MAIN, bash } from "../cli/program.ts";
import type { Outcome } from "../cli/program.ts";
import { noSmallDisk, withSmallDisk } from "../small-disk.ts";

const Database = createRequire(import.meta.url)("better-sqlite3") as typeof BetterSqlite3;
const DIST = fileURLToPath(new URL("../../dist/", import.meta.url));
const ROWS = 20_000;
const root = makeFolder();
const file = (name: string): string => join(root, name);
const REPORT = "--now 2026-11-01 --json -q";

beforeAll(async () => {
  writeLongLog(file("long.db"), ROWS);
  writeSorted(file("sorted.db"));
  crashWhileWriting(file("long.db"), file("crashed.db"));
  await bash(`$CLI entries long.db --json -q > long.jsonl`, { cwd: root });
  writeWide(file("wide.jsonl"));
  await bash(`$CLI import wide.jsonl --to ledger -q`, { cwd: root });
}, 60_000);

/** A view that SQLite must sort: it needs room for that, where temporary files go. */
function writeSorted(path: string): void {
  const writer = openForWriting(path);
  writer.exec(
    `CREATE TABLE events (id INTEGER, timestamp TEXT, agent_id TEXT, action_type TEXT,
       action_target TEXT, risk_level TEXT, approval TEXT, result_status TEXT);
     INSERT INTO events
       WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < ${ROWS})
       SELECT n, strftime('%Y-%m-%dT%H:%M:%SZ', 1767225600 + n, 'unixepoch'), 'agent', 'read',
              hex(randomblob(200)), 'LOW', 'auto', 'success' FROM counter;
     CREATE VIEW log AS SELECT * FROM events ORDER BY action_target;
     PRAGMA journal_mode = DELETE`,
  );
  writer.close();
}

/** Entries that do not become much smaller when they are packed, all of one day. */
function writeWide(path: string): void {
  const lines = Array.from({ length: ROWS }, (_, index) =>
    JSON.stringify({
      id: index + 1,
      timestamp: new Date(Date.UTC(2026, 0, 1, 0, 0, index)).toISOString(),
      action_type: "read",
      action_target: hash("sha512", String(index), "hex"),
      approval: "auto",
      risk_level: "LOW",
    }),
  );
  writeFileSync(path, lines.join("\n"));
}

/** A writer that died half-way: what it left must be undone in a copy before it can be read. */
function crashWhileWriting(from: string, to: string): void {
  copyFileSync(from, file("dying.db"));
  const database = new Database(file("dying.db"));
  database.pragma("journal_mode = DELETE");
  database.pragma("cache_size = 5");
  database.exec("BEGIN; UPDATE audit_log SET approval = 'block'");
  copyFileSync(file("dying.db"), to);
  copyFileSync(file("dying.db-journal"), `${to}-journal`);
  database.close();
}

/** What a line of sh answers in a folder of its own, in which `small` is a small disk. */
async function onSmallDisk(
  size: string,
  line: string,
): Promise<Outcome & { readonly cwd: string }> {
  const cwd = mkdtempSync(file("full-"));
  mkdirSync(join(cwd, "small"));
  const { command, args } = withSmallDisk(line, join(cwd, "small"), size);
  const env = { ...process.env, CLI: `${process.execPath} ${MAIN}`, DIST, LOGS: root };
  return new Promise((resolve) => {
    const options = { cwd, env, maxBuffer: 64 << 20 };
    const child = execFile(command, args, options, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr, cwd });
    });
  });
}

interface Counted {
  readonly total_actions: number;
  readonly population: { readonly rejected: number };
}

describe
  .skipIf(noSmallDisk !== undefined)
  .concurrent(`a disk that is full${noSmallDisk === undefined ? "" : ` (${noSmallDisk})`}`, () => {
    const SORTED = `$CLI report $LOGS/sorted.db --table log --as aegis-table ${REPORT}`;

    test("SQLite has no room to sort in: not a shorter log", async () => {
      const { code, stdout, stderr } = await onSmallDisk("256k", `TMPDIR="$PWD/small" ${SORTED}`);
      expect(stdout).toBe("");
      expect(stderr).toMatch(
        /^error: .*full.*sorted\.db\)\nhint: .*TMPDIR.*\ncode: unreadable-sou/,
      );
      expect(code).toBe(3);
      const { stdout: whole } = await onSmallDisk("64m", `TMPDIR="$PWD/small" ${SORTED}`);
      expect((JSON.parse(whole) as Counted).total_actions).toBe(ROWS);
    });

    test("SQLite has no room for the copy of a database that must be mended", async () => {
      const line = `TMPDIR="$PWD/small" $CLI report $LOGS/crashed.db ${REPORT}; code=$?; ls -A small >&2; exit $code`;
      const { code, stdout, stderr } = await onSmallDisk("256k", line);
      expect(stdout).toBe("");
      expect(stderr).toMatch(
        /^error: .*no space left.*\nhint: .*TMPDIR.*\ncode: unreadable-source\n$/,
      );
      expect(code).toBe(3);
      const { stdout: whole } = await onSmallDisk("64m", line);
      const { stdout: before } = await bash(`$CLI report long.db ${REPORT}`, { cwd: root });
      expect(withoutInputs(whole)).toBe(withoutInputs(before));
    });

    test.each(["long.jsonl", "ledger", "long.db"])(
      "nothing but a folder is needed to read %s",
      async (log) => {
        const line = `head -c 65536 /dev/zero > small/fill; cd $LOGS; TMPDIR="$OLDPWD/small" $CLI report ${log} ${REPORT}; code=$?; ls -A "$OLDPWD/small" >&2; exit $code`;
        const { code, stdout, stderr } = await onSmallDisk("64k", line);
        const whole = await bash(`$CLI report ${log} ${REPORT}`, { cwd: root });
        // One of the drivers cannot read a database of another disk but in a copy.
        const refused = stderr.startsWith("error: There is no space left for the private copy");
        const expected = log === "long.db" && refused ? [3, ""] : [0, whole.stdout];
        expect([code, stdout]).toEqual(expected);
        expect(stderr).toMatch(/^(error.*\nhint.*\ncode.*\n)?fill\n$/);
      },
    );

    test.each(["long.db", "ledger"])("no folder for what is temporary: %s", async (log) => {
      const line = `TMPDIR="$PWD/small/none" $CLI report $LOGS/${log} ${REPORT}`;
      const { code, stdout, stderr } = await onSmallDisk("64k", line);
      const said = /^error: .*temporary files.*\nhint: Set TMPDIR.*\ncode: unread/.test(stderr);
      // One of the drivers needs no folder for it.
      const read = log === "long.db" && !said;
      expect([code, said]).toEqual(read ? [0, false] : [3, true]);
      expect(stdout === "").toBe(!read);
    });

    test.each(["4k", "60k", "90k"])("a rollup of %s", async (size) => {
      const roll = `$CLI report $LOGS/long.db --type soc2 ${REPORT} --rollup small/kept`;
      const line = `${roll}; echo "exit $?" >&2; mount -o remount,size=64m small small; ${roll} > again; ${roll} --verify-rollup > third`;
      const { code, stdout, stderr, cwd } = await onSmallDisk(size, line);
      expect(stdout).toBe("");
      expect(stderr).toMatch(
        /^error: The disk or the database is full.*kept\)\nhint: Free some space.*\ncode: unreadable-source\nexit 3\n$/,
      );
      expect(code).toBe(0);
      const { stdout: plain } = await bash(`$CLI report ${file("long.db")} --type soc2 ${REPORT}`);
      for (const name of ["again", "third"]) {
        expect(withoutInputs(readFileSync(join(cwd, name), "utf8"))).toBe(withoutInputs(plain));
      }
    });

    test.each(["4k", "64k", "2m"])("a ledger of %s", async (size) => {
      const roomy = `$CLI import $LOGS/wide.jsonl --to small/ledger -q`;
      const line = `${roomy}; echo "exit $?" >&2; ls -A small/ledger > left; mount -o remount,size=64m small small; ${roomy} > again && cp -r small/ledger whole`;
      const { code, stderr, cwd } = await onSmallDisk(size, line);
      expect(stderr).toMatch(
        /^error: the ledger cannot be written: .*no space left.*small\/ledger\)\nhint: .*free space.*\ncode: invalid-option\nexit 2\n$/,
      );
      const left = readFileSync(join(cwd, "left"), "utf8").split("\n");
      expect(left).not.toContain("manifest.json");
      expect(left).not.toContain("staging");
      expect(code).toBe(0);
      const { stdout } = await bash(`$CLI report whole ${REPORT}`, { cwd });
      const { stdout: plain } = await bash(`$CLI report ledger ${REPORT}`, { cwd: root });
      expect(withoutInputs(stdout)).toBe(withoutInputs(plain));
    });

    test.each([
      ["a report", "-o small/a.html"],
      ["a package", "--bundle small/a.zip"],
      ["rejected records", "--rejected small/rejected.jsonl"],
    ])("%s: nothing is left of it", async (_, option) => {
      const log = option.startsWith("--rejected") ? "damaged.jsonl" : "long.db";
      if (log === "damaged.jsonl") {
        const lines = readFileSync(file("long.jsonl"), "utf8").split("\n");
        const damaged = lines.map((text, at) => (at % 2 === 0 ? text : `${text.slice(0, -1)}?`));
        writeFileSync(file(log), damaged.join("\n"));
      }
      const line = `$CLI report $LOGS/${log} -q --now 2026-11-01 ${option}; code=$?; ls -A small >&2; exit $code`;
      const { code, stderr } = await onSmallDisk("16k", line);
      expect(stderr).toMatch(/^error: .*cannot be written.*\nhint: .*\ncode: invalid-option\n$/);
      expect(code).toBe(2);
    });

    test("a logger: what it said is stored is stored", async () => {
      const line = `
        cat > log.mjs <<'END'
        import { writeSync } from "node:fs";
        const { AuditLogger } = await import(process.env.DIST + "index.js");
        const logger = new AuditLogger({ dbPath: "small/audit.db" });
        const action = { type: "write", target: "crm", params: { text: "x".repeat(900) } };
        try {
          for (;;) {
            const id = logger.log("s", { action, riskLevel: "LOW", approval: "auto", matchedRule: "r" });
            writeSync(1, id + "\\n");
          }
        } catch (error) {
          writeSync(2, [error.name, error.code, error.message, error.hint].join("|"));
        }
END
        node log.mjs > ids
        mount -o remount,size=64m small small
        $CLI entries small/audit.db --json -q > entries; cp small/audit.db* .`;
      const { code, stderr, cwd } = await onSmallDisk("1m", line);
      expect(stderr).toMatch(
        /^ComplianceError\|unreadable-source\|.*disk or the database is full.*\|Free some space/,
      );
      expect(code).toBe(0);
      const ids = readFileSync(join(cwd, "ids"), "utf8").trim().split("\n").map(Number);
      const stored = readFileSync(join(cwd, "entries"), "utf8").trim().split("\n");
      expect(ids.length).toBeGreaterThan(20);
      expect(stored.map((text) => (JSON.parse(text) as { id: number }).id)).toEqual(ids);
    });

    test.each([
      ["when it is opened", "8m", 0],
      ["only while it works", "40m", 36 << 20],
    ])("DuckDB has no room to spill, %s", async (_, size, fill) => {
      const line = `
        cat > spill.mjs <<'END'
        import { writeFileSync, readdirSync } from "node:fs";
        const { openDuckDb } = await import(process.env.DIST + "duckdb/open.js");
        const { describeDuckDbFailure } = await import(process.env.DIST + "duckdb/failure.js");
        const duckdb = await openDuckDb({ path: process.env.LOGS, memory: 60 });
        if (${fill} > 0) writeFileSync("small/fill", Buffer.alloc(${fill}));
        const rows = "SELECT range AS n, md5(range::VARCHAR) AS text FROM range(3000000)";
        try {
          console.log(await duckdb.firstRow("SELECT count(*)::VARCHAR FROM (SELECT DISTINCT n, text FROM (" + rows + "))"));
        } catch (error) {
          const { name, code, message, hint } = describeDuckDbFailure(error, "log");
          console.error([name, code, message, hint].join("|"));
        }
        await duckdb.close();
        console.error(readdirSync("small").filter((name) => name !== "fill"));
END
        TMPDIR="$PWD/small" node spill.mjs`;
      const { stdout, stderr } = await onSmallDisk(size, line);
      expect(stdout).toBe("");
      expect(stderr).toMatch(
        /^ComplianceError\|unreadable-source\|log: There is no space left .*\|Free some space, or set TMPDIR.*\n\[\]\n$/,
      );
      const { stdout: whole } = await onSmallDisk("600m", line);
      expect(whole).toBe("[ '3000000' ]\n");
    });
  });

describe.skipIf(process.platform === "win32")("files that may not be longer", () => {
  test("SQLite cannot sort: the rest of a log is not called damaged", async () => {
    const words = `report ${file("sorted.db")} --table log --as aegis-table ${REPORT}`;
    const { code, stdout, stderr } = await bash(`ulimit -f 256; $CLI ${words}`);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toMatch(
      /^error: A file cannot be written.*\nhint: .*TMPDIR.*\ncode: unreadable/,
    );
  });

  test("DuckDB cannot write a part of a ledger", async () => {
    // What is staged has files of a megabyte, and the part is longer.
    const cwd = mkdtempSync(file("short-"));
    const words = `import ${file("wide.jsonl")} --to ledger -q`;
    const { code, stderr } = await bash(`ulimit -f 1500; $CLI ${words}`, { cwd });
    expect(stderr).toMatch(
      /^error: the ledger cannot be written: there is no space left for its parts \(ledger\)\nhint: /,
    );
    expect(code).toBe(2);
    expect(readdirSync(join(cwd, "ledger"), { recursive: true, encoding: "utf8" }).sort()).toEqual([
      "checkpoint.json",
      "duplicates.jsonl",
      "entries",
      "rejected.jsonl",
    ]);
  });
});

/** A report without what names its inputs and tells how they were read. */
function withoutInputs(json: string): string {
  const { population, notes, ...rest } = JSON.parse(json) as Record<string, unknown>;
  void population;
  void notes;
  return JSON.stringify(rest);
}
