// Which share of a population the largest group among some of its entries makes up. Keeps the
// first entries of every group, since any may turn out to be the largest.

import { compareText } from "../../expression/text.ts";
import type { ShareOfTopMeasure } from "../../model/measure.ts";
import type { Accumulator } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";
import type { NamedNumbersState } from "./numbers.ts";

interface ListedGroup {
  count: number;
  readonly first: Listed[];
  /** Of each named count, how many entries of the group count in it as exceptions. */
  readonly deviating: number[];
}

export interface ShareOfTopState {
  population: number;
  readonly groups: Map<string, ListedGroup>;
  readonly named: NamedNumbersState;
}

export function shareOfTop(
  measure: ShareOfTopMeasure,
  asking: Asking,
): Accumulator<ShareOfTopState> {
  const inPopulation = asking.condition(measure.population);
  const isAmong = asking.condition(measure.among);
  const keyOf = asking.text(measure.by);
  const named = asking.named(measure);
  const state: ShareOfTopState = { population: 0, groups: new Map(), named: named.state };

  const groupOf = (key: string): ListedGroup => {
    const known = state.groups.get(key);
    if (known !== undefined) return known;
    const deviating = (measure.counts ?? []).map(() => 0);
    const group: ListedGroup = { count: 0, first: [], deviating };
    state.groups.set(key, group);
    return group;
  };

  return {
    state,
    meaning(row) {
      if (!inPopulation(row)) return undefined;
      const counted = named.ofPopulation(row);
      const count = (times: number): void => {
        state.population += times;
        named.take(counted, times);
      };
      if (!isAmong(row)) return { count };
      const { counts } = named.ofException(row);
      const countIn = (group: ListedGroup, times: number): void => {
        group.count += times;
        for (const index of counts) add(group.deviating, index, times);
      };
      return {
        count,
        each(step) {
          const key = keyOf(step.row);
          const group = groupOf(key);
          countIn(group, 1);
          asking.offer(group.first, step, key);
        },
        alike(same) {
          const key = keyOf(same);
          return {
            count(times) {
              count(times);
              countIn(groupOf(key), times);
            },
            each: (step) => asking.offer(groupOf(key).first, step, key),
          };
        },
      };
    },
    merge(other) {
      state.population += other.population;
      for (const [key, { count, first, deviating }] of other.groups) {
        const group = groupOf(key);
        group.count += count;
        for (const [index, number] of deviating.entries()) add(group.deviating, index, number);
        for (const listed of first) offer(group.first, listed);
      }
      named.merge(other.named);
    },
    late: () => ({ group: topOf(state.groups)?.[0] }),
    references: () => topOf(state.groups)?.[1].first.map((listed) => listed.reference) ?? [],
    finish(resolve) {
      const [key = "", top] = topOf(state.groups) ?? [];
      const { population } = state;
      const part = top?.count ?? 0;
      const numbers = named.finish();
      for (const [index, { of, name }] of (measure.counts ?? []).entries()) {
        if (of === "exceptions") numbers[name] = top?.deviating[index] ?? 0;
      }
      return {
        kind: "share-of-top",
        measure: measure.id,
        population,
        exceptions: part,
        exceptionEntries: top?.first.map((listed) => resolve(listed.reference)) ?? [],
        distinct: state.groups.size,
        ...(top === undefined ? {} : { top: { key, count: part } }),
        numbers: {
          ...numbers,
          groups: state.groups.size,
          part,
          ...(population === 0 ? {} : { share: part / population }),
        },
      };
    },
  };
}

function add(numbers: number[], index: number, more: number): void {
  numbers[index] = (numbers[index] ?? 0) + more;
}

/** The largest group; among equals the one whose key comes first by UTF-8 bytes. */
function topOf(groups: ReadonlyMap<string, ListedGroup>): [string, ListedGroup] | undefined {
  let top: [string, ListedGroup] | undefined;
  for (const candidate of groups) {
    if (
      top === undefined ||
      candidate[1].count > top[1].count ||
      (candidate[1].count === top[1].count && compareText(candidate[0], top[0]) < 0)
    ) {
      top = candidate;
    }
  }
  return top;
}
