// A framework is an edition of demands as data: which measures answer a criterion, and what
// the answer is worth. It maps one way, framework to measure.

import type { Expression } from "./expression.ts";
import type { Result, Severity } from "./result.ts";
import type { Limits } from "./measure.ts";

/** Points taken from the score: a number, or so many an exception up to a most. */
export type Points = number | { readonly each: number; readonly atMost: number };

/** What a finding says when a result comes out. Placeholders in braces are filled from the observation. */
export interface Outcome {
  readonly severity: Severity;
  readonly points: Points;
  readonly description: string;
  readonly recommendation: string;
}

/** One limit: when its expression over the observation holds, this result comes out. */
export interface Limit extends Outcome {
  readonly result: Extract<Result, "pass" | "warn" | "fail" | "context">;
  /** CEL over `population`, `exceptions`, `part`, `share`, `groups`, `longest_seconds`; absent on the last, which always holds. */
  readonly when?: Expression;
}

/** A second question whose exceptions put the first one's answer in doubt. */
export interface Doubt extends Omit<Outcome, "points"> {
  readonly measure: string;
}

/** A criterion that takes points: one measure, limits of its own. */
export interface Criterion {
  /** Identifier of the clause, for example `CC6.1`, or a kebab-case name. */
  readonly id: string;
  readonly title: string;
  /** Grouping of the documented interface: access_control, audit_trail, data_handling. */
  readonly category: string;
  readonly measure: string;
  /** Share of the score; 0 for criteria that only give figures. */
  readonly weight: number;
  /** Tried in order; the last has no condition. */
  readonly limits: readonly Limit[];
  /** Entries the population needs before anything is decided; fewer is `too-few`. */
  readonly atLeast?: number;
  /** What an empty population means. */
  readonly empty: "not-exercised" | "not-recorded";
  /** What a finding says when the population is empty. */
  readonly whenEmpty: Pick<Outcome, "description" | "recommendation">;
  readonly doubt?: Doubt;
}

/** A requirement that no agent log can answer. */
export interface NotAssessed {
  /** One clause or a range of them. */
  readonly criterion: string;
  readonly why: string;
  /** What to ask for instead. */
  readonly askFor: string;
  /** How many of the edition's criteria it stands for; 1 when absent. */
  readonly count?: number;
}

/** How much a criterion weighs: critical 10, high 7.5, medium 5, low 2.5. */
export type CriterionSeverity = "critical" | "high" | "medium" | "low";

/**
 * What a log can do for a criterion: test it in part; only disprove it, so that nothing found
 * earns nothing; or give figures without a verdict.
 */
export type CriterionMode = "tested" | "disprove-only" | "figures";

/** A measure as a criterion asks it. */
export interface AskedMeasure {
  readonly measure: string;
  /** Instead of the measure's own limits. */
  readonly limits?: Limits;
}

/** A criterion of a weighted framework: measures with limits, rolled up. */
export interface WeightedCriterion {
  /** Identifier of the clause, as its publisher writes it. */
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly mode: CriterionMode;
  readonly severity: CriterionSeverity;
  /** What the log shows about it, and what it does not. */
  readonly shows: string;
  readonly notShown: string;
  /** Decide. Empty for figures. */
  readonly decisive: readonly AskedMeasure[];
  /** Can turn a pass into a warning. */
  readonly supporting: readonly AskedMeasure[];
  readonly remedy: string;
  /** The best that can come out of it, while a field that it needs does not exist. */
  readonly atBest?: { readonly result: "warn"; readonly why: string };
  /** Answers to the framework's questions with which it applies; it always does when absent. */
  readonly appliesWhen?: Readonly<Record<string, readonly string[]>>;
}

/** Something about the organisation that decides which criteria apply. */
export interface FrameworkQuestion {
  readonly id: string;
  /** In plain English. */
  readonly asks: string;
  /** The answers there are, with what each means. */
  readonly answers: Readonly<Record<string, string>>;
  /** Whether several answers can be true at once. */
  readonly several: boolean;
  /** Taken when nobody answers; absent: unknown, and everything is taken to apply. */
  readonly default?: readonly string[];
}

/** From when a part of a framework binds. */
export interface Application {
  /** Criteria it is about; all when absent. */
  readonly criteria?: readonly string[];
  /** ISO 8601 date. */
  readonly from: string;
  /** Provision, in our own words, with the act that sets the date. */
  readonly what: string;
  /** Answers with which this date holds; always when absent. */
  readonly when?: Readonly<Record<string, readonly string[]>>;
}

/** What may stand here of the publisher's text: identifiers only, our own words, or the text itself. */
export type TextUse = "identifiers" | "own-words" | "official";

interface FrameworkBase {
  /** Equal to the name of its file or folder; the report type. */
  readonly id: string;
  readonly title: string;
  readonly edition: string;
  readonly publisher: string;
  readonly source: string;
  /** How the publisher's text may be used, and what of it stands here. */
  readonly textPolicy: string;
  readonly notAssessed: readonly NotAssessed[];
  /** SHA-256 over the file's bytes, lower-case hex. */
  readonly digest: string;
}

/** The documented kind: 100 less the points that its criteria take. */
export interface PointsFramework extends FrameworkBase {
  readonly scoring: "points";
  /** How many criteria the edition has in all. */
  readonly criteriaInEdition: number;
  readonly criteria: readonly Criterion[];
}

/** The second kind: a weighted average over the tests that were decided. */
export interface WeightedFramework extends FrameworkBase {
  readonly scoring: "weighted";
  /** What this report of it is and is not, in two or three sentences. */
  readonly introduction: string;
  /** SPDX identifier or the publisher's terms in a few words. */
  readonly licence: string;
  readonly textUse: TextUse;
  /** How many criteria the edition has in all; absent for laws, which have no such number. */
  readonly criteriaInEdition?: number;
  /** What a verdict is called: about tests (the default), about outcomes, or about traces of a risk. */
  readonly reading: "tests" | "outcomes" | "traces";
  /** When it was last compared with its source, and after how many days that is stale. */
  readonly reviewed: { readonly on: string; readonly staleAfterDays: number };
  readonly appliesFrom: readonly Application[];
  readonly questions: readonly FrameworkQuestion[];
  readonly criteria: readonly WeightedCriterion[];
}

export type Framework = PointsFramework | WeightedFramework;
