// Faults 1 to 8: the record itself.

import { formatInstant, parseInstant } from "../../../../src/model/instant.ts";
import type { Fault } from "../fault.ts";
import { inOrder } from "../office-log.ts";
import type { Draft } from "../office-log.ts";
import { MINUTE, elevated, every, executed, having } from "../scene.ts";
import type { Scene } from "../scene.ts";

const anything = () => true;
const failed = having({ result_status: "failed" });

export const RECORD_FAULTS: readonly Fault[] = [
  {
    number: "1",
    what: "2 in 100 entries lose their risk level",
    measure: "field-completeness",
    result: "fail",
    plant: (scene) => ({ entries: scene.change(scene.share(20, anything), { risk_level: "" }) }),
  },
  {
    number: "1b",
    what: "5 in 1000 entries have no session",
    measure: "field-completeness",
    result: "warn",
    plant: (scene) => ({ entries: scene.change(scene.share(5, anything), { session_id: null }) }),
  },
  {
    number: "1c",
    what: "2 in 100 entries do not say on what",
    measure: "record-content",
    result: "fail",
    plant: (scene) => {
      const entries = scene.change(scene.share(20, anything), { action_target: " " });
      return { entries, numbers: { without_target: entries.length, without_agent: 0 } };
    },
  },
  {
    number: "1d",
    what: "5 in 1000 entries do not say when, beside many without a session and a risk level",
    measure: "record-content",
    result: "warn",
    plant(scene) {
      scene.change(scene.share(100, anything), { session_id: null, risk_level: "" });
      const entries = scene.change(scene.share(5, anything), { timestamp: "yesterday" });
      return { entries, numbers: { without_time: entries.length } };
    },
  },
  {
    number: "2",
    what: "an entry is stamped ten minutes before what its session had written already",
    measure: "timestamp-order",
    result: "warn",
    plant(scene) {
      const late = scene.one(having({ chain_depth: 1 }));
      const before = beforeInSession(scene, late);
      late.timestamp = formatInstant(parseInstant(before.timestamp ?? "") - 10 * MINUTE);
      return { entries: [late] };
    },
  },
  {
    number: "2b",
    what: "the last entry lies in the future",
    measure: "timestamp-order",
    result: "warn",
    plant(scene) {
      const last = scene.entries.at(-1) as Draft;
      last.timestamp = formatInstant(scene.now + 6 * MINUTE);
      return { entries: [last], numbers: { future: 1 } };
    },
  },
  {
    number: "2c",
    what: "a time that cannot be read",
    measure: "timestamp-order",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change([scene.one(anything)], { timestamp: "03/09/2026 10:00" }),
      numbers: { unreadable: 1 },
    }),
  },
  {
    number: "2d",
    what: "2 in 100 times without an offset",
    measure: "timestamp-order",
    result: "fail",
    plant(scene) {
      const naive = scene.share(20, anything);
      for (const entry of naive) entry.timestamp = entry.timestamp?.slice(0, 19) ?? null;
      return { entries: naive };
    },
  },
  {
    number: "3",
    what: "an entry stands twice under one id",
    measure: "record-identity",
    result: "fail",
    plant(scene) {
      const original = scene.one(anything);
      scene.add([{ ...original }]);
      scene.keepIds = true;
      return { entries: [original], numbers: { duplicates: 1, missing: 0 } };
    },
  },
  {
    number: "3b",
    what: "three entries are cut out",
    measure: "record-identity",
    result: "fail",
    plant(scene) {
      const from = scene.random.between(100, 2000);
      scene.remove(scene.entries.slice(from, from + 3));
      scene.keepIds = true;
      return { entries: [], numbers: { duplicates: 0, missing: 3 } };
    },
  },
  {
    number: "4",
    what: "a session falls silent for three hours and goes on",
    measure: "session-silence",
    result: "warn",
    plant: (scene) => ({ entries: silence(scene) }),
  },
  {
    number: "4b",
    what: "while its delegate goes on",
    measure: "session-silence",
    result: "fail",
    plant(scene) {
      const [before, after] = silence(scene);
      scene.after(before, 90 * MINUTE, {
        session_id: "session-elsewhere",
        parent_agent_id: before.agent_id ?? null,
        chain_depth: 1,
      });
      return { entries: [before, after], numbers: { corroborated: 1 } };
    },
  },
  {
    number: "5",
    what: "an action that nobody was asked about ends as denied",
    measure: "legal-states",
    result: "warn",
    plant: (scene) => ({
      entries: scene.change([scene.one(having({ approval: "auto" }))], { result_status: "denied" }),
    }),
  },
  {
    number: "5b",
    what: "1 in 100 approvals without being asked",
    measure: "legal-states",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change(scene.share(15, having({ approval: "auto" })), {
        human_decision: "approved",
      }),
    }),
  },
  {
    number: "6",
    what: "1 failure in 10 does not say why",
    measure: "failure-detail",
    result: "warn",
    plant: (scene) => ({ entries: scene.change(scene.share(100, failed), { result_error: " " }) }),
  },
  {
    number: "6b",
    what: "3 failures in 10 do not say why",
    measure: "failure-detail",
    result: "fail",
    plant: (scene) => ({ entries: scene.change(scene.share(300, failed), { result_error: null }) }),
  },
  {
    number: "7",
    what: "an agent deletes from the audit log",
    measure: "trail-tampering",
    result: "fail",
    plant: (scene) => ({ entries: [tampering(scene, "success")] }),
  },
  {
    number: "7b",
    what: "an agent is stopped as it deletes from the audit log",
    measure: "trail-tampering",
    result: "warn",
    plant: (scene) => ({ entries: [tampering(scene, "blocked")] }),
  },
  {
    number: "8",
    what: "1 in 10 HIGH or CRITICAL actions is described by its type only",
    measure: "explanation",
    result: "warn",
    plant(scene) {
      const bare = scene.share(100, every(executed, elevated));
      for (const entry of bare) entry.action_desc = entry.action_type ?? null;
      return { entries: bare };
    },
  },
  {
    number: "8b",
    what: "1 in 4 HIGH or CRITICAL actions has no description",
    measure: "explanation",
    result: "fail",
    plant: (scene) => ({
      entries: scene.change(scene.share(250, every(executed, elevated)), { action_desc: "" }),
    }),
  },
];

function beforeInSession(scene: Scene, entry: Draft): Draft {
  const session = scene.all(having({ session_id: entry.session_id ?? null }));
  return session[session.indexOf(entry) - 1] as Draft;
}

/** Moves the end of a session three hours on, at a place that nothing explains. */
function silence(scene: Scene): readonly [before: Draft, after: Draft] {
  const unexplained = every(
    having({ chain_depth: 1, approval: "auto" }),
    (entry) => entry.action_type !== "delegate_task",
  );
  const places = scene.sessions().flatMap((session) =>
    session.slice(1).flatMap((after, index) => {
      const before = session[index] as Draft;
      return unexplained(before) && unexplained(after) ? [{ session, before, after }] : [];
    }),
  );
  const { session, before, after } = scene.random.pick(places);
  for (const entry of session.slice(session.indexOf(after))) {
    entry.timestamp = formatInstant(parseInstant(entry.timestamp ?? "") + 180 * MINUTE);
  }
  scene.entries = inOrder(scene.entries);
  return [before, after];
}

function tampering(scene: Scene, status: string): Draft {
  const [entry] = scene.evening(1, MINUTE, () => ({
    action_type: "delete_rows",
    action_target: "/var/lib/agents/aegis_audit.db",
    result_status: status,
  }));
  return entry as Draft;
}
