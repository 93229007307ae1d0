// Damaged logs through source, mapping and intake together: whatever bytes come, nothing
// crashes, nothing hangs, and every record and every action is accounted for.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { refusedIn } from "../../src/intake/counts.ts";
import { runIntake } from "../../src/intake/intake.ts";
import type { LogFormat } from "../../src/sources/source.ts";
import { HAS_REAL_LOGS, mutate, mutations, realItems, realLines } from "../sources/mutations.ts";

const catalog = loadCatalog();

/** Records of one run; enough runs make 100,000 for each source. */
const RECORDS = 500;
const RUNS = 200;

interface Source {
  readonly name: string;
  readonly format: LogFormat;
  readonly mapping: string;
  readonly records: () => readonly Buffer[];
  readonly joined: (records: readonly Buffer[]) => Buffer;
}

const lines = (records: readonly Buffer[]): Buffer =>
  Buffer.concat(records.flatMap((record) => [record, Buffer.from("\n")]));

const items = (records: readonly Buffer[]): Buffer =>
  Buffer.concat([
    Buffer.from("["),
    ...records.flatMap((record, index) => (index === 0 ? [record] : [Buffer.from(","), record])),
    Buffer.from("]"),
  ]);

const SOURCES: readonly Source[] = [
  {
    name: "JSON Lines",
    format: "jsonl",
    mapping: "kubernetes-audit",
    records: () => realLines("k8s-audit2rbac/demo.log"),
    joined: lines,
  },
  {
    name: "JSON",
    format: "json",
    mapping: "agt-audit",
    records: () => realItems("agt-audit/aml_audit_trail.json"),
    joined: items,
  },
  {
    name: "CSV",
    format: "csv",
    mapping: "kubernetes-audit-csv",
    records: () => realLines("k8s-perfspec/audit-logs.csv").slice(0, 400),
    joined: lines,
  },
];

async function account(source: Source, bytes: Buffer): Promise<void> {
  let accepted = 0;
  let duplicate = 0;
  let refused = 0;
  const { statement, accounts, inputs } = await runIntake(
    {
      inputs: [
        {
          file: {
            path: "fuzz",
            name: "fuzz",
            format: source.format,
            packing: "none",
            stream: {
              async *open() {
                yield bytes;
              },
            },
          },
          mapping: catalog.mapping(source.mapping),
        },
      ],
    },
    {
      accept: () => {
        accepted += 1;
      },
      duplicate: () => {
        duplicate += 1;
      },
      refuse: () => {
        refused += 1;
      },
    },
    { digest: false },
  );
  const [found] = accounts;
  // A run whose counts do not tie is rejected by the intake itself; these are the sink's own.
  expect(statement.actions).toBe(accepted + duplicate);
  expect(found === undefined ? 0 : refusedIn(found.counts)).toBe(refused);
  expect(inputs[0]?.records).toBe(statement.records);
  expect(statement.withoutAction + refused).toBeLessThanOrEqual(statement.records);
}

describe.skipIf(!HAS_REAL_LOGS)("100,000 damaged records (needs the shared data folder)", () => {
  test.each(SOURCES)(
    "$name",
    async (source) => {
      const pool = source.records();
      let damaged = 0;
      await fc.assert(
        fc.asyncProperty(mutations(RECORDS), async (changes) => {
          damaged += changes.length;
          await account(source, source.joined(changes.map((change) => mutate(pool, change))));
        }),
        { numRuns: RUNS },
      );
      expect(damaged).toBeGreaterThanOrEqual(100_000);
    },
    120_000,
  );
});
