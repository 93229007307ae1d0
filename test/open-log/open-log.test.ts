import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { openLog } from "../../src/open-log.ts";

const root = mkdtempSync(join(tmpdir(), "open-log-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const EXAMPLE = fileURLToPath(new URL("../../examples/aegis_audit.db", import.meta.url));
mkdirSync(join(root, "hosts"));
for (const name of ["a.db", "b.db"]) copyFileSync(EXAMPLE, join(root, "hosts", name));
const LINE = { id: 1, timestamp: "2026-03-01T00:00:00Z", action_type: "read", agent_id: "z" };
for (const name of ["one.jsonl", "two.jsonl"]) {
  writeFileSync(join(root, name), `${JSON.stringify({ ...LINE, session_id: name })}\n`);
}

async function entriesOf(...names: readonly string[]): Promise<readonly AuditEntry[]> {
  const engine = await openLog(names.map((name) => join(root, name)));
  try {
    const found: AuditEntry[] = [];
    for await (const entry of engine.entries({ period: {} })) found.push(entry);
    return found;
  } finally {
    await engine.close();
  }
}

/** The places of one entry of each log. */
const placesOf = (entries: readonly AuditEntry[]): readonly string[] => [
  ...new Set(entries.map(({ source }) => String(source).replaceAll(root, "").replace(/:\d+$/, ""))),
];

describe("several logs", () => {
  test("are one, in their order, and each entry tells where it stands", async () => {
    const entries = await entriesOf("one.jsonl", "hosts/*.db");
    expect(entries).toHaveLength(1 + 2 * 488);
    expect(placesOf(entries)).toEqual(["/one.jsonl", "/hosts/a.db", "/hosts/b.db"]);
  });

  test("of files stay one foreign log beside a database", async () => {
    const entries = await entriesOf("one.jsonl", "hosts/a.db", "two.jsonl");
    expect(placesOf(entries)).toEqual(["files:one.jsonl", "files:two.jsonl", "/hosts/a.db"]);
  });

  test("cannot be opened when one cannot, and the others are closed", async () => {
    writeFileSync(join(root, "broken.db"), "SQLite format 3\u0000 and nothing else");
    await expect(entriesOf("hosts/a.db", "broken.db")).rejects.toThrow(/database/);
  });
});

describe("what cannot be opened", () => {
  test("no log at all", async () => {
    await expect(openLog([])).rejects.toMatchObject({ code: "invalid-option" });
  });

  test("anything, once the signal is aborted", async () => {
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    await expect(openLog(EXAMPLE, { signal })).rejects.toBe(reason);
    await expect(openLog("postgres://me@127.0.0.1:1/d", { signal })).rejects.toBe(reason);
  });

  test("a pattern that nothing fits", async () => {
    await expect(entriesOf("nowhere/*.db")).rejects.toMatchObject({ code: "unsupported-source" });
  });
});
