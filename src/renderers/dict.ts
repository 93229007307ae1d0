// Report to plain JSON data. Every key is written here, in order, so that what a reader of
// the JSON gets is decided in one place and a new field of the model cannot leak into it.

import { ENTRY_FIELD_NAMES } from "../model/audit-entry.ts";
import type { ComplianceFinding } from "../model/finding.ts";
import type { IntakeStatement } from "../model/intake.ts";
import { formatInstant } from "../model/instant.ts";
import type { LogPopulation } from "../model/population.ts";
import type { ComplianceReport, PolicyStatement } from "../model/report.ts";
import { activityDict } from "./dict/activity.ts";
import { evidenceDict, listKeys, observedKeys } from "./dict/evidence.ts";
import { maskingDict, presentationDict, samplingDict } from "./dict/presentation.ts";
import { classDict, inputDict, overrideDict, weightedDict, weightedKeys } from "./dict/weighted.ts";
import type {
  FindingDict,
  IntakeDict,
  PolicyDict,
  PopulationDict,
  ReportDict,
} from "./report-dict.ts";

/** The report as plain data that survives `JSON.stringify` and `JSON.parse` unchanged. */
export function toDict(report: ComplianceReport): ReportDict {
  const { framework, coverage, humanDecisions, tool } = report;
  return {
    report_type: report.reportType,
    generated_at: report.generatedAt,
    period_start: report.periodStart,
    period_end: report.periodEnd,
    total_actions: report.totalActions,
    blocked_actions: report.blockedActions,
    approved_actions: report.approvedActions,
    auto_approved: report.autoApproved,
    summary: report.summary,
    score: report.score,
    grade: report.grade,
    findings: report.findings.map(findingDict),

    schema_version: report.schemaVersion,
    language: report.language,
    framework: {
      id: framework.id,
      title: framework.title,
      edition: framework.edition,
      digest: framework.digest,
      ...(framework.scoring === "weighted" ? { scoring: framework.scoring } : {}),
    },
    coverage: {
      decided: coverage.decided,
      possible: coverage.possible,
      ...(coverage.total === undefined ? {} : { total: coverage.total }),
      weight_decided: coverage.weightDecided,
      weight_possible: coverage.weightPossible,
    },
    human_decisions: {
      approved: humanDecisions.approved,
      denied: humanDecisions.denied,
      unanswered: humanDecisions.unanswered,
    },
    population: populationDict(report.population, report.edgeSilence),
    ...(report.policy === undefined ? {} : { policy: policyDict(report.policy) }),
    fix_the_log: report.fixTheLog.map(({ field, criteria, weight, weightAlone }) => ({
      field,
      criteria: criteria.map(({ criterion, weight: each, alsoNeeds }) => ({
        criterion,
        weight: each,
        also_needs: [...alsoNeeds],
      })),
      weight,
      weight_alone: weightAlone,
    })),
    not_assessed: report.notAssessed.map(({ criterion, why, askFor, count }) => ({
      criterion,
      why,
      ask_for: askFor,
      ...(count === undefined ? {} : { count }),
    })),
    tool: { name: tool.name, version: tool.version },
    measure_digests: Object.fromEntries(
      Object.entries(report.measureDigests).sort(([a], [b]) => (a < b ? -1 : 1)),
    ),
    definitions_digest: report.definitionsDigest,
    ...(report.classes.length === 0 ? {} : { classes: report.classes.map(classDict) }),
    ...(report.overrides.length === 0 ? {} : { overrides: report.overrides.map(overrideDict) }),
    ...(report.configuration === undefined
      ? {}
      : { configuration: configurationDict(report.configuration) }),
    ...(report.inputs.length === 0 ? {} : { inputs: report.inputs.map(inputDict) }),
    ...(report.weighted === undefined ? {} : { weighted: weightedDict(report.weighted) }),
    untranslated: report.untranslated,
    activity: activityDict(report.activity),
    masking: maskingDict(report.masking),
    ...(report.presentation === undefined
      ? {}
      : { presentation: presentationDict(report.presentation) }),
    ...(report.sampling === undefined ? {} : { sampling: samplingDict(report.sampling) }),
  };
}

function configurationDict({
  name,
  sha256,
}: NonNullable<ComplianceReport["configuration"]>): NonNullable<ReportDict["configuration"]> {
  return { ...(name === undefined ? {} : { name }), sha256 };
}

