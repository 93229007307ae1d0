// The report as plain JSON data: the documented keys first, in the documented order, then
// ours. `schemas/report.schema.json` describes the same thing with a word on every key.

import type { ActivityUnit } from "../model/activity.ts";
import type { CriterionMode, CriterionSeverity, TextUse } from "../model/framework.ts";
import type { InputName } from "../model/inputs.ts";
import type { RejectionReason } from "../model/intake.ts";
import type { LimitBasis } from "../model/measure.ts";
import type { Band, PolicyLintFinding, WeightedStatement } from "../model/report.ts";
import type { Reason, Result, Severity } from "../model/result.ts";

/** A log entry as evidence. An unrecorded field is null. */
export interface EvidenceDict {
  readonly id: number | string | null;
  readonly timestamp: string | null;
  readonly agent_id: string | null;
  readonly action_type: string | null;
  readonly action_target: string | null;
  readonly matched_rule: string | null;
  readonly approval: string | null;
  readonly human_decision: string | null;
  readonly result_status: string | null;
  /** Of a foreign log: `file:line`. */
  readonly source?: string;
}

/** What was measured, in one figure. All keys are absent when nothing could be. */
export interface ObservedDict {
  /** A count, a number of groups, or a share between 0 and 1. */
  readonly observed?: number;
  readonly observed_kind?: "count" | "share" | "groups";
  /** With a share: how many entries are of the kind. */
  readonly observed_part?: number;
  /** With a share: of how many. */
  readonly observed_whole?: number;
}

/** A silence. */
export interface GapDict {
  readonly from: EvidenceDict;
  readonly to: EvidenceDict;
  readonly seconds: number;
}

/** What entries have in common, and how many of them there are. */
export interface GroupDict {
  readonly key: string;
  readonly count: number;
}

/** One finding. A key whose thing does not exist is absent. */
export interface FindingDict extends ObservedDict {
  readonly severity: Severity;
  readonly category: string;
  readonly title: string;
  readonly description: string;
  readonly recommendation: string;
  readonly criterion: string;
  readonly result: Result;
  readonly reason?: Reason;
  readonly population: number;
  /** Always the full number. */
  readonly exceptions: number;
  /** The first 50. */
  readonly exception_entries: readonly EvidenceDict[];
  readonly limit?: string;
  readonly points: number;
  readonly measures: readonly string[];
  readonly gaps?: readonly GapDict[];
  readonly groups?: readonly GroupDict[];
  /** What follows is of weighted frameworks only. */
  readonly criterion_severity?: CriterionSeverity;
  readonly mode?: CriterionMode;
  readonly shows?: string;
  readonly not_shown?: string;
  /** Keys of tests. */
  readonly decisive?: readonly string[];
  readonly supporting?: readonly string[];
  /** Date from which the criterion binds, when it is later than the report. */
  readonly binds_from?: string;
  /** Only on a pass that rests on a record which itself fails. */
  readonly record_in_doubt?: true;
  /** Why a pass is held at a warning. */
  readonly held_because?: string;
  /** Only on a warning whose deciding tests are open and of which only a supporting test deviates. */
  readonly open?: true;
}

/** A measure's answer held against limits. */
export interface TestDict extends ObservedDict {
  readonly key: string;
  readonly measure: string;
  readonly code?: string;
  readonly title: string;
  readonly question: string;
  readonly result: Result;
  readonly reason?: Reason;
  readonly says: string;
  readonly remedy: string;
  readonly population: number;
  readonly exceptions: number;
  readonly exception_entries: readonly EvidenceDict[];
  readonly numbers: Readonly<Record<string, number>>;
  readonly limits: readonly { readonly result: Result; readonly when?: string }[];
  readonly basis: LimitBasis;
  readonly limit_reason: string;
  readonly classes: readonly string[];
  readonly criteria: readonly string[];
  readonly missing_fields?: readonly string[];
  readonly missing_inputs?: readonly InputName[];
  readonly gaps?: readonly GapDict[];
  readonly groups?: readonly GroupDict[];
  readonly pairs?: readonly { readonly before: EvidenceDict; readonly exception: EvidenceDict }[];
  readonly rules?: readonly {
    readonly rule?: string;
    readonly line?: number;
    readonly message: string;
  }[];
}

