// A clean log of a synthetic office: twenty working days of five to seven agents that work in
// office hours, delegate to each other, ask their humans, get answers and honour refusals.

import type { AuditEntry } from "../../../src/model/audit-entry.ts";
import type { Inputs } from "../../../src/model/inputs.ts";
import {
  MICROSECONDS_PER_SECOND,
  formatInstant,
  parseInstant,
} from "../../../src/model/instant.ts";
import type { Instant } from "../../../src/model/instant.ts";
import { Policy } from "../../../src/policy/policy.ts";
import { OFFICE_POLICY } from "./office-policy.ts";
import { randomFrom } from "./random.ts";
import type { Random } from "./random.ts";

/** An entry while the log is being written or tampered with. */
export type Draft = { -readonly [Field in keyof AuditEntry]: AuditEntry[Field] };

/** A log with everything that stands beside it. */
export interface OfficeLog {
  readonly entries: readonly Draft[];
  /** Text of the policy. */
  readonly policy: string;
  readonly inputs: Inputs;
  readonly now: Instant;
}

/** Ids are dense from here. */
export const FIRST_ID = 1001;
const SECOND = MICROSECONDS_PER_SECOND;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;
const FIRST_MONDAY = parseInstant("2026-03-02T00:00:00Z");
const policy = Policy.parse(OFFICE_POLICY);

/** What an agent may do: type, target and why. */
interface Task {
  readonly type: string;
  readonly target: (number: number) => string;
  readonly why: string;
}

const READ: readonly Task[] = [
  { type: "read_invoice", target: (n) => `invoices/${n}`, why: "Look up the invoice in question" },
  { type: "search_knowledge", target: () => "knowledge", why: "Find how such cases were solved" },
  { type: "build_report", target: (n) => `reports/week-${n % 53}`, why: "Sum up the open cases" },
];

const WORKERS: Readonly<Record<string, readonly Task[]>> = {
  "crm-agent": [
    { type: "lookup_customer", target: (n) => `crm.customers/${n}`, why: "Check the address" },
    { type: "update_ticket", target: (n) => `tickets/${n}`, why: "Note what was found" },
    { type: "delete_record", target: (n) => `crm.leads/${n}`, why: "Erase a lead on request" },
  ],
  "mail-agent": [
    { type: "send_email", target: () => "https://mail.office.example/out", why: "Answer the case" },
    { type: "update_ticket", target: (n) => `tickets/${n}`, why: "Note that an answer went out" },
  ],
  "billing-agent": [
    { type: "issue_refund", target: (n) => `orders/${n}`, why: "Refund the order that never came" },
    { type: "pay_supplier", target: (n) => `payables/${n}`, why: "Pay the invoice of a supplier" },
    { type: "http_post", target: () => "https://api.partner.example/v1", why: "Book the payment" },
  ],
  "ops-agent": [
    { type: "deploy_service", target: (n) => `shop/${n}`, why: "Roll out the tested release" },
    { type: "update_config", target: (n) => `shop/limits-${n}`, why: "Raise the limit as agreed" },
    { type: "run_script", target: () => "scripts/health.sh", why: "See whether the shop is well" },
    { type: "install_package", target: () => "shop/image", why: "Install a library as reviewed" },
    { type: "use_credential", target: () => "vault/registry", why: "Log in to the registry" },
    { type: "drop_table", target: (n) => `shop.tmp_${n}`, why: "Clear a table that looks unused" },
  ],
  "stock-agent": [
    { type: "http_post", target: () => "https://api.partner.example/stock", why: "Order more" },
    { type: "probe_host", target: (n) => `warehouse-${n}`, why: "See whether the scanner answers" },
  ],
  "report-agent": [
    { type: "run_script", target: () => "scripts/totals.py", why: "Add up the day's totals" },
    { type: "update_ticket", target: (n) => `tickets/${n}`, why: "Attach the totals to the case" },
  ],
};

/** The same seed gives the same log. */
export function officeLog(seed: number): OfficeLog {
  const random = randomFrom(seed);
  const workers = Object.keys(WORKERS).slice(0, 4 + (seed % 3));
  const entries: Draft[] = [];
  for (let day = 0; day < 20; day += 1) {
    const start = FIRST_MONDAY + (day + 2 * Math.floor(day / 5)) * DAY;
    const chains = random.between(18, 22);
    for (let chain = 0; chain < chains; chain += 1) {
      const from = start + 8 * HOUR + random.between(0, 8 * 3600 - 1) * SECOND;
      entries.push(...chainOf(random, workers, `${day + 1}-${chain + 1}`, from));
    }
  }
  return {
    entries: numbered(inOrder(entries)),
    policy: OFFICE_POLICY,
    inputs: {
      roster: ["planner", ...workers],
      allowList: ["api.partner.example", "mail.office.example"],
      deployedSince: FIRST_MONDAY,
      recoveryTime: HOUR,
    },
    now: FIRST_MONDAY + 30 * DAY,
  };
}

