// What a log cannot hold and its owner can say: lists and dates beside the log. Plain data,
// so that it crosses threads.

import type { Instant } from "./instant.ts";

/** Names of the inputs, as measures and messages use them. */
export const INPUT_NAMES = [
  "policy",
  "roster",
  "allow-list",
  "deployed-since",
  "recovery-time",
  "incidents",
] as const;

/** An input beside the log. */
export type InputName = (typeof INPUT_NAMES)[number];

/** An incident that somebody registered. */
export interface Incident {
  readonly id: string;
  /** Microseconds; both bounds included. */
  readonly from: Instant;
  /** Still open when absent. */
  readonly to?: Instant;
  /** Of these agents only; of all when absent. */
  readonly agents?: readonly string[];
}

/** What was given besides the log. The policy goes its own way. */
export interface Inputs {
  /** Ids of the agents that the organisation knows. */
  readonly roster?: readonly string[];
  /** Hosts that agents may send to; `*.example.com` stands for every host below it. Lower case. */
  readonly allowList?: readonly string[];
  /** Since when the agents run. */
  readonly deployedSince?: Instant;
  /** The recovery time objective, in microseconds. */
  readonly recoveryTime?: number;
  readonly incidents?: readonly Incident[];
}

/** Which of the inputs are there. */
export function givenInputs(inputs: Inputs, hasPolicy: boolean): ReadonlySet<InputName> {
  const given = new Set<InputName>();
  if (hasPolicy) given.add("policy");
  if (inputs.roster !== undefined) given.add("roster");
  if (inputs.allowList !== undefined) given.add("allow-list");
  if (inputs.deployedSince !== undefined) given.add("deployed-since");
  if (inputs.recoveryTime !== undefined) given.add("recovery-time");
  if (inputs.incidents !== undefined) given.add("incidents");
  return given;
}
