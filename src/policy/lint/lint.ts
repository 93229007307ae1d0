// What is weak in a policy, told without any log.

import type { PolicyLintWords } from "../../languages/words/policy-lint.ts";
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
export function lintPolicy(
  document: PolicyDocument,
  words: PolicyLintWords,
): readonly PolicyLintFinding[] {
  const { defaults } = document;
  const rules = document.rules.map((rule) => ({ rule, region: regionOf(rule) }));
  const live: ExaminedRule[] = [];
  const deaths = rules.map((examined) => {
    const death = deathOf(examined, live);
    if (death === undefined) live.push(examined);
    return death;
  });
  const findings = lintDefaults(defaults, words);
  const named = new Map<string, PolicyRule>();
  let liveBefore = 0;
  for (const [index, examined] of rules.entries()) {
    const death = deaths[index];
    const takers = takersOf(examined, live.slice(0, liveBefore));
    findings.push(...lintName(examined.rule, named, words));
    if (death === undefined) {
      liveBefore += 1;
      findings.push(
        ...present(lintShadowedBlock(examined, takers, words)),
        ...present(lintPartlyShadowed(examined, takers, words)),
        ...present(lintWindow(examined, live, defaults, words)),
      );
    } else {
      findings.push(
        lintUnreachable(examined, death, words),
        ...present(lintShadowedBlock(examined, takers, words)),
      );
    }
    findings.push(...lintApproval(examined, words));
  }
  return findings;
}

function present<T>(finding: T | undefined): readonly T[] {
  return finding === undefined ? [] : [finding];
}

function lintDefaults(defaults: PolicyDefaults, words: PolicyLintWords): PolicyLintFinding[] {
  const line = defaults.line === undefined ? {} : { line: defaults.line };
  if (!defaults.approvalStated) {
    return [
      {
        code: "default-not-stated",
        severity: "warning",
        ...line,
        ...words.defaultsNotStated,
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
      ...words.permissiveDefault(defaults.riskLevel),
    },
  ];
}

function lintApproval(
  examined: ExaminedRule,
  words: PolicyLintWords,
): readonly PolicyLintFinding[] {
  const { rule } = examined;
  const place = { rule: rule.label, ...(rule.line === undefined ? {} : { line: rule.line }) };
  if (!rule.approvalStated) {
    return [
      {
        code: "default-not-stated",
        severity: "info",
        ...place,
        ...words.approvalNotStated(nameOf(examined)),
      },
    ];
  }
  if (rule.approval !== "auto") return [];
  if (!["HIGH", "CRITICAL"].includes(rule.riskLevel)) return lintMatchAll(examined, place, words);
  return [
    {
      code: "elevated-auto",
      severity: rule.riskLevel === "CRITICAL" ? "error" : "warning",
      ...place,
      ...words.elevatedAuto(nameOf(examined), rule.riskLevel),
    },
  ];
}

/** A rule that takes everything and asks nobody is a permissive default under another name. */
function lintMatchAll(
  examined: ExaminedRule,
  place: Pick<PolicyLintFinding, "rule" | "line">,
  words: PolicyLintWords,
): readonly PolicyLintFinding[] {
  const { match, conditions } = examined.rule;
  const takesAll = [match.type, match.target, match.agent].every((glob) => /^\*+$/.test(glob));
  if (!takesAll || conditions.length > 0) return [];
  return [
    {
      code: "match-all-auto",
      severity: "warning",
      ...place,
      ...words.matchAllAuto(nameOf(examined)),
    },
  ];
}

/** Two rules of one name cannot be told apart in a log. */
function lintName(
  rule: PolicyRule,
  firstOf: Map<string, PolicyRule>,
  words: PolicyLintWords,
): readonly PolicyLintFinding[] {
  const first = firstOf.get(rule.label);
  if (first === undefined) {
    firstOf.set(rule.label, rule);
    return [];
  }
  return [
    {
      code: "duplicate-name",
      severity: "warning",
      rule: rule.label,
      ...(rule.line === undefined ? {} : { line: rule.line }),
      ...words.duplicateName(quote(rule.label), first.line),
    },
  ];
}
