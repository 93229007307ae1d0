// A tree becomes a policy: every key is known, every value is of its type, or it is a mistake.

import { readConditions } from "./conditions/table.ts";
import { APPROVALS, RISK_LEVELS } from "./decision.ts";
import type { Mistake } from "./mistakes.ts";
import { readPlanRules } from "./plan-rules.ts";
import type { PolicyDefaults, PolicyDocument, PolicyRule, RuleMatch } from "./rule.ts";
import { below, expected, isNull, readChoice, readMap, readText } from "./tree/fields.ts";
import type { MapTree, Tree } from "./tree/tree.ts";

/** What the log writes when no rule decided, or no policy; a rule must not be taken for either. */
const RESERVED_NAMES = ["<default>", "<no-policy>"];

const POLICY_KEYS = ["version", "defaults", "rules", "scope", "scope_id", "plan_rules"];

/** Reads a whole policy; what it returns is only good when no mistakes were recorded. */
export function readDocument(tree: Tree, mistakes: Mistake[]): PolicyDocument {
  const map = readMap(tree, "a policy", POLICY_KEYS, mistakes);
  refuseAmbiguous(tree, mistakes);
  const part = (key: string) => (map === undefined ? undefined : below(map, key));
  return Object.freeze({
    version: readVersion(part("version"), mistakes),
    scope: readOptionalText(part("scope"), "global", mistakes),
    scopeId: readOptionalText(part("scope_id"), "", mistakes),
    defaults: readDefaults(part("defaults"), mistakes),
    rules: Object.freeze(readRules(part("rules"), mistakes)),
    planRules: readPlanRules(part("plan_rules"), mistakes),
  });
}

/** 1 or 2, as a number or as text. */
function readVersion(tree: Tree | undefined, mistakes: Mistake[]): 1 | 2 {
  if (tree === undefined) return 1;
  const value = tree.kind === "scalar" ? tree.value : undefined;
  const version = typeof value === "string" ? value.trim() : value;
  if (version === 1 || version === "1") return 1;
  if (version === 2 || version === "2") return 2;
  const hint = typeof value === "string" && /^\s*[12]\.0+\s*$/u.test(value);
  expected(tree, 'the version "1" or "2"', mistakes, hint ? "Leave out the decimals." : undefined);
  return 1;
}

function readOptionalText(tree: Tree | undefined, otherwise: string, mistakes: Mistake[]): string {
  return (tree && readText(tree, "text", mistakes)) ?? otherwise;
}

function readDefaults(tree: Tree | undefined, mistakes: Mistake[]): PolicyDefaults {
  const map =
    tree === undefined || isNull(tree)
      ? undefined
      : readMap(tree, "the defaults", ["risk_level", "approval"], mistakes);
  const line = tree?.location?.line;
  return Object.freeze({
    ...readVerdict(map, "block", mistakes),
    ...(line === undefined ? {} : { line }),
  });
}

function readVerdict(
  map: MapTree | undefined,
  approvalOtherwise: "approve" | "block",
  mistakes: Mistake[],
) {
  const risk = map && below(map, "risk_level");
  const approval = map && below(map, "approval");
  return {
    riskLevel: (risk && readChoice(risk, RISK_LEVELS, mistakes)) ?? "MEDIUM",
    approval: (approval && readChoice(approval, APPROVALS, mistakes)) ?? approvalOtherwise,
    approvalStated: approval !== undefined,
  };
}

function readRules(tree: Tree | undefined, mistakes: Mistake[]): readonly PolicyRule[] {
  if (tree === undefined || isNull(tree)) return [];
  if (tree.kind !== "list") {
    expected(tree, "a list of rules", mistakes);
    return [];
  }
  return tree.items.map((item, index) => readRule(item, index, mistakes));
}

const RULE_KEYS = ["name", "match", "risk_level", "approval", "conditions"];

function readRule(tree: Tree, index: number, mistakes: Mistake[]): PolicyRule {
  const map = readMap(tree, "a rule", RULE_KEYS, mistakes);
  const match = readMatch(map && below(map, "match"), mistakes);
  const nameTree = map && below(map, "name");
  const name = nameTree && readName(nameTree, mistakes);
  const conditions = map && below(map, "conditions");
  const line = tree.location?.line;
  return Object.freeze({
    ...(name === undefined ? {} : { name }),
    label: labelOf(name, match, index),
    ...(line === undefined ? {} : { line }),
    match,
    ...readVerdict(map, "approve", mistakes),
    conditions: Object.freeze(conditions === undefined ? [] : readConditions(conditions, mistakes)),
  });
}

function readName(tree: Tree, mistakes: Mistake[]): string | null {
  if (isNull(tree)) return null;
  const name = readText(tree, "a name as text", mistakes) ?? null;
  if (name !== null && name !== "" && name.trim() === "") {
    const hint = "In a log it could not be told from no name.";
    expected(tree, "a name that is more than blanks", mistakes, hint);
  }
  if (name !== null && RESERVED_NAMES.includes(name.trim().toLowerCase())) {
    const hint = "In a log that name says that no rule decided.";
    expected(tree, "another name", mistakes, hint);
  }
  return name;
}

function labelOf(name: string | null | undefined, match: RuleMatch, index: number): string {
  if (name === undefined) return `rule_${index}`;
  return name === null || name === "" ? `${match.type}@${match.target}` : name;
}

function readMatch(tree: Tree | undefined, mistakes: Mistake[]): RuleMatch {
  const map = tree && readMap(tree, "a match", ["type", "target", "agent"], mistakes);
  const glob = (key: string) => {
    const value = map && below(map, key);
    return (value && readText(value, "a glob as text", mistakes)) ?? "*";
  };
  return Object.freeze({ type: glob("type"), target: glob("target"), agent: glob("agent") });
}

/** Times of day are read as text whether quoted or not; nothing else may depend on the YAML version. */
function refuseAmbiguous(tree: Tree, mistakes: Mistake[], isTime = false): void {
  if (tree.kind === "scalar" && tree.otherwise !== undefined && !isTime) {
    const read = typeof tree.value === "string" ? "text" : `the number ${String(tree.value)}`;
    mistakes.push({
      message: `${tree.path}: expected a value that every YAML reader takes alike, came one that YAML 1.2 reads as ${read} and YAML 1.1 as ${tree.otherwise}`,
      hint: "Put it in quotes if it is text; otherwise write true, false or a plain decimal number.",
      ...(tree.location === undefined ? {} : { location: tree.location }),
    });
  }
  if (tree.kind === "list") for (const item of tree.items) refuseAmbiguous(item, mistakes);
  if (tree.kind === "map") {
    for (const [key, entry] of tree.entries) {
      refuseAmbiguous(entry.value, mistakes, key === "time_after" || key === "time_before");
    }
  }
}
