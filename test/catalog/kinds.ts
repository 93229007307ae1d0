// One small measure of every kind.

import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { Measure, MeasureKind } from "../../src/model/measure.ts";

const catalog = loadCatalog();

/** The kind's own keys, and what an example of no entries must state besides. */
const OWN: Readonly<Record<MeasureKind, { readonly keys: string; readonly expect?: string }>> = {
  count: { keys: 'population: executed\nexception: approval == "auto"' },
  ratio: { keys: "population: executed\npart: elevated\nexceptions: rest", expect: ", part: 0" },
  distinct: {
    keys: "population: executed\nof: { types: action_type, targets: action_target }\nper: agent_id",
    expect: "",
  },
  "set-difference": { keys: "population: executed\nby: agent_id\nreference: roster" },
  groups: { keys: "population: executed\nby: approval", expect: ", groups: {}" },
  "share-of-top": {
    keys: "population: executed\namong: elevated\nby: approval",
    expect: ", top: null",
  },
  profile: {
    keys: "population: executed\npart: human_approved\nsteps: { low: '!elevated', high: elevated }\nat_least: 10",
  },
  max: { keys: 'population: "true"\nof: chain_depth\nabove: 3' },
  reach: { keys: 'population: "true"', expect: "" },
  identity: { keys: 'population: "true"' },
  clock: { keys: 'population: "true"\nby: [chain_id, session_id]\ntolerance: PT0S\nahead: PT5M' },
  spike: {
    keys: 'population: "true"\nbucket: PT1H\ndeviations: 8\ntimes: 4\nat_least: 72',
  },
  gap: {
    keys: 'population: "true"\nlonger_than: PT1H\nby: [session_id]\nrhythm: { percentile: 95, times: 10 }\nunless_after: approval == "approve"\ncorroboration: { same: agent_id, where: executed }',
    expect: ", longest_seconds: null",
  },
  sequence: {
    keys: "first: refused\nthen: executed\nby: [chain_id, agent_id]\nsame: [action_target]\ndifferent: [action_type]\nuntil: human_approved\nwithin: P1D",
  },
  run: { keys: "population: executed\nby: [chain_id]\nbroken_by: human_answered\nat_least: 5" },
  rate: {
    keys: "population: refused\nby: [agent_id]\nsame: [action_type]\nwindow: PT10M\nat_least: 10\ndistinct: action_target",
  },
  percentile: {
    keys: 'population: result_status == "failed"\nto: result_status == "success"\nsame: [action_type]\npercentile: 95\nwithin: P1D',
  },
  delegation: { keys: "population: parent_agent_id != '' || chain_depth > 0" },
  "policy-lint": {
    keys: "codes: [elevated-auto]\ncounts: { errors: { codes: [elevated-auto], severity: error } }",
  },
  "policy-replay": { keys: 'population: "true"' },
};

export const KINDS = Object.keys(OWN) as readonly MeasureKind[];

/** A file of a measure of the kind, with limits that a pass can come out of. */
export function fileOf(kind: MeasureKind): string {
  const { keys, expect = "" } = OWN[kind];
  const exceptions = ["groups", "distinct", "reach"].includes(kind) ? "" : ", exceptions: 0";
  return `id: small-${kind}
title: Small
kind: ${kind}
question: What is it?
limitations: A log does not know.
${keys}
basis: engineering-default
limit_reason: Somewhere it must lie.
limits:
  - { result: warn, when: population > 1000 }
  - { result: inconclusive, reason: too-few, when: population < 3 }
  - { result: pass }
sentence: There was {population:entry|entries}.
remedy: Change something.
empty: { reason: not-exercised, says: There was nothing. }
examples:
  - name: none
    entries: []
    expect: { population: 0${exceptions}${expect} }
`;
}

export function measureOf(kind: MeasureKind): Measure {
  return catalog.loadMeasure({ text: fileOf(kind) }).measure;
}
