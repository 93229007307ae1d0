// How far an import has come, so that it can be stopped at any moment and go on: what was
// asked for, and what of it is in the folder for good.

import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ComplianceError } from "../model/error.ts";
import { CHECKPOINT } from "./layout.ts";
import type { LedgerOptions, LedgerPart } from "./manifest.ts";
import type { SideFileEnd } from "./side-file.ts";

/** An input, by what is known of it before it is read. */
export interface AskedInput {
  readonly name: string;
  readonly kind: string;
  /** Size as stored; absent for a stream. */
  readonly bytes?: number;
  readonly mapping: string;
}

/** Everything that the files of a ledger depend on. */
export interface Asked {
  readonly layout: number;
  readonly tool: { readonly name: string; readonly version: string };
  readonly writer: string;
  readonly imported_at?: string;
  readonly options: LedgerOptions;
  /** Most entries of a part. */
  readonly part_rows: number;
  readonly mappings: readonly {
    readonly id: string;
    readonly version: number;
    readonly digest: string;
  }[];
  readonly inputs: readonly AskedInput[];
}

/** What is in the folder for good. */
export interface Committed {
  /** Number of the last batch; 0 before the first. */
  readonly batch: number;
  /** Ordinal of its last entry. */
  readonly ordinal: number;
  readonly entries: number;
  /** SHA-256 over everything that was taken in up to there: whether the same log is read again. */
  readonly content: string;
  readonly ill_formed: number;
  readonly rejected: SideFileEnd;
  readonly duplicates: SideFileEnd;
  readonly parts: readonly LedgerPart[];
}

export interface Checkpoint {
  readonly asked: Asked;
  readonly committed: Committed;
}

/** Before anything was written. */
export const NOTHING_COMMITTED: Committed = {
  batch: 0,
  ordinal: 0,
  entries: 0,
  content: "",
  ill_formed: 0,
  rejected: { records: 0, bytes: 0 },
  duplicates: { records: 0, bytes: 0 },
  parts: [],
};

/**
 * The checkpoint of a folder; undefined when there is none.
 *
 * @throws ComplianceError `unreadable-source` when it is damaged
 */
export async function readCheckpoint(folder: string): Promise<Checkpoint | undefined> {
  const path = join(folder, CHECKPOINT);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  try {
    const value = JSON.parse(text) as Checkpoint;
    // Written by this program and replaced whole, so it is one or it is none.
    if (typeof value.asked.layout === "number" && Array.isArray(value.committed.parts))
      return value;
  } catch {
    // Told below.
  }
  throw new ComplianceError(
    "unreadable-source",
    "The checkpoint of an unfinished import is damaged",
    {
      location: { file: path },
      hint: "Remove the folder and import again.",
    },
  );
}

/** Replaces the checkpoint in one step. */
export async function writeCheckpoint(folder: string, checkpoint: Checkpoint): Promise<void> {
  await writeWhole(join(folder, CHECKPOINT), `${JSON.stringify(checkpoint)}\n`);
}

/** Writes a file so that it is there as a whole or not at all. */
export async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.new`, text, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
}
