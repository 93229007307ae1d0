// Faults 21 to 27: humans in the loop.

import type { Fault } from "../fault.ts";
import type { Draft } from "../office-log.ts";
import { MINUTE, elevated, every, executed, having } from "../scene.ts";
import type { Where } from "../scene.ts";

const high = every(executed, having({ risk_level: "HIGH" }));
const critical = every(executed, having({ risk_level: "CRITICAL" }));
const asked = having({ approval: "approve" });
const deniedElevated: Where = (entry) => entry.human_decision === "denied" && elevated(entry);
const UNASKED: Draft = { approval: "auto", human_decision: null };
const SECOND = MINUTE / 60;

export const OVERSIGHT_FAULTS: readonly Fault[] = [
  {
    number: "21",
    what: "a CRITICAL action runs without a human",
    measure: "elevated-human-decided",
    result: "fail",
    plant: (scene) => ({ entries: scene.change([scene.one(critical)], UNASKED) }),
  },
  {
    number: "21b",
    what: "1 in 10 HIGH actions runs without a human",
    measure: "elevated-human-decided",
    result: "warn",
    plant: (scene) => ({ entries: scene.change(scene.share(100, high), UNASKED) }),
  },
  {
    number: "21c",
    what: "1 in 4 HIGH actions runs without a human",
    measure: "elevated-human-decided",
    result: "fail",
    plant: (scene) => ({ entries: scene.change(scene.share(250, high), UNASKED) }),
  },
  {
    number: "22",
    what: "a named rule lets a HIGH action through",
    measure: "elevated-ungated",
    result: "warn",
    plant: (scene) => ({ entries: scene.change([scene.one(high)], UNASKED) }),
  },
  {
    number: "22b",
    what: "a named rule lets a CRITICAL action through",
    measure: "elevated-ungated",
    result: "fail",
    plant: (scene) => ({ entries: scene.change([scene.one(critical)], UNASKED) }),
  },
  {
    number: "22c",
    what: "the default lets a HIGH action through",
    measure: "elevated-ungated",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(high)], { ...UNASKED, matched_rule: "<default>" }),
    }),
  },
  {
    number: "23",
    what: "1 question in 20 is never answered",
    measure: "decision-capture",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change(scene.share(50, asked), {
        human_decision: null,
        result_status: "blocked",
      }),
    }),
  },
  {
    number: "23b",
    what: "3 questions in 20 are never answered",
    measure: "decision-capture",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change(scene.share(150, asked), { human_decision: null, result_status: null }),
    }),
  },
  {
    number: "24",
    what: "humans deny nothing",
    measure: "denial-share",
    result: "warn",
    plant(scene) {
      const denials = scene.all(having({ human_decision: "denied" }));
      scene.change(denials, { human_decision: "approved", result_status: "success" });
      return { entries: [] };
    },
  },
  {
    number: "24b",
    what: "humans deny 3 questions in 5",
    measure: "denial-share",
    result: "warn",
    plant(scene) {
      scene.change(scene.share(600, asked), { human_decision: "denied", result_status: "denied" });
      return { entries: scene.all(having({ human_decision: "denied" })) };
    },
  },
  {
    number: "25",
    what: "a human clicks through a hundred questions",
    measure: "rapid-approvals",
    result: "warn",
    plant: (scene) => ({ entries: scene.evening(100, 5 * SECOND, approval).slice(1) }),
  },
  {
    number: "25b",
    what: "a human answers sixty-one questions in an hour",
    measure: "approval-load",
    result: "warn",
    plant: (scene) => ({ entries: scene.evening(61, MINUTE, approval), numbers: { peak: 61 } }),
  },
  {
    number: "26",
    what: "a chain takes fifty-one steps above LOW without a human",
    measure: "unattended-run",
    result: "warn",
    plant: (scene) => ({
      entries: scene.evening(51, MINUTE, () => ({})),
      numbers: { longest_run: 51 },
    }),
  },
  {
    number: "27",
    what: "an agent goes on with MEDIUM actions after a denial",
    measure: "denial-continuation",
    result: "warn",
    plant: (scene) => ({
      entries: [scene.after(scene.one(deniedElevated), 10 * MINUTE, goingOn("MEDIUM"))],
    }),
  },
  {
    number: "27b",
    what: "an agent goes on with HIGH actions after a denial",
    measure: "denial-continuation",
    result: "fail",
    plant: (scene) => ({
      entries: [scene.after(scene.one(deniedElevated), 60 * MINUTE, goingOn("HIGH"))],
    }),
  },
];

function approval(index: number): Draft {
  return {
    action_type: "send_email",
    action_target: `https://mail.office.example/out/${index}`,
    approval: "approve",
    matched_rule: "customer_mail",
    human_decision: "approved",
  };
}

function goingOn(risk: string): Draft {
  return {
    action_target: "somewhere/else",
    matched_rule: "<default>",
    risk_level: risk,
    approval: "auto",
    human_decision: null,
    result_status: "success",
  };
}
