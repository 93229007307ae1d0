// What happened when and by whom, counted beside the measures: decisions and risk over time,
// agents by risk, types of action. Memory grows by the different agents and types only.

import type { Row } from "../../expression/compile.ts";
import type {
  Activity,
  ActivityCounts,
  ActivitySpan,
  AgentActivity,
} from "../../model/activity.ts";
import { fieldText } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { Predicate } from "../../model/expression.ts";
import { formatInstant } from "../../model/instant.ts";
import type { Instant } from "../../model/instant.ts";
import type { Meaning, Step } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { spans } from "./spans.ts";
import type { SpansState } from "./spans.ts";

/** The fields that are looked at besides the time. */
export const ACTIVITY_FIELDS = [
  "agent_id",
  "action_type",
  "risk_level",
  "approval",
  "human_decision",
] as const satisfies readonly EntryField[];

/** How many agents and how many types of action are named. */
const NAMED = 20;

const DECISIONS = ["auto", "approve", "block"] as const;
const RISKS = ["low", "medium", "high", "critical"] as const;
/** From this one on a risk is elevated. */
const FIRST_ELEVATED = RISKS.indexOf("high");
/** Of the risk: not elevated, elevated, elevated and approved by a human. */
const ELEVATIONS = 3;

interface Agent {
  /** Entries by risk, the unrated ones last. */
  readonly risks: number[];
  /** Infinity and -Infinity while none has a readable time. */
  first: Instant;
  last: Instant;
}

interface Type {
  entries: number;
}

/** Plain data that another thread can merge. */
export interface ActivityState {
  /** Kinds are decisions by elevations. */
  readonly spans: SpansState;
  untimed: number;
  readonly agents: Map<string, Agent>;
  readonly types: Map<string, Type>;
}

export interface ActivityFold {
  /** What an entry in scope means. */
  meaning(row: Row): Meaning;
  readonly state: ActivityState;
  merge(other: ActivityState): void;
  finish(): Activity;
}

/** @param asking its rows have the {@link ACTIVITY_FIELDS} */
export function activity(asking: Asking): ActivityFold {
  const is = (field: EntryField, value: string): ((row: Row) => boolean) =>
    asking.condition({ source: "", predicate: wordIs(field, value), fields: [field] });
  const decisionTests = DECISIONS.map((decision) => is("approval", decision));
  const riskTests = RISKS.map((risk) => is("risk_level", risk));
  const isApproved = is("human_decision", "approved");
  const agentSlot = asking.slotOf("agent_id");
  const typeSlot = asking.slotOf("action_type");
  const inTime = spans((DECISIONS.length + 1) * ELEVATIONS);
  const state: ActivityState = {
    spans: inTime.state,
    untimed: 0,
    agents: new Map(),
    types: new Map(),
  };
  const meanings: Meaning[] = [];
  let lastAgent: unknown = state;
  let agent: Agent = newAgent();

  const agentOf = (name: string): Agent => {
    const known = state.agents.get(name);
    if (known !== undefined) return known;
    const made = newAgent();
    state.agents.set(name, made);
    return made;
  };
  const typeOf = (name: string): Type => {
    const known = state.types.get(name);
    if (known !== undefined) return known;
    const made = { entries: 0 };
    state.types.set(name, made);
    return made;
  };

  const takeTime = (of: Agent, instant: Instant, kind: number): void => {
    if (instant === Number.POSITIVE_INFINITY) {
      state.untimed += 1;
      return;
    }
    if (instant < of.first) of.first = instant;
    if (instant > of.last) of.last = instant;
    inTime.add(instant, kind);
  };

  /** Entries that are alike but for their time, agent and type. */
  const meaningOf = (kind: number, risk: number): Meaning => ({
    each({ row, instant }: Step) {
      const name = row[agentSlot];
      if (name !== lastAgent) {
        agent = agentOf(fieldText(name));
        lastAgent = name;
      }
      agent.risks[risk] = (agent.risks[risk] as number) + 1;
      typeOf(fieldText(row[typeSlot])).entries += 1;
      takeTime(agent, instant, kind);
    },
    alike(row) {
      const name = fieldText(row[agentSlot]);
      const type = fieldText(row[typeSlot]);
      // Of an agent that is only asked about, no entry may be in scope.
      let same: Agent | undefined;
      return {
        count(times) {
          const { risks } = (same ??= agentOf(name));
          risks[risk] = (risks[risk] as number) + times;
          typeOf(type).entries += times;
        },
        each: ({ instant }) => takeTime((same ??= agentOf(name)), instant, kind),
      };
    },
  });

  return {
    state,
    meaning(row) {
      const risk = firstMet(riskTests, row);
      const isElevated = risk >= FIRST_ELEVATED && risk < RISKS.length;
      const elevation = isElevated ? 1 + Number(isApproved(row)) : 0;
      const kind = firstMet(decisionTests, row) * ELEVATIONS + elevation;
      return (meanings[kind * (RISKS.length + 1) + risk] ??= meaningOf(kind, risk));
    },
    merge(other) {
      inTime.merge(other.spans);
      state.untimed += other.untimed;
      for (const [name, { risks, first, last }] of other.agents) {
        const into = agentOf(name);
        for (const [risk, entries] of risks.entries()) {
          into.risks[risk] = (into.risks[risk] ?? 0) + entries;
        }
        into.first = Math.min(into.first, first);
        into.last = Math.max(into.last, last);
      }
      for (const [name, { entries }] of other.types) typeOf(name).entries += entries;
    },
    finish() {
      const agents = inOrder([...state.agents].map(agentActivity), ({ agent: name }) => name);
      const types = inOrder(
        [...state.types].map(([type, { entries }]) => ({ type, entries })),
        ({ type }) => type,
      );
      const otherAgents = agents.slice(NAMED);
      const otherTypes = types.slice(NAMED);
      return {
        unit: state.spans.unit,
        spans: [...state.spans.counts].sort(([left], [right]) => left - right).map(activitySpan),
        untimed: state.untimed,
        agents: agents.slice(0, NAMED),
        ...(otherAgents.length === 0
          ? {}
          : { others: { agents: otherAgents.length, entries: entriesOf(otherAgents) } }),
        actionTypes: types.slice(0, NAMED),
        ...(otherTypes.length === 0
          ? {}
          : { otherTypes: { types: otherTypes.length, entries: entriesOf(otherTypes) } }),
      };
    },
  };
}

