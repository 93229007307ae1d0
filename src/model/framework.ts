// A framework is an edition of demands as data: which measure answers a criterion, where
// the limits lie and what they cost. It maps one way, framework to measure.

import type { Expression } from "./expression.ts";
import type { Result, Severity } from "./finding.ts";

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
}

export interface Framework {
  /** Equal to the file's name; the report type. */
  readonly id: string;
  readonly title: string;
  readonly edition: string;
  readonly publisher: string;
  readonly source: string;
  /** How the publisher's text may be used, and what of it stands here. */
  readonly textPolicy: string;
  /** How many criteria the edition has in all. */
  readonly criteriaInEdition: number;
  readonly criteria: readonly Criterion[];
  readonly notAssessed: readonly NotAssessed[];
  /** SHA-256 over the file's bytes, lower-case hex. */
  readonly digest: string;
}
