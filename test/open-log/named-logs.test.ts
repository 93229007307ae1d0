import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { AuditLogger } from "../../src/audit-logger/audit-logger.ts";
import { namedLogs } from "../../src/open-log/named-logs.ts";
import { openForWriting } from "../../src/sqlite/writer.ts";

const root = mkdtempSync(join(tmpdir(), "named-logs-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const at = (name: string): string => join(root, name);

function auditDatabase(name: string): void {
  new AuditLogger({ dbPath: at(name) }).close();
}

mkdirSync(at("hosts/deep"), { recursive: true });
mkdirSync(at("mixed"));
mkdirSync(at("plain"));
mkdirSync(at("ledger/entries"), { recursive: true });
writeFileSync(at("ledger/manifest.json"), "{}");
for (const name of ["hosts/b.db", "hosts/a.db", "hosts/deep/c.sqlite", "mixed/a.db", "one.log"]) {
  auditDatabase(name);
}
const shop = openForWriting(at("mixed/shop.db"));
shop.exec("CREATE TABLE orders (n INTEGER)");
shop.close();
writeFileSync(at("mixed/log.jsonl"), '{"action_type":"read"}\n');
writeFileSync(at("mixed/noise.bin"), Buffer.from([0, 1, 2, 255]));
writeFileSync(at("plain/log.jsonl"), '{"action_type":"read"}\n');
symlinkSync(at("hosts/a.db"), at("link.db"));

const skipped: string[] = [];
const kinds = async (names: readonly string[], isForeign = false) => {
  const logs = await namedLogs(names, {
    isForeign,
    isAuditDatabase: async (path) => !path.endsWith("shop.db"),
    onSkipped: (name) => {
      skipped.push(name);
    },
  });
  return logs.map(({ kind, name }) => `${kind} ${name.replaceAll(`${root}/`, "")}`);
};

describe("what names stand for", () => {
  test.each<readonly [string, readonly string[], readonly string[]]>([
    ["an audit database, whatever its name", ["one.log"], ["sqlite one.log"]],
    ["a ledger", ["ledger"], ["ledger ledger"]],
    ["a file", ["plain/log.jsonl"], ["files plain/log.jsonl"]],
    ["a folder of foreign logs", ["plain"], ["files plain"]],
    ["a pattern of foreign logs", ["plain/*.jsonl"], ["files plain/*.jsonl"]],
    ["a pattern that nothing fits", ["nothing/*.db"], ["files nothing/*.db"]],
    ["what is not there", ["nothing.db"], ["files nothing.db"]],
    ["a pattern of databases", ["hosts/*.db"], ["sqlite hosts/a.db", "sqlite hosts/b.db"]],
    [
      "a folder of databases, to the bottom",
      ["hosts"],
      ["sqlite hosts/a.db", "sqlite hosts/b.db", "sqlite hosts/deep/c.sqlite"],
    ],
    ["a folder of both", ["mixed"], ["sqlite mixed/a.db", "files files"]],
    [
      "several, in the order of their names",
      ["plain/log.jsonl", "ledger", "one.log", "mixed/log.jsonl"],
      ["files files", "ledger ledger", "sqlite one.log"],
    ],
    [
      "one that is named more than once",
      ["hosts/a.db", "hosts/*.db", "link.db", "hosts/../hosts/b.db", "ledger", "ledger/"],
      ["sqlite hosts/a.db", "sqlite hosts/b.db", "ledger ledger"],
    ],
  ])("%s", async (_what, names, logs) => {
    expect(await kinds(names.map((name) => `${root}/${name}`))).toEqual(logs);
  });

  test("foreign files are one log, whose only file is told from a folder", async () => {
    const options = { isForeign: false, isAuditDatabase: async () => true };
    expect(await namedLogs([at("plain/log.jsonl"), "-"], options)).toEqual([
      { kind: "files", paths: [at("plain/log.jsonl"), "-"], name: "files", isOneFile: false },
    ]);
    expect(await namedLogs([at("plain/log.jsonl")], options)).toMatchObject([{ isOneFile: true }]);
    expect(await namedLogs([`${at("plain")}//`], options)).toMatchObject([
      { name: at("plain"), isOneFile: false },
    ]);
  });

  test("a database named as a foreign log is one", async () => {
    expect(await kinds([at("one.log"), at("hosts/*.db")], true)).toEqual(["files files"]);
  });

  test("standard input is a foreign log", async () => {
    expect(await kinds(["-"])).toEqual(["files stdin"]);
  });

  test("a file of no known kind beside databases is told", async () => {
    skipped.length = 0;
    await kinds([at("mixed/*")]);
    expect(skipped).toEqual(["noise.bin"]);
  });

  test("URLs are checked before any file is looked at", async () => {
    await expect(kinds([at("one.log"), "postgres://u:p@h/d"])).rejects.toThrow("password");
    expect(await kinds(["postgres://u@h/d", "clickhouse://u@h/d", "postgres://u@h/d"])).toEqual([
      "postgresql postgres://h/d/audit_log",
      "clickhouse clickhouse://h:8123/d/audit_log",
    ]);
  });
});
