// Faults 9 to 14: what the policy says, and whether it is the one that ran.

import type { Fault } from "../fault.ts";
import type { Draft } from "../office-log.ts";
import { elevated, every, executed, having } from "../scene.ts";
import type { Scene } from "../scene.ts";

const high = every(executed, having({ risk_level: "HIGH" }));
const critical = every(executed, having({ risk_level: "CRITICAL" }));
/** The office's own default decided, and nobody was asked. */
const BY_DEFAULT: Draft = { matched_rule: "<default>", approval: "auto", human_decision: null };

export const POLICY_FAULTS: readonly Fault[] = [
  {
    number: "9",
    what: "the default decides 35 in 100 actions",
    measure: "executed-under-named-rule",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change(scene.share(350, executed), { matched_rule: "<default>" }),
    }),
  },
  {
    number: "9b",
    what: "nothing decides 15 in 100 actions",
    measure: "executed-under-named-rule",
    result: "warn",
    plant: (scene) => ({ entries: scene.change(scene.share(150, executed), { matched_rule: "" }) }),
  },
  {
    number: "10",
    what: "a CRITICAL action runs under the default",
    measure: "elevated-without-named-rule",
    result: "fail",
    plant: (scene) => ({ entries: scene.change([scene.one(critical)], BY_DEFAULT) }),
  },
  {
    number: "10b",
    what: "a HIGH action runs under the default",
    measure: "elevated-without-named-rule",
    result: "warn",
    plant: (scene) => ({ entries: scene.change([scene.one(high)], BY_DEFAULT) }),
  },
  {
    number: "10c",
    what: "1 in 50 HIGH or CRITICAL actions, none of them CRITICAL",
    measure: "elevated-without-named-rule",
    result: "fail",
    plant(scene) {
      const wanted = Math.ceil(scene.all(every(executed, elevated)).length / 50);
      return { entries: scene.change(scene.all(high).slice(0, wanted), BY_DEFAULT) };
    },
  },
  {
    number: "11",
    what: "the default lets everything run",
    measure: "default-posture",
    result: "fail",
    plant: (scene) => rewritten(scene, "approval: block }\nrules", "approval: auto }\nrules", []),
  },
  {
    number: "11b",
    what: "nobody says what the default is",
    measure: "default-posture",
    result: "warn",
    plant: (scene) => rewritten(scene, ", approval: block }\nrules", " }\nrules", []),
  },
  {
    number: "12",
    what: "a refund runs unasked although the policy sends it to a human",
    measure: "policy-replay",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(having({ action_type: "issue_refund" }))], {
        approval: "auto",
        human_decision: null,
      }),
    }),
  },
  {
    number: "12b",
    what: "an e-mail goes out unasked although the policy sends it to a human",
    measure: "policy-replay",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change([scene.one(having({ action_type: "send_email" }))], {
        approval: "auto",
        human_decision: null,
      }),
    }),
  },
  {
    number: "12c",
    what: "7 in 100 entries name another rule of the policy",
    measure: "policy-replay",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change(
        scene.share(70, (entry) => entry.matched_rule !== "never_drop"),
        { matched_rule: "never_drop" },
      ),
    }),
  },
  {
    number: "13",
    what: "a rule lets CRITICAL payments run unasked",
    measure: "risky-rules",
    result: "fail",
    plant: (scene) =>
      rewritten(
        scene,
        "type: pay_supplier }, risk_level: critical, approval: approve",
        "type: pay_supplier }, risk_level: critical, approval: auto",
        ["payments"],
      ),
  },
  {
    number: "13b",
    what: "a rule lets HIGH refunds run unasked",
    measure: "risky-rules",
    result: "warn",
    plant: (scene) =>
      rewritten(
        scene,
        "type: issue_refund }, risk_level: high, approval: approve",
        "type: issue_refund }, risk_level: high, approval: auto",
        ["refunds"],
      ),
  },
  {
    number: "13c",
    what: "a broad rule above the block lets everything run that it was written against",
    measure: "risky-rules",
    result: "fail",
    plant: (scene) =>
      rewritten(
        scene,
        "  - { name: never_drop",
        '  - { name: tables, match: { type: "drop_*" }, risk_level: low, approval: auto }\n  - { name: never_drop',
        // Once as a block that is overtaken, once as a rule that never decides.
        ["never_drop", "never_drop"],
      ),
  },
  {
    number: "14",
    what: "a CRITICAL action is let through",
    measure: "friction-by-risk",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(critical)], { approval: "auto", human_decision: null }),
    }),
  },
  {
    number: "14b",
    what: "no HIGH action is held up, and some MEDIUM ones are",
    measure: "friction-by-risk",
    result: "fail",
    plant(scene) {
      scene.change(scene.all(having({ risk_level: "HIGH" })), { approval: "auto" });
      return { entries: [] };
    },
  },
];

/** Another policy for the same log. */
function rewritten(scene: Scene, from: string, to: string, rules: readonly string[]) {
  if (!scene.policy.includes(from)) throw new Error(`the policy has no ${from}`);
  scene.policy = scene.policy.replace(from, to);
  return { rules };
}
