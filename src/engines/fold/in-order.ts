// The measures that need the order of the entries, inside the fold: of the entries that matter
// to them, those that cannot be looked up again are kept as evidence.

import type { SlotOf } from "../../expression/compile.ts";
import type { Measure } from "../../model/measure.ts";
import type { Observation } from "../../model/observation.ts";
import type { Question } from "../engine.ts";
import type { EntryReference, Resolve, Step } from "./accumulator.ts";
import { keptEvidence } from "./kept-evidence.ts";
import type { Stretch } from "./kept-evidence.ts";
import { isOrdered, orderedFold } from "./ordered/ordered.ts";
import type { OrderedState } from "./ordered/ordered.ts";

/** Plain data that another thread can merge. */
export interface InOrderState {
  readonly ordered: OrderedState;
  /** Absent where references can be looked up. */
  readonly evidence?: readonly Stretch[];
}

export interface InOrder {
  step(step: Step): void;
  readonly state: InOrderState;
  merge(other: InOrderState): void;
  references(): readonly EntryReference[];
  /** By measure, the places of all exceptions, ascending. */
  exceptions(): Map<string, Float64Array>;
  finish(resolve: Resolve): Map<string, Observation>;
}

/** @param measures those that are not ordered are left out */
export function inOrder(measures: readonly Measure[], slotOf: SlotOf, question: Question): InOrder {
  const ordered = orderedFold(measures.filter(isOrdered), slotOf, question);
  let evidence: ReturnType<typeof keptEvidence> | undefined;
  const passed: Step = { row: [], instant: 0, id: undefined, position: 0, reference: 0 };

  const original = (reference: EntryReference): EntryReference =>
    evidence?.at(reference as number) ?? reference;

  return {
    step(step) {
      const { reference, position } = step;
      if (typeof reference === "number") {
        ordered.step(step);
        return;
      }
      passed.row = step.row;
      passed.instant = step.instant;
      passed.id = step.id;
      passed.position = position;
      passed.reference = position;
      const before = rowsIn(ordered.state);
      ordered.step(passed);
      if (rowsIn(ordered.state) === before) return;
      evidence ??= keptEvidence();
      evidence.keep(reference, position);
    },
    get state() {
      return {
        ordered: ordered.state,
        ...(evidence === undefined ? {} : { evidence: evidence.state }),
      };
    },
    merge(other) {
      ordered.merge(other.ordered);
      if (other.evidence === undefined) return;
      evidence ??= keptEvidence();
      evidence.merge(other.evidence);
    },
    exceptions: () => ordered.exceptions(),
    references: () => ordered.references().map(original),
    finish: (resolve) => ordered.finish((reference) => resolve(original(reference))),
  };
}

/** A number that grows with every entry that is kept. */
function rowsIn({ blocks }: OrderedState): number {
  return blocks.length * 2 ** 32 + (blocks.at(-1)?.length ?? 0);
}
