// Asks the policy again about every entry, at the entry's own time, and compares its answer
// with what the log says. Constant memory: answers are remembered only where they do not
// depend on the time, and never more than so many.

import type { Row } from "../../expression/compile.ts";
import { remembering } from "../../expression/remember.ts";
import { lowerAscii, trimAscii } from "../../expression/text.ts";
import { fieldText } from "../../model/audit-entry.ts";
import type { EntryField } from "../../model/audit-entry.ts";
import type { Instant } from "../../model/instant.ts";
import type { PolicyReplayMeasure } from "../../model/measure.ts";
import { APPROVALS } from "../../policy/decision.ts";
import type { Action, Approval, Verdict } from "../../policy/decision.ts";
import { compileByName, compilePolicy } from "../../policy/evaluate.ts";
import type { PolicyDocument } from "../../policy/rule.ts";
import type { Accumulator, Step } from "./accumulator.ts";
import type { Asking } from "./asking.ts";
import { offer } from "./first.ts";
import type { Listed } from "./first.ts";
import { shareNumbers } from "./numbers.ts";
import type { NamedNumbersState } from "./numbers.ts";

/** The fields that are compared with the policy, or handed to it. */
export const REPLAYED_FIELDS: readonly EntryField[] = [
  "id",
  "timestamp",
  "action_type",
  "action_target",
  "action_params",
  "action_desc",
  "agent_id",
  "matched_rule",
  "approval",
  "risk_level",
];

export interface PolicyReplayState {
  /** Entries with a readable time: rules may ask the time of day, and no other can be asked about. */
  population: number;
  part: number;
  underEnforced: number;
  underEnforcedElevated: number;
  unknownRules: number;
  readonly first: Listed[];
  readonly named: NamedNumbersState;
}

/** Without a policy nothing is asked. */
export function policyReplay(
  measure: PolicyReplayMeasure,
  asking: Asking,
): Accumulator<PolicyReplayState> {
  const inPopulation = asking.condition(measure.population);
  const compare = asking.policy && comparison(asking.policy, asking.slotOf);
  const named = asking.named(measure);
  const state: PolicyReplayState = {
    population: 0,
    part: 0,
    underEnforced: 0,
    underEnforcedElevated: 0,
    unknownRules: 0,
    first: [],
    named: named.state,
  };
  return {
    state,
    meaning(row) {
      if (compare === undefined || !inPopulation(row)) return undefined;
      const counted = named.ofPopulation(row);
      const deviating = named.ofException(row);
      return {
        each(step: Step) {
          if (step.instant === Number.POSITIVE_INFINITY) return;
          const { agrees, underEnforced, elevated, unknownRule } = compare(step.row, step.instant);
          state.population += 1;
          named.take(counted, 1);
          if (underEnforced) state.underEnforced += 1;
          if (underEnforced && elevated) state.underEnforcedElevated += 1;
          if (unknownRule) state.unknownRules += 1;
          if (agrees) {
            state.part += 1;
            return;
          }
          named.take(deviating, 1);
          asking.offer(state.first, step);
        },
      };
    },
    merge(other) {
      state.population += other.population;
      state.part += other.part;
      state.underEnforced += other.underEnforced;
      state.underEnforcedElevated += other.underEnforcedElevated;
      state.unknownRules += other.unknownRules;
      for (const listed of other.first) offer(state.first, listed);
      named.merge(other.named);
    },
    references: () => state.first.map((listed) => listed.reference),
    finish: (resolve) => ({
      kind: "policy-replay",
      measure: measure.id,
      population: state.population,
      exceptions: state.population - state.part,
      exceptionEntries: state.first.map((listed) => resolve(listed.reference)),
      numbers: {
        ...named.finish(),
        ...shareNumbers(state.part, state.population),
        under_enforced: state.underEnforced,
        under_enforced_elevated: state.underEnforcedElevated,
        unknown_rules: state.unknownRules,
      },
    }),
  };
}

interface Comparison {
  /** The same approval by the same rule. */
  readonly agrees: boolean;
  /** The recorded approval is more permissive than the policy's. */
  readonly underEnforced: boolean;
  /** HIGH or CRITICAL, by the log or by the policy. */
  readonly elevated: boolean;
  /** It names a rule that the policy has not. */
  readonly unknownRule: boolean;
}

const DEFAULT = "<default>";
const NO_POLICY = "<no-policy>";

