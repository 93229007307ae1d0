// Rules compiled once, then asked about one action after another: the first rule that
// matches decides, and whatever cannot be compared never makes the answer more permissive.

import { ComplianceError } from "../model/error.ts";
import { MICROSECONDS_PER_SECOND, parseInstant } from "../model/instant.ts";
import type { Instant } from "../model/instant.ts";
import { wordsOfAction } from "./conditions/semantic.ts";
import { compileCondition } from "./conditions/table.ts";
import type { Answer, Occasion } from "./conditions/condition.ts";
import { compareStrictness } from "./decision.ts";
import type { Action, Decision, Verdict } from "./decision.ts";
import { parseGlob } from "./glob/glob.ts";
import { quote } from "./quote.ts";
import type { PolicyDocument, PolicyRule } from "./rule.ts";

const DAY = 86_400 * MICROSECONDS_PER_SECOND;

/** Decides an action at an instant. Throws nothing. */
export type Decide = (action: Action, now: Instant) => Decision;

interface LabelledVerdict extends Verdict {
  readonly label: string;
}

interface CompiledRule {
  readonly verdict: LabelledVerdict;
  readonly matches: (action: Action) => boolean;
  readonly holds: (occasion: Occasion) => Answer;
}

/** Compiles a policy. Globs and regular expressions are read here, not at each decision. */
export function compilePolicy(document: PolicyDocument): Decide {
  const rules = document.rules.map((rule) => compileRule(rule));
  const defaults: LabelledVerdict = { ...document.defaults, label: "<default>" };
  return (action, now) => {
    const verdict = decide(rules, defaults, occasionOf(action, now));
    return {
      action,
      riskLevel: verdict.riskLevel,
      approval: verdict.approval,
      matchedRule: verdict.label,
      isAllowed: verdict.approval !== "block",
    };
  };
}

/** What decides an action whatever its parameters, its words and the time; else undefined. */
export type DecideByName = (
  action: Pick<Action, "type" | "target" | "agentId">,
) => Pick<Decision, "riskLevel" | "approval" | "matchedRule"> | undefined;

/**
 * Compiles what a policy says about names alone: the first rule that matches, where it has no
 * conditions. Answers as {@link compilePolicy} does, or not at all.
 */
export function compileByName(document: PolicyDocument): DecideByName {
  const rules = document.rules.map((rule) => ({
    ...compileRule(rule),
    isUnconditional: rule.conditions.length === 0,
  }));
  const defaults = { ...document.defaults, label: "<default>" };
  return (action) => {
    const rule = rules.find(({ matches }) => matches(action));
    if (rule !== undefined && !rule.isUnconditional) return undefined;
    const { riskLevel, approval, label } = rule?.verdict ?? defaults;
    return { riskLevel, approval, matchedRule: label };
  };
}

/**
 * A rule that cannot tell whether it matches is neither taken nor passed over: the search
 * goes on, and of it and what else would decide the strictest verdict counts. The decision
 * is thus never more permissive than it would be whichever way the doubt was settled. Among
 * equal verdicts the rule that matches without doubt is named, else the first.
 */
function decide(
  rules: readonly CompiledRule[],
  defaults: LabelledVerdict,
  occasion: Occasion,
): LabelledVerdict {
  let doubtful: LabelledVerdict | undefined;
  let certain = defaults;
  for (const rule of rules) {
    if (!rule.matches(occasion.action)) continue;
    const answer = rule.holds(occasion);
    if (answer === true) {
      certain = rule.verdict;
      break;
    }
    const isStricter =
      answer === undefined &&
      (doubtful === undefined || compareStrictness(rule.verdict, doubtful) > 0);
    if (isStricter) doubtful = rule.verdict;
  }
  return doubtful !== undefined && compareStrictness(doubtful, certain) > 0 ? doubtful : certain;
}

function compileRule(rule: PolicyRule): CompiledRule {
  const type = parseGlob(rule.match.type);
  const target = parseGlob(rule.match.target);
  const agent = parseGlob(rule.match.agent);
  const conditions = rule.conditions.map((condition) => compileCondition(condition));
  return {
    verdict: { label: rule.label, riskLevel: rule.riskLevel, approval: rule.approval },
    matches: (action) =>
      type.matches(action.type) &&
      target.matches(action.target) &&
      agent.matches(action.agentId ?? ""),
    holds: (occasion) => all(conditions, occasion),
  };
}

/** False when one condition is, even if another cannot tell. */
function all(conditions: readonly ((occasion: Occasion) => Answer)[], occasion: Occasion): Answer {
  let answer: Answer = true;
  for (const condition of conditions) {
    const one = condition(occasion);
    if (one === false) return false;
    if (one === undefined) answer = undefined;
  }
  return answer;
}

function occasionOf(action: Action, now: Instant): Occasion {
  const day = Math.floor(now / DAY);
  let words: ReadonlySet<string> | undefined;
  return {
    action,
    timeOfDay: now - day * DAY,
    // 1970-01-01 was a Thursday.
    weekday: ((((day + 3) % 7) + 7) % 7) + 1,
    words: () => (words ??= wordsOfAction(action)),
  };
}

/** @throws ComplianceError `invalid-option` when `now` is missing or no instant */
export function readNow(options: { readonly now: unknown } | undefined): Instant {
  const now = options?.now;
  let instant = Number.NaN;
  if (now instanceof Date) instant = now.getTime() * 1000;
  if (typeof now === "string") instant = parseInstant(now);
  if (Number.isNaN(instant)) {
    const came = typeof now === "string" ? quote(now) : "another value";
    throw new ComplianceError("invalid-option", `expected now as an instant, came ${came}`, {
      hint: "Give a Date, or ISO 8601 text such as 2026-03-20T14:30:00Z.",
    });
  }
  return instant;
}

/** @throws ComplianceError `invalid-action` when a part of the action is missing or of another type */
export function checkAction(action: Action): void {
  const problem = problemOf(action);
  if (problem === undefined) return;
  throw new ComplianceError("invalid-action", problem, {
    hint: "An action is { type, target, params?, description?, agentId? }.",
  });
}

function problemOf(action: unknown): string | undefined {
  if (typeof action !== "object" || action === null) return "expected an action, came none";
  const parts = action as Readonly<Record<string, unknown>>;
  for (const name of ["type", "target"]) {
    if (typeof parts[name] !== "string") {
      return `expected the action's ${name} as text, came ${typeName(parts[name])}`;
    }
  }
  for (const name of ["description", "agentId"]) {
    if (parts[name] !== undefined && parts[name] !== null && typeof parts[name] !== "string") {
      return `expected the action's ${name} as text or nothing, came ${typeName(parts[name])}`;
    }
  }
  const { params } = parts;
  if (params === undefined || params === null) return undefined;
  return typeof params === "object" && !Array.isArray(params)
    ? undefined
    : `expected the action's params as an object, came ${typeName(params)}`;
}

function typeName(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  return Array.isArray(value) ? "a list" : `a value of type ${typeof value}`;
}
