// Reads one part of a log on its own: what a thread does, without the thread.

import type { IntakeCounts } from "../../intake/counts.ts";
import { runIntake } from "../../intake/intake.ts";
import type { PlannedInput } from "../../intake/plan.ts";
import type { RejectedRecord } from "../../model/intake.ts";
import type { LogInput } from "../../model/population.ts";
import type { Question } from "../engine.ts";
import type { FoldState } from "../fold/fold.ts";
import { firstPartOf } from "../part.ts";
import { foldFrom, foldSink } from "./fold-sink.ts";

/** What was found in a part, as plain data. */
export interface PartFound {
  readonly state: FoldState;
  readonly counts: IntakeCounts;
  readonly input: LogInput;
  /** Lines that start in the part. */
  readonly lines: number;
}

/** How much more was read. */
export interface MoreRead {
  readonly bytes: number;
  readonly entries: number;
}

export interface PartOptions {
  /** Of the log among several; 0 when absent. */
  readonly base?: number;
  readonly onProgress: (more: MoreRead) => void;
  /** Told of each rejected record; its line counts from the part's start. */
  readonly onRejected: (record: RejectedRecord) => void;
  /** Awaited after each batch of records. */
  readonly settle: () => Promise<void> | void;
}

/** @param part its ordinal in the log */
export async function readPart(
  question: Question,
  part: number,
  input: PlannedInput,
  { base = 0, onProgress, onRejected, settle }: PartOptions,
): Promise<PartFound> {
  const fold = foldFrom(question, part, base);
  const named = firstPartOf(base) + part;
  const sink = foldSink(question, () => ({ part: named, fold }), onRejected);
  const told = { bytes: 0, entries: 0 };
  const read = await runIntake(
    { inputs: [input] },
    { ...sink, settle },
    {
      onProgress: ({ done }) => {
        const entries = fold.state.population.read;
        onProgress({ bytes: done - told.bytes, entries: entries - told.entries });
        told.bytes = done;
        told.entries = entries;
      },
    },
  );
  const [account] = read.accounts;
  const [described] = read.inputs;
  const [lines] = read.lines;
  if (account === undefined || described === undefined || lines === undefined) {
    throw new Error("the intake gave no account of its input");
  }
  return { state: fold.state, counts: account.counts, input: described, lines };
}
