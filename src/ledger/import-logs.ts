// Imports foreign logs: reads them once and keeps their entries as a ledger, so that later
// reports need not read them again. Stopped, it goes on where it stopped; the same logs give
// the same bytes, however often it was stopped.

import { mkdir, readFile, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { openDuckDb } from "../duckdb/open.ts";
import type { DuckDb } from "../duckdb/open.ts";
import { runIntake } from "../intake/intake.ts";
import { planIntake } from "../intake/plan.ts";
import type { IntakePlan, PlanOptions } from "../intake/plan.ts";
import { ComplianceError } from "../model/error.ts";
import { formatInstant } from "../model/instant.ts";
import type { Instant } from "../model/instant.ts";
import { digestLog } from "../sources/input/digest.ts";
import { NOTHING_COMMITTED, readCheckpoint, writeCheckpoint, writeWhole } from "./checkpoint.ts";
import type { Asked, Committed } from "./checkpoint.ts";
import { describeUnwritten } from "./failure.ts";
import { CHECKPOINT, DUPLICATES, ENTRIES, LAYOUT_VERSION, MANIFEST } from "./layout.ts";
import { REJECTED, STAGING } from "./layout.ts";
import { MOST_ROWS } from "./entry-batch.ts";
import { ledgerSink } from "./ledger-sink.ts";
import { readManifest, writeManifest } from "./manifest.ts";
import type { LedgerInput, LedgerManifest, LedgerOptions, LedgerSideFile } from "./manifest.ts";
import { digestFile } from "./part-writer.ts";
import { askedFor, difference, otherImport } from "./same-import.ts";
import { SideFile } from "./side-file.ts";

/** How far an import has come. */
export interface ImportProgress {
  /** `importing` reads the inputs and writes their entries; `checking` only holds them against a ledger that is complete. */
  readonly phase: "checking" | "importing";
  /** Stored bytes of the inputs so far. */
  readonly done: number;
  /** Absent when the size of an input is not known beforehand. */
  readonly total?: number;
  /** Entries so far. */
  readonly entries: number;
}

/** Options of {@link importLogs}; those of the plan only matter when paths are given. */
export interface ImportOptions extends Partial<PlanOptions> {
  /** Folder of the ledger: new, empty, or of the same import. */
  readonly to: string;
  /** What imports, for the manifest. */
  readonly tool: { readonly name: string; readonly version: string };
  /** When; the manifest says nothing of the time when absent. */
  readonly now?: Instant;
  /** Called whenever another part of the bytes was read: a 200th, or 8 MiB if that is more. */
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Stops the import at the next batch of records; what is committed stays. */
  readonly signal?: AbortSignal;
  /** Longest record in bytes, 64 MiB when absent. */
  readonly longestRecord?: number;
  /** Most bytes that are unpacked of one packed file. */
  readonly mostUnpacked?: number;
  /** Most entries of one Parquet file, 65,536 when absent. More need more memory. */
  readonly partRows?: number;
}

/** What became of an import. */
export type ImportResult =
  | {
      /** `written` now, or `already-complete`: the folder holds this very ledger and was left as it is. */
      readonly outcome: "written" | "already-complete";
      readonly folder: string;
      readonly manifest: LedgerManifest;
      /** Entries that an earlier, stopped import had committed; 0 when there was none. */
      readonly resumedFrom: number;
    }
  | {
      /** The signal stopped it. The same import into the same folder goes on. */
      readonly outcome: "stopped";
      readonly folder: string;
      /** Entries in the folder for good. */
      readonly entries: number;
      readonly resumedFrom: number;
    };

/**
 * Imports logs into a ledger.
 *
 * @param logs a plan, or paths to make one of
 * @throws ComplianceError `unsupported-source` when the folder holds something else or
 *   another import, `invalid-option` when the folder cannot be written, `missing-package`
 *   without DuckDB; and as planning and reading say
 */
export async function importLogs(
  logs: IntakePlan | readonly string[],
  options: ImportOptions,
): Promise<ImportResult> {
  const { to, signal } = options;
  await requireFree(to);
  const plan = await planOf(logs, options);
  const duckdb = await openFolder(to);
  try {
    return await importInto(duckdb, plan, options);
  } catch (error) {
    if (signal?.aborted !== true || error !== signal.reason) throw describeUnwritten(error, to);
    const entries = (await readCheckpoint(to))?.committed.entries ?? 0;
    return { outcome: "stopped", folder: to, entries, resumedFrom: 0 };
  } finally {
    await duckdb.close();
  }
}

async function openFolder(to: string): Promise<DuckDb> {
  try {
    await mkdir(to, { recursive: true, mode: 0o700 });
    return await openDuckDb({ path: to });
  } catch (error) {
    throw describeUnwritten(error, to);
  }
}

async function importInto(
  duckdb: DuckDb,
  plan: IntakePlan,
  options: ImportOptions,
): Promise<ImportResult> {
  const { to, signal } = options;
  const asked = await askFor(duckdb, plan, options);
  const made = await madeBefore(to);
  if (made !== undefined) {
    const differs =
      difference(askedFor(made), asked, false) ?? (await otherContent(made, plan, options));
    if (differs !== undefined) throw otherImport(to, "the ledger", differs);
    return { outcome: "already-complete", folder: to, manifest: made, resumedFrom: 0 };
  }
  const checkpoint = await readCheckpoint(to);
  if (checkpoint !== undefined) {
    const differs = difference(checkpoint.asked, asked, true);
    if (differs !== undefined) throw otherImport(to, "an unfinished import", differs);
  }
  // The time of an import that went on is the time when it began.
  const began = checkpoint?.asked ?? asked;
  const committed = checkpoint?.committed ?? NOTHING_COMMITTED;
  await requireParts(to, committed);
  await rm(join(to, STAGING), { recursive: true, force: true });
  await mkdir(join(to, STAGING), { mode: 0o700 });
  await mkdir(join(to, ENTRIES), { recursive: true });
  if (checkpoint === undefined) await writeCheckpoint(to, { asked: began, committed });

  const rejected = await SideFile.open(join(to, REJECTED), committed.rejected);
  const duplicates = await SideFile.open(join(to, DUPLICATES), committed.duplicates);
  const sink = ledgerSink({
    duckdb,
    folder: to,
    partRows: began.part_rows,
    committed,
    rejected,
    duplicates,
    onCommit: (now) => writeCheckpoint(to, { asked: began, committed: now }),
  });
  let done: Committed;
  let result: Awaited<ReturnType<typeof runIntake>>;
  try {
    result = await runIntake(plan, sink, {
      ...readingOptions(options),
      ...(signal === undefined ? {} : { signal }),
      onProgress: (progress) =>
        options.onProgress?.({ phase: "importing", ...progress, entries: sink.entries }),
    });
    done = await sink.finish();
  } catch (error) {
    // What is being written is worth its few moments.
    await sink.stop();
    if (signal?.aborted !== true || error !== signal.reason) throw error;
    const { entries } = sink.committed;
    return { outcome: "stopped", folder: to, entries, resumedFrom: committed.entries };
  } finally {
    await rejected.close();
    await duplicates.close();
    await rm(join(to, STAGING), { recursive: true, force: true });
  }
  const { tool, writer, imported_at, options: reading, mappings } = began;
  const counts = {
    read: done.entries + done.rejected.records + done.duplicates.records,
    accepted: done.entries,
    rejected: done.rejected.records,
    duplicate: done.duplicates.records,
  };
  const manifest: LedgerManifest = {
    schema_version: LAYOUT_VERSION,
    tool,
    writer,
    ...(imported_at === undefined ? {} : { imported_at }),
    options: reading,
    inputs: result.inputs as readonly LedgerInput[],
    mappings,
    counts,
    recordable: result.recordable,
    ill_formed: done.ill_formed,
    rejected: await sideFile(join(to, REJECTED), done.rejected.records),
    duplicates: await sideFile(join(to, DUPLICATES), done.duplicates.records),
    parts: [...done.parts].sort((left, right) => left.first - right.first),
    complete: true,
    intake: result.statement,
  };
  const text = writeManifest(manifest);
  // What does not tie is our own mistake, and better found now than by the first report.
  readManifest(text, join(to, MANIFEST));
  await writeWhole(join(to, MANIFEST), text);
  await rm(join(to, CHECKPOINT), { force: true });
  return { outcome: "written", folder: to, manifest, resumedFrom: committed.entries };
}

const OURS: ReadonlySet<string> = new Set([
  MANIFEST,
  `${MANIFEST}.new`,
  CHECKPOINT,
  `${CHECKPOINT}.new`,
  ENTRIES,
  REJECTED,
  DUPLICATES,
  STAGING,
]);

/** @throws ComplianceError `unsupported-source` when the folder holds anything but a ledger */
async function requireFree(folder: string): Promise<void> {
  let names: string[];
  try {
    names = await readdir(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return;
    throw new ComplianceError(
      code === "ENOTDIR" ? "unsupported-source" : "unreadable-source",
      "expected a folder for the ledger, but it cannot be used as one",
      { cause: error, location: { file: folder }, hint: "Name a new folder." },
    );
  }
  const other = names.sort().find((name) => !OURS.has(name));
  const begun = names.includes(MANIFEST) || names.includes(CHECKPOINT);
  if (other === undefined && (begun || names.length === 0)) return;
  throw new ComplianceError(
    "unsupported-source",
    `expected a new or empty folder for the ledger, but it holds ${JSON.stringify(other ?? names[0])}`,
    { location: { file: folder }, hint: "Name a new folder; nothing was changed in this one." },
  );
}

async function planOf(
  logs: IntakePlan | readonly string[],
  options: ImportOptions,
): Promise<IntakePlan> {
  if ("inputs" in logs) return logs;
  return planIntake(logs, { ...options, mappings: options.mappings ?? [] });
}

async function askFor(duckdb: DuckDb, plan: IntakePlan, options: ImportOptions): Promise<Asked> {
  const mappings = [...new Map(plan.inputs.map(({ mapping }) => [mapping.id, mapping])).values()]
    .map(({ id, version, digest }) => ({ id, version, digest }))
    .sort((left, right) => (left.id < right.id ? -1 : 1));
  const [version] = (await duckdb.firstRow("SELECT version()")) ?? [];
  return {
    layout: LAYOUT_VERSION,
    tool: options.tool,
    writer: `DuckDB ${version ?? ""}`,
    ...(options.now === undefined ? {} : { imported_at: formatInstant(options.now) }),
    options: optionsOf(plan, options),
    part_rows: options.partRows ?? MOST_ROWS,
    mappings,
    inputs: plan.inputs.map(({ file, mapping }) => ({
      name: file.name,
      kind: file.packing === "none" ? file.format : `${file.format}+${file.packing}`,
      ...(file.bytes === undefined ? {} : { bytes: file.bytes }),
      mapping: mapping.id,
    })),
  };
}

function optionsOf(
  { inputs: [first] }: IntakePlan,
  { longestRecord, mostUnpacked }: ImportOptions,
): LedgerOptions {
  return {
    ...(first?.container === undefined ? {} : { records: first.container }),
    ...(first?.table === undefined ? {} : { table: first.table }),
    ...(longestRecord === undefined ? {} : { longest_record: longestRecord }),
    ...(mostUnpacked === undefined ? {} : { most_unpacked: mostUnpacked }),
  };
}

function readingOptions({
  longestRecord,
  mostUnpacked,
}: ImportOptions): Pick<ImportOptions, "longestRecord" | "mostUnpacked"> {
  return {
    ...(longestRecord === undefined ? {} : { longestRecord }),
    ...(mostUnpacked === undefined ? {} : { mostUnpacked }),
  };
}

/** Which input is not the one that a ledger was made of, in words; undefined when all are. */
async function otherContent(
  { inputs }: LedgerManifest,
  plan: IntakePlan,
  { signal, onProgress }: ImportOptions,
): Promise<string | undefined> {
  const total = plan.inputs.reduce((sum, { file }) => sum + (file.bytes ?? Number.NaN), 0);
  let done = 0;
  for (const [index, { file }] of plan.inputs.entries()) {
    signal?.throwIfAborted();
    if (file.stream !== undefined || file.path === "-") {
      return `${file.name} is a stream, which cannot be compared before it is read`;
    }
    const { bytes, sha256 } = await digestLog(file);
    if (sha256 !== inputs[index]?.sha256) return `${file.name} has other content than it had`;
    done += bytes;
    onProgress?.({
      phase: "checking",
      done,
      ...(Number.isNaN(total) ? {} : { total }),
      entries: 0,
    });
  }
  return undefined;
}

/** The manifest of a ledger that is complete; undefined when there is none. */
async function madeBefore(folder: string): Promise<LedgerManifest | undefined> {
  const path = join(folder, MANIFEST);
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
  return readManifest(text, path);
}

/** @throws ComplianceError `unreadable-source` when a committed part is not what it was */
async function requireParts(folder: string, { parts }: Committed): Promise<void> {
  for (const { path, sha256 } of parts) {
    const file = join(folder, path);
    const now = await digestFile(file).catch(() => undefined);
    if (now?.sha256 === sha256) continue;
    throw new ComplianceError(
      "unreadable-source",
      `expected a part that an earlier import wrote, but it is ${now === undefined ? "missing" : "changed"}`,
      { location: { file }, hint: "Remove the folder and import again." },
    );
  }
}

async function sideFile(path: string, records: number): Promise<LedgerSideFile> {
  return { records, ...(await digestFile(path)) };
}
