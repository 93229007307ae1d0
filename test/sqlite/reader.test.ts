import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openForReading, openReader } from "../../src/sqlite/reader.ts";
import { openForWriting } from "../../src/sqlite/writer.ts";
import {
  contentsOf,
  copyFiles,
  makeFolder,
  stagesLeft,
  writeTen,
  writeTenAtRest,
} from "./folder.ts";

const SUM = "SELECT count(*), sum(a) FROM t";

/** Reads a file in every way and returns its rows, having checked that no trace is left at any time. */
async function readWithoutTrace(path: string, folder: string): Promise<unknown[][]> {
  const before = contentsOf(folder);
  const reader = await openForReading(path);
  expect(contentsOf(folder)).toEqual(before);
  const rows = [...reader.rows(SUM)];
  const unfinished = reader.rows("SELECT a FROM t");
  unfinished.next();
  expect(contentsOf(folder)).toEqual(before);
  reader.close();
  expect(contentsOf(folder)).toEqual(before);
  return rows;
}

describe("openForReading leaves no trace", () => {
  it("beside a write-ahead database at rest", async () => {
    const folder = makeFolder();
    writeTenAtRest(join(folder, "a.db"));
    expect(contentsOf(folder)).toHaveLength(1);
    expect(await readWithoutTrace(join(folder, "a.db"), folder)).toEqual([[10, 55]]);
  });

  it("beside one that is being written", async () => {
    const folder = makeFolder();
    const writer = writeTen(join(folder, "a.db"));
    expect(await readWithoutTrace(join(folder, "a.db"), folder)).toEqual([[10, 55]]);
    writer.close();
  });

  it("beside one whose writer crashed", async () => {
    const [live, crashed] = [makeFolder(), makeFolder()];
    const writer = writeTen(join(live, "a.db"));
    copyFiles(live, crashed, ["a.db", "a.db-wal", "a.db-shm"]);
    writer.close();
    expect(await readWithoutTrace(join(crashed, "a.db"), crashed)).toEqual([[10, 55]]);
  });

  it("beside a log that was copied without its index", async () => {
    const [live, copied] = [makeFolder(), makeFolder()];
    const writer = writeTen(join(live, "a.db"));
    copyFiles(live, copied, ["a.db", "a.db-wal"]);
    writer.close();
    expect(await readWithoutTrace(join(copied, "a.db"), copied)).toEqual([[10, 55]]);
  });

  it("beside an empty log without index", async () => {
    const folder = makeFolder();
    writeTenAtRest(join(folder, "a.db"));
    writeFileSync(join(folder, "a.db-wal"), "");
    expect(await readWithoutTrace(join(folder, "a.db"), folder)).toEqual([[10, 55]]);
  });

  it("beside a database without write-ahead log", async () => {
    const folder = makeFolder();
    const writer = writeTen(join(folder, "a.db"));
    writer.exec("PRAGMA journal_mode=DELETE");
    writer.close();
    expect(await readWithoutTrace(join(folder, "a.db"), folder)).toEqual([[10, 55]]);
  });

  it("beside one whose writer crashed half-way through a transaction, which is undone", async () => {
    const [live, crashed] = [makeFolder(), makeFolder()];
    const writer = writeTen(join(live, "a.db"));
    writer.exec("PRAGMA journal_mode=DELETE; PRAGMA cache_size=2; CREATE TABLE big (a)");
    for (let row = 0; row < 500; row += 1) {
      writer.run("INSERT INTO big VALUES (?)", ["x".repeat(500)]);
    }
    writer.exec("BEGIN; UPDATE t SET a = 0; UPDATE big SET a = 'y' || a");
    copyFiles(live, crashed, ["a.db", "a.db-journal"]);
    writer.exec("COMMIT");
    writer.close();
    expect(await readWithoutTrace(join(crashed, "a.db"), crashed)).toEqual([[10, 55]]);
  });

  it("behind a symbolic link, in either folder", async () => {
    const [folder, links] = [makeFolder(), makeFolder()];
    writeTenAtRest(join(folder, "a.db"));
    symlinkSync(join(folder, "a.db"), join(links, "link.db"));
    expect(await readWithoutTrace(join(links, "link.db"), links)).toEqual([[10, 55]]);
    expect(await readWithoutTrace(join(links, "link.db"), folder)).toEqual([[10, 55]]);
  });

  it.each([
    "a?b=c&d.db",
    "a#b.db",
    "100%41.db",
    "日本 ü.db",
    "file:x.db",
    " first.db",
    "line\nend.db",
  ])("under the name %j", async (name) => {
    const folder = makeFolder();
    writeTenAtRest(join(folder, name));
    expect(await readWithoutTrace(join(folder, name), folder)).toEqual([[10, 55]]);
  });

  it("under a name that ends in a blank, at rest and in use, and opens no other file", async () => {
    const folder = makeFolder();
    writeTenAtRest(join(folder, "b.db"));
    renameSync(join(folder, "b.db"), join(folder, "a.db "));
    openForWriting(join(folder, "a.db")).close();
    expect(await readWithoutTrace(join(folder, "a.db "), folder)).toEqual([[10, 55]]);

    const live = makeFolder();
    const writer = writeTen(join(folder, "c.db"));
    copyFileSync(join(folder, "c.db"), join(live, "a.db "));
    copyFileSync(join(folder, "c.db-wal"), join(live, "a.db -wal"));
    copyFileSync(join(folder, "c.db-shm"), join(live, "a.db -shm"));
    writer.close();
    expect(await readWithoutTrace(join(live, "a.db "), live)).toEqual([[10, 55]]);
  });

  it("in the folder for temporary files, not even while it is open", async () => {
    const folder = makeFolder();
    const before = stagesLeft();
    writeTenAtRest(join(folder, "a.db"));
    const reader = await openForReading(join(folder, "a.db"));
    expect(stagesLeft()).toEqual(before);
    expect([...reader.rows(SUM)]).toEqual([[10, 55]]);
    reader.close();
    expect(stagesLeft()).toEqual(before);
  });
});

