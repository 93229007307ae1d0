import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ComplianceError } from "../../src/model/error.ts";
import { openForReading } from "../../src/sqlite/reader.ts";
import { contentsOf, makeFolder, writeTen, writeTenAtRest } from "./folder.ts";

/** What opening a file, or reading a table of it, is answered with. */
async function refusal(path: string, query = "SELECT count(*) FROM t"): Promise<ComplianceError> {
  try {
    const reader = await openForReading(path);
    try {
      for (const _ of reader.rows(query));
    } finally {
      reader.close();
    }
  } catch (error) {
    if (error instanceof ComplianceError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** Bytes of a sound database of two pages. */
function soundBytes(): Buffer {
  const path = join(makeFolder(), "sound.db");
  writeTenAtRest(path);
  return readFileSync(path);
}

describe("openForReading refuses, naming the file,", () => {
  const cases: readonly [string, string, string, (path: string) => void][] = [
    ["a missing file", "unreadable-source", "does not exist", () => {}],
    [
      "a dangling link",
      "unreadable-source",
      "does not exist",
      (path) => symlinkSync("nowhere", path),
    ],
    ["a link to itself", "unreadable-source", "circle", (path) => symlinkSync(path, path)],
    ["a folder", "unsupported-source", "got a folder", (path) => mkdirSync(path)],
    ["a device", "unsupported-source", "got a device", (path) => symlinkSync("/dev/null", path)],
    ["an empty file", "unsupported-source", "got 0 bytes", (path) => writeFileSync(path, "")],
    [
      "a text file",
      "unsupported-source",
      "none",
      (path) => writeFileSync(path, "id,time\n".repeat(99)),
    ],
    [
      "a file with the header of a database only",
      "unreadable-source",
      "only 40 bytes",
      (path) => writeFileSync(path, soundBytes().subarray(0, 40)),
    ],
    [
      "a file that was cut short",
      "unreadable-source",
      "states 8192 bytes and 8191 are there",
      (path) => writeFileSync(path, soundBytes().subarray(0, 8191)),
    ],
    [
      "a file of a later format",
      "unsupported-source",
      "read version 1 or 2, got 3",
      (path) => {
        const bytes = soundBytes();
        bytes[19] = 3;
        writeFileSync(path, bytes);
      },
    ],
    [
      "a damaged schema",
      "unreadable-source",
      "damaged",
      (path) => writeFileSync(path, soundBytes().fill(0xff, 100, 200)),
    ],
    [
      "a damaged page, while reading",
      "unreadable-source",
      "damaged",
      (path) => writeFileSync(path, soundBytes().fill(0xff, 4097, 4160)),
    ],
  ];

  it.each(cases)("%s", async (_what, code, reason, make) => {
    const folder = makeFolder();
    const path = join(folder, "a.db");
    make(path);
    const before = contentsOfLinks(folder);
    const error = await refusal(path);
    expect(error.code).toBe(code);
    expect(error.message).toContain(reason);
    expect(error.message.startsWith(`${path}: `)).toBe(true);
    expect(contentsOfLinks(folder)).toEqual(before);
  });

  it("a path through a file", async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "file"), "");
    const error = await refusal(join(folder, "file", "a.db"));
    expect(error).toMatchObject({ code: "unreadable-source" });
  });

  it("a path that no file can have", async () => {
    expect(await refusal("a\0b")).toMatchObject({ code: "unreadable-source" });
  });

  it("a table that is not there, keeping SQLite's word for it", async () => {
    const path = join(makeFolder(), "a.db");
    writeTenAtRest(path);
    const error = await refusal(path, "SELECT * FROM audit_log");
    expect(error.code).toBe("unsupported-source");
    expect(error.message).toContain("no such table: audit_log");
  });

  it("what is no database while a log lies beside it", async () => {
    const folder = makeFolder();
    const writer = writeTen(join(folder, "b.db"));
    for (const name of ["a.db", "a.db-wal", "a.db-shm"]) {
      writeFileSync(join(folder, name), "no database".repeat(100));
    }
    expect(await refusal(join(folder, "a.db"))).toMatchObject({ code: "unsupported-source" });
    writer.close();
  });

  it.skipIf(process.getuid?.() === 0)(
    "a file without permission (needs a user who is not root)",
    async () => {
      const path = join(makeFolder(), "a.db");
      writeTenAtRest(path);
      chmodSync(path, 0);
      const error = await refusal(path);
      expect(error.code).toBe("unreadable-source");
      expect(error.message).toContain("permission");
    },
  );
});

function contentsOfLinks(folder: string): unknown {
  try {
    return contentsOf(folder);
  } catch {
    return "links that lead nowhere";
  }
}
