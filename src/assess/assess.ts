// The whole flow on one page: ask, judge, add up, state. Reads nothing and writes nothing but
// through its arguments.

import type { Answer, Engine, Progress } from "../engines/engine.ts";
import type { Language } from "../languages/language.ts";
import type { ComplianceFinding, Test } from "../model/finding.ts";
import type { Framework } from "../model/framework.ts";
import type { Inputs } from "../model/inputs.ts";
import { MICROSECONDS_PER_SECOND, formatInstant } from "../model/instant.ts";
import type { Instant } from "../model/instant.ts";
import type { Measure } from "../model/measure.ts";
import type { GroupsObservation, Observation } from "../model/observation.ts";
import type { Period } from "../model/period.ts";
import type { LogPopulation } from "../model/population.ts";
import type { ComplianceReport, Override, Presentation, Sampling } from "../model/report.ts";
import type { PolicyDocument } from "../policy/rule.ts";
import type { Answers } from "./applicability.ts";
import { allMeasures } from "./all-measures.ts";
import { givenInputs, inputStatements } from "./asked-inputs.ts";
import type { GivenInput } from "./asked-inputs.ts";
import { classHits, classesWithoutMatcher } from "./class-hits.ts";
import type { ActionClass } from "./class-hits.ts";
import { fixTheLog } from "./fix-the-log.ts";
import { judge } from "./judge.ts";
import { judgeWeighted } from "./judge-weighted.ts";
import type { WeightedBasis } from "./judge-weighted.ts";
import { countMasked, maskActivity, maskEntry, maskObservation } from "./mask.ts";
import type { MaskedTexts } from "./mask.ts";
import { withInputsInWords } from "./inputs-in-words.ts";
import { observeAll } from "./observe-all.ts";
import { policyStatement } from "./policy-statement.ts";
import type { StatedPolicy } from "./policy-statement.ts";
import { verdict } from "./score.ts";
import { sampled } from "./sampled.ts";
import { summarise } from "./summary.ts";
import { untranslatedOf, withTranslatedIntake } from "./untranslated.ts";
import { weightedStatement } from "./weighted-statement.ts";

/** Version of the report's form, as in `schemas/report.schema.json`. */
const SCHEMA_VERSION = "1.2";

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
  /** Classes of actions that its measures use. */
  readonly classes?: readonly ActionClass[];
  /** Texts of it that have no translation into the report's language. */
  readonly untranslated?: readonly string[];
  /** What mappings say about log formats, in the report's language by its English. */
  readonly logSentences?: ReadonlyMap<string, string>;
  /** What a configuration changes in the catalog that the measures come from. */
  readonly overrides?: readonly Override[];
  /** Answers to the framework's questions. */
  readonly answers?: Answers;
  /** Criteria that the organisation declares not applicable, with its reason. */
  readonly notApplicable?: Readonly<Record<string, string>>;
}

