// A small catalog of its own in a temporary folder: two weighted frameworks, one with a
// measure that only it may ask, and one with points.

import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { COUNTER_MEASURES } from "../../src/catalog/counters.ts";
import { fileOf } from "./kinds.ts";

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));

export const DEFINITIONS = `executed:
  cel: result_status.lowerAscii() in ["success", "failed"]
  meaning: It ran.
named_rule:
  cel: matched_rule != ""
  meaning: A rule decided.
refused:
  cel: result_status.lowerAscii() in ["blocked", "denied"]
  meaning: It did not run.
elevated:
  cel: risk_level.lowerAscii() in ["high", "critical"]
  meaning: Risky.
class_send:
  class: true
  cel: action_type.hasWord(["send"])
  meaning: It sends.
class_leave:
  class: true
  cel: class_send || action_type.hasWord(["upload"])
  meaning: It leaves the house.
risky_leave:
  cel: class_leave && elevated
  meaning: It leaves the house and is risky.
`;

export const WEIGHTED = `id: house
scoring: weighted
title: House
edition: "1"
publisher: Us
source: This file.
licence: Apache-2.0
text_use: own-words
text_policy: Ours.
introduction: What we looked at.
criteria_in_edition: 8
reading: outcomes
reviewed: { on: 2026-01-31, stale_after_days: 365 }
applies_from:
  - { from: 2027-12-02, what: The first part., criteria: [H.1], when: { role: [deployer] } }
  - { from: 2028-08-02, what: All of it. }
questions:
  role:
    asks: What are you?
    answers: { provider: We make it., deployer: We use it. }
  places:
    asks: Where?
    answers: { here: Here., there: There., nowhere: Nowhere. }
    several: true
    default: [here, there]
criteria:
  - id: H.1
    title: Leaving
    category: data_handling
    mode: tested
    severity: critical
    shows: What left.
    not_shown: What left otherwise.
    decisive:
      - small-count
      - measure: leaving
        basis: law
        limit_reason: Section 4.
        limits:
          - { result: fail, when: share < 0.9 }
          - { result: inconclusive, reason: too-few, when: share_low < 0.8 }
          - { result: pass }
    supporting: [small-rate]
    remedy: Ask first.
    at_best: { result: warn, why: Nobody logs the reason. }
    applies_when: { role: [deployer, provider] }
  - id: H.2
    title: Bursts
    category: operations
    mode: disprove-only
    severity: low
    shows: Bursts.
    not_shown: Their cause.
    decisive: [small-rate]
    remedy: Slow down.
  - id: H.3
    title: Reach
    category: audit_trail
    mode: figures
    severity: medium
    shows: How far back.
    not_shown: Why.
    supporting: [small-reach]
    remedy: Keep it.
not_assessed:
  - { criterion: H.4-H.7, why: Not logged., ask_for: A document., count: 4 }
  - { criterion: H.8, why: Not logged either., ask_for: Another one. }
`;

/** Asked by the framework house only. */
export const LEAVING = fileOf("ratio")
  .replace("small-ratio", "leaving")
  .replace("population: executed", "population: class_leave");

/** Writes the catalog and returns its folder. */
export function writeRoot(): string {
  const root = mkdtempSync(join(tmpdir(), "catalog-root-"));
  const write = (name: string, text: string): void => {
    const path = join(root, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  write("definitions.yaml", DEFINITIONS);
  for (const id of [...COUNTER_MEASURES, "named-rule-coverage"]) {
    cpSync(join(PACKAGE, `measures/${id}.yaml`), join(root, `measures/${id}.yaml`));
  }
  for (const kind of ["count", "rate", "reach"] as const) {
    write(`measures/small-${kind}.yaml`, fileOf(kind));
  }
  for (const id of ["field-completeness", "record-identity"]) {
    write(`measures/${id}.yaml`, fileOf("identity").replace("small-identity", id));
  }
  write("frameworks/house/framework.yaml", WEIGHTED);
  write("frameworks/house/measures/leaving.yaml", LEAVING);
  write("frameworks/empty/notes.txt", "No framework yet.");
  write(
    "frameworks/plain.yaml",
    `id: plain
title: Plain
edition: "1"
publisher: Us
source: This file.
text_policy: Ours.
criteria_in_edition: 1
criteria:
  - id: rules
    title: Rules
    category: access_control
    measure: small-count
    weight: 10
    limits:
      - { result: pass, severity: info, points: 0, description: "{exceptions} of {population}", recommendation: "" }
    empty: not-exercised
    when_empty: { description: None., recommendation: "" }
not_assessed: []
`,
  );
  return root;
}
