// The whole flow on one page: ask, judge, add up, state. Reads nothing and writes nothing but
// through its arguments.

import type { Engine, Progress } from "../engines/engine.ts";
import type { Framework } from "../model/framework.ts";
import { MICROSECONDS_PER_SECOND, formatInstant } from "../model/instant.ts";
import type { Instant } from "../model/instant.ts";
import type { Measure } from "../model/measure.ts";
import type { GroupsObservation, Observation } from "../model/observation.ts";
import type { Period } from "../model/period.ts";
import type { LogPopulation } from "../model/population.ts";
import type { ComplianceReport } from "../model/report.ts";
import { fixTheLog } from "./fix-the-log.ts";
import { judge } from "./judge.ts";
import { maskObservation } from "./mask.ts";
import { policyStatement } from "./policy-statement.ts";
import type { StatedPolicy } from "./policy-statement.ts";
import { verdict } from "./score.ts";
import { summarise } from "./summary.ts";

/** Version of the report's form, as in `schemas/report.schema.json`. */
export const REPORT_SCHEMA_VERSION = "1.0";

/** A framework with the measures that it and the report's own counters ask. */
export interface Assignment {
  readonly framework: Framework;
  /** What the report calls its type; the framework's id when absent. */
  readonly reportType?: string;
  readonly measures: readonly Measure[];
  /** SHA-256 of each measure's file, by id. */
  readonly measureDigests: Readonly<Record<string, string>>;
  /** SHA-256 of the definitions that the measures share. */
  readonly definitionsDigest: string;
}

export interface Assessment {
  readonly engine: Engine;
  /** One report comes out for each; the log is read once for all of them. */
  readonly assignments: readonly Assignment[];
  readonly period: Period;
  /** The report's own time. */
  readonly now: Instant;
  readonly policy?: StatedPolicy;
  readonly tool: { readonly name: string; readonly version: string };
  /** Show secrets and personal data in evidence as they stand in the log. */
  readonly unmasked?: boolean;
  readonly onProgress?: (progress: Progress) => void;
}

/** Assesses a log against one or more frameworks in one reading. */
export async function assess(assessment: Assessment): Promise<ComplianceReport[]> {
  const { engine, assignments, period, now, onProgress } = assessment;
  const measures = new Map(
    assignments.flatMap((assignment) =>
      assignment.measures.map((measure) => [measure.id, measure]),
    ),
  );
  const { population, observations } = await engine.observe(
    { measures: [...measures.values()], period, now },
    onProgress === undefined ? {} : { onProgress },
  );
  return assignments.map((assignment) =>
    report(assignment, assessment, population, observations, measures),
  );
}

function report(
  { framework, reportType = framework.id, measureDigests, definitionsDigest }: Assignment,
  { period, now, policy, tool, unmasked = false }: Assessment,
  population: LogPopulation,
  observations: ReadonlyMap<string, Observation>,
  measures: ReadonlyMap<string, Measure>,
): ComplianceReport {
  const shown = unmasked ? observations : masked(observations);
  const findings = framework.criteria.map((criterion) =>
    judge(criterion, { measures, observations: shown, population }),
  );
  const approvals = groupsOf("actions-by-approval", observations);
  const approvedActions = approvals.get("approve") ?? 0;
  const answers = groupsOf("human-decisions", observations);
  const approved = answers.get("approved") ?? 0;
  const denied = answers.get("denied") ?? 0;
  const start = period.start ?? population.first;
  const end = period.end === undefined ? population.last : period.end - 1;
  const document = {
    reportType,
    generatedAt: formatInstant(now),
    periodStart: start === undefined ? null : formatInstant(start),
    periodEnd: end === undefined ? null : formatInstant(end),
    totalActions: population.inScope,
    blockedActions: approvals.get("block") ?? 0,
    approvedActions,
    autoApproved: approvals.get("auto") ?? 0,
    ...verdict(framework, findings),
    findings,
    schemaVersion: REPORT_SCHEMA_VERSION,
    framework: {
      id: framework.id,
      title: framework.title,
      edition: framework.edition,
      digest: framework.digest,
    },
    humanDecisions: { approved, denied, unanswered: approvedActions - approved - denied },
    population,
    edgeSilence: edgeSilence(period, population),
    ...(policy === undefined
      ? {}
      : { policy: policyStatement(policy, groupsOf("rules-in-use", observations), unmasked) }),
    fixTheLog: fixTheLog(framework, findings, measures, population),
    notAssessed: framework.notAssessed,
    tool,
    measureDigests,
    definitionsDigest,
  };
  return { ...document, summary: summarise(document) };
}

function masked(observations: ReadonlyMap<string, Observation>): Map<string, Observation> {
  return new Map([...observations].map(([id, observation]) => [id, maskObservation(observation)]));
}

function groupsOf(
  measure: string,
  observations: ReadonlyMap<string, Observation>,
): GroupsObservation["all"] {
  const observation = observations.get(measure);
  return observation?.kind === "groups" ? observation.all : new Map();
}

function edgeSilence(
  period: Period,
  { first, last }: LogPopulation,
): ComplianceReport["edgeSilence"] {
  return {
    ...(period.start === undefined || first === undefined
      ? {}
      : { startSeconds: (first - period.start) / MICROSECONDS_PER_SECOND }),
    ...(period.end === undefined || last === undefined
      ? {}
      : { endSeconds: (period.end - 1 - last) / MICROSECONDS_PER_SECOND }),
  };
}