export interface Assessment {
  readonly engine: Engine;
  /** One report comes out for each; the log is read once for all of them. */
  readonly assignments: readonly Assignment[];
  readonly period: Period;
  /** The report's own time. */
  readonly now: Instant;
  readonly policy?: StatedPolicy;
  /** The same policy as plain data, to be asked again. */
  readonly policyDocument?: PolicyDocument;
  /** What the log cannot hold. */
  readonly inputs?: Inputs;
  /** Where the inputs come from, as the report states it. */
  readonly inputStatements?: readonly GivenInput[];
  /** The file that the inputs, overrides and answers stand in. */
  readonly configuration?: NonNullable<ComplianceReport["configuration"]>;
  readonly tool: { readonly name: string; readonly version: string };
  /** Of every sentence that the program writes. The assignments are in the same language. */
  readonly language: Language;
  /** Why secrets and personal data in evidence are shown as they stand in the log; masked when absent. */
  readonly revealed?: string;
  /** Entries to draw from each measure's population. */
  readonly sampling?: Pick<Sampling, "size" | "seed">;
  /** What the organisation adds so that the report is recognised as its own. */
  readonly presentation?: Presentation;
  readonly onProgress?: (progress: Progress) => void;
  /** Stops the reading, which then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Assesses a log against one or more frameworks in one reading.
 *
 * @throws ComplianceError `invalid-catalog` when two frameworks have different measures of one
 *   name; whatever reading the log throws
 */
export async function assess(assessment: Assessment): Promise<ComplianceReport[]> {
  const { assignments } = assessment;
  const answer = await observeAll(allMeasures(assignments), assessment);
  const shown = assessment.revealed === undefined ? masked(answer) : { ...answer, memory: NOTHING };
  return assignments.map((assignment) => report(assignment, assessment, answer, shown));
}

/** What a log answered as a report shows it, and where something was masked. */
interface Shown extends Answer {
  readonly memory: MaskedTexts;
}

/** Nothing was masked. */
const NOTHING: MaskedTexts = new WeakMap();

function report(
  assignment: Assignment,
  assessment: Assessment,
  { observations, population: asRead }: Answer,
  shown: Shown,
): ComplianceReport {
  const { framework, reportType = framework.id, measureDigests, definitionsDigest } = assignment;
  const { period, now, policy, tool, configuration, language, revealed, presentation } = assessment;
  const { activity, memory } = shown;
  const population = withInputsInWords(
    withTranslatedIntake(asRead, assignment.logSentences),
    language,
  );
  const measures = new Map(assignment.measures.map((measure) => [measure.id, measure]));
  const start = period.start ?? population.first;
  const end = period.end === undefined ? population.last : period.end - 1;
  const periodStart = start === undefined ? null : formatInstant(start);
  const periodEnd = end === undefined ? null : formatInstant(end);
  const given = givenInputs(assessment);
  const { overrides = [] } = assignment;
  const { findings, tests, recordInDoubt } = conclude(framework, {
    measures,
    observations: shown.observations,
    population,
    language,
    given: new Set(given.map(({ name }) => name)),
    classesWithoutMatcher: classesWithoutMatcher(assignment.measures),
    now,
    periodStart,
    periodEnd,
    answers: assignment.answers ?? {},
    notApplicable: assignment.notApplicable ?? {},
  });
  const { weighted: found, ...scored } = verdict(framework, {
    findings,
    tests,
    recordInDoubt,
    inScope: population.inScope,
    language,
  });
  const approvals = groupsOf("actions-by-approval", observations);
  const approvedActions = approvals.get("approve") ?? 0;
  const answers = groupsOf("human-decisions", observations);
  const approved = answers.get("approved") ?? 0;
  const denied = answers.get("denied") ?? 0;
  const statement =
    policy === undefined
      ? undefined
      : policyStatement(
          policy,
          groupsOf("rules-in-use", observations),
          language.code,
          revealed !== undefined,
        );
  const sampling = sampled(assessment.sampling, shown, { findings, tests });
  const document = {
    reportType,
    generatedAt: formatInstant(now),
    periodStart,
    periodEnd,
    totalActions: population.inScope,
    blockedActions: approvals.get("block") ?? 0,
    approvedActions,
    autoApproved: approvals.get("auto") ?? 0,
    ...scored,
    findings,
    schemaVersion: SCHEMA_VERSION,
    language: language.code,
    untranslated: untranslatedOf(assignment, { population: asRead, language }),
    framework: {
      id: framework.id,
      title: framework.title,
      edition: framework.edition,
      digest: framework.digest,
      scoring: framework.scoring,
    },
    humanDecisions: { approved, denied, unanswered: approvedActions - approved - denied },
    population,
    activity,
    masking: {
      ...(revealed === undefined ? {} : { revealed }),
      texts: countMasked([findings, tests, activity, sampling], memory),
    },
    ...(presentation === undefined ? {} : { presentation }),
    ...(sampling === undefined ? {} : { sampling }),
    edgeSilence: edgeSilence(period, population),
    ...(statement === undefined ? {} : { policy: statement }),
    fixTheLog: fixTheLog(framework, { findings, tests, measures, population }),
    notAssessed: framework.notAssessed,
    tool,
    measureDigests,
    definitionsDigest,
    classes: classHits(assignment.classes ?? [], assignment.measures, observations),
    overrides,
    ...(configuration === undefined ? {} : { configuration }),
    inputs: framework.scoring === "points" ? [] : inputStatements(assignment.measures, given),
    ...(framework.scoring === "points" || found === undefined
      ? {}
      : {
          weighted: weightedStatement(framework, {
            ...found,
            tests,
            recordInDoubt,
            answers: assignment.answers ?? {},
            now,
            language,
          }),
        }),
  };
  return { ...document, summary: summarise(document, language) };
}

interface Conclusion {
  readonly findings: readonly ComplianceFinding[];
  /** Of weighted frameworks only, as is the doubt. */
  readonly tests: readonly Test[];
  readonly recordInDoubt: readonly string[];
}

function conclude(framework: Framework, basis: WeightedBasis): Conclusion {
  if (framework.scoring === "weighted") return judgeWeighted(framework, basis);
  const findings = framework.criteria.map((criterion) => judge(criterion, basis));
  return { findings, tests: [], recordInDoubt: [] };
}

function masked(answer: Answer): Shown {
  const memory: MaskedTexts = new WeakMap();
  const { observations, samples, activity } = answer;
  return {
    ...answer,
    observations: new Map(
      [...observations].map(([id, observation]) => [id, maskObservation(observation, memory)]),
    ),
    activity: maskActivity(activity, memory),
    ...(samples === undefined
      ? {}
      : {
          samples: new Map(
            [...samples].map(([id, entries]) => [
              id,
              entries.map((entry) => maskEntry(entry, memory)),
            ]),
          ),
        }),
    memory,
  };
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
