// A log with a rollup beside it: what was asked of it before is taken from there, and only what
// is new is read. The answer is that of reading everything.

import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { ComplianceError } from "../model/error.ts";
import type { Measure } from "../model/measure.ts";
import { isBounded } from "../model/period.ts";
import type { LogInput } from "../model/population.ts";
import type { Answer, Engine, ObserveOptions, Question } from "./engine.ts";
import type { FoldState } from "./fold/fold.ts";
import { answerFromHours, hourOf, isAnsweredByHours, mergedWhole } from "./fold/hours.ts";
import type { GrowingEngine, GrowingView } from "./growing.ts";
import { withSurroundings } from "./part.ts";
import { WHOLE_LOG, hourBounds, hourSpan, spansWithin } from "./rollup/spans.ts";
import { openRollup } from "./rollup/store.ts";
import type { RollupFile, RollupStore } from "./rollup/store.ts";
import { updateRollup } from "./rollup/update.ts";
import type { RollupUpdate } from "./rollup/update.ts";

export interface RollupOptions {
  /** How the population statement and the rollup name the log. */
  readonly log: string;
  /** The program with its version: what another one stored is not used. */
  readonly tool: string;
  /**
   * Hours before the newest entry in which entries may still change, as by a human's late
   * answer; they are read anew each time. 48 when absent.
   */
  readonly openHours?: number;
  /** Reads everything besides and compares. */
  readonly verify?: boolean;
  /** Told what came from the rollup and what was read, or why it could not be used. */
  readonly onUse?: (use: RollupUse) => void;
}

/** How a report came to its numbers. */
export type RollupUse =
  | { readonly kind: "used"; readonly update: RollupUpdate; readonly verified: boolean }
  | {
      readonly kind: "not-used";
      /** The period is not along whole hours, a sample is asked for, or entries lie in the future. */
      readonly why: "period" | "sample" | "future";
    };

const MICROSECONDS_PER_HOUR = 3_600_000_000;
const OPEN_HOURS = 48;

/**
 * Wraps an engine. `observe` brings the rollup up to date and answers from it where the period
 * begins and ends with an hour; otherwise, and for `exceptions` and `entries`, the log is read.
 *
 * @param path of the rollup; a file that does not exist is made
 * @throws ComplianceError `unsupported-source` when the file is no rollup, `unreadable-source`,
 *   `invalid-option` when `openHours` is no number from 0
 */
export function rollup(log: GrowingEngine, path: string, options: RollupOptions): Engine {
  const { openHours = OPEN_HOURS } = options;
  if (!(openHours >= 0)) {
    throw new ComplianceError("invalid-option", `expected hours from 0, got ${openHours}`);
  }
  const file = openRollup(path);
  return {
    observe: (question, observing = {}) => observe(log, file, options, question, observing),
    exceptions: (question, observing) => log.exceptions(question, observing),
    entries: (selection, listing) => log.entries(selection, listing),
    close: async () => {
      file.close();
      await log.close();
    },
  };
}

async function observe(
  log: GrowingEngine,
  file: RollupFile,
  options: RollupOptions,
  question: Question,
  observing: ObserveOptions,
): Promise<Answer> {
  const fromLog = (why: "period" | "sample" | "future"): Promise<Answer> => {
    options.onUse?.({ kind: "not-used", why });
    return log.observe(question, observing);
  };
  if (question.sampling !== undefined) return fromLog("sample");
  if (!isAnsweredByHours(question)) return fromLog("period");
  const view = await log.view(observing.signal);
  let found: { answer: Answer; update: RollupUpdate } | undefined;
  try {
    found = await file.transaction(digestOf(question, options.tool), (store) =>
      fromRollup(view, store, options, question, observing),
    );
  } finally {
    await view.close();
  }
  if (found === undefined) return fromLog("future");
  const { answer, update } = found;
  if (options.verify !== true) {
    options.onUse?.({ kind: "used", update, verified: false });
    return answer;
  }
  const observed = await log.observe(question, observing);
  requireSame(answer, observed);
  options.onUse?.({ kind: "used", update, verified: true });
  // Everything was read, and digested while it was.
  const inputs = observed.population.inputs.map(throughRollup);
  return { ...answer, population: { ...answer.population, inputs } };
}

