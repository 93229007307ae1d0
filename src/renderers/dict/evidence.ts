// What stands behind a finding or a test, as plain data: entries, silences, groups, a figure.

import { fieldText } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { Observed } from "../../model/finding.ts";
import { MICROSECONDS_PER_SECOND } from "../../model/instant.ts";
import type { Gap, Group } from "../../model/observation.ts";
import type { EvidenceDict, GapDict, GroupDict, ObservedDict } from "../report-dict.ts";

/** The figure, with both numbers of a share beside it; nothing of a share of nothing. */
export function observedKeys(observed: Observed | undefined): ObservedDict {
  if (observed === undefined) return {};
  if (observed.kind !== "share") {
    return { observed: observed.value, observed_kind: observed.kind };
  }
  if (observed.whole === 0) return {};
  return {
    observed: observed.part / observed.whole,
    observed_kind: "share",
    observed_part: observed.part,
    observed_whole: observed.whole,
  };
}

/** An entry by the nine fields of evidence; an unrecorded field is null. */
export function evidenceDict(entry: AuditEntry): EvidenceDict {
  return {
    id: typeof entry.id === "number" && Number.isFinite(entry.id) ? entry.id : text(entry.id),
    timestamp: text(entry.timestamp),
    agent_id: text(entry.agent_id),
    action_type: text(entry.action_type),
    action_target: text(entry.action_target),
    matched_rule: text(entry.matched_rule),
    approval: text(entry.approval),
    human_decision: text(entry.human_decision),
    result_status: text(entry.result_status),
    ...(entry.source === undefined ? {} : { source: entry.source }),
  };
}

function text(value: unknown): string | null {
  const recorded = fieldText(value);
  return recorded === "" ? null : recorded;
}

/** Silences and groups, where there are any. */
export function listKeys({
  gaps,
  groups,
}: {
  readonly gaps?: readonly Gap[];
  readonly groups?: readonly Group[];
}): { readonly gaps?: readonly GapDict[]; readonly groups?: readonly GroupDict[] } {
  return {
    ...(gaps === undefined
      ? {}
      : {
          gaps: gaps.map(({ from, to, length }) => ({
            from: evidenceDict(from),
            to: evidenceDict(to),
            seconds: length / MICROSECONDS_PER_SECOND,
          })),
        }),
    ...(groups === undefined ? {} : { groups: groups.map(({ key, count }) => ({ key, count })) }),
  };
}
