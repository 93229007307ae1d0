// The result document. Everything that is ever shown is a function of it.

import type { Activity } from "./activity.ts";
import type { AuditEntry, EntryField } from "./audit-entry.ts";
import type { ComplianceFinding, Test } from "./finding.ts";
import type { Framework, NotAssessed, TextUse, WeightedFramework } from "./framework.ts";
import type { InputName } from "./inputs.ts";
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
  /** Criteria of the whole edition; absent where the edition has no such number, as laws have none. */
  readonly total?: number;
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
    | "match-all-auto"
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
  /** Language of its sentences, BCP 47: `en`, `de`. */
  readonly language: string;
  /** Texts of the framework and its measures that stand in English for want of a translation; 0 in an English report. */
  readonly untranslated: number;
  readonly framework: {
    readonly id: string;
    readonly title: string;
    readonly edition: string;
    readonly digest: string;
    readonly scoring: Framework["scoring"];
  };
  readonly coverage: Coverage;
  readonly humanDecisions: HumanDecisions;
  readonly population: LogPopulation;
  readonly activity: Activity;
  /** What of the evidence is masked. */
  readonly masking: Masking;
  /** Who reports on what, as the organisation states it; absent when it states nothing. */
  readonly presentation?: Presentation;
  /** Entries drawn for an auditor; absent when none were asked for. */
  readonly sampling?: Sampling;
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
  /** Classes of actions that a measure of this report uses, with how many entries in scope each found; sorted by name. */
  readonly classes: readonly ClassHits[];
  /** What the user's configuration changes, in the order of the file. */
  readonly overrides: readonly Override[];
  /** The user's configuration file, whatever it says; absent when there is none. */
  readonly configuration?: { readonly name?: string; readonly sha256: string };
  /** Inputs beside the log: which there were, and which measures ask for one that was not. */
  readonly inputs: readonly InputStatement[];
  /** Only of weighted frameworks. */
  readonly weighted?: WeightedStatement;
}

/** Secrets and personal data in evidence. */
export interface Masking {
  /** Why they are shown as they stand in the log, in the words of whoever asked; absent when they are masked. */
  readonly revealed?: string;
  /** Texts of the evidence in this report in which something was masked. */
  readonly texts: number;
}

/** What the organisation adds so that the report is recognised as its own. It never changes a figure. */
export interface Presentation {
  readonly organisation?: string;
  /** The system under review. */
  readonly system?: string;
  /** Whom to ask. */
  readonly contact?: string;
  /** Colour of headings and rules, `#rrggbb`, with a contrast of at least 4.5 to white. */
  readonly accent?: string;
  readonly logo?: {
    readonly mediaType: "image/png" | "image/svg+xml" | "image/jpeg";
    /** Its bytes in base64. */
    readonly data: string;
    /** What it shows, for who cannot see it. */
    readonly alt: string;
  };
  /** Parts of the organisation's own, such as a system description; marked as its own words. */
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
}

/**
 * Entries drawn from the population of each measure: those `size` with the smallest SHA-256 of seed,
 * measure and entry. Whoever has the log and the seed draws the same ones.
 */
export interface Sampling {
  readonly size: number;
  readonly seed: string;
  readonly samples: readonly Sample[];
}

/** Entries drawn from one measure's population. */
export interface Sample {
  readonly measure: string;
  readonly population: number;
  /** In the order in which they were drawn. */
  readonly entries: readonly AuditEntry[];
}

/** How often a class of actions was found. */
export interface ClassHits {
  readonly name: string;
  readonly meaning: string;
  /** Its definition in CEL. */
  readonly cel: string;
  readonly entries: number;
  /** Whether the user's configuration replaces the packaged definition. */
  readonly overridden: boolean;
}

/** One thing that the user's configuration changes. */
export interface Override {
  /** `definition`, with the name of the definition; `limits`, with the id of the measure. */
  readonly kind: "definition" | "limits";
  readonly name: string;
  /** As packaged. */
  readonly from: string;
  readonly to: string;
  /** Why, in the owner's words. */
  readonly reason?: string;
}

/** One input beside the log. */
export interface InputStatement {
  readonly name: InputName;
  readonly given: boolean;
  /** File name, or how else it was given; absent when it was not. */
  readonly source?: string;
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256?: string;
  /** What it holds, in a few words: `12 agents`. */
  readonly holds?: string;
  /** Measures of this report that use it. */
  readonly measures: readonly string[];
}

/** In which band a weighted report lies. About tests, never about an organisation. */
export type Band =
  | "critical exceptions"
  | "significant exceptions"
  | "minor exceptions"
  | "no exceptions in the tests run"
  | "not enough evidence";

/** What a report of a weighted framework says besides. */
export interface WeightedStatement {
  readonly introduction: string;
  readonly publisher: string;
  readonly source: string;
  readonly licence: string;
  readonly textUse: TextUse;
  readonly reading: WeightedFramework["reading"];
  readonly band: Band;
  /** Why there is no score; absent when there is one. */
  readonly withheld?: string;
  /** What held the score down: a critical or a high failure. */
  readonly capped?: {
    readonly at: number;
    readonly uncapped: number;
    readonly by: readonly string[];
  };
  /** Why the record itself is in doubt, one sentence each. */
  readonly recordInDoubt: readonly string[];
  /** Criteria by mode, and how many requirements are not assessed. */
  readonly criteria: {
    readonly tested: number;
    readonly disproveOnly: number;
    readonly figures: number;
    readonly notAssessed: number;
  };
  readonly tests: readonly Test[];
  /** Set when any criterion binds only later than the report's own time. */
  readonly readiness?: string;
  readonly applications: readonly {
    readonly what: string;
    readonly from: string;
    readonly binding: boolean;
  }[];
  readonly questions: readonly {
    readonly id: string;
    readonly asks: string;
    readonly answer: readonly string[] | "unknown";
  }[];
  readonly reviewed: string;
  /** Set when the review is older than the framework allows at the report's own time. */
  readonly stale?: string;
}
