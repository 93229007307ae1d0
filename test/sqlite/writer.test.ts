import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { chooseDriver } from "../../src/sqlite/choose-driver.ts";
import { openForWriting } from "../../src/sqlite/writer.ts";
import { makeFolder, writeTen } from "./folder.ts";

describe("openForWriting", () => {
  it("keeps what was committed, in a file in write-ahead mode", () => {
    const path = join(makeFolder(), "a.db");
    const writer = writeTen(path);
    expect(writer.run("INSERT INTO t VALUES (?)", [11]).lastInsertRowid).toBe(11n);
    writer.close();
    writer.close();
    expect(existsSync(`${path}-wal`)).toBe(false);
    expect([...readFileSync(path).subarray(18, 20)]).toEqual([2, 2]);
    const again = openForWriting(path);
    expect([...again.rows("SELECT count(*) FROM t")]).toEqual([[11]]);
    expect([...again.rows("PRAGMA synchronous")]).toEqual([[2]]);
    again.close();
  });

  it("undoes a transaction that throws, and hands the error on", () => {
    const writer = writeTen(":memory:");
    const mistake = new Error("mine");
    expect(() =>
      writer.transaction(() => {
        writer.run("DELETE FROM t");
        throw mistake;
      }),
    ).toThrow(mistake);
    expect([...writer.rows("SELECT count(*) FROM t")]).toEqual([[10]]);
    expect(writer.transaction(() => 7)).toBe(7);
    writer.close();
  });

  it("says what SQLite refuses", () => {
    const writer = writeTen(":memory:");
    expect(() => writer.run("INSERT INTO nothing VALUES (1)")).toThrow(
      expect.objectContaining({ code: "unsupported-source" }),
    );
    writer.close();
    expect(() => writer.run("DELETE FROM t")).toThrow(expect.objectContaining({ code: "closed" }));
    expect(() => writer.rows("SELECT 1")).toThrow(expect.objectContaining({ code: "closed" }));
  });

  it("refuses what cannot be a database", () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "text"), "no database ".repeat(100));
    expect(code(join(folder, "text"))).toBe("unsupported-source");
    expect(code(folder)).toBe("unreadable-source");
    expect(code("")).toBe("invalid-option");
    expect(code("a\0b")).toBe("invalid-option");
    expect(existsSync(join(folder, "missing"))).toBe(false);
    expect(code(join(folder, "missing", "a.db"))).toBe("unreadable-source");
  });

  it.runIf(chooseDriver().name === "better-sqlite3")(
    "refuses a path that better-sqlite3 would cut",
    () => {
      expect(code(join(makeFolder(), "a.db "))).toBe("invalid-option");
    },
  );

  it("waits for another writer", async () => {
    const path = join(makeFolder(), "a.db");
    const writer = writeTen(path);
    writer.exec("BEGIN IMMEDIATE");
    // A second thread waits for the lock while this one still holds it.
    const other = new Worker(
      `const Database = process.getBuiltinModule("node:sqlite")?.DatabaseSync ?? require("better-sqlite3");
       const { parentPort, workerData } = require("node:worker_threads");
       const database = new Database(workerData);
       database.exec("PRAGMA busy_timeout=10000");
       parentPort.postMessage("begin");
       database.exec("INSERT INTO t VALUES (99)");
       database.close();
       parentPort.postMessage("done");`,
      { eval: true, workerData: path },
    );
    const messages: unknown[] = [];
    const done = new Promise<void>((resolve, reject) => {
      other.on("error", reject);
      other.on("message", (message) => {
        messages.push(message);
        if (message === "done") resolve();
        else
          setTimeout(() => {
            writer.exec("COMMIT");
          }, 50);
      });
    });
    await done;
    await other.terminate();
    expect(messages).toEqual(["begin", "done"]);
    expect([...writer.rows("SELECT count(*) FROM t")]).toEqual([[11]]);
    writer.close();
  });
});

function code(path: string): unknown {
  try {
    openForWriting(path).close();
    return "opened";
  } catch (error) {
    return (error as { code: unknown }).code;
  }
}
