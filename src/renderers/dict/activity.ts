// What happened when and by whom, as plain data.

import type { Activity, ActivityCounts, AgentActivity } from "../../model/activity.ts";
import type { ActivityCountsDict, ActivityDict, AgentActivityDict } from "../report-dict.ts";

/** The activity of a report. Spans without an entry are left out, as in the report. */
export function activityDict(activity: Activity): ActivityDict {
  const { unit, spans, untimed, agents, others, actionTypes, otherTypes } = activity;
  return {
    unit,
    spans: spans.map((span) => Object.assign({ start: span.start }, countsDict(span))),
    untimed,
    agents: agents.map(agentDict),
    ...(others === undefined ? {} : { others: { agents: others.agents, entries: others.entries } }),
    action_types: actionTypes.map(({ type, entries }) => ({ type, entries })),
    ...(otherTypes === undefined
      ? {}
      : { other_types: { types: otherTypes.types, entries: otherTypes.entries } }),
  };
}

function countsDict(counts: ActivityCounts): ActivityCountsDict {
  return {
    entries: counts.entries,
    auto: counts.auto,
    approve: counts.approve,
    block: counts.block,
    other: counts.other,
    elevated: counts.elevated,
    elevated_approved: counts.elevatedApproved,
  };
}

function agentDict(agent: AgentActivity): AgentActivityDict {
  return {
    agent: agent.agent,
    entries: agent.entries,
    low: agent.low,
    medium: agent.medium,
    high: agent.high,
    critical: agent.critical,
    unrated: agent.unrated,
    ...(agent.first === undefined ? {} : { first: agent.first }),
    ...(agent.last === undefined ? {} : { last: agent.last }),
  };
}
