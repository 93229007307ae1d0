// A small valid measure, framework and definitions file, and a way to break them in one place.

/** Stands in a broken text where the mistake must be reported. */
export const MARK = "§";

export const MEASURE = `id: night-work
title: Night work
kind: ratio
question: Which share of the actions was read at night?
limitations: The log does not know time zones.
population: elevated
part: |
  agent_id == "owl" &&
    present(timestamp)
exceptions: part
examples:
  - name: one of two
    entries:
      - { id: 1, risk_level: HIGH, agent_id: owl, timestamp: "2026-01-05T02:00:00Z" }
      - { id: 2, risk_level: HIGH }
    expect: { population: 2, part: 1, exceptions: 1, exception_ids: [1] }
`;

export const GAP = `id: quiet
title: Quiet
kind: gap
question: How often is it quiet?
limitations: Silence has many reasons.
population: "true"
longer_than: PT1H
examples:
  - name: none
    entries: []
    expect: { population: 0, exceptions: 0, longest_seconds: null }
`;

export const FRAMEWORK = `id: house-rules
title: House rules
edition: "1"
publisher: Us
source: This file.
text_policy: Ours.
criteria_in_edition: 3
criteria:
  - id: coverage
    title: Coverage
    category: access_control
    measure: policy-evaluated
    weight: 20
    at_least: 2
    limits:
      - result: pass
        when: share >= 0.9
        severity: info
        points: 0
        description: "{part} of {population:action}"
        recommendation: ""
      - result: warn
        when: >-
          share >= 0.5 &&
          exceptions < 10
        severity: warning
        points: { each: 5, at_most: 15 }
        description: >-
          Only {part} of
          {population:entry|entries}.
        recommendation: Write rules.
      - result: fail
        severity: critical
        points: 20
        description: "{exceptions:action} of {population}"
        recommendation: Write rules.
    empty: not-exercised
    when_empty:
      description: Nothing happened.
      recommendation: ""
    doubt:
      measure: elevated-approval-unknown
      severity: warning
      description: "{exceptions:action} in doubt"
      recommendation: Ask.
  - id: agents
    title: Agents
    category: audit_trail
    measure: agent-activity
    weight: 0
    limits:
      - result: context
        severity: info
        points: 0
        description: "{groups:agent}: {group_list}"
        recommendation: ""
    empty: not-recorded
    when_empty:
      description: Nobody.
      recommendation: ""
not_assessed:
  - { criterion: third, why: Not logged., ask_for: A document. }
`;

export const DEFINITIONS = `late:
  cel: timestamp > timestamp("2026-01-01T22:00:00Z")
  meaning: Late.
late_and_risky:
  cel: late && risk_level == "HIGH"
  meaning: Late, and risky.
`;

/** Replaces one passage; fails when it does not stand in the text exactly once. */
export function broken(text: string, passage: string, instead: string): string {
  if (text.split(passage).length !== 2) throw new Error(`not exactly once: ${passage}`);
  return text.replace(passage, () => instead);
}

/** The text without its mark, and where the mark stood, counting from 1. */
export function marked(text: string): { text: string; line: number; column: number } {
  const before = text.slice(0, text.indexOf(MARK)).split("\n");
  return {
    text: text.replace(MARK, ""),
    line: before.length,
    column: (before.at(-1) ?? "").length + 1,
  };
}
