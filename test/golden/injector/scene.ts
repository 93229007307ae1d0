// A log that is about to be tampered with: copies of everything, and the few ways to change it.

import type { Inputs } from "../../../src/model/inputs.ts";
import {
  MICROSECONDS_PER_SECOND,
  formatInstant,
  parseInstant,
} from "../../../src/model/instant.ts";
import type { Instant } from "../../../src/model/instant.ts";
import { inOrder, numbered } from "./office-log.ts";
import type { Draft, OfficeLog } from "./office-log.ts";
import { randomFrom } from "./random.ts";
import type { Random } from "./random.ts";

export type Where = (entry: Draft) => boolean;

/** Microseconds. */
export const MINUTE = 60 * MICROSECONDS_PER_SECOND;

/** How an action may have ended, as the definitions of the catalogue say it. */
export const executed: Where = ({ result_status: status }) =>
  status === "success" || status === "failed";
export const elevated: Where = ({ risk_level: risk }) => risk === "HIGH" || risk === "CRITICAL";
export const every =
  (...conditions: readonly Where[]): Where =>
  (entry) =>
    conditions.every((condition) => condition(entry));
/** With these values in these fields. */
export const having =
  (values: Draft): Where =>
  (entry) =>
    Object.entries(values).every(([field, value]) => entry[field as keyof Draft] === value);

export class Scene {
  entries: Draft[];
  policy: string;
  inputs: Inputs;
  readonly now: Instant;
  readonly random: Random;
  /** Ids stay as they are, holes and repetitions included. */
  keepIds = false;

  constructor(log: OfficeLog, seed: number) {
    this.entries = log.entries.map((entry) => ({ ...entry }));
    this.policy = log.policy;
    this.inputs = log.inputs;
    this.now = log.now;
    this.random = randomFrom(seed);
  }

  /** The log as it has become. */
  get log(): OfficeLog {
    const entries = this.keepIds ? this.entries : numbered(this.entries);
    return { entries, policy: this.policy, inputs: this.inputs, now: this.now };
  }

  all(where: Where): Draft[] {
    return this.entries.filter(where);
  }

  /** The entries of each session, in order. */
  sessions(): Draft[][] {
    const sessions = new Map<unknown, Draft[]>();
    for (const entry of this.entries) {
      const session = sessions.get(entry.session_id);
      if (session === undefined) sessions.set(entry.session_id, [entry]);
      else session.push(entry);
    }
    return [...sessions.values()];
  }

  /** Any entry of a kind. */
  one(where: Where): Draft {
    return this.random.pick(this.all(where));
  }

  /** Spread evenly: so many of a thousand entries of a kind, rounded up. */
  share(perMille: number, where: Where): Draft[] {
    const found = this.all(where);
    const wanted = Math.ceil((found.length * perMille) / 1000);
    return Array.from(
      { length: wanted },
      (_, index) => found[Math.floor((index * found.length) / wanted)] as Draft,
    );
  }

  /** The same change to several entries. */
  change(entries: readonly Draft[], values: Draft): Draft[] {
    for (const entry of entries) Object.assign(entry, values);
    return [...entries];
  }

  /** A new entry some time after another, like it but for what is given. */
  after(entry: Draft, microseconds: number, values: Draft): Draft {
    const timestamp = formatInstant(parseInstant(entry.timestamp ?? "") + microseconds);
    const added: Draft = { ...entry, timestamp, ...values };
    this.add([added]);
    return added;
  }

  /**
   * Entries in an evening when the office is empty, in a session and chain of their own, so
   * far apart; each is like an update of a ticket but for what is given.
   */
  evening(count: number, apart: number, values: (index: number) => Draft): Draft[] {
    const day = this.one(having({ action_type: "update_ticket", result_status: "success" }));
    const start = parseInstant(`${(day.timestamp ?? "").slice(0, 10)}T20:00:00Z`);
    const added = Array.from({ length: count }, (_, index) => ({
      ...day,
      session_id: "session-evening",
      chain_id: "case-evening",
      chain_depth: 0,
      parent_agent_id: null,
      action_target: `tickets/evening-${index}`,
      timestamp: formatInstant(start + index * apart),
      ...values(index),
    }));
    this.add(added);
    return added;
  }

  /** Puts new or moved entries in their place. */
  add(entries: readonly Draft[]): void {
    this.entries = inOrder([...this.entries, ...entries]);
  }

  remove(entries: readonly Draft[]): void {
    const gone = new Set(entries);
    this.entries = this.entries.filter((entry) => !gone.has(entry));
  }
}
