// Faults 15 to 20: decisions that do not hold.

import type { Fault } from "../fault.ts";
import type { Draft } from "../office-log.ts";
import { MINUTE, every, executed, having } from "../scene.ts";

const blocked = having({ approval: "block" });
const denied = having({ human_decision: "denied" });

export const ENFORCEMENT_FAULTS: readonly Fault[] = [
  {
    number: "15",
    what: "a blocked action runs",
    measure: "block-bypass",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(blocked)], { result_status: "success" }),
    }),
  },
  {
    number: "16",
    what: "an action runs before its human has answered",
    measure: "approval-bypass",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(every(executed, having({ approval: "approve" })))], {
        human_decision: null,
      }),
    }),
  },
  {
    number: "17",
    what: "a denied action runs",
    measure: "denial-bypass",
    result: "fail",
    plant: (scene) => ({ entries: scene.change([scene.one(denied)], { result_status: "failed" }) }),
  },
  {
    number: "18",
    what: "a blocked and a denied action run",
    measure: "refusal-effectiveness",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(blocked), scene.one(denied)], { result_status: "success" }),
    }),
  },
  {
    number: "18b",
    what: "of a blocked action no end is recorded",
    measure: "refusal-effectiveness",
    result: "warn",
    plant: (scene) => ({ entries: scene.change([scene.one(blocked)], { result_status: null }) }),
  },
  {
    number: "19",
    what: "what was refused is done by other means",
    measure: "retry-after-refusal",
    result: "warn",
    plant: (scene) => ({
      entries: [
        scene.after(scene.one(blocked), 5 * MINUTE, {
          action_type: "update_ticket",
          approval: "auto",
          matched_rule: "<default>",
          risk_level: "MEDIUM",
          result_status: "success",
        }),
      ],
    }),
  },
  {
    number: "19b",
    what: "what was refused is done by other means, and it is HIGH",
    measure: "retry-after-refusal",
    result: "fail",
    plant: (scene) => ({
      entries: [
        scene.after(scene.one(denied), 20 * 60 * MINUTE, {
          action_type: "force",
          approval: "auto",
          human_decision: null,
          risk_level: "HIGH",
          result_status: "failed",
        }),
      ],
    }),
  },
  {
    number: "20",
    what: "an agent is refused ten times in ten minutes",
    measure: "refusal-burst",
    result: "warn",
    plant: (scene) => ({ entries: scene.evening(10, MINUTE, refusal) }),
  },
];

function refusal(index: number): Draft {
  return {
    action_type: "probe_host",
    action_target: `warehouse-${index}`,
    approval: "block",
    matched_rule: "<default>",
    result_status: "blocked",
  };
}
