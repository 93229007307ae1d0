// The population of one log, ready to be merged with those of others: its pointers tell of which
// log they are, and it stands by itself in the order of writing.

import { unorderedBetween } from "../fold/population.ts";
import type { Pointer, PopulationState } from "../fold/population.ts";
import { sourceIn } from "./named-log.ts";

/** A record that is pointed to. */
type Pointed = PopulationState["unreadableFirst"][number];

/**
 * @param base of the log's positions
 * @param hasPlaces whether its pointers are places in files, and not ids
 */
export function populationApart(
  state: PopulationState,
  name: string,
  base: number,
  hasPlaces: boolean,
): PopulationState {
  const named = ({ position, pointer }: Pointed): Pointed => ({
    position,
    pointer: typeof pointer === "string" ? textOf(pointer, position) : pointer,
  });
  const textOf = (pointer: string, position: number): Pointer => {
    if (hasPlaces) return sourceIn(name, pointer);
    // An entry without an id is named by its position, which in its own log is another.
    const own = pointer === `#${position}` ? `#${position - base}` : pointer;
    return `${name}:${own}`;
  };
  return {
    ...state,
    unordered: state.unordered + unorderedBetween(state.stretches),
    stretches: [],
    unreadableFirst: state.unreadableFirst.map(named),
    refused: new Map(
      [...state.refused].map(([reason, { count, first }]) => [
        reason,
        { count, first: first.map(named) },
      ]),
    ),
  };
}
