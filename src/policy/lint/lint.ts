// What is weak in a policy, told without any log.

import type { PolicyLintFinding } from "../../model/report.ts";
import { quote } from "../quote.ts";
import type { PolicyDefaults, PolicyDocument, PolicyRule } from "../rule.ts";
import type { ExaminedRule } from "./describe.ts";
import { nameOf } from "./describe.ts";
import { regionOf } from "./region.ts";
import {
  deathOf,
  lintPartlyShadowed,
  lintShadowedBlock,
  lintUnreachable,
  takersOf,
} from "./shadows.ts";
import { lintWindow } from "./windows.ts";

/** The findings about the defaults, then those about each rule, in order. */
export function lintPolicy(document: PolicyDocument): readonly PolicyLintFinding[] {
  const { defaults } = document;
  const rules = document.rules.map((rule) => ({ rule, region: regionOf(rule) }));
  const live: ExaminedRule[] = [];
  const deaths = rules.map((examined) => {
    const death = deathOf(examined, live);
    if (death === undefined) live.push(examined);
    return death;
  });
  const findings = lintDefaults(defaults);
  const named = new Map<string, PolicyRule>();
  let liveBefore = 0;
  for (const [index, examined] of rules.entries()) {
    const death = deaths[index];
    const takers = takersOf(examined, live.slice(0, liveBefore));
    findings.push(...lintName(examined.rule, named));
    if (death === undefined) {
      liveBefore += 1;
      findings.push(
        ...present(lintShadowedBlock(examined, takers)),
        ...present(lintPartlyShadowed(examined, takers)),
        ...present(lintWindow(examined, live, defaults)),
      );
    } else {
      findings.push(
        lintUnreachable(examined, death),
        ...present(lintShadowedBlock(examined, takers)),
      );
    }
    findings.push(...lintApproval(examined));
  }
  return findings;
}

function present<T>(finding: T | undefined): readonly T[] {
  return finding === undefined ? [] : [finding];
}

function lintDefaults(defaults: PolicyDefaults): PolicyLintFinding[] {
  const line = defaults.line === undefined ? {} : { line: defaults.line };
  if (!defaults.approvalStated) {
    return [
      {
        code: "default-not-stated",
        severity: "warning",
        ...line,
        message:
          "The defaults do not say what happens to actions that no rule matches. Here they are blocked; other programs that read this format may ask for approval.",
        suggestion: "State defaults.approval.",
      },
    ];
  }
  if (defaults.approval !== "auto") return [];
  const isElevated = defaults.riskLevel === "HIGH" || defaults.riskLevel === "CRITICAL";
  return [
    {
      code: "permissive-default",
      severity: isElevated ? "error" : "warning",
      ...line,
      message: `Actions that no rule matches run without being asked about (auto/${defaults.riskLevel}).`,
      suggestion: "Set defaults.approval to approve or block.",
    },
  ];
}

function lintApproval(examined: ExaminedRule): readonly PolicyLintFinding[] {
  const { rule } = examined;
  const place = { rule: rule.label, ...(rule.line === undefined ? {} : { line: rule.line }) };
  if (!rule.approvalStated) {
    return [
      {
        code: "default-not-stated",
        severity: "info",
        ...place,
        message: `${nameOf(examined)} does not say what to do; approve applies.`,
        suggestion: "State its approval.",
      },
    ];
  }
  if (rule.approval !== "auto") return [];
  if (!["HIGH", "CRITICAL"].includes(rule.riskLevel)) return lintMatchAll(examined, place);
  return [
    {
      code: "elevated-auto",
      severity: rule.riskLevel === "CRITICAL" ? "error" : "warning",
      ...place,
      message: `${nameOf(examined)} lets ${rule.riskLevel} actions run without asking a human.`,
      suggestion: "Set its approval to approve or block, or its risk level to what it is.",
    },
  ];
}

/** A rule that takes everything and asks nobody is a permissive default under another name. */
function lintMatchAll(
  examined: ExaminedRule,
  place: Pick<PolicyLintFinding, "rule" | "line">,
): readonly PolicyLintFinding[] {
  const { match, conditions } = examined.rule;
  const takesAll = [match.type, match.target, match.agent].every((glob) => /^\*+$/.test(glob));
  if (!takesAll || conditions.length > 0) return [];
  return [
    {
      code: "match-all-auto",
      severity: "warning",
      ...place,
      message: `${nameOf(examined)} matches every action and lets it run without asking a human.`,
      suggestion: "Name what it is for, and let the defaults decide the rest.",
    },
  ];
}

/** Two rules of one name cannot be told apart in a log. */
function lintName(
  rule: PolicyRule,
  firstOf: Map<string, PolicyRule>,
): readonly PolicyLintFinding[] {
  const first = firstOf.get(rule.label);
  if (first === undefined) {
    firstOf.set(rule.label, rule);
    return [];
  }
  const where = first.line === undefined ? "an earlier rule" : `the rule in line ${first.line}`;
  return [
    {
      code: "duplicate-name",
      severity: "warning",
      rule: rule.label,
      ...(rule.line === undefined ? {} : { line: rule.line }),
      message: `${quote(rule.label)} is also the name of ${where}, so that a log cannot tell the two apart.`,
      suggestion: "Give each rule a name of its own.",
    },
  ];
}