describe("rows", () => {
  it("are read as they are asked for", () => {
    const path = join(makeFolder(), "a.db");
    writeTenAtRest(path);
    const reader = openReader(path);
    // A million million rows: only a lazy reader can give the first.
    const rows = reader.rows(
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000000000) SELECT i FROM n",
    );
    expect(rows.next().value).toEqual([1]);
    expect(rows.next().value).toEqual([2]);
    reader.close();
  });

  it("of several queries may be read in turn", () => {
    const path = join(makeFolder(), "a.db");
    writeTenAtRest(path);
    const reader = openReader(path);
    const up = reader.rows("SELECT a FROM t ORDER BY a");
    const down = reader.rows("SELECT a FROM t WHERE a < ? ORDER BY a DESC", [5]);
    expect([up.next(), down.next(), up.next(), down.next()].map((step) => step.value)).toEqual([
      [1],
      [4],
      [2],
      [3],
    ]);
    expect([...up]).toHaveLength(8);
    expect([...down]).toEqual([[2], [1]]);
    reader.close();
  });

  it("hold every value exactly", () => {
    const path = join(makeFolder(), "a.db");
    const writer = writeTen(path);
    writer.exec("CREATE TABLE v (v)");
    const exact = [2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)];
    for (const value of exact) writer.run("INSERT INTO v VALUES (?)", [value]);
    for (const value of [1.5, "a\0b", "日本🔒", null, new Uint8Array([0, 255])]) {
      writer.run("INSERT INTO v VALUES (?)", [value]);
    }
    writer.exec("INSERT INTO v VALUES (CAST(x'61ff' AS TEXT))");
    writer.close();
    const reader = openReader(path);
    const values = [...reader.rows("SELECT v FROM v ORDER BY rowid")].map((row) => row[0]);
    reader.close();
    expect(values.slice(0, 8)).toEqual([
      Number.MAX_SAFE_INTEGER,
      ...exact.slice(1),
      1.5,
      "a\0b",
      "日本🔒",
    ]);
    expect(values[8]).toBeNull();
    expect(values[9]).toBeInstanceOf(Uint8Array);
    expect([...(values[9] as Uint8Array)]).toEqual([0, 255]);
    expect(values[10]).toBe("a\uFFFD");
  });

  it("show one state, whatever is written meanwhile", () => {
    const path = join(makeFolder(), "a.db");
    const writer = writeTen(path);
    const reader = openReader(path);
    writer.run("INSERT INTO t VALUES (100)");
    expect([...reader.rows(SUM)]).toEqual([[10, 55]]);
    writer.run("DELETE FROM t");
    expect([...reader.rows(SUM)]).toEqual([[10, 55]]);
    reader.close();
    const later = openReader(path);
    expect([...later.rows(SUM)]).toEqual([[0, null]]);
    later.close();
    writer.close();
  });

  it("end with the reader", () => {
    const path = join(makeFolder(), "a.db");
    writeTenAtRest(path);
    const reader = openReader(path);
    const rows = reader.rows("SELECT a FROM t");
    rows.next();
    reader.close();
    reader.close();
    // Not an early end, which would look like all rows.
    expect(() => [...rows]).toThrow(expect.objectContaining({ code: "closed" }));
    expect(() => reader.rows(SUM)).toThrow(expect.objectContaining({ code: "closed" }));
  });

  it("cannot write, whatever the query", () => {
    const folder = makeFolder();
    const path = join(folder, "a.db");
    writeTenAtRest(path);
    const before = contentsOf(folder);
    const reader = openReader(path);
    expect(() => [...reader.rows("DELETE FROM t RETURNING a")]).toThrow(
      expect.objectContaining({ code: "unreadable-source" }),
    );
    reader.close();
    expect(contentsOf(folder)).toEqual(before);
  });
});

