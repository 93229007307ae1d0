// Answers measures over entries that are handed in: an array, any iterable, or a stream.
// This engine is nothing but the fold, and so the reference for all others.

import { ENTRY_FIELD_NAMES, isRecorded, toEvidence } from "../model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import type { EntrySelection, ListedException, ObserveOptions, Question } from "./engine.ts";
import type { EntryReference, PlacedEntry } from "./fold/accumulator.ts";
import { columnsOf, fold } from "./fold/fold.ts";
import type { Fold } from "./fold/fold.ts";
import { NOTHING_LATE, lateQuestion } from "./fold/late.ts";
import type { KnownLate } from "./fold/late.ts";
import { listing } from "./fold/listing.ts";
import { selectionTest } from "./fold/selection.ts";
import { answerOf, firstPartOf } from "./part.ts";
import type { FoldedPart, PartEngine } from "./part.ts";
import { PAUSE_EVERY, pause } from "./stopping/pause.ts";
import { untilAborted } from "./stopping/until-aborted.ts";

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
export function memory(entries: Entries, name = "entries"): PartEngine {
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

  /** The entries, to be read once more after they were read. */
  const takeAgain = (): Iterable<AuditEntry> => {
    if (!repeatable && !closed) {
      throw new ComplianceError("closed", "a stream of entries cannot be read a second time", {
        hint: "Collect the entries in an array, or import the log first with `aegis-compliance import`.",
      });
    }
    return take() as Iterable<AuditEntry>;
  };

  const foldPart = async (
    question: Question,
    base: number,
    referenceOf: ReferenceOf,
    options?: ObserveOptions,
  ): Promise<FoldedPart> => ({
    ...(await foldEntries(take(), name, question, base, referenceOf, options)),
    async *exceptions(asked, known, { onProgress, signal } = {}) {
      const again = takeAgain();
      const length = lengthOf(again);
      const onEntry = told(length, onProgress);
      yield* listEntries(again, asked, { known, base, onEntry, signal });
    },
  });

  return {
    observe: async (question, options) =>
      answerOf(await foldPart(question, 0, (entry) => entry, options)),
    foldPart: async (question, base, options) => {
      const part = firstPartOf(base);
      return foldPart(question, base, (entry, line) => placed(entry, part, line), options);
    },
    exceptions: async function* exceptions(question, options) {
      yield* listExceptions(takeAgain(), question, options);
    },
    entries: (selection, { signal } = {}) => select(take(), selection, signal),
    close: async () => {
      closed = true;
    },
  };
}

/** What stands for an entry, which is the so-manieth. */
type ReferenceOf = (entry: AuditEntry, position: number) => EntryReference;

/** The evidence of an entry with its place among several logs. */
function placed(entry: AuditEntry, part: number, line: number): PlacedEntry {
  return { ...toEvidence(entry), part, line };
}

async function foldEntries(
  entries: Entries,
  name: string,
  question: Question,
  base: number,
  referenceOf: ReferenceOf,
  { onProgress, signal }: ObserveOptions = {},
): Promise<Omit<FoldedPart, "exceptions">> {
  signal?.throwIfAborted();
  const reading = foldOf(question, base, referenceOf);
  const onEntry = told(lengthOf(entries), onProgress);
  for await (const batch of batchesOf(entries, signal)) {
    for (const entry of batch) {
      reading.take(entry);
      onEntry.step();
    }
  }
  onEntry.tell();
  const present = reading.present();
  return {
    running: reading.running,
    surroundings: {
      inputs: [{ name, kind: "memory", part: { kind: "every-entry" } }],
      recordable: ENTRY_FIELD_NAMES.filter((_, bit) => (present & (1 << bit)) !== 0),
    },
    resolve: async () => (reference) => toEvidence(reference as AuditEntry),
  };
}

/**
 * Some thousand entries at a time; between two batches others are let in. Entries of a stream
 * come one by one.
 */
