// Ids are sequences of each log's own: what is repeated or missing is found in each, and added up.

import { toEvidence } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { IdentityMeasure } from "../../model/measure.ts";
import { LISTED } from "../../model/observation.ts";
import type { Observation } from "../../model/observation.ts";
import type { FoldState } from "../fold/fold.ts";
import { followedIds } from "../fold/followed-ids.ts";
import type { FollowedIdsState, Identity } from "../fold/followed-ids.ts";
import { identityObservation } from "../fold/identity.ts";
import { idRuns } from "../fold/id-runs.ts";
import type { IdRunsState } from "../fold/id-runs.ts";
import { entriesOf } from "../fold/population.ts";
import type { CountedPopulation } from "../fold/population.ts";
import { withSource } from "./named-log.ts";

type Ids = CountedPopulation["ids"];

/** What is known of the ids of one log. */
export interface IdsOfLog {
  readonly name: string;
  /** Of the whole log, whatever the period. */
  readonly entries: number;
  readonly ids: Ids;
  /** Only where a measure asks for it and it can be told. */
  readonly identity?: Identity;
}

/** Takes the ids out of what a log told, so that they are not mistaken for one sequence with others. */
export function idsApart(name: string, state: FoldState): { ids: IdsOfLog; rest: FoldState } {
  const entries = entriesOf(state.population);
  if (!isFollowed(state.ids)) {
    const runs = idRuns();
    runs.merge(state.ids);
    const ids: IdsOfLog = { name, entries, ids: runs.finish() };
    return { ids, rest: { ...state, ids: idRuns().state } };
  }
  const followed = followedIds();
  followed.merge(state.ids);
  const identity = followed.identity();
  const ids: IdsOfLog = {
    name,
    entries,
    ids: followed.finish(),
    ...(identity === undefined ? {} : { identity }),
  };
  return { ids, rest: { ...state, ids: followedIds().state } };
}

function isFollowed(state: IdRunsState | FollowedIdsState): state is FollowedIdsState {
  return "single" in state;
}

/**
 * All together. What cannot be told of one log cannot be told of all, but for missing ids: they
 * are added up over the logs whose ids are a dense sequence.
 */
export function idsOfAll(logs: readonly IdsOfLog[]): Ids {
  const all = logs.map(({ ids }) => ids);
  const dense = all.filter(({ missing }) => missing !== undefined);
  const isTold = all.every(({ repeated }) => repeated !== undefined);
  return {
    ...(isTold ? { repeated: added(all, ({ repeated = 0 }) => repeated) } : {}),
    ...(dense.length === 0
      ? {}
      : {
          missing: added(dense, ({ missing = 0 }) => missing),
          missingRuns: dense.flatMap(({ missingRuns = [] }) => missingRuns).slice(0, LISTED),
        }),
  };
}

/**
 * The answer to a measure of identity. The sequence is dense when that of every log that has
 * entries is; ids that are missing in some are told also where others have none to miss.
 */
export function identityOfAll(measure: IdentityMeasure, logs: readonly IdsOfLog[]): Observation {
  const entries = added(logs, (one) => one.entries);
  const told = logs.flatMap(({ name, identity }) =>
    identity === undefined ? [] : [{ name, identity }],
  );
  if (told.length < logs.length) return identityObservation(measure, undefined, entries);
  const duplicates = added(told, ({ identity }) => identity.duplicates);
  const missing = told.flatMap(({ identity }) => identity.missing ?? []);
  const isDense = logs.every((one) => one.entries === 0 || one.identity?.missing !== undefined);
  return {
    kind: measure.kind,
    measure: measure.id,
    population: entries,
    exceptions: duplicates,
    exceptionEntries: told
      .flatMap(({ name, identity }) => identity.first.map((id) => pointerTo(name, id)))
      .slice(0, LISTED),
    numbers: {
      duplicates,
      dense: isDense && missing.length > 0 ? 1 : 0,
      ...(missing.length === 0 ? {} : { missing: added(missing, (one) => one) }),
      ...(entries === 0 ? {} : { exception_share: duplicates / entries }),
    },
  };
}

function pointerTo(name: string, id: Identity["first"][number]): AuditEntry {
  return withSource(name, toEvidence({ id: typeof id === "bigint" ? String(id) : id }));
}

function added<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
