// A ledger: the entries of foreign logs as `import` wrote them. DuckDB reads the columns that
// are asked for, and the fold answers, so a report through a ledger is the report of the logs.

import { openDuckDb } from "../duckdb/open.ts";
import type { DuckDb } from "../duckdb/open.ts";
import { compilePredicate } from "../expression/compile.ts";
import type { LedgerColumn } from "../ledger/layout.ts";
import type { LedgerManifest } from "../ledger/manifest.ts";
import { ENTRY_FIELDS, ENTRY_FIELD_NAMES, toEvidence } from "../model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { parseInstant } from "../model/instant.ts";
import { isBounded } from "../model/period.ts";
import type { LogInput } from "../model/population.ts";
import type { Answer, Engine, EntrySelection, ObserveOptions, Question } from "./engine.ts";
import { columnsOf, fold } from "./fold/fold.ts";
import type { Fold } from "./fold/fold.ts";
import { checkLedger } from "./ledger/checked-ledger.ts";
import type { CheckedLedger } from "./ledger/checked-ledger.ts";
import { exactTexts } from "./ledger/ill-formed.ts";
import { lookUp } from "./ledger/look-up.ts";
import { readColumns } from "./ledger/read-columns.ts";
import type { ColumnBatch } from "./ledger/read-columns.ts";
import { Rejections } from "./ledger/rejections.ts";

/** How many rows pass between two reports of progress. */
const PROGRESS_EVERY = 65_536;

/**
 * Opens a ledger. Every file of it is digested and held against the manifest first; the folder
 * is never changed.
 *
 * @param folder that `import` wrote
 * @throws ComplianceError `unreadable-source` when a file is missing or not what the manifest
 *   says, `unsupported-source` when it is no ledger, `missing-package` without DuckDB
 */
export async function ledger(folder: string): Promise<Engine> {
  const checked = await checkLedger(folder);
  const duckdb = await openDuckDb({ path: checked.folder });
  let closed = false;
  const open = (): DuckDb => {
    if (closed) throw new ComplianceError("closed", "this engine was closed");
    return duckdb;
  };
  return {
    observe: async (question, options) => observe(open(), checked, question, options),
    entries: async function* entries(selection) {
      yield* select(open(), checked.manifest, selection);
    },
    close: async () => {
      closed = true;
      await duckdb.close();
    },
  };
}

async function observe(
  duckdb: DuckDb,
  { folder, manifest, sha256 }: CheckedLedger,
  question: Question,
  { onProgress }: ObserveOptions = {},
): Promise<Answer> {
  const running = fold(question, 1, (reference) => ({ part: 0, line: reference as number }));
  const { accepted } = manifest.counts;
  let told = 0;
  await foldRows(duckdb, folder, manifest, question, running, (done) => {
    if (done - told < PROGRESS_EVERY && done < accepted) return;
    told = done;
    onProgress?.({ done, total: accepted });
  });
  const shown = new Set([...running.references()] as number[]);
  for (const { pointer } of running.state.population.unreadableFirst) {
    if (typeof pointer !== "string") shown.add(pointer.line);
  }
  const located = await lookUp(duckdb, manifest.parts, shown);
  const { population, observations } = running.finish(
    (reference) => {
      const { entry = {}, source = "" } = located.get(reference as number) ?? {};
      return { ...toEvidence(entry), source };
    },
    ({ line }) => located.get(line)?.source ?? `#${line}`,
  );
  const { recordable } = manifest;
  return {
    population: {
      ...population,
      inputs: manifest.inputs.map((input) => throughLedger(input, sha256)),
      recordable,
      recorded: new Map(recordable.map((field) => [field, population.recorded.get(field) ?? 0])),
      intake: manifest.intake,
    },
    observations,
  };
}

function throughLedger(input: LogInput, sha256: string): LogInput {
  const through = `through a ledger, manifest SHA-256 ${sha256}`;
  return { ...input, query: input.query === undefined ? through : `${input.query}, ${through}` };
}