/** Whether a field's text is a word, whatever the case of its ASCII letters. */
function wordIs(field: EntryField, value: string): Predicate {
  const of = { kind: "text-field", name: field } as const;
  return { kind: "in-texts", term: { kind: "lower-ascii", of }, values: [value] };
}

/** Place of the first test that holds; their number where none does. */
function firstMet(tests: readonly ((row: Row) => boolean)[], row: Row): number {
  const found = tests.findIndex((test) => test(row));
  return found === -1 ? tests.length : found;
}

function newAgent(): Agent {
  return {
    risks: Array.from({ length: RISKS.length + 1 }, () => 0),
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  };
}

function activitySpan([start, kinds]: readonly [Instant, readonly number[]]): ActivitySpan {
  const counts = DECISIONS.map((_, decision) => decided(kinds, decision));
  const [auto = 0, approve = 0, block = 0] = counts;
  const other = decided(kinds, DECISIONS.length);
  const elevatedApproved = elevated(kinds, ELEVATIONS - 1);
  const found: ActivityCounts = {
    entries: auto + approve + block + other,
    auto,
    approve,
    block,
    other,
    elevated: elevated(kinds, 1) + elevatedApproved,
    elevatedApproved,
  };
  return { start: inUtc(start), ...found };
}

function decided(kinds: readonly number[], decision: number): number {
  return sum(kinds.slice(decision * ELEVATIONS, (decision + 1) * ELEVATIONS));
}

function elevated(kinds: readonly number[], elevation: number): number {
  return sum(kinds.filter((_, kind) => kind % ELEVATIONS === elevation));
}

function agentActivity([name, { risks, first, last }]: readonly [string, Agent]): AgentActivity {
  const [low = 0, medium = 0, high = 0, critical = 0, unrated = 0] = risks;
  return {
    agent: name,
    entries: sum(risks),
    low,
    medium,
    high,
    critical,
    unrated,
    ...(Number.isFinite(first) ? { first: inUtc(first), last: inUtc(last) } : {}),
  };
}

/** The most entries first; ties by name, in the order of code units. */
function inOrder<Item extends { readonly entries: number }>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
): Item[] {
  return items.toSorted((left, right) => {
    if (left.entries !== right.entries) return right.entries - left.entries;
    const [one, other] = [nameOf(left), nameOf(right)];
    if (one === other) return 0;
    return one < other ? -1 : 1;
  });
}

function inUtc(instant: Instant): string {
  return formatInstant(instant).replace("+00:00", "Z");
}

function entriesOf(items: readonly { readonly entries: number }[]): number {
  return sum(items.map(({ entries }) => entries));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
