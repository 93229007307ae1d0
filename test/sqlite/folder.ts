// A folder for one test, what lies in it, and small databases in the states in which real
// ones are found.

import { createHash } from "node:crypto";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { openForWriting, type SqliteWriter } from "../../src/sqlite/writer.ts";

/** An empty folder that is removed when the test has finished. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "aegis-test-"));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** Every file of a folder with size, time of change and digest; an index of shared memory by name only. */
export function contentsOf(folder: string): readonly string[] {
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const path = join(folder, name);
      const stats = statSync(path, { bigint: true });
      if (!stats.isFile() || name.endsWith("-shm")) return name;
      const digest = createHash("sha256").update(readFileSync(path)).digest("hex");
      return `${name} ${stats.size} ${stats.mtimeNs} ${digest}`;
    });
}

/** Private folders that readers have left. */
export function stagesLeft(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("aegis-compliance-"));
}

/** A write-ahead database with the rows 1 to 10 in table `t`, still open. */
export function writeTen(path: string): SqliteWriter {
  const writer = openForWriting(path);
  writer.exec("CREATE TABLE t (a INTEGER)");
  for (let a = 1; a <= 10; a += 1) writer.run("INSERT INTO t VALUES (?)", [a]);
  return writer;
}

/** As {@link writeTen}, closed: nothing but the file is left. */
export function writeTenAtRest(path: string): void {
  writeTen(path).close();
}

/** Copies files as a process that crashed, or a careless copy, would leave them. */
export function copyFiles(from: string, to: string, names: readonly string[]): void {
  for (const name of names) copyFileSync(join(from, name), join(to, name));
}