/** What a report of a weighted framework says besides. */
export interface WeightedDict {
  readonly introduction: string;
  readonly publisher: string;
  readonly source: string;
  readonly licence: string;
  readonly text_use: TextUse;
  readonly reading: WeightedStatement["reading"];
  readonly band: Band;
  readonly withheld?: string;
  readonly capped?: {
    readonly at: number;
    readonly uncapped: number;
    readonly by: readonly string[];
  };
  readonly record_in_doubt: readonly string[];
  readonly criteria: {
    readonly tested: number;
    readonly disprove_only: number;
    readonly figures: number;
    readonly not_assessed: number;
  };
  readonly tests: readonly TestDict[];
  readonly readiness?: string;
  readonly applications: readonly {
    readonly what: string;
    readonly from: string;
    readonly binding: boolean;
  }[];
  readonly questions: readonly {
    readonly id: string;
    readonly asks: string;
    /** Null when nobody answered. */
    readonly answer: readonly string[] | null;
  }[];
  readonly reviewed: string;
  readonly stale?: string;
}

/** Where the entries came from, and how the counts tie. */
export interface PopulationDict {
  readonly inputs: readonly {
    readonly name: string;
    readonly kind: string;
    readonly bytes?: number;
    readonly sha256?: string;
    readonly query?: string;
    /** Of a foreign log: the mapping that read it, and its records. */
    readonly mapping?: string;
    readonly records?: number;
  }[];
  readonly read: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicate: number;
  readonly out_of_period: number;
  readonly in_scope: number;
  readonly first?: string;
  readonly last?: string;
  /** Entries in scope that record the field; a field that the source cannot record is absent. */
  readonly recorded: Readonly<Record<string, number>>;
  readonly timestamps: {
    readonly unreadable: number;
    readonly naive: number;
    readonly unordered: number;
    readonly future: number;
    readonly first_unreadable: readonly string[];
  };
  readonly edge_silence: { readonly start_seconds?: number; readonly end_seconds?: number };
  readonly rejections: readonly {
    readonly reason: RejectionReason;
    readonly count: number;
    readonly first: readonly string[];
  }[];
  readonly ids: {
    readonly repeated?: number;
    readonly missing?: number;
    readonly missing_runs?: readonly { readonly from: number; readonly to: number }[];
    readonly missing_at_end?: number;
  };
  readonly tenure?: {
    readonly first_activated?: string;
    readonly total_actions: number;
    readonly rows: number;
  };
  /** Of a foreign log only. */
  readonly intake?: IntakeDict;
}

/** How the records of a foreign log became entries. */
export interface IntakeDict {
  readonly mappings: readonly {
    readonly id: string;
    readonly title: string;
    readonly version: number;
    readonly digest: string;
    readonly basis: "real-logs" | "documentation";
    readonly inputs: number;
  }[];
  readonly left_out: {
    readonly count: number;
    readonly first: readonly { readonly file: string; readonly reason: string }[];
  };
  readonly records: number;
  readonly without_action: number;
  readonly actions: number;
  readonly answers: { readonly matched: number; readonly unmatched: number };
  readonly duplicates_differing: number;
  readonly duplicate_meanings: readonly string[];
  readonly unsafe_integers: number;
  readonly mended_times: number;
  /** Fields that some of the formats can never record. */
  readonly never: readonly string[];
  readonly unmapped: readonly { readonly path: string; readonly records: number }[];
  readonly unmapped_looked_at: number;
  readonly unknown_words: readonly {
    readonly table: string;
    readonly word: string;
    readonly count: number;
  }[];
  /** Measures that the formats must not answer, by id, with the reason. */
  readonly cannot_answer: Readonly<Record<string, string>>;
  readonly chain_covers: readonly string[];
}

/** The policy beside the log. */
export interface PolicyDict {
  readonly digest: string;
  readonly rules: number;
  readonly unknown_rules_in_log: readonly { readonly rule: string; readonly count: number }[];
  readonly lint: readonly PolicyLintFinding[];
  readonly unused_rules: readonly string[];
}

/** Entries by what the policy decided, and those of elevated risk. */
export interface ActivityCountsDict {
  readonly entries: number;
  readonly auto: number;
  readonly approve: number;
  readonly block: number;
  /** No decision of the policy, or another word. */
  readonly other: number;
  /** HIGH or CRITICAL. */
  readonly elevated: number;
  readonly elevated_approved: number;
}

/** One agent's entries by risk. */
export interface AgentActivityDict {
  /** "" for entries that name none. */
  readonly agent: string;
  readonly entries: number;
  readonly low: number;
  readonly medium: number;
  readonly high: number;
  readonly critical: number;
  readonly unrated: number;
  readonly first?: string;
  readonly last?: string;
}