async function fromRollup(
  view: GrowingView,
  store: RollupStore,
  { log, openHours = OPEN_HOURS }: RollupOptions,
  question: Question,
  { onProgress }: ObserveOptions,
): Promise<{ answer: Answer; update: RollupUpdate } | undefined> {
  let done = 0;
  const update = await updateRollup(store, view, question, {
    log,
    openFor: openHours * MICROSECONDS_PER_HOUR,
    onRows: (rows, total) => {
      done += rows;
      onProgress?.({ done, total });
    },
  });
  const future = futureOf(store, question);
  if (future === undefined) return undefined;
  const found = answerFromHours(
    question,
    wholeOf(store, question),
    hoursOf(store, question),
    future,
  );
  const counted = found.finish(await view.resolve(found.references()));
  const { missingAtEnd, inputs, ...around } = await view.surroundings(update.head.rows);
  const answer = withSurroundings(counted, {
    ...around,
    inputs: inputs.map(throughRollup),
    ...(missingAtEnd === undefined ? {} : { missingAtEnd: Math.max(0, missingAtEnd) }),
  });
  return { update, answer };
}

function throughRollup(input: LogInput): LogInput {
  return { ...input, through: { kind: "rollup" } };
}

/** What concerns the log as a whole, of both segments. */
function wholeOf(store: RollupStore, question: Question): FoldState {
  const merged = mergedWhole(question);
  for (const segment of ["closed", "open"] as const) {
    const state = store.state(segment, WHOLE_LOG);
    if (state !== undefined) merged.merge(state);
  }
  return merged.state;
}

/** The states that make up the period. */
function* hoursOf(store: RollupStore, { period }: Question): Generator<FoldState> {
  const bounds = hourBounds(period);
  for (const segment of ["closed", "open"] as const) {
    const timed = spansWithin(bounds, (unit, { from, to }) =>
      store.spans(
        segment,
        unit,
        Number.isFinite(from) ? from : undefined,
        Number.isFinite(to) ? to : undefined,
      ),
    );
    const untimed = isBounded(period) ? [] : [hourSpan(null)];
    for (const span of [...timed, ...untimed]) {
      const state = store.state(segment, span);
      if (state !== undefined) yield state;
    }
  }
}

/** Entries later than the report's own time; undefined when some share its hour and cannot be told apart. */
function futureOf(store: RollupStore, { now }: Question): number | undefined {
  let future = 0;
  const hour = hourOf(now);
  for (const segment of ["closed", "open"] as const) {
    for (const span of store.spans(segment, "hour", hour)) {
      const { inScope = 0, last = 0 } = store.state(segment, span)?.population ?? {};
      if (span.start !== hour) future += inScope;
      else if (last > now) return undefined;
    }
  }
  return future;
}

/** Of everything that what is stored of an hour depends on: not the period, nor the report's own time. */
function digestOf({ measures, inputs = {}, policy }: Question, tool: string): string {
  return createHash("sha256")
    .update(JSON.stringify([tool, measures.map(withoutExamples), inputs, policy]))
    .digest("hex");
}

function withoutExamples({ examples: _examples, ...measure }: Measure): object {
  return measure;
}

function requireSame(kept: Answer, read: Answer): void {
  for (const part of ["population", "observations", "activity"] as const) {
    if (part === "observations") {
      for (const [measure, observation] of read.observations) {
        if (!isDeepStrictEqual(kept.observations.get(measure), observation)) {
          throw differs(`the answer to ${measure}`);
        }
      }
    } else if (!isDeepStrictEqual(comparable(kept, part), comparable(read, part))) {
      throw differs(part === "population" ? "the population" : "the activity");
    }
  }
}

function comparable(answer: Answer, part: "population" | "activity"): unknown {
  if (part === "activity") return answer.activity;
  const { inputs: _inputs, ...counted } = answer.population;
  return counted;
}

function differs(what: string): ComplianceError {
  return new ComplianceError(
    "not-verified",
    `expected the rollup to say what the log says, but ${what} differs`,
    {
      hint: "Entries older than the open hours were changed. Remove the rollup; it is made anew from the log.",
    },
  );
}
