// The second reading of a log: says of each entry against which measures it counts. It asks the
// same kinds that answer in the first, so the two cannot disagree.

import type { Row, SlotOf } from "../../expression/compile.ts";
import { EVIDENCE_FIELDS, toEvidence } from "../../model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../model/audit-entry.ts";
import { parseInstant } from "../../model/instant.ts";
import { isBounded } from "../../model/period.ts";
import type { Question } from "../engine.ts";
import type { Step } from "./accumulator.ts";
import { accumulatorsFor } from "./accumulators.ts";
import { asking } from "./asking.ts";
import { cells } from "./cells.ts";
import { columnsOf } from "./columns.ts";
import { isLate, NOTHING_LATE } from "./late.ts";
import type { KnownLate } from "./late.ts";

export interface Listing {
  /** What a row holds, in this order: what the measures ask for and what evidence shows. */
  readonly columns: readonly EntryField[];
  /**
   * Takes the entries of the log one after the other.
   *
   * @param row values of the columns; only read during the call
   * @param place the entry's row number or position, as in the first reading
   * @returns ids of the measures that it counts against, in the question's order; valid until
   *   the next call
   */
  step(row: Row, place: number): readonly string[];
  /** The evidence of an entry. */
  evidence(row: Row): AuditEntry;
}

/** The exceptions of a measure that are still ahead. */
interface Ahead {
  readonly measure: number;
  readonly places: Float64Array;
  next: number;
}

const NONE: readonly string[] = [];

/** @param known from a first reading, of the measures that need one */
export function listing(question: Question, known: KnownLate = NOTHING_LATE): Listing {
  const { measures, period } = question;
  const columns = [...new Set<EntryField>([...columnsOf(question), ...EVIDENCE_FIELDS])];
  const slotOf: SlotOf = (name) => columns.findIndex((column) => column === name);
  const slots = EVIDENCE_FIELDS.map((field) => [field, slotOf(field)] as const);
  const asked = asking(question, slotOf);
  const found: number[] = [];
  const direct = measures.filter((measure) => !isLate(measure) || measure.kind === "share-of-top");
  const accumulators = accumulatorsFor(direct, asked, ({ id, kind }) => {
    const measure = measures.findIndex((one) => one.id === id);
    const chosen = known.groups.get(id);
    return (_first, _exception, group) => {
      if (kind !== "share-of-top" || group === chosen) found.push(measure);
    };
  });
  const shared = cells(asked, [...accumulators.values()]);
  const ahead: Ahead[] = [];
  for (const [measure, { id }] of measures.entries()) {
    const places = known.places.get(id) ?? new Float64Array();
    if (places.length > 0) ahead.push({ measure, places, next: 0 });
  }
  let nextPlace = ahead.reduce(
    (least, { places }) => Math.min(least, places[0] as number),
    Number.POSITIVE_INFINITY,
  );

  const bounded = isBounded(period);
  const { start = Number.NEGATIVE_INFINITY, end = Number.POSITIVE_INFINITY } = period;
  const current: Step = { row: [], instant: 0, id: undefined, position: 0, reference: 0 };

  /** Takes what is known of a place, and finds the next of which anything is. */
  const takeKnown = (place: number): void => {
    nextPlace = Number.POSITIVE_INFINITY;
    for (const one of ahead) {
      while ((one.places[one.next] ?? Number.POSITIVE_INFINITY) <= place) {
        if (one.places[one.next] === place) found.push(one.measure);
        one.next += 1;
      }
      nextPlace = Math.min(nextPlace, one.places[one.next] ?? Number.POSITIVE_INFINITY);
    }
  };

  return {
    columns,
    step(row, place) {
      found.length = 0;
      const text = row[1];
      const instant = typeof text === "string" ? parseInstant(text) : Number.NaN;
      const isTimed = !Number.isNaN(instant);
      if (isTimed ? instant >= start && instant < end : !bounded) {
        current.row = row;
        current.instant = isTimed ? instant : Number.POSITIVE_INFINITY;
        current.position = place;
        shared.step(current);
        if (place >= nextPlace) takeKnown(place);
        if (found.length > 1) found.sort((left, right) => left - right);
      }
      if (found.length === 0) return NONE;
      return found.map((measure) => measures[measure]?.id ?? "");
    },
    evidence: (row) =>
      toEvidence(Object.fromEntries(slots.map(([field, slot]) => [field, row[slot]]))),
  };
}