function findingDict(finding: ComplianceFinding): FindingDict {
  return {
    severity: finding.severity,
    category: finding.category,
    title: finding.title,
    description: finding.description,
    recommendation: finding.recommendation,
    criterion: finding.criterion,
    result: finding.result,
    ...(finding.reason === undefined ? {} : { reason: finding.reason }),
    population: finding.population,
    exceptions: finding.exceptions,
    exception_entries: finding.exceptionEntries.map(evidenceDict),
    ...observedKeys(finding.observed),
    ...(finding.limit === undefined ? {} : { limit: finding.limit }),
    points: finding.points,
    measures: [...finding.measures],
    ...listKeys(finding),
    ...weightedKeys(finding.weighted),
  };
}

function populationDict(
  population: LogPopulation,
  edgeSilence: ComplianceReport["edgeSilence"],
): PopulationDict {
  const { timestamps, ids, tenure, first, last } = population;
  return {
    inputs: population.inputs.map(({ name, kind, bytes, sha256, query, mapping, records }) => ({
      name,
      kind,
      ...(bytes === undefined ? {} : { bytes }),
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(query === undefined ? {} : { query }),
      ...(mapping === undefined ? {} : { mapping }),
      ...(records === undefined ? {} : { records }),
    })),
    read: population.read,
    accepted: population.accepted,
    rejected: population.rejected,
    duplicate: population.duplicate,
    out_of_period: population.outOfPeriod,
    in_scope: population.inScope,
    ...(first === undefined ? {} : { first: formatInstant(first) }),
    ...(last === undefined ? {} : { last: formatInstant(last) }),
    recorded: Object.fromEntries(
      ENTRY_FIELD_NAMES.filter((field) => population.recordable.includes(field)).map((field) => [
        field,
        population.recorded.get(field) ?? 0,
      ]),
    ),
    timestamps: {
      unreadable: timestamps.unreadable,
      naive: timestamps.naive,
      unordered: timestamps.unordered,
      future: timestamps.future,
      first_unreadable: [...timestamps.firstUnreadable],
    },
    edge_silence: {
      ...(edgeSilence.startSeconds === undefined
        ? {}
        : { start_seconds: edgeSilence.startSeconds }),
      ...(edgeSilence.endSeconds === undefined ? {} : { end_seconds: edgeSilence.endSeconds }),
    },
    rejections: population.rejections.map((rejection) => ({
      reason: rejection.reason,
      count: rejection.count,
      first: [...rejection.first],
    })),
    ids: {
      ...(ids.repeated === undefined ? {} : { repeated: ids.repeated }),
      ...(ids.missing === undefined ? {} : { missing: ids.missing }),
      ...(ids.missingRuns === undefined
        ? {}
        : { missing_runs: ids.missingRuns.map(({ from, to }) => ({ from, to })) }),
      ...(ids.missingAtEnd === undefined ? {} : { missing_at_end: ids.missingAtEnd }),
    },
    ...(tenure === undefined
      ? {}
      : {
          tenure: {
            ...(tenure.first_activated === undefined
              ? {}
              : { first_activated: tenure.first_activated }),
            total_actions: tenure.total_actions,
            rows: tenure.rows,
          },
        }),
    ...(population.intake === undefined ? {} : { intake: intakeDict(population.intake) }),
  };
}

function intakeDict(intake: IntakeStatement): IntakeDict {
  return {
    mappings: intake.mappings.map(({ id, title, version, digest, basis, inputs }) => ({
      id,
      title,
      version,
      digest,
      basis,
      inputs,
    })),
    left_out: {
      count: intake.leftOut.count,
      first: intake.leftOut.first.map(({ file, reason }) => ({ file, reason })),
    },
    records: intake.records,
    without_action: intake.withoutAction,
    actions: intake.actions,
    answers: { matched: intake.answers.matched, unmatched: intake.answers.unmatched },
    duplicates_differing: intake.duplicatesDiffering,
    duplicate_meanings: [...intake.duplicateMeanings],
    unsafe_integers: intake.unsafeIntegers,
    mended_times: intake.mendedTimes,
    never: [...intake.never],
    unmapped: intake.unmapped.map(({ path, records }) => ({ path, records })),
    unmapped_looked_at: intake.unmappedLookedAt,
    unknown_words: intake.unknownWords.map(({ table, word, count }) => ({ table, word, count })),
    cannot_answer: Object.fromEntries(intake.cannotAnswer),
    chain_covers: [...intake.chainCovers],
  };
}

function policyDict(policy: PolicyStatement): PolicyDict {
  return {
    digest: policy.digest,
    rules: policy.rules,
    unknown_rules_in_log: policy.unknownRulesInLog.map(({ rule, count }) => ({ rule, count })),
    lint: policy.lint.map(({ code, severity, rule, line, message, suggestion }) => ({
      code,
      severity,
      ...(rule === undefined ? {} : { rule }),
      ...(line === undefined ? {} : { line }),
      message,
      suggestion,
    })),
    unused_rules: [...policy.unusedRules],
  };
}
