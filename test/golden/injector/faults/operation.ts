// Faults 44 to 47, and those that need what no log holds: failures, loops and floods.

import type { Fault } from "../fault.ts";
import type { Draft } from "../office-log.ts";
import { MINUTE, every, having } from "../scene.ts";
import type { Scene } from "../scene.ts";

const SECOND = MINUTE / 60;
const HOUR = 60 * MINUTE;
const succeeded = having({ result_status: "success" });
const failed = having({ result_status: "failed" });
const FAILURE: Draft = { result_status: "failed", result_error: "no answer in 30 s" };

export const OPERATION_FAULTS: readonly Fault[] = [
  {
    number: "44",
    what: "1 in 5 actions fails",
    measure: "failure-ratio",
    result: "fail",
    plant: (scene) => ({ entries: failing(scene, 200) }),
  },
  {
    number: "44b",
    what: "1 in 12 actions fails",
    measure: "failure-ratio",
    result: "warn",
    plant: (scene) => ({ entries: failing(scene, 60) }),
  },
  {
    number: "45",
    what: "a chain fails five times in a row",
    measure: "failure-run",
    result: "warn",
    plant: (scene) => ({ entries: rows(scene, 1) }),
  },
  {
    number: "45b",
    what: "three chains fail five times in a row",
    measure: "failure-run",
    result: "fail",
    plant: (scene) => ({ entries: rows(scene, 3) }),
  },
  {
    number: "45c",
    what: "three agents of a chain fail together",
    measure: "failures-across-agents",
    result: "warn",
    plant: (scene) => ({ entries: together(scene, 1) }),
  },
  {
    number: "45d",
    what: "three agents of a chain fail together, three times",
    measure: "failures-across-agents",
    result: "fail",
    plant: (scene) => ({ entries: together(scene, 3) }),
  },
  {
    number: "46",
    what: "four hundred actions in one hour",
    measure: "volume-spike",
    result: "warn",
    plant: (scene) => ({
      entries: scene.evening(400, 5 * SECOND, () => ({})).slice(0, 1),
      numbers: { peak: 400 },
    }),
  },
  {
    number: "47",
    what: "an agent takes the same HIGH action twenty times in five minutes",
    measure: "runaway-repetition",
    result: "fail",
    plant: (scene) => ({ entries: loop(scene, "HIGH") }),
  },
  {
    number: "47b",
    what: "an agent takes the same action twenty times in five minutes",
    measure: "runaway-repetition",
    result: "warn",
    plant: (scene) => ({ entries: loop(scene, "MEDIUM") }),
  },
];

/** Faults of measures that an input or the log's own size decides. */
export const FURTHER_FAULTS: readonly Fault[] = [
  {
    number: "a",
    what: "only fifty-eight entries",
    measure: "evidence-volume",
    result: "warn",
    plant(scene) {
      scene.entries = scene.entries.slice(0, 58);
      return { entries: [] };
    },
  },
  {
    number: "b",
    what: "failures are mended in three times the recovery time",
    measure: "recovery-time",
    result: "fail",
    plant: (scene) => outage(scene, 3 * HOUR),
  },
  {
    number: "c",
    what: "failures are mended in one and a half times the recovery time",
    measure: "recovery-time",
    result: "warn",
    plant: (scene) => outage(scene, 1.5 * HOUR),
  },
  {
    number: "d",
    what: "1 failure in 10 is never mended",
    measure: "recovery-time",
    result: "warn",
    plant: (scene) => ({
      entries: scene.evening(Math.ceil(scene.all(failed).length / 9), MINUTE, () => ({
        action_type: "sync_stock",
        ...FAILURE,
      })),
    }),
  },
  {
    number: "e",
    what: "a block is bypassed and no incident covers it",
    measure: "bypasses-in-incidents",
    result: "warn",
    plant(scene) {
      scene.inputs = { ...scene.inputs, incidents: [] };
      const blocked = scene.one(having({ approval: "block" }));
      return { entries: scene.change([blocked], { result_status: "success" }) };
    },
  },
];

/** All that fail then, those that failed before included. */
function failing(scene: Scene, perMille: number): Draft[] {
  scene.change(scene.share(perMille, succeeded), FAILURE);
  return scene.all(failed);
}

/** Rows of five failures in chains of their own, each ended by a success. */
function rows(scene: Scene, count: number): Draft[] {
  const added = scene.evening(6 * count, MINUTE, (index) => ({
    chain_id: `case-evening-${Math.floor(index / 6)}`,
    ...(index % 6 < 5 ? FAILURE : {}),
  }));
  return added.filter(failed);
}

/** Three agents fail within ten minutes, so many times, two hours apart. */
function together(scene: Scene, count: number): Draft[] {
  return scene.evening(3 * count, 5 * MINUTE, (index) => ({
    chain_id: `case-evening-${Math.floor(index / 3)}`,
    agent_id: `agent-${index % 3}`,
    ...FAILURE,
  }));
}

function loop(scene: Scene, risk: string): Draft[] {
  return scene.evening(20, 15 * SECOND, () => ({
    action_target: "tickets/7",
    action_params: { page: 1 },
    risk_level: risk,
  }));
}

/** Many failures of one type, all mended at once after a while. */
function outage(scene: Scene, length: number) {
  const count = scene.all(every(failed)).length;
  const down = scene.evening(count, 1, () => ({ action_type: "sync_stock", ...FAILURE }));
  scene.after(down[0] as Draft, length + count, { result_status: "success", result_error: null });
  return { entries: [] };
}
