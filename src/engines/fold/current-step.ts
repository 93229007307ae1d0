// The entry that a fold is at. One object stands for all of them, one after the other.

import type { Row } from "../../expression/compile.ts";
import type { Instant } from "../../model/instant.ts";
import type { EntryReference, Held, Step } from "./accumulator.ts";

/** A reference, or how it is made: of most entries none is ever asked for. */
export type Referring = EntryReference | Referrer;

export interface Referrer {
  (): EntryReference;
  /** As {@link Step.hold} says; absent where holding costs as much as making. */
  readonly hold?: (over: Held | undefined) => Held;
}

export class CurrentStep implements Step {
  row: Row = [];
  instant: Instant = 0;
  id: number | string | undefined = undefined;
  position = 0;
  #referring: Referring | undefined = undefined;

  /** Says what stands for the entry; its position where nothing else does. */
  refer(referring: Referring | undefined): void {
    this.#referring = referring;
  }

  get reference(): EntryReference {
    if (typeof this.#referring === "function") this.#referring = this.#referring();
    return this.#referring ?? this.position;
  }

  hold(over: Held | undefined): Held {
    const referring = this.#referring;
    if (typeof referring === "function" && referring.hold !== undefined)
      return referring.hold(over);
    return { reference: this.reference };
  }
}