function comparison(
  policy: PolicyDocument,
  slotOf: Asking["slotOf"],
): (row: Row, instant: Instant) => Comparison {
  const verdictOf = replay(policy, slotOf);
  const labels = new Set(policy.rules.map(({ label }) => label));
  const textOf = (field: EntryField): ((row: Row) => string) => {
    const slot = slotOf(field);
    return (row) => fieldText(row[slot]);
  };
  const [ruleOf, approvalOf, riskOf] = [
    textOf("matched_rule"),
    textOf("approval"),
    textOf("risk_level"),
  ];
  // Few words and few rules stand in many entries.
  const [lowered, ruleNamed, elevated] = [
    remembering(lowerAscii),
    remembering(ruleIn),
    remembering(isElevated),
  ];
  return (row, instant) => {
    const { approval, riskLevel, label } = verdictOf(row, instant);
    const recorded = lowered(approvalOf(row));
    const rule = ruleNamed(ruleOf(row));
    const strictness = APPROVALS.indexOf(recorded as Approval);
    return {
      agrees: recorded === approval && rule === label,
      underEnforced: strictness >= 0 && strictness < APPROVALS.indexOf(approval),
      elevated: elevated(riskOf(row)) || elevated(riskLevel),
      unknownRule: rule !== "" && rule !== DEFAULT && rule !== NO_POLICY && !labels.has(rule),
    };
  };
}

/** The rule that an entry names; the two words that are no rules in their own spelling. */
function ruleIn(recorded: string): string {
  const rule = trimAscii(recorded);
  const lower = lowerAscii(rule);
  return lower === DEFAULT || lower === NO_POLICY ? lower : rule;
}

function isElevated(risk: string): boolean {
  const lower = lowerAscii(risk);
  return lower === "high" || lower === "critical";
}

interface Replayed extends Verdict {
  readonly label: string;
}

/** Names for which the answer is remembered, and the longest that are. */
const REMEMBERED = 8192;
const LONGEST_REMEMBERED = 512;

/** What the policy says about an entry. What no rule asks for is not even read. */
function replay(
  policy: PolicyDocument,
  slotOf: Asking["slotOf"],
): (row: Row, instant: Instant) => Replayed {
  const decide = compilePolicy(policy);
  const kinds = new Set(
    policy.rules.flatMap(({ conditions }) => conditions.map(({ kind }) => kind)),
  );
  const asksWords = kinds.has("semantic");
  const asksParams =
    asksWords || kinds.has("compare") || kinds.has("contains") || kinds.has("matches");
  const slots = (
    ["action_type", "action_target", "agent_id", "action_desc", "action_params"] as const
  ).map(slotOf);
  const [typeSlot = -1, targetSlot = -1, agentSlot = -1, wordsSlot = -1, paramsSlot = -1] = slots;
  const decideByName = compileByName(policy);
  /** By names; null where it takes more than names to decide. */
  const answers = new Map<string, Replayed | null>();

  const answer = (row: Row, instant: Instant): Replayed => {
    const action: Action = {
      type: fieldText(row[typeSlot]),
      target: fieldText(row[targetSlot]),
      agentId: fieldText(row[agentSlot]),
      description: asksWords ? fieldText(row[wordsSlot]) : "",
      params: asksParams ? paramsIn(row[paramsSlot]) : undefined,
    };
    const { approval, riskLevel, matchedRule } = decide(action, instant);
    return { approval, riskLevel, label: matchedRule };
  };

  return (row, instant) => {
    const names = [typeSlot, targetSlot, agentSlot].map((slot) => fieldText(row[slot]));
    const [type = "", target = "", agentId = ""] = names;
    // The lengths keep names apart whatever they hold.
    const key = `${type.length},${target.length}:${type}${target}${agentId}`;
    const known = answers.get(key);
    if (known !== undefined) return known ?? answer(row, instant);
    const found = decideByName({ type, target, agentId });
    const verdict = found === undefined ? null : { ...found, label: found.matchedRule };
    if (key.length <= LONGEST_REMEMBERED) {
      if (answers.size >= REMEMBERED) answers.clear();
      answers.set(key, verdict);
    }
    return verdict ?? answer(row, instant);
  };
}

/** Parameters as the log has them, as JSON text or as values; what is no object has none. */
function paramsIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  let params = value;
  if (typeof value === "string") {
    try {
      params = JSON.parse(value) as unknown;
    } catch {
      return undefined;
    }
  }
  if (typeof params !== "object" || params === null || Array.isArray(params)) return undefined;
  return params as Readonly<Record<string, unknown>>;
}
