// Faults 28 to 34: who acts, and on whose behalf.

import { formatInstant, parseInstant } from "../../../../src/model/instant.ts";
import type { Fault } from "../fault.ts";
import type { Draft } from "../office-log.ts";
import { MINUTE, having } from "../scene.ts";
import type { Scene } from "../scene.ts";

const DAY = 24 * 60 * MINUTE;
const anything = () => true;
const delegated = ({ chain_depth: depth }: Draft) => (depth ?? 0) > 0;

export const IDENTITY_FAULTS: readonly Fault[] = [
  {
    number: "28",
    what: "2 in 100 actions are of an agent called agent",
    measure: "attribution",
    result: "fail",
    plant: (scene) => ({ entries: scene.change(scene.share(20, anything), { agent_id: "Agent" }) }),
  },
  {
    number: "28b",
    what: "5 in 1000 actions are of nobody",
    measure: "attribution",
    result: "warn",
    plant: (scene) => ({ entries: scene.change(scene.share(5, anything), { agent_id: null }) }),
  },
  {
    number: "29",
    what: "an agent that nobody registered takes a HIGH action",
    measure: "roster-difference",
    result: "fail",
    plant: (scene) => ({ entries: strangers(scene, "HIGH"), groups: ["shadow-agent"] }),
  },
  {
    number: "29b",
    what: "an agent that nobody registered reads",
    measure: "roster-difference",
    result: "warn",
    plant: (scene) => ({ entries: strangers(scene, "LOW"), groups: ["shadow-agent"] }),
  },
  {
    number: "30",
    what: "1 in 100 delegated actions names a parent that never acted",
    measure: "delegation-links",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change(scene.share(10, delegated), { parent_agent_id: "ghost" }),
    }),
  },
  {
    number: "30b",
    what: "1 in 25 delegated actions jumps two steps down",
    measure: "delegation-links",
    result: "fail",
    plant(scene) {
      // Of agents that delegated nothing, so that nobody's parent moves with them.
      const parents = new Set(scene.entries.map((entry) => place(entry, entry.parent_agent_id)));
      const ends = scene.all(
        (entry) => delegated(entry) && !parents.has(place(entry, entry.agent_id)),
      );
      const wanted = Math.ceil(scene.all(delegated).length / 25);
      const jumping = ends.slice(0, wanted);
      for (const entry of jumping) entry.chain_depth = (entry.chain_depth ?? 0) + 2;
      return { entries: jumping, numbers: { depth_jumps: jumping.length, orphans: 0 } };
    },
  },
  {
    number: "31",
    what: "a delegate of a delegate of a delegate of a delegate",
    measure: "chain-depth",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change([scene.one(having({ chain_depth: 2 }))], { chain_depth: 4 }),
    }),
  },
  {
    number: "31b",
    what: "six delegations deep",
    measure: "chain-depth",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change([scene.one(having({ chain_depth: 2 }))], { chain_depth: 6 }),
    }),
  },
  {
    number: "32",
    what: "a delegate does what its delegator was refused",
    measure: "delegated-authority-gain",
    result: "fail",
    plant(scene) {
      const refused = scene.one(having({ result_status: "blocked" }));
      return {
        entries: [
          scene.after(refused, 5 * MINUTE, {
            agent_id: "helper-agent",
            parent_agent_id: refused.agent_id ?? null,
            chain_depth: (refused.chain_depth ?? 0) + 1,
            approval: "auto",
            result_status: "success",
          }),
        ],
      };
    },
  },
  {
    number: "33",
    what: "an agent uses sixteen more types of action",
    measure: "capability-breadth",
    result: "warn",
    plant(scene) {
      scene.evening(16, MINUTE, (index) => ({
        agent_id: "crm-agent",
        action_type: `tool_${index}`,
      }));
      return { entries: [], groups: ["crm-agent"] };
    },
  },
  {
    number: "34",
    what: "an agent comes back after a hundred days",
    measure: "dormant-identity",
    result: "warn",
    plant: (scene) => ({ entries: comeback(scene, "LOW") }),
  },
  {
    number: "34b",
    what: "an agent comes back after a hundred days, with a CRITICAL action",
    measure: "dormant-identity",
    result: "fail",
    plant: (scene) => ({ entries: comeback(scene, "CRITICAL") }),
  },
];

function strangers(scene: Scene, risk: string): Draft[] {
  return scene.evening(3, MINUTE, () => ({
    agent_id: "shadow-agent",
    action_type: "read_invoice",
    risk_level: risk,
  }));
}

function place({ chain_id: chain }: Draft, agent: string | null | undefined): string {
  return `${agent} in ${chain}`;
}

function comeback(scene: Scene, risk: string): Draft[] {
  const [after] = scene.evening(1, MINUTE, () => ({ agent_id: "old-agent", risk_level: risk }));
  if (after === undefined) throw new Error("no evening");
  const before: Draft = {
    ...after,
    session_id: "session-winter",
    chain_id: "case-winter",
    timestamp: formatInstant(parseInstant(after.timestamp ?? "") - 100 * DAY),
  };
  scene.add([before]);
  return [before, after];
}
