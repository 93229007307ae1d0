// Which whole-number ids exist, as runs without a hole. Logs number their rows one after
// another, so a few runs describe millions of ids, and a hole betrays a deletion.

import { LISTED } from "../../model/observation.ts";
import type { MissingIds } from "../../model/population.ts";

/**
 * Runs are sorted and joined when there are this many. When more than half remain, so that
 * joining would soon be all that is done, the ids are no sequence and are not followed further.
 */
const MOST_RUNS = 65_536;

export interface IdRunsState {
  /** Pairs of first and last id, flat. */
  runs: number[];
  /** Ids that were seen again; 0 once the runs were too many, since nothing can be told of them then. */
  repeated: number;
  /** False once an id was no whole number or the runs were too many. */
  sequence: boolean;
  /** The runs were too many; from then on nothing is kept of the ids. */
  overflow: boolean;
}

export interface IdRuns {
  readonly state: IdRunsState;
  add(id: unknown): void;
  merge(other: IdRunsState): void;
  finish(): { repeated?: number; missing?: number; missingRuns?: MissingIds[] };
}

/** Told of what runs alone do not keep. */
export interface IdFollower {
  /** All ids of a run, both bounds included, were there already. */
  repeated(first: number, last: number): void;
  /** Runs that are kept no longer, because there are too many; disjoint in one call. */
  scattered(first: number, last: number): void;
}

const NOBODY: IdFollower = { repeated() {}, scattered() {} };

export function idRuns(follower = NOBODY): IdRuns {
  const state: IdRunsState = { runs: [], repeated: 0, sequence: true, overflow: false };
  let first = Number.NaN;
  let last = Number.NaN;

  const close = (): void => {
    if (!Number.isNaN(first)) push(state, first, last, follower);
    first = Number.NaN;
    last = Number.NaN;
  };

  return {
    get state() {
      close();
      return state;
    },
    add(id) {
      if (id === last + 1 && id <= Number.MAX_SAFE_INTEGER) {
        last += 1;
        return;
      }
      if (typeof id !== "number" || !Number.isSafeInteger(id)) {
        state.sequence = false;
        return;
      }
      close();
      first = id;
      last = id;
    },
    merge(other) {
      close();
      if (other.overflow) overflow(state, follower);
      if (!state.overflow) state.repeated += other.repeated;
      state.sequence &&= other.sequence;
      for (let index = 0; index + 1 < other.runs.length; index += 2) {
        push(state, other.runs[index] ?? 0, other.runs[index + 1] ?? 0, follower);
      }
    },
    finish() {
      close();
      if (state.overflow) return {};
      join(state, follower);
      if (!state.sequence || state.runs.length === 0) return { repeated: state.repeated };
      const { missing, missingRuns } = holes(state.runs);
      // More holes than ids: numbered by something else than a counter.
      const existing = (state.runs.at(-1) ?? 0) - (state.runs[0] ?? 0) + 1 - missing;
      if (missing > existing) return { repeated: state.repeated };
      return { repeated: state.repeated, missing, missingRuns };
    },
  };
}

function push(state: IdRunsState, first: number, last: number, follower: IdFollower): void {
  if (state.overflow) {
    follower.scattered(first, last);
    return;
  }
  state.runs.push(first, last);
  if (state.runs.length < 2 * MOST_RUNS) return;
  join(state, follower);
  if (state.runs.length > MOST_RUNS) overflow(state, follower);
}

function overflow(state: IdRunsState, follower: IdFollower): void {
  if (!state.overflow) join(state, follower);
  for (let index = 0; index + 1 < state.runs.length; index += 2) {
    follower.scattered(state.runs[index] ?? 0, state.runs[index + 1] ?? 0);
  }
  state.sequence = false;
  state.overflow = true;
  state.runs = [];
  state.repeated = 0;
}

/** Sorts the runs and joins those that touch; where they overlap, ids were seen again. */
function join(state: IdRunsState, follower: IdFollower): void {
  const pairs: [number, number][] = [];
  for (let index = 0; index + 1 < state.runs.length; index += 2) {
    pairs.push([state.runs[index] ?? 0, state.runs[index + 1] ?? 0]);
  }
  pairs.sort((left, right) => left[0] - right[0] || left[1] - right[1]);
  const joined: number[] = [];
  for (const [first, last] of pairs) {
    const end = joined.at(-1);
    if (end !== undefined && first <= end + 1) {
      const again = Math.min(end, last);
      if (again >= first) follower.repeated(first, again);
      state.repeated += Math.max(0, again - first + 1);
      joined[joined.length - 1] = Math.max(end, last);
    } else {
      joined.push(first, last);
    }
  }
  state.runs = joined;
}

function holes(runs: readonly number[]): { missing: number; missingRuns: MissingIds[] } {
  const missingRuns: MissingIds[] = [];
  let missing = 0;
  for (let index = 2; index + 1 < runs.length; index += 2) {
    const from = (runs[index - 1] ?? 0) + 1;
    const to = (runs[index] ?? 0) - 1;
    missing += to - from + 1;
    if (missingRuns.length < LISTED) missingRuns.push({ from, to });
  }
  return { missing, missingRuns };
}
