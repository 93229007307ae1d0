// Logs to import, with everything that should not be in one, and folders to import them to.

import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { importLogs } from "../../src/ledger/import-logs.ts";
import type { ImportOptions, ImportResult } from "../../src/ledger/import-logs.ts";
import type { Mapping } from "../../src/model/mapping.ts";
import { IDENTITY } from "../engines/log/identity.ts";
import { writtenLog } from "../engines/log/written-log.ts";
import { START, sequence } from "../engines/logs.ts";

export const folder = mkdtempSync(join(tmpdir(), "aegis-ledger-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let made = 0;

/** A path that is not there yet. */
export function fresh(ending = ""): string {
  made += 1;
  return join(folder, `${made}${ending}`);
}

/** As {@link IDENTITY}, but two records of one session and second are the same action. */
export const KEYED: Mapping = {
  ...IDENTITY,
  id: "keyed",
  key: {
    source: "record.session_id",
    term: { kind: "member", of: { kind: "name", name: "record" }, name: "session_id" },
    paths: ["record.session_id"],
  },
  keyMeaning: "A session is logged once.",
};

const DAY = 86_400_000_000;

/** Texts that are hard to keep. */
const HARD = [
  "\uFEFFbom",
  "nul\0",
  "\u001e",
  "\u001f,\"'\\",
  "null",
  "half \uD83D",
  "\uDE00\uD83D",
  "🔒",
  "'; DROP TABLE x; --",
  "\u2028\r\n",
];

/** A log of so many lines: odd entries, refused records, hard texts, several days, unordered. */
export function hardLog(seed: number, lines: number): string {
  const next = sequence(seed);
  const upTo = (most: number): number => Math.floor(next() * most);
  const { bytes } = writtenLog(seed, lines);
  const hard = Array.from({ length: lines }, (_, index) => {
    const at = new Date((START + upTo(5) * DAY + index * 1e6) / 1000).toISOString();
    const text = HARD[upTo(HARD.length)];
    return JSON.stringify({
      id: upTo(4) === 0 ? text : index,
      timestamp: upTo(9) === 0 ? text : at,
      [upTo(2) === 0 ? "agent_id" : "matched_rule"]: text,
      session_id: `s${upTo(lines)}`,
      approval: "auto",
      action_params: upTo(2) === 0 ? { [text ?? ""]: [text] } : text,
      result_data: upTo(3) === 0 ? null : "",
    });
  });
  const path = fresh(".jsonl");
  writeFileSync(path, Buffer.concat([bytes, Buffer.from(`\n${hard.join("\n")}\n`)]));
  return path;
}

/** Imports with small parts. */
export function importSmall(
  paths: readonly string[],
  to: string,
  options: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  return importLogs(paths, {
    to,
    tool: { name: "test", version: "1" },
    mapping: KEYED,
    mappings: [],
    partRows: 60,
    ...options,
  });
}

/** Every file of a folder by path, with its digest. */
export function filesOf(root: string): Record<string, string> {
  const paths = readdirSync(root, { recursive: true, encoding: "utf8" }).sort();
  return Object.fromEntries(
    paths
      .filter((path) => statSync(join(root, path)).isFile())
      .map((path) => [
        path,
        createHash("sha256")
          .update(readFileSync(join(root, path)))
          .digest("hex"),
      ]),
  );
}
