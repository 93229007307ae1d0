// Every exception of every measure, one file of each format a measure, and whether their number is
// the one that the reports state.

import { setImmediate as nextTurn } from "node:timers/promises";
import { ENTRY_FIELD_NAMES, EVIDENCE_FIELDS } from "../model/audit-entry.ts";
import type { AuditEntry } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import type { ListedException } from "../engines/engine.ts";
import { jsonLine } from "./line.ts";
import type { CsvLine } from "./line.ts";
import type { Spool, SpoolWriter } from "./spool.ts";

/** The evidence of one measure. */
export interface EvidenceFiles {
  readonly measure: string;
  readonly entries: number;
  /** Paths in the package, JSON Lines first, then CSV, part by part. */
  readonly paths: readonly string[];
}

/** Where evidence is written, and until when. */
export interface EvidencePlace {
  readonly spool: Spool;
  readonly csvLine: CsvLine;
  readonly signal?: AbortSignal | undefined;
}

/** How large a part may become. */
export interface MostOfPart {
  readonly rows: number;
  readonly bytes: number;
}

/** A spreadsheet shows 1,048,576 rows, and some programs open no file beyond 2 GiB. */
const MOST: MostOfPart = { rows: 1_000_000, bytes: 2 ** 30 };

/** Entries between two turns of the event loop. */
const TURN = 5000;

/** Where an entry stands in a foreign log is no field of it, and comes last. */
const SOURCE = "source";
const SHOWN: readonly string[] = [...EVIDENCE_FIELDS, SOURCE];
const EVERY: readonly string[] = [...ENTRY_FIELD_NAMES, SOURCE];

/** Columns of a table of such entries: the fields that evidence shows, or all where one has more. */
function columnsFor(entry: AuditEntry): readonly (keyof AuditEntry)[] {
  const isWhole = Object.keys(entry).some((field) => !SHOWN.includes(field));
  return (isWhole ? EVERY : SHOWN) as readonly (keyof AuditEntry)[];
}

/**
 * Writes exceptions as they come.
 *
 * @param stated how many there must be, by measure
 * @param mask what is shown of an entry
 * @throws ComplianceError `source-changed` when there are more or fewer; what reading throws
 */
export async function writeEvidence(
  exceptions: AsyncIterable<ListedException>,
  stated: ReadonlyMap<string, number>,
  mask: (entry: AuditEntry) => AuditEntry,
  { spool, csvLine, signal }: EvidencePlace,
): Promise<readonly EvidenceFiles[]> {
  const files = new Map(
    [...stated.keys()].map((id) => [id, entryFiles(spool, `evidence/${id}`, csvLine)]),
  );
  let read = 0;
  for await (const { measure, entry } of exceptions) {
    read += 1;
    // Signals arrive only when others have their turn.
    if (read % TURN === 0) await nextTurn();
    signal?.throwIfAborted();
    const file = files.get(measure);
    if (file === undefined) continue;
    const expected = stated.get(measure) ?? 0;
    if (file.entries() === expected) throw changed(measure, expected, expected + 1);
    file.add(mask(entry));
  }
  return [...files].map(([measure, file]) => {
    const expected = stated.get(measure) ?? 0;
    if (file.entries() !== expected) throw changed(measure, expected, file.entries());
    return { measure, entries: expected, paths: file.close() };
  });
}

function changed(measure: string, expected: number, found: number): ComplianceError {
  const more = found > expected ? "more" : `${found}`;
  return new ComplianceError(
    "source-changed",
    `the report counts ${expected} exceptions of ${measure}, and the log now has ${more}`,
    {
      hint: "The log was written to between two readings. Run again, on a copy if it still grows.",
    },
  );
}

/** Entries in both formats, in as many parts as they need. */
export interface EntryFiles {
  add(entry: AuditEntry): void;
  entries(): number;
  /** Ends the files. */
  close(): readonly string[];
}

/** @param stem path in the package without its ending */
export function entryFiles(
  spool: Spool,
  stem: string,
  csvLine: CsvLine,
  most: MostOfPart = MOST,
): EntryFiles {
  const paths: string[] = [];
  let open: readonly [SpoolWriter, SpoolWriter] | undefined;
  let rows = 0;
  let entries = 0;
  let columns: readonly (keyof AuditEntry)[] = [];
  const begin = (entry: AuditEntry): readonly [SpoolWriter, SpoolWriter] => {
    if (entries === 0) columns = columnsFor(entry);
    const part = paths.length / 2;
    const named = part === 0 ? stem : `${stem}.part${part + 1}`;
    paths.push(`${named}.jsonl`, `${named}.csv`);
    const json = spool.open(`${named}.jsonl`);
    const csv = spool.open(`${named}.csv`);
    csv.add(csvLine(columns));
    return [json, csv];
  };
  const end = (): void => {
    for (const writer of open ?? []) writer.close();
    open = undefined;
    rows = 0;
  };
  return {
    add(entry) {
      open ??= begin(entry);
      const [json, csv] = open;
      json.add(jsonLine(entry));
      csv.add(csvLine(columns.map((field) => entry[field])));
      rows += 1;
      entries += 1;
      if (rows >= most.rows || Math.max(json.bytes(), csv.bytes()) > most.bytes) end();
    },
    entries: () => entries,
    close() {
      end();
      return paths;
    },
  };
}
