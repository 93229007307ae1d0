// Where the intake's entries go during an import: into batches, which become parts while the
// next entries are read already.

import { join } from "node:path";
import type { DuckDb } from "../duckdb/open.ts";
import { rejectedLine } from "../intake/rejected-file.ts";
import type { IntakeSink } from "../intake/sink.ts";
import type { ComplianceError } from "../model/error.ts";
import type { Committed } from "./checkpoint.ts";
import { ContentDigest } from "./content-digest.ts";
import { BatchCollector } from "./entry-batch.ts";
import type { EntryBatch } from "./entry-batch.ts";
import { STAGING } from "./layout.ts";
import { otherImport } from "./same-import.ts";
import { writeParts } from "./part-writer.ts";
import type { SideFile, SideFileEnd } from "./side-file.ts";

export interface LedgerSinkOptions {
  readonly duckdb: DuckDb;
  /** The ledger's. */
  readonly folder: string;
  /** Most rows of a part. */
  readonly partRows: number;
  /** What an earlier import wrote; it is read again, but not written. */
  readonly committed: Committed;
  readonly rejected: SideFile;
  readonly duplicates: SideFile;
  /** Called when another batch is in the folder, in order. */
  readonly onCommit: (committed: Committed) => Promise<void>;
}

/** A sink that writes a ledger. */
export interface LedgerSink extends IntakeSink {
  /** Entries taken so far, committed or not. */
  readonly entries: number;
  readonly committed: Committed;
  /** Writes the last batch and everything that waits. */
  finish(): Promise<Committed>;
  /** Ends early: waits for what is being written and forgets the rest. */
  stop(): Promise<void>;
}

/** A batch with the state of the side files where it ends. */
interface ClosedBatch {
  readonly batch: EntryBatch;
  readonly content: string;
  readonly rejected: SideFileEnd;
  readonly duplicates: SideFileEnd;
}

function otherContent(folder: string): ComplianceError {
  return otherImport(folder, "an unfinished import", "the inputs have other content than they had");
}

/** How many batches may wait for DuckDB before the reading does. */
const MOST_WAITING = 1;

export function ledgerSink(options: LedgerSinkOptions): LedgerSink {
  const { duckdb, folder, partRows, rejected, duplicates, onCommit } = options;
  const { ordinal: before } = options.committed;
  const staging = join(folder, STAGING);
  let committed = options.committed;
  let ordinal = 0;
  let entries = 0;
  let collector = new BatchCollector(committed.batch + 1, staging, partRows);
  let waiting = 0;
  const digest = new ContentDigest();
  let failure: { readonly error: unknown } | undefined;
  let work = Promise.resolve();

  const write = async ({ batch, content, ...ends }: ClosedBatch): Promise<void> => {
    if (failure !== undefined) return;
    try {
      const parts = await writeParts(duckdb, folder, batch);
      await rejected.write();
      await duplicates.write();
      const now: Committed = {
        batch: batch.number,
        ordinal: batch.last,
        entries: committed.entries + batch.rows,
        content,
        ill_formed: committed.ill_formed + batch.illFormed,
        ...ends,
        parts: [...committed.parts, ...parts],
      };
      await onCommit(now);
      committed = now;
    } catch (error) {
      failure ??= { error };
    } finally {
      waiting -= 1;
    }
  };

  const checkContent = (): void => {
    if (digest.value !== options.committed.content) failure ??= { error: otherContent(folder) };
  };

  const close = (): void => {
    const batch = collector.close();
    collector = new BatchCollector(batch.number + 1, staging, partRows);
    const closed = {
      batch,
      content: digest.value,
      rejected: rejected.end,
      duplicates: duplicates.end,
    };
    waiting += 1;
    work = work.then(() => write(closed));
  };

  const settle = async (most: number): Promise<void> => {
    if (waiting > most) await work;
    if (failure !== undefined) throw failure.error;
    if (rejected.isMuch || duplicates.isMuch) {
      await work;
      await rejected.write();
      await duplicates.write();
    }
  };

  return {
    get entries() {
      return entries;
    },
    get committed() {
      return committed;
    },
    accept(values, origin) {
      ordinal += 1;
      entries += 1;
      const { file, line } = origin;
      const sha256 = digest.recordOf(origin);
      digest.add(sha256);
      if (ordinal <= before) {
        if (ordinal === before) checkContent();
        return;
      }
      collector.add(values, { file, line, sha256 }, ordinal);
      if (collector.full) close();
    },
    duplicate({ file, line }, differing) {
      ordinal += 1;
      digest.add(`${file}:${line} ${differing}`);
      if (ordinal <= before) return;
      duplicates.add(`${JSON.stringify({ ordinal, file, line, differing })}\n`);
    },
    refuse(record) {
      ordinal += 1;
      digest.add(`${record.file}:${record.line} ${record.reason}`);
      if (ordinal <= before) return;
      rejected.add(`{"ordinal":${ordinal},${rejectedLine(record).slice(1)}`);
    },
    settle: () => settle(MOST_WAITING),
    finish: async () => {
      if (ordinal < before) throw otherContent(folder);
      if (collector.rows > 0) close();
      await settle(0);
      await rejected.write();
      await duplicates.write();
      return { ...committed, rejected: rejected.end, duplicates: duplicates.end };
    },
    stop: () => work,
  };
}