/** Entries in scope, over time and by agent. */
export interface ActivityDict {
  readonly unit: ActivityUnit;
  /** In order of time; spans without an entry are left out. */
  readonly spans: readonly (ActivityCountsDict & { readonly start: string })[];
  readonly untimed: number;
  /** Those with the most entries. */
  readonly agents: readonly AgentActivityDict[];
  readonly others?: { readonly agents: number; readonly entries: number };
  readonly action_types: readonly { readonly type: string; readonly entries: number }[];
  readonly other_types?: { readonly types: number; readonly entries: number };
}

/** What of the evidence is masked. */
export interface MaskingDict {
  /** Why nothing is masked; absent when it is. */
  readonly revealed?: string;
  readonly texts: number;
}

/** Who reports on what, in the organisation's own words. */
export interface PresentationDict {
  readonly organisation?: string;
  readonly system?: string;
  readonly contact?: string;
  readonly accent?: string;
  readonly logo?: {
    readonly media_type: "image/png" | "image/svg+xml" | "image/jpeg";
    /** Base64. */
    readonly data: string;
    readonly alt: string;
  };
  readonly sections: readonly { readonly title: string; readonly paragraphs: readonly string[] }[];
}

/** Entries drawn for an auditor. */
export interface SamplingDict {
  readonly size: number;
  readonly seed: string;
  readonly samples: readonly {
    readonly measure: string;
    readonly population: number;
    readonly entries: readonly EvidenceDict[];
  }[];
}

/** A compliance report as JSON data. The first twelve keys are the documented ones. */
export interface ReportDict {
  readonly report_type: string;
  readonly generated_at: string;
  readonly period_start: string | null;
  readonly period_end: string | null;
  readonly total_actions: number;
  readonly blocked_actions: number;
  readonly approved_actions: number;
  readonly auto_approved: number;
  readonly summary: string;
  readonly score: number | null;
  readonly grade: string | null;
  readonly findings: readonly FindingDict[];

  readonly schema_version: string;
  /** BCP 47. */
  readonly language: string;
  readonly framework: {
    readonly id: string;
    readonly title: string;
    readonly edition: string;
    readonly digest: string;
    /** Absent for points. */
    readonly scoring?: "weighted";
  };
  readonly coverage: {
    readonly decided: number;
    readonly possible: number;
    /** Absent where the edition has no such number. */
    readonly total?: number;
    readonly weight_decided: number;
    readonly weight_possible: number;
  };
  readonly human_decisions: {
    readonly approved: number;
    readonly denied: number;
    readonly unanswered: number;
  };
  readonly population: PopulationDict;
  readonly policy?: PolicyDict;
  readonly fix_the_log: readonly {
    readonly field: string;
    readonly criteria: readonly {
      readonly criterion: string;
      readonly weight: number;
      readonly also_needs: readonly string[];
    }[];
    readonly weight: number;
    readonly weight_alone: number;
  }[];
  readonly not_assessed: readonly {
    readonly criterion: string;
    readonly why: string;
    readonly ask_for: string;
    /** Requirements that the row stands for; 1 when absent. */
    readonly count?: number;
  }[];
  readonly tool: { readonly name: string; readonly version: string };
  readonly measure_digests: Readonly<Record<string, string>>;
  readonly definitions_digest: string;
  /** Absent when empty, as are the overrides and the inputs. */
  readonly classes?: readonly {
    readonly name: string;
    readonly meaning: string;
    readonly cel: string;
    readonly entries: number;
    readonly overridden: boolean;
  }[];
  readonly overrides?: readonly {
    readonly kind: "definition" | "limits";
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly reason?: string;
  }[];
  /** The user's configuration file; absent when there is none. */
  readonly configuration?: { readonly name?: string; readonly sha256: string };
  readonly inputs?: readonly {
    readonly name: InputName;
    readonly given: boolean;
    readonly source?: string;
    readonly sha256?: string;
    readonly holds?: string;
    readonly measures: readonly string[];
  }[];
  readonly weighted?: WeightedDict;
  /** Texts that stand in English for want of a translation. */
  readonly untranslated: number;
  readonly activity: ActivityDict;
  readonly masking: MaskingDict;
  /** Absent when the organisation states nothing. */
  readonly presentation?: PresentationDict;
  /** Absent when no sample was asked for. */
  readonly sampling?: SamplingDict;
}
