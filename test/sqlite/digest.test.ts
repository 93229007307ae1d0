import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { digestDatabase } from "../../src/sqlite/digest.ts";
import { openReader } from "../../src/sqlite/reader.ts";
import { makeFolder, writeTen, writeTenAtRest } from "./folder.ts";

/** Locks that this process holds on a file, where the system tells. */
function locksOn(path: string): number {
  if (!existsSync("/proc/locks")) return 0;
  const inode = statSync(path).ino;
  return readFileSync("/proc/locks", "utf8")
    .split("\n")
    .filter((line) => line.includes(` ${process.pid} `) && line.includes(`:${inode} `)).length;
}

describe("digestDatabase", () => {
  it("is the SHA-256 of the file", async () => {
    const path = join(makeFolder(), "a.db");
    writeTenAtRest(path);
    const bytes = readFileSync(path);
    expect(await digestDatabase(path)).toEqual({
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    });
  });

  it("refuses a missing file", async () => {
    await expect(digestDatabase(join(makeFolder(), "a.db"))).rejects.toMatchObject({
      code: "unreadable-source",
    });
  });

  it("and opening for reading take no locks away from other connections", async (context) => {
    const path = join(makeFolder(), "a.db");
    const writer = writeTen(path);
    const held = openReader(path);
    const locks = locksOn(path);
    if (locks === 0) context.skip("the system does not tell of locks");
    await digestDatabase(path);
    expect(locksOn(path)).toBe(locks);
    await digestDatabase(path);
    openReader(path).close();
    expect(locksOn(path)).toBe(locks);
    held.close();
    writer.close();
  });
});
