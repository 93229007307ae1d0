// Ids with everything that a test of identity asks: which stand more than once, and whether one
// is missing. Whole numbers are kept as runs; texts, and numbers too scattered for runs, one by
// one, so memory grows by them. Beyond two million of those nothing is told.

import { compareText } from "../../expression/text.ts";
import { fieldText } from "../../model/audit-entry.ts";
import { LISTED } from "../../model/observation.ts";
import { idRuns } from "./id-runs.ts";
import type { IdRuns, IdRunsState } from "./id-runs.ts";

/** Ids that are kept one by one. */
const MOST_SINGLE = 2 ** 21;

type Id = number | bigint | string;

export interface FollowedIdsState {
  readonly runs: IdRunsState;
  /** A number and a text are different ids, also where they read alike. */
  readonly single: Set<Id>;
  /** How many entries have an id that was there already. */
  repeated: number;
  /** The first {@link LISTED} of their ids: numbers by size, then texts by their UTF-8 bytes. */
  readonly first: Id[];
  /** There were too many to keep, and nothing can be told. */
  untold: boolean;
}

/** What is known of all ids. */
export interface Identity {
  readonly duplicates: number;
  readonly first: readonly Id[];
  /** Absent when the ids are no dense sequence. */
  readonly missing?: number;
}

export interface FollowedIds extends Omit<IdRuns, "state" | "merge"> {
  readonly state: FollowedIdsState;
  merge(other: FollowedIdsState): void;
  /** Undefined when nothing can be told. */
  identity(): Identity | undefined;
}

/** @param mostSingle ids that are kept one by one */
export function followedIds(mostSingle = MOST_SINGLE): FollowedIds {
  const runs = idRuns({
    repeated(first, last) {
      own.repeated += last - first + 1;
      for (let id = first; id <= last && id < first + LISTED; id += 1) list(own.first, id);
    },
    scattered(first, last) {
      for (let id = first; id <= last && !own.untold; id += 1) follow(id);
    },
  });
  const own: Omit<FollowedIdsState, "runs"> & { repeated: number; untold: boolean } = {
    single: new Set(),
    repeated: 0,
    first: [],
    untold: false,
  };

  const follow = (id: Id): void => {
    if (own.untold) return;
    const { size } = own.single;
    own.single.add(id);
    if (own.single.size === size) {
      own.repeated += 1;
      list(own.first, id);
    } else if (size >= mostSingle) giveUp();
  };
  const giveUp = (): void => {
    own.untold = true;
    own.single.clear();
    own.first.splice(0);
    own.repeated = 0;
  };

  return {
    get state() {
      const { repeated, untold, single, first } = own;
      return { runs: runs.state, single, repeated, first, untold };
    },
    add(id) {
      if (typeof id === "bigint") {
        const number = Number(id);
        if (Number.isSafeInteger(number)) {
          runs.add(number);
          return;
        }
      }
      runs.add(id);
      if (isSingle(id)) follow(id);
    },
    merge(other) {
      if (other.untold) giveUp();
      runs.merge(other.runs);
      if (own.untold) return;
      own.repeated += other.repeated;
      for (const id of other.first) list(own.first, id);
      for (const id of other.single) follow(id);
    },
    finish: () => runs.finish(),
    identity() {
      const { missing } = runs.finish();
      if (own.untold) return undefined;
      return {
        duplicates: own.repeated,
        first: own.first,
        ...(missing === undefined ? {} : { missing }),
      };
    },
  };
}

/** Ids that no run can hold. A number beyond the exact ones may stand for several, so it is none. */
function isSingle(id: unknown): id is Id {
  if (typeof id === "string") return id !== "";
  if (typeof id === "number") return Number.isFinite(id) && !Number.isInteger(id);
  return typeof id === "bigint";
}

/** Adds an id to a list that is kept sorted and never longer than {@link LISTED}. */
function list(ids: Id[], id: Id): void {
  const last = ids.at(-1);
  if (last !== undefined && ids.length === LISTED && compareIds(id, last) >= 0) return;
  const at = ids.findIndex((other) => compareIds(id, other) < 0);
  ids.splice(at < 0 ? ids.length : at, 0, id);
  if (ids.length > LISTED) ids.pop();
}

function compareIds(left: Id, right: Id): number {
  if (typeof left === "string" || typeof right === "string") {
    if (typeof left === typeof right) return compareText(fieldText(left), fieldText(right));
    return typeof left === "string" ? 1 : -1;
  }
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