/** Sorted by time; entries at one instant keep their order. */
export function inOrder(entries: readonly Draft[]): Draft[] {
  return entries.toSorted(
    (left, right) => parseInstant(left.timestamp ?? "") - parseInstant(right.timestamp ?? ""),
  );
}

/** Gives the entries dense ids in the order in which they stand. */
export function numbered(entries: readonly Draft[]): Draft[] {
  for (const [index, entry] of entries.entries()) entry.id = FIRST_ID + index;
  return [...entries];
}

/** One case: the planner looks at a ticket, hands it on, and notes the end. */
function chainOf(random: Random, workers: readonly string[], name: string, from: Instant): Draft[] {
  const scribe = new Scribe(random, name, from);
  const ticket: Task = { type: "read_ticket", target: (n) => `tickets/${n}`, why: "Read the case" };
  scribe.act("planner", undefined, 0, ticket);
  scribe.act("planner", undefined, 0, random.pick(READ));
  const worker = random.pick(workers);
  if (!scribe.handOver("planner", worker, undefined, 0)) return scribe.entries;
  for (let left = random.between(3, 6); left > 0; left -= 1) {
    if (!scribe.act(worker, "planner", 1, random.pick(tasksOf(worker)))) return scribe.entries;
  }
  if (random.chance(300)) {
    const second = random.pick(workers.filter((other) => other !== worker));
    if (!scribe.handOver(worker, second, "planner", 1)) return scribe.entries;
    for (let left = random.between(2, 3); left > 0; left -= 1) {
      if (!scribe.act(second, worker, 2, random.pick(tasksOf(second)))) return scribe.entries;
    }
  }
  const note: Task = { type: "update_ticket", target: ticket.target, why: "Close the case" };
  scribe.act("planner", undefined, 0, note);
  return scribe.entries;
}

function tasksOf(worker: string): readonly Task[] {
  return [...READ, ...(WORKERS[worker] ?? [])];
}

/** Writes the entries of one chain, with the policy's decision and what came of each. */
class Scribe {
  readonly entries: Draft[] = [];
  readonly #random: Random;
  readonly #name: string;
  #now: Instant;

  constructor(random: Random, name: string, from: Instant) {
    this.#random = random;
    this.#name = name;
    this.#now = from;
  }

  handOver(from: string, to: string, parent: string | undefined, depth: number): boolean {
    const why = "Hand the case to a specialist";
    return this.act(from, parent, depth, { type: "delegate_task", target: () => to, why });
  }

  /** False when a human said no, which ends the case. */
  act(agent: string, parent: string | undefined, depth: number, task: Task): boolean {
    const random = this.#random;
    const target = task.target(random.between(100_000, 999_999));
    const { approval, riskLevel, matchedRule } = policy.evaluate(
      { type: task.type, target, agentId: agent },
      { now: new Date(this.#now / 1000) },
    );
    this.#now += random.between(20, 120) * SECOND;
    if (approval === "approve") this.#now += random.between(30, 240) * SECOND;
    const denied = approval === "approve" && random.chance(80);
    const entry: Draft = {
      session_id: `session-${this.#name}`,
      timestamp: formatInstant(this.#now),
      action_type: task.type,
      action_target: target,
      action_params: { part: random.between(1, 9) },
      action_desc: `${task.why}.`,
      risk_level: riskLevel,
      approval,
      matched_rule: matchedRule,
      human_decision: humanDecision(approval, denied),
      result_status: outcome(approval, denied),
      result_data: null,
      result_error: null,
      agent_id: agent,
      parent_agent_id: parent ?? null,
      chain_id: `case-${this.#name}`,
      chain_depth: depth,
    };
    if (entry.result_status === "success" && random.chance(20)) {
      this.entries.push({ ...entry, result_status: "failed", result_error: "no answer in 30 s" });
      this.#now += random.between(20, 120) * SECOND;
      entry.timestamp = formatInstant(this.#now);
    }
    this.entries.push(entry);
    return !denied;
  }
}

function humanDecision(approval: string, denied: boolean): string | null {
  if (approval !== "approve") return null;
  return denied ? "denied" : "approved";
}

function outcome(approval: string, denied: boolean): string {
  if (approval === "block") return "blocked";
  return denied ? "denied" : "success";
}