async function* batchesOf(
  entries: Entries,
  signal: AbortSignal | undefined,
): AsyncGenerator<Iterable<AuditEntry>, void, undefined> {
  if (Symbol.asyncIterator in entries) {
    let sincePause = 0;
    for await (const entry of untilAborted(entries, signal)) {
      yield [entry];
      sincePause += 1;
      if (sincePause < PAUSE_EVERY) continue;
      sincePause = 0;
      await pause(signal);
    }
    return;
  }
  const iterator = entries[Symbol.iterator]();
  let ended = false;
  function* some(): Generator<AuditEntry, void, undefined> {
    for (let count = 0; count < PAUSE_EVERY; count += 1) {
      const { value, done } = iterator.next();
      if (done === true) {
        ended = true;
        return;
      }
      yield value;
    }
  }
  try {
    while (!ended) {
      yield some();
      if (!ended) await pause(signal);
    }
  } finally {
    if (!ended) iterator.return?.();
  }
}

/** Tells now and then how many entries were read. */
interface Told {
  readonly step: () => void;
  readonly tell: () => void;
}

function told(total: number | undefined, onProgress: ObserveOptions["onProgress"]): Told {
  let done = 0;
  const tell = (): void => onProgress?.({ done, ...(total === undefined ? {} : { total }) });
  return {
    tell,
    step() {
      done += 1;
      if (done % PROGRESS_EVERY === 0) tell();
    },
  };
}

function lengthOf(entries: Entries): number | undefined {
  return Array.isArray(entries) ? entries.length : undefined;
}

/** A fold that is given whatever stands among the entries. */
interface Reading {
  readonly running: Fold;
  take(entry: unknown): void;
  /** Bit mask of the fields that any entry has. */
  present(): number;
}

function foldOf(question: Question, base: number, referenceOf: ReferenceOf): Reading {
  const columns = columnsOf(question);
  const running = fold(question, base + 1);
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
      running.step(row, referenceOf(entry, done), recorded);
    },
    present: () => present,
  };
}

/** Reads the entries once more, and before that once where only the end tells what is one. */
async function* listExceptions(
  entries: Iterable<AuditEntry>,
  question: Question,
  { onProgress, signal }: ObserveOptions = {},
): AsyncGenerator<ListedException> {
  const late = lateQuestion(question);
  const length = lengthOf(entries);
  const total = length === undefined || late === undefined ? length : 2 * length;
  const onEntry = told(total, onProgress);
  let known = NOTHING_LATE;
  if (late !== undefined) {
    const reading = foldOf(late, 0, (entry) => entry);
    for await (const batch of batchesOf(entries, signal)) {
      for (const entry of batch) {
        reading.take(entry);
        onEntry.step();
      }
    }
    known = reading.running.late();
  }
  yield* listEntries(entries, question, { known, base: 0, onEntry, signal });
}

interface ListingOptions {
  /** What only the end of the log tells, of places behind the base. */
  readonly known: KnownLate;
  readonly base: number;
  readonly onEntry: Told;
  readonly signal: AbortSignal | undefined;
}

async function* listEntries(
  entries: Iterable<AuditEntry>,
  question: Question,
  { known, base, onEntry, signal }: ListingOptions,
): AsyncGenerator<ListedException> {
  signal?.throwIfAborted();
  const { columns, ...listed } = listing(question, known);
  let place = base;
  for await (const batch of batchesOf(entries, signal)) {
    for (const entry of batch) {
      onEntry.step();
      place += 1;
      if (!isEntry(entry)) continue;
      const row = columns.map((column) => entry[column]);
      const measures = listed.step(row, place);
      if (measures.length === 0) continue;
      const evidence = listed.evidence(row);
      for (const measure of measures) yield { measure, entry: evidence };
    }
  }
  onEntry.tell();
}

async function* select(
  entries: Entries,
  selection: EntrySelection,
  signal: AbortSignal | undefined,
): AsyncGenerator<AuditEntry> {
  const isSelected = selectionTest(selection);
  for await (const batch of batchesOf(entries, signal)) {
    for (const entry of batch) {
      if (isEntry(entry) && isSelected(ENTRY_FIELD_NAMES.map((field) => entry[field]))) yield entry;
    }
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
