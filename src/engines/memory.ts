// Answers measures over entries that are handed in: an array, any iterable, or a stream.
// This engine is nothing but the fold, and so the reference for all others.

import { ENTRY_FIELD_NAMES, isRecorded, toEvidence } from "../model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import type {
  Answer,
  Engine,
  EntrySelection,
  ListedException,
  ObserveOptions,
  Question,
} from "./engine.ts";
import { columnsOf, fold } from "./fold/fold.ts";
import type { Fold } from "./fold/fold.ts";
import { NOTHING_LATE, lateQuestion } from "./fold/late.ts";
import { listing } from "./fold/listing.ts";
import { selectionTest } from "./fold/selection.ts";

/** Entries in any form that can be walked through. */
export type Entries = Iterable<AuditEntry> | AsyncIterable<AuditEntry>;

/** How many entries pass between two reports of progress. */
const PROGRESS_EVERY = 65_536;

/**
 * An engine over entries in memory or from a stream.
 *
 * @param entries an array or other iterable can be asked again and again; a generator or
 *   stream once
 * @param name how the population statement calls this input
 */
export function memory(entries: Entries, name = "entries"): Engine {
  const repeatable = isRepeatable(entries);
  let used = false;
  let closed = false;

  const take = (): Entries => {
    if (closed) throw new ComplianceError("closed", "this engine was closed");
    if (used && !repeatable) {
      throw new ComplianceError("closed", "this stream of entries was read already", {
        hint: "Collect the entries in an array to ask about them more than once.",
      });
    }
    used = true;
    return entries;
  };

  return {
    observe: async (question, options) => observe(take(), name, question, options),
    exceptions: async function* exceptions(question, options) {
      if (!repeatable && !closed) {
        throw new ComplianceError("closed", "a stream of entries cannot be read a second time", {
          hint: "Collect the entries in an array, or import the log first with `aegis-compliance import`.",
        });
      }
      yield* listExceptions(take() as Iterable<AuditEntry>, question, options);
    },
    entries: (selection) => select(take(), selection),
    close: async () => {
      closed = true;
    },
  };
}

async function observe(
  entries: Entries,
  name: string,
  question: Question,
  { onProgress }: ObserveOptions = {},
): Promise<Answer> {
  const reading = foldOf(question);
  const total = Array.isArray(entries) ? entries.length : undefined;
  let done = 0;
  const tell = (): void => onProgress?.({ done, ...(total === undefined ? {} : { total }) });
  const take = (entry: unknown): void => {
    done += 1;
    reading.take(entry);
    if (done % PROGRESS_EVERY === 0) tell();
  };
  if (Symbol.asyncIterator in entries) {
    for await (const entry of entries) take(entry);
  } else {
    for (const entry of entries) take(entry);
  }
  tell();

  const { population, ...found } = reading.running.finish((reference) =>
    toEvidence(reference as AuditEntry),
  );
  const present = reading.present();
  const recordable = ENTRY_FIELD_NAMES.filter((_, bit) => (present & (1 << bit)) !== 0);
  return {
    population: {
      ...population,
      inputs: [{ name, kind: "memory", query: "every entry" }],
      recordable,
      recorded: new Map(recordable.map((field) => [field, population.recorded.get(field) ?? 0])),
    },
    ...found,
  };
}

/** A fold that is given whatever stands among the entries. */
interface Reading {
  readonly running: Fold;
  take(entry: unknown): void;
  /** Bit mask of the fields that any entry has. */
  present(): number;
}

function foldOf(question: Question): Reading {
  const columns = columnsOf(question);
  const running = fold(question);
  const row: unknown[] = Array.from({ length: columns.length });
  let present = 0;
  let done = 0;
  return {
    running,
    take(entry) {
      done += 1;
      if (!isEntry(entry)) {
        running.refuse(`#${done}`, "not-an-entry");
        return;
      }
      let recorded = 0;
      for (let bit = 0; bit < ENTRY_FIELD_NAMES.length; bit += 1) {
        const field = ENTRY_FIELD_NAMES[bit] as EntryField;
        const value = entry[field];
        if (value === undefined) continue;
        present |= 1 << bit;
        if (isRecorded(field, value)) recorded |= 1 << bit;
      }
      for (let slot = 0; slot < columns.length; slot += 1)
        row[slot] = entry[columns[slot] as EntryField];
      running.step(row, entry, recorded);
    },
    present: () => present,
  };
}

/** Reads the entries once more, and before that once where only the end tells what is one. */
async function* listExceptions(
  entries: Iterable<AuditEntry>,
  question: Question,
  { onProgress }: ObserveOptions = {},
): AsyncGenerator<ListedException> {
  const late = lateQuestion(question);
  const length = Array.isArray(entries) ? entries.length : undefined;
  const total = length === undefined ? {} : { total: late === undefined ? length : 2 * length };
  let done = 0;
  const step = (): void => {
    done += 1;
    if (done % PROGRESS_EVERY === 0) onProgress?.({ done, ...total });
  };
  let known = NOTHING_LATE;
  if (late !== undefined) {
    const reading = foldOf(late);
    for (const entry of entries) {
      reading.take(entry);
      step();
    }
    known = reading.running.late();
  }
  const { columns, ...listed } = listing(question, known);
  let place = 0;
  for (const entry of entries) {
    step();
    place += 1;
    if (!isEntry(entry)) continue;
    const row = columns.map((column) => entry[column]);
    const measures = listed.step(row, place);
    if (measures.length === 0) continue;
    const evidence = listed.evidence(row);
    for (const measure of measures) yield { measure, entry: evidence };
  }
  onProgress?.({ done, ...total });
}

async function* select(entries: Entries, selection: EntrySelection): AsyncGenerator<AuditEntry> {
  const isSelected = selectionTest(selection);
  for await (const entry of entries) {
    if (isEntry(entry) && isSelected(ENTRY_FIELD_NAMES.map((field) => entry[field]))) yield entry;
  }
}

function isEntry(value: unknown): value is AuditEntry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether iterating starts afresh each time; an iterator that returns itself does not. */
function isRepeatable(entries: Entries): boolean {
  if (Symbol.asyncIterator in entries) return false;
  return entries[Symbol.iterator]() !== (entries as unknown);
}