/** Gives the fold everything that the log holds, in the log's order. */
async function foldRows(
  duckdb: DuckDb,
  folder: string,
  manifest: LedgerManifest,
  question: Question,
  running: Fold,
  onRows: (done: number) => void,
): Promise<void> {
  const fields = columnsOf(question);
  const isJson = fields.map((field) => ENTRY_FIELDS[field] === "json");
  const bits = fields.map((field) => 1 << ENTRY_FIELD_NAMES.indexOf(field));
  const row: unknown[] = fields.map(() => null);
  const rejections = new Rejections(folder);
  let at = 0;
  let done = 0;
  try {
    await rejections.advance();
    for await (const batch of readColumns(
      duckdb,
      manifest.parts,
      foldedColumns(fields, manifest),
    )) {
      const cells = fields.map((field, slot) =>
        isJson[slot] === true ? [] : cellsOf(batch, field),
      );
      const ordinals = cellsOf(batch, "ordinal") as readonly number[];
      const recorded = cellsOf(batch, "recorded") as readonly number[];
      const illFormed = cellsOf(batch, "ill_formed");
      for (let index = 0; index < ordinals.length; index += 1) {
        const ordinal = ordinals[index] as number;
        // What stands between two entries was refused or there already.
        while (at + 1 < ordinal) {
          at += 1;
          if (takeOther(running, rejections, at)) await rejections.advance();
        }
        at = ordinal;
        const mask = recorded[index] as number;
        for (let slot = 0; slot < row.length; slot += 1) {
          row[slot] =
            isJson[slot] === true
              ? (mask & (bits[slot] as number)) !== 0 || null
              : cells[slot]?.[index];
        }
        if (illFormed[index] !== undefined && illFormed[index] !== null) {
          const exact = exactTexts(illFormed[index]);
          for (const [slot, field] of fields.entries()) row[slot] = exact[field] ?? row[slot];
        }
        running.step(row, ordinal, mask);
      }
      done += ordinals.length;
      onRows(done);
    }
    for (at += 1; at <= manifest.counts.read; at += 1) {
      if (takeOther(running, rejections, at)) await rejections.advance();
    }
  } finally {
    rejections.close();
  }
}

/** Counts what is no entry. @returns whether it was the next rejected record */
function takeOther(running: Fold, { next }: Rejections, ordinal: number): boolean {
  if (next?.ordinal !== ordinal) {
    running.duplicate();
    return false;
  }
  running.refuse(next.pointer, next.reason);
  return true;
}

function foldedColumns(fields: readonly EntryField[], manifest: LedgerManifest): LedgerColumn[] {
  return [
    "ordinal",
    "recorded",
    "id_number",
    ...(manifest.ill_formed > 0 ? (["ill_formed"] as const) : []),
    ...fields.filter((field) => ENTRY_FIELDS[field] !== "json"),
  ];
}

/** The values of a field; of an id the number where it is one. */
function cellsOf(batch: ColumnBatch, column: LedgerColumn): readonly unknown[] {
  const cells = batch.get(column) ?? [];
  if (column !== "id") return cells;
  return (batch.get("id_number") ?? []).map((number, index) => number ?? cells[index] ?? null);
}

async function* select(
  duckdb: DuckDb,
  { parts }: LedgerManifest,
  { where, period }: EntrySelection,
): AsyncGenerator<AuditEntry> {
  const matches =
    where === undefined
      ? () => true
      : compilePredicate(where.predicate, (name) => ENTRY_FIELD_NAMES.indexOf(name as EntryField));
  const bounded = isBounded(period);
  const { start = Number.NEGATIVE_INFINITY, end = Number.POSITIVE_INFINITY } = period;
  const columns: LedgerColumn[] = [
    ...ENTRY_FIELD_NAMES,
    "id_number",
    "present",
    "ill_formed",
    "source_file",
    "source_line",
    "ordinal",
  ];
  for await (const batch of readColumns(duckdb, parts, columns)) {
    const cells = ENTRY_FIELD_NAMES.map((field) => cellsOf(batch, field));
    const [present, illFormed, files, lines] = (
      ["present", "ill_formed", "source_file", "source_line"] as const
    ).map((column) => cellsOf(batch, column));
    for (let index = 0; index < (present?.length ?? 0); index += 1) {
      const exact = exactTexts(illFormed?.[index]);
      const row = ENTRY_FIELD_NAMES.map((field, slot) => {
        const cell = exact[field] ?? cells[slot]?.[index];
        return ENTRY_FIELDS[field] === "json" ? jsonValue(cell) : cell;
      });
      if (bounded) {
        const text = row[ENTRY_FIELD_NAMES.indexOf("timestamp")];
        const instant = typeof text === "string" ? parseInstant(text) : Number.NaN;
        if (!(instant >= start && instant < end)) continue;
      }
      if (!matches(row)) continue;
      const entry: Record<string, unknown> = {};
      for (const [slot, field] of ENTRY_FIELD_NAMES.entries()) {
        if ((Number(present?.[index]) & (1 << slot)) !== 0) entry[field] = row[slot];
      }
      entry["source"] = `${String(files?.[index])}:${String(lines?.[index])}`;
      yield entry as AuditEntry;
    }
  }
}

function jsonValue(cell: unknown): unknown {
  if (typeof cell !== "string") return null;
  try {
    return JSON.parse(cell);
  } catch {
    return cell;
  }
}
