// Folds what the intake hands over: the row for the measures, which fields are recorded, and
// the evidence with the place where it stands.

import type { IntakeSink, Origin } from "../../intake/sink.ts";
import { ENTRY_FIELD_NAMES, isRecorded } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { RejectedRecord } from "../../model/intake.ts";
import type { Question } from "../engine.ts";
import type { EntryReference, PlacedEntry } from "../fold/accumulator.ts";
import { columnsOf, fold } from "../fold/fold.ts";
import type { Fold } from "../fold/fold.ts";
import type { Pointer } from "../fold/population.ts";
import { positionOf } from "./parts.ts";

/** The part that a file's records belong to, and the fold that takes them. */
export interface Intaking {
  /** As the references name it. */
  readonly part: number;
  readonly fold: Fold;
}

/**
 * Starts a fold whose references are {@link PlacedEntry}s, at a part of the log.
 *
 * @param base added to positions
 */
export function foldFrom(question: Question, part: number, base = 0): Fold {
  return fold(question, base + positionOf(part), placeOf);
}

/**
 * A sink that folds.
 *
 * @param enter asked whenever a record of another file comes, by the file's name
 * @param onRejected told of each record that was refused, or rejected for its time; the
 *   bytes are only valid during the call
 */
export function foldSink(
  question: Question,
  enter: (file: string) => Intaking,
  onRejected: (record: RejectedRecord) => void,
): IntakeSink {
  const slots = columnsOf(question).map(slotOf);
  const row: unknown[] = slots.map(() => undefined);
  let file: string | undefined;
  let part = 0;
  let running: Fold;
  let current: readonly unknown[] = [];
  let line = 0;
  const reference = (): PlacedEntry => placedEntry((slot) => current[slot], part, line);

  const at = (name: string): void => {
    if (name === file) return;
    file = name;
    ({ part, fold: running } = enter(name));
  };

  return {
    accept(values, origin) {
      at(origin.file);
      let recorded = 0;
      for (let bit = 0; bit < ENTRY_FIELD_NAMES.length; bit += 1) {
        const value = values[bit];
        if (value === undefined || value === null || value === "") continue;
        if (typeof value === "string" || isRecorded(ENTRY_FIELD_NAMES[bit] as EntryField, value)) {
          recorded |= 1 << bit;
        }
      }
      for (let slot = 0; slot < slots.length; slot += 1) row[slot] = values[slots[slot] as number];
      current = values;
      line = origin.line;
      if (!running.step(row, reference, recorded)) onRejected(withoutTime(origin));
    },
    duplicate(origin) {
      at(origin.file);
      running.duplicate();
    },
    refuse(record) {
      at(record.file);
      running.refuse({ part, line: record.line }, record.reason);
      onRejected(record);
    },
  };
}

function placeOf(reference: EntryReference): Pointer {
  const { part, line } = reference as PlacedEntry;
  return { part, line };
}

const slotOf = (field: EntryField): number => ENTRY_FIELD_NAMES.indexOf(field);

const ID = slotOf("id");
const TIMESTAMP = slotOf("timestamp");
const AGENT_ID = slotOf("agent_id");
const ACTION_TYPE = slotOf("action_type");
const ACTION_TARGET = slotOf("action_target");
const MATCHED_RULE = slotOf("matched_rule");
const APPROVAL = slotOf("approval");
const HUMAN_DECISION = slotOf("human_decision");
const RESULT_STATUS = slotOf("result_status");

/**
 * The evidence of an entry with its place.
 *
 * @param valueOf the value of a field, by its place in the fields' order
 * @param part as references name it
 * @param line from 1 in its part
 */
export function placedEntry(
  valueOf: (slot: number) => unknown,
  part: number,
  line: number,
): PlacedEntry {
  const entry: { readonly [Field in keyof PlacedEntry]: unknown } = {
    part,
    line,
    id: valueOf(ID),
    timestamp: valueOf(TIMESTAMP),
    agent_id: valueOf(AGENT_ID),
    action_type: valueOf(ACTION_TYPE),
    action_target: valueOf(ACTION_TARGET),
    matched_rule: valueOf(MATCHED_RULE),
    approval: valueOf(APPROVAL),
    human_decision: valueOf(HUMAN_DECISION),
    result_status: valueOf(RESULT_STATUS),
  };
  return entry as PlacedEntry;
}

/** How much of a rejected record is kept, in bytes. */
const KEPT_BYTES = 1 << 16;

/** What is told of an entry that was rejected for its time. */
export function withoutTime({
  file,
  line,
  bytes,
}: Pick<Origin, "file" | "line" | "bytes">): RejectedRecord {
  return {
    file,
    line,
    reason: "unreadable-timestamp",
    message: "expected an ISO 8601 time, since a period was asked for",
    bytes: bytes.length > KEPT_BYTES ? bytes.subarray(0, KEPT_BYTES) : bytes,
    length: bytes.length,
  };
}