describe("a file that changes while it is read", () => {
  const changed = expect.objectContaining({ code: "source-changed" }) as unknown;

  it("is noticed at the last row, and said once", () => {
    const path = join(makeFolder(), "a.db");
    writeTenAtRest(path);
    const reader = openReader(path);
    const rows = reader.rows("SELECT a FROM t");
    rows.next();
    utimesSync(path, 1, 1);
    expect(() => [...rows]).toThrow(changed);
    reader.close();
  });

  it("is noticed at closing", () => {
    const path = join(makeFolder(), "a.db");
    writeTenAtRest(path);
    const reader = openReader(path);
    reader.rows("SELECT a FROM t").next();
    utimesSync(path, 1, 1);
    expect(() => {
      reader.close();
    }).toThrow(changed);
  });

  it.each(["write-ahead log at rest", "write-ahead log in use", "no write-ahead log"])(
    "is noticed when it is replaced: %s",
    (state) => {
      const folder = makeFolder();
      const path = join(folder, "a.db");
      const writer = writeTen(path);
      if (state === "no write-ahead log") writer.exec("PRAGMA journal_mode=DELETE");
      if (state !== "write-ahead log in use") writer.close();
      const reader = openReader(path);
      copyFileSync(path, join(folder, "new.db"));
      renameSync(join(folder, "new.db"), path);
      expect(() => [...reader.rows(SUM)]).toThrow(changed);
      reader.close();
      writer.close();
    },
  );

  it("may gain a writer that does not touch what is read", () => {
    const path = join(makeFolder(), "a.db");
    writeTenAtRest(path);
    const reader = openReader(path);
    const writer = openForWriting(path);
    writer.run("INSERT INTO t VALUES (11)");
    expect([...reader.rows(SUM)]).toEqual([[10, 55]]);
    reader.close();
    writer.close();
  });
});

describe.skipIf(!hasPython())("a Python process that writes (needs python3)", () => {
  it("is not disturbed, and its committed rows are seen", () => {
    const folder = makeFolder();
    mkdirSync(join(folder, "db"));
    const path = join(folder, "db", "a.db");
    writeTenAtRest(path);
    const reader = openReader(path);
    const script = [
      "import sqlite3, sys",
      "c = sqlite3.connect(sys.argv[1])",
      "c.executemany('INSERT INTO t VALUES (?)', [(i,) for i in range(5000)])",
      "c.commit()",
      "c.close()",
    ].join("\n");
    execFileSync("python3", ["-c", script, path]);
    const outcome = attemptToRead(() => [...reader.rows(SUM)]);
    // Either the state at opening, whole, or the word that it is gone.
    expect([JSON.stringify([[10, 55]]), "source-changed"]).toContain(outcome);
    attemptToRead(() => {
      reader.close();
    });
    const later = openReader(path);
    expect([...later.rows("SELECT count(*) FROM t")]).toEqual([[5010]]);
    later.close();
  });
});

function attemptToRead(work: () => unknown): string {
  try {
    return JSON.stringify(work());
  } catch (error) {
    return (error as { code: string }).code;
  }
}

function hasPython(): boolean {
  try {
    execFileSync("python3", ["-c", "import sqlite3"]);
    return true;
  } catch {
    return false;
  }
}
