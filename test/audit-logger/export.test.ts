import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { AuditLogger } from "../../src/audit-logger/audit-logger.ts";
import { writeLines } from "../../src/audit-logger/line-file.ts";
import { makeFolder } from "../sqlite/folder.ts";
import { clockFrom, decide, NEW_YEAR } from "./decision.ts";

function filled(path = ":memory:"): AuditLogger {
  const logger = new AuditLogger({ dbPath: path, clock: clockFrom(NEW_YEAR) });
  logger.log("s-1", decide({ params: { q: "日本\u2028" } }), {
    result: { status: "success", data: [0] },
  });
  logger.log("s-2", decide({ target: "a\nb" }));
  return logger;
}

describe("exportJsonl", () => {
  it("writes one object a line, with JSON inside as text", () => {
    const path = join(makeFolder(), "log.jsonl");
    const logger = filled();
    expect(logger.exportJsonl(path)).toBe(2);
    const text = readFileSync(path, "utf8");
    expect(text).toMatch(/^[ -~\n]*$/);
    expect(text.split("\n")).toHaveLength(3);
    const entries = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries).toEqual(logger.getLog());
    expect(JSON.parse(String(entries[0]?.["action_params"]))).toEqual({ q: "日本\u2028" });
    expect(
      text.startsWith('{"id": 1, "session_id": "s-1", "timestamp": "2026-01-01T00:00:00+00:00", '),
    ).toBe(true);
    logger.close();
  });

  it("replaces an old file, takes filters, and leaves nothing else", () => {
    const folder = makeFolder();
    const path = join(folder, "log.jsonl");
    writeFileSync(path, "old");
    const logger = filled();
    expect(logger.exportJsonl(path, { sessionId: "s-2" })).toBe(1);
    expect(readFileSync(path, "utf8")).toContain('"action_target": "a\\nb"');
    expect(logger.exportJsonl(path, { sessionId: "none" })).toBe(0);
    expect(readFileSync(path, "utf8")).toBe("");
    expect(readdirSync(folder)).toEqual(["log.jsonl"]);
    logger.close();
  });

  it("writes through a symbolic link", () => {
    const folder = makeFolder();
    writeFileSync(join(folder, "real"), "old");
    symlinkSync("real", join(folder, "link"));
    const logger = filled();
    logger.exportJsonl(join(folder, "link"));
    expect(readFileSync(join(folder, "real"), "utf8")).toContain("s-1");
    logger.close();
  });

  it("never replaces the database, by whatever name, nor what is no file", () => {
    const folder = makeFolder();
    const path = join(folder, "a.db");
    const logger = filled(path);
    symlinkSync("a.db", join(folder, "link"));
    mkdirSync(join(folder, "folder"));
    for (const name of ["a.db", "a.db-wal", "link", "folder", "missing/x", "a\0b"]) {
      expect(() => logger.exportJsonl(join(folder, name))).toThrow(
        expect.objectContaining({ code: "invalid-option" }),
      );
    }
    expect(() => logger.exportJsonl("/dev/null")).toThrow(/regular file/);
    expect(logger.count()).toBe(2);
    expect(readdirSync(folder).sort()).toEqual(["a.db", "a.db-shm", "a.db-wal", "folder", "link"]);
    logger.close();
  });

  it("leaves the old file when the new one cannot be completed", () => {
    const folder = makeFolder();
    const path = join(folder, "x");
    writeFileSync(path, "old");
    expect(() => writeLines(path, brokenOff())).toThrow("broken off");
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["x"]);
  });
});

function* brokenOff(): Generator<string> {
  yield "new";
  throw new Error("broken off");
}
