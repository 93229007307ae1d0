// The result document. Everything that is ever shown is a function of it.

import type { EntryField } from "./audit-entry.ts";
import type { ComplianceFinding } from "./finding.ts";
import type { NotAssessed } from "./framework.ts";
import type { LogPopulation } from "./population.ts";

/** The grading scale: 97 A+, 93 A, 90 A-, 87 B+, 83 B, 80 B-, 77 C+, 73 C, 70 C-, 67 D+, 63 D, 60 D-, below F. */
export type Grade =
  | "A+"
  | "A"
  | "A-"
  | "B+"
  | "B"
  | "B-"
  | "C+"
  | "C"
  | "C-"
  | "D+"
  | "D"
  | "D-"
  | "F";

/** How much of what was asked could be decided from this log. */
export interface Coverage {
  /** Criteria with a verdict. */
  readonly decided: number;
  /** Criteria that could have one from a log that records everything; those that nothing in the log exercised are left out. */
  readonly possible: number;
  /** Criteria of the whole edition. */
  readonly total: number;
  readonly weightDecided: number;
  readonly weightPossible: number;
}

/** How humans answered the actions that the policy sent to them. The three add up to `approvedActions`. */
export interface HumanDecisions {
  readonly approved: number;
  readonly denied: number;
  /** No answer was recorded, or one that is neither approved nor denied. */
  readonly unanswered: number;
}

/** A weakness of the policy itself, found without the log. */
export interface PolicyLintFinding {
  readonly code:
    | "unreachable-rule"
    | "shadowed-block"
    | "partly-shadowed-rule"
    | "elevated-auto"
    | "permissive-default"
    | "default-not-stated"
    | "duplicate-name"
    | "window-falls-through";
  readonly severity: "error" | "warning" | "info";
  /** Name of the rule it is about; absent when it is about the defaults. */
  readonly rule?: string;
  /** Line of the rule in the policy file, from 1. */
  readonly line?: number;
  readonly message: string;
  readonly suggestion: string;
}

/** The policy beside the log. */
export interface PolicyStatement {
  /** SHA-256 of the policy's bytes or canonical JSON, lower-case hex. */
  readonly digest: string;
  readonly rules: number;
  /** Rules that the log names and the policy does not have, with their counts, most frequent first. */
  readonly unknownRulesInLog: readonly { readonly rule: string; readonly count: number }[];
  /** Rules of the policy that no entry in scope names. */
  readonly unusedRules: readonly string[];
  readonly lint: readonly PolicyLintFinding[];
}

/** A field that the log does not record, and what recording it would make testable. */
export interface FieldToRecord {
  readonly field: EntryField;
  /** Criteria that could not be decided without it, in the framework's order. */
  readonly criteria: readonly {
    readonly criterion: string;
    readonly weight: number;
    /** Other fields that the same criterion lacks. */
    readonly alsoNeeds: readonly EntryField[];
  }[];
  /** The weight of all these criteria. */
  readonly weight: number;
  /** The weight of those that need nothing else. */
  readonly weightAlone: number;
}

/** A compliance report. The first twelve fields are the documented ones. All times are ISO 8601 text in UTC, to the microsecond. */
export interface ComplianceReport {
  /** Id of the framework: soc2, gdpr, governance, or an own one. */
  readonly reportType: string;
  readonly generatedAt: string;
  /** Start of the period, included; the first entry's time when no bound was given; null when there is neither. */
  readonly periodStart: string | null;
  /** End of the period, included. */
  readonly periodEnd: string | null;
  /** Entries in scope. */
  readonly totalActions: number;
  /** Actions the policy blocked. */
  readonly blockedActions: number;
  /** Actions for which the policy required a human's approval, whatever came of it. */
  readonly approvedActions: number;
  /** Actions the policy let through without asking. */
  readonly autoApproved: number;
  readonly summary: string;
  /** 0 to 100, or null: not graded. */
  readonly score: number | null;
  readonly grade: Grade | null;
  readonly findings: readonly ComplianceFinding[];

  readonly schemaVersion: string;
  readonly framework: {
    readonly id: string;
    readonly title: string;
    readonly edition: string;
    readonly digest: string;
  };
  readonly coverage: Coverage;
  readonly humanDecisions: HumanDecisions;
  readonly population: LogPopulation;
  /** Silence between the period's given bounds and the nearest entry, in seconds; absent where no bound was given. */
  readonly edgeSilence: { readonly startSeconds?: number; readonly endSeconds?: number };
  /** Absent when no policy was given. */
  readonly policy?: PolicyStatement;
  /** What the log would have to record for more criteria to be tested, the most valuable first. */
  readonly fixTheLog: readonly FieldToRecord[];
  readonly notAssessed: readonly NotAssessed[];
  readonly tool: { readonly name: string; readonly version: string };
  /** SHA-256 of each measure's file, by id. */
  readonly measureDigests: Readonly<Record<string, string>>;
  /** SHA-256 of the definitions that the measures share, lower-case hex. */
  readonly definitionsDigest: string;
}
