// The engines over one and the same log, each in its own form.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { Engine } from "../../src/engines/engine.ts";
import { ledger } from "../../src/engines/ledger.ts";
import { log } from "../../src/engines/log.ts";
import { memory } from "../../src/engines/memory.ts";
import { sqlite } from "../../src/engines/sqlite.ts";
import { importLogs } from "../../src/ledger/import-logs.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { writeAuditDatabase } from "../conformance/audit-database.ts";

export type EngineName = "memory" | "sqlite" | "log" | "ledger";

/** Writes logs into a folder of their own. */
export function everyEngine(): {
  readonly open: (
    name: EngineName,
    entries: readonly AuditEntry[],
    workers?: number,
  ) => Promise<Engine>;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "aegis-every-engine-"));
  const mapping = loadCatalog().mapping("aegis-jsonl");
  let files = 0;
  const lines = (entries: readonly AuditEntry[]): string => {
    files += 1;
    const path = join(folder, `${files}.jsonl`);
    writeFileSync(path, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    return path;
  };
  return {
    remove: () => rmSync(folder, { recursive: true }),
    async open(name, entries, workers = 1) {
      switch (name) {
        case "memory":
          return memory(entries);
        case "sqlite": {
          files += 1;
          const path = join(folder, `${files}.db`);
          writeAuditDatabase(path, entries);
          return sqlite(path, { workers });
        }
        case "log":
          return log([lines(entries)], { mapping, mappings: [], workers, pieceBytes: 2000 });
        case "ledger": {
          const path = lines(entries);
          const to = `${path}.ledger`;
          await importLogs([path], {
            to,
            tool: { name: "test", version: "1" },
            mapping,
            mappings: [],
          });
          return ledger(to, { workers });
        }
      }
    },
  };
}

/** Everything that comes. */
export async function collected<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Evidence without where it stands, which only some engines know. */
export function placeless({ source: _source, ...entry }: AuditEntry): AuditEntry {
  return entry;
}
