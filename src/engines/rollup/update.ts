// Brings a rollup up to date: reads what the log has gained, and again what may have changed.

import { parseInstant } from "../../model/instant.ts";
import type { Instant } from "../../model/instant.ts";
import { ComplianceError } from "../../model/error.ts";
import type { Question } from "../engine.ts";
import type { FoldState } from "../fold/fold.ts";
import { foldByHour, mergedHours, mergedWhole } from "../fold/hours.ts";
import type { FoldByHour, Hour } from "../fold/hours.ts";
import type { EntrySink, GrowingView } from "../growing.ts";
import { WHOLE_LOG, dayOf, endOf, hourSpan, monthOf } from "./spans.ts";
import type { Span } from "./spans.ts";
import type { RollupHead, RollupStore, Segment } from "./store.ts";

/** What an update had to do. */
export interface RollupUpdate {
  readonly head: RollupHead;
  /** Entries that were read. */
  readonly read: number;
  /** Entries that were taken from what was stored. */
  readonly kept: number;
  /** Why nothing that was stored could be kept; absent when it could, or nothing was. */
  readonly rebuilt?: "other-log" | "entries-removed";
}

export interface UpdateOptions {
  /** The log, as its population statement names it. */
  readonly log: string;
  /** Entries younger than this before the newest are asked anew at every update. Microseconds. */
  readonly openFor: number;
  /** Told now and then how many more entries were read, of how many there are to read. */
  readonly onRows: (rows: number, total: number) => void;
}

/**
 * Updates what is stored for a question.
 *
 * Entries that were added late belong to the hour of their own time. Entries that were removed
 * are noticed, and everything is read again. An entry that was changed is seen when it is younger
 * than `openFor`.
 */
export async function updateRollup(
  store: RollupStore,
  view: GrowingView,
  question: Question,
  options: UpdateOptions,
): Promise<RollupUpdate> {
  const known = store.head();
  const rebuilt = await whyRebuilt(known, view, options);
  const kept = rebuilt === undefined ? known : undefined;
  if (known !== undefined && kept === undefined) store.clear();
  store.clear("open");
  const { closedTo = Number.NEGATIVE_INFINITY, closedRows = 0 } = kept ?? {};
  const { range } = view;
  const first = Math.max(range?.first ?? 0, closedTo + 1);
  const segments = new Segments(store, question, closedRows, await cutoffOf(view, options));
  if (range !== undefined && first <= range.last) {
    const total = view.rows - closedRows;
    await view.read(question, { first, last: range.last }, segments, (rows) => {
      options.onRows(rows, total);
    });
  }
  segments.end();
  const head: RollupHead = {
    log: options.log,
    closedTo: segments.closedTo ?? kept?.closedTo ?? (range?.first ?? 1) - 1,
    closedRows: segments.closedRows,
    last: range?.last ?? 0,
    rows: closedRows + segments.read,
  };
  if (head.rows !== view.rows) {
    throw new ComplianceError(
      "source-changed",
      `expected ${view.rows} entries, but ${head.rows} are in the rollup`,
      { hint: "Remove the rollup; it is made anew from the log." },
    );
  }
  store.setHead(head);
  return {
    head,
    read: segments.read,
    kept: closedRows,
    ...(rebuilt === undefined ? {} : { rebuilt }),
  };
}

async function whyRebuilt(
  known: RollupHead | undefined,
  view: GrowingView,
  { log }: UpdateOptions,
): Promise<RollupUpdate["rebuilt"]> {
  if (known === undefined) return undefined;
  if (known.log !== log) return "other-log";
  const { closedTo, closedRows } = known;
  const first = view.range?.first ?? 0;
  const there = closedTo < first ? 0 : await view.count({ first, last: closedTo });
  return there === closedRows ? undefined : "entries-removed";
}

/** The time from which on entries may still change. */
async function cutoffOf(view: GrowingView, { openFor }: UpdateOptions): Promise<Instant> {
  if (view.range === undefined) return Number.POSITIVE_INFINITY;
  const { last } = view.range;
  const { timestamp } = (await view.resolve(new Set([last])))(last);
  const newest = typeof timestamp === "string" ? parseInstant(timestamp) : Number.NaN;
  // Without a time nothing can be said to be old enough.
  return Number.isNaN(newest) ? Number.NEGATIVE_INFINITY : newest - openFor;
}

/** Takes entries: the first into the closed segment, and from the first young one on all into the open one. */
class Segments implements EntrySink {
  readonly #store: RollupStore;
  readonly #question: Question;
  readonly #cutoff: Instant;
  readonly #before: number;
  #segment: Segment = "closed";
  #running: FoldByHour;
  /** Hours of the closed segment that were added to. */
  readonly #dirty = new Set<number>();
  read = 0;
  closedRows: number;
  closedTo: number | undefined;

  constructor(store: RollupStore, question: Question, before: number, cutoff: Instant) {
    this.#store = store;
    this.#question = question;
    this.#cutoff = cutoff;
    this.#before = before;
    this.closedRows = before;
    this.#running = this.#start();
  }

  step(
    row: readonly unknown[],
    reference: Parameters<EntrySink["step"]>[1],
    mask: number,
  ): boolean {
    if (this.#segment === "closed") {
      const text = row[1];
      const instant = typeof text === "string" ? parseInstant(text) : Number.NaN;
      if (instant >= this.#cutoff || this.#cutoff === Number.NEGATIVE_INFINITY) this.#open();
    }
    this.read += 1;
    if (this.#segment === "closed") {
      this.closedRows += 1;
      this.closedTo = reference as number;
    }
    return this.#running.step(row, reference, mask);
  }

  end(): void {
    this.#handOver();
    for (const unit of ["day", "month"] as const) this.#widen(unit);
  }

  #start(): FoldByHour {
    const segment = this.#segment;
    return foldByHour(this.#question, this.#before + this.read + 1, (hour, state) => {
      this.#add(segment, hour, state);
    });
  }

  #open(): void {
    this.#handOver();
    this.#segment = "open";
    this.#running = this.#start();
  }

  #handOver(): void {
    this.#merge(this.#segment, WHOLE_LOG, this.#running.end());
  }

  #add(segment: Segment, hour: Hour, state: FoldState): void {
    this.#merge(segment, hourSpan(hour), state);
    if (segment === "closed" && hour !== null) this.#dirty.add(hour);
  }

  #merge(segment: Segment, span: Span, state: FoldState): void {
    const stored = this.#store.state(segment, span);
    if (stored === undefined) {
      this.#store.setState(segment, span, state);
      return;
    }
    const merged = span === WHOLE_LOG ? mergedWhole(this.#question) : mergedHours(this.#question);
    merged.merge(stored);
    merged.merge(state);
    this.#store.setState(segment, span, merged.state);
  }

  /** Makes the days anew that hours were added to, and the months that days were. */
  #widen(unit: "day" | "month"): void {
    const spanOf = unit === "day" ? dayOf : monthOf;
    const smaller = unit === "day" ? "hour" : "day";
    const spans = new Map([...this.#dirty].map((hour) => [spanOf(hour).start, spanOf(hour)]));
    for (const span of spans.values()) {
      const merged = mergedHours(this.#question);
      for (const part of this.#store.spans("closed", smaller, span.start ?? 0, endOf(span))) {
        const state = this.#store.state("closed", part);
        if (state !== undefined) merged.merge(state);
      }
      this.#store.setState("closed", span, merged.state);
    }
  }
}
