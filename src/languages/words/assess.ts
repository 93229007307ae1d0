// Every sentence that stands in the report document itself, whatever the format: what assess writes.

import type { EntryField } from "../../model/audit-entry.ts";
import type { WeightedFramework } from "../../model/framework.ts";
import type { InputName } from "../../model/inputs.ts";
import type { InputPart, InputWay } from "../../model/population.ts";
import type { Band } from "../../model/report.ts";
import type { Reason, Result } from "../../model/result.ts";

/** The sentences of assessment. */
export interface AssessWords {
  readonly summary: SummaryWords;
  /** Figures that never stand apart from a weighted score. */
  readonly coverage: CoverageWords;
  /** Names of the bands of weighted reports, as they stand inside a sentence. */
  readonly bands: Readonly<Record<Band, string>>;
  readonly withheld: WithheldWords;
  /** What fills the placeholders of frameworks and measures. */
  readonly filled: FilledWords;
  readonly undecided: UndecidedWords;
  readonly faults: FaultWords;
  /** What each input beside the log is, and how it is given. */
  readonly inputs: Readonly<Record<InputName, InputWords>>;
  readonly fields: FieldWords;
  readonly weighted: WeightedWords;
  readonly applicability: ApplicabilityWords;
  readonly readings: ReadingWords;
}

/** How an input was read, in the population statement. Numbers are plain, to be looked for in the input. */
export interface ReadingWords {
  /** `audit_log, rows 1 to 488`. */
  part(part: InputPart): string;
  /** `through a ledger, manifest SHA-256 …`. */
  through(way: InputWay): string;
}

/** The report in a few sentences. */
export interface SummaryWords {
  readonly nothingInScope: string;
  readonly scope: (facts: ScopeFacts) => string;
  readonly policyNotRecorded: string;
  readonly decisions: (facts: DecisionFacts) => string;
  /** Of a framework with points. */
  readonly results: (amounts: readonly ResultAmount[]) => string;
  /** Of a weighted framework. */
  readonly weightedResults: (amounts: readonly ResultAmount[]) => string;
  readonly notGraded: string;
  readonly score: (facts: ScoreFacts) => string;
  readonly weightedScore: (facts: WeightedScoreFacts) => string;
}

/** What was in scope, and how much of the framework it could decide. */
export interface ScopeFacts {
  /** More than 0. */
  readonly actions: number;
  /** ISO 8601 times of the first and last; undefined where none can be read. */
  readonly days?: { readonly from: string; readonly to: string };
  readonly decided: number;
  /** Criteria of the edition; undefined of laws. */
  readonly total?: number;
  readonly framework: string;
}

/** What the policy decided, and how humans answered. */
export interface DecisionFacts {
  readonly blocked: number;
  readonly auto: number;
  /** Sent to a human. */
  readonly asked: number;
  /** Without a known decision. */
  readonly unknown: number;
  /** Undefined where the log does not record them. */
  readonly answers?: {
    readonly approved: number;
    readonly denied: number;
    readonly unanswered: number;
  };
}

/** So many findings of a result; `open` are warnings by supporting tests alone, which decide nothing. */
export interface ResultAmount {
  readonly result: Result | "open";
  /** More than 0. */
  readonly amount: number;
}

/** The score of a framework with points. */
export interface ScoreFacts {
  readonly score: number;
  readonly grade: string;
  /** Absent where every test was decided. */
  readonly undecided?: { readonly tests: number; readonly holdDown: boolean };
}

/** The score of a weighted framework, or why there is none. */
export interface WeightedScoreFacts {
  readonly graded?: {
    readonly score: number;
    readonly grade: string;
    readonly capped?: { readonly at: number; readonly by: readonly string[] };
  };
  readonly withheld?: string;
  readonly band: Band;
  readonly decided: number;
  readonly possible: number;
  readonly notAssessed: number;
  readonly total?: number;
}

/** How much was decided and how much was not assessed. */
export interface CoverageWords {
  /** `12 of 14 testable criteria decided`. */
  readonly decided: (decided: number, possible: number) => string;
  /** `35 of 61 criteria`; of a law, which has no number of criteria, `13 requirements`. */
  readonly amount: (missing: number, total?: number) => string;
  /** `35 of 61 criteria not assessed`. */
  readonly notAssessed: (missing: number, total?: number) => string;
}

/** Why there is no weighted score, as clauses without a stop. */
export interface WithheldWords {
  readonly tooFewEntries: (inScope: number, needed: number) => string;
  readonly recordInDoubt: string;
  readonly nothingDecided: string;
  readonly tooLittleWeight: (decided: string, testable: string) => string;
  /** Several clauses as one. */
  readonly join: (clauses: readonly string[]) => string;
}

/** Texts in place of figures, and lists of what was found. */
export interface FilledWords {
  readonly noFigure: string;
  /** Where a list of groups or the largest group is empty. */
  readonly none: string;
  /** An empty text of the log. */
  readonly unrecorded: string;
  readonly days: (days: number) => string;
  /** After the beginning of a text from the log that was cut: how long it is. */
  readonly characters: (length: number) => string;
  /** `entries 3, 17 and 20`; `ids` are those named, `total` is how many there are. */
  readonly entries: (ids: readonly string[], total: number) => string;
  readonly withoutId: string;
  /** `approve 12, auto 7 and 3 more`. */
  readonly groups: (named: readonly string[], more: number) => string;
  /** `rules a, b and 3 more`; `more` is `some` where it cannot be told how many. An undefined name is the defaults. */
  readonly rules: (names: readonly (string | undefined)[], more: number | "some") => string;
  /** Entries that a test about time could not place. */
  readonly unplaced: (entries: number) => string;
  /** For measures that only their own frameworks word, with placeholders. */
  readonly sentence: string;
}

/** Why a test has no answer, and what would give it one. */
export interface UndecidedWords {
  readonly noEntries: string;
  readonly checkPeriod: string;
  /** `why` is the mapping's own sentence. */
  readonly barredByFormat: (why: string) => string;
  readonly testElsewhere: string;
  /** With placeholders. */
  readonly onlySoMany: (needed: number) => string;
  readonly needsInputs: (inputs: readonly InputName[]) => string;
  readonly unknownClasses: (names: readonly string[]) => string;
  readonly defineClasses: (names: readonly string[]) => string;
  readonly nothingHappened: string;
  readonly tooLittle: string;
  /** `whose` are criteria, or the measure. */
  readonly setLimits: (whose: readonly string[]) => string;
  readonly help: Readonly<Record<Reason, string>>;
}

/** Mistakes of a test, a measure or a framework; never of the log. */
export interface FaultWords {
  readonly noAnswer: (measure: string) => string;
  readonly noLimitOfCriterion: string;
  readonly noLimitOfMeasure: string;
  readonly measureUnknown: (measure: string) => string;
  readonly measureWithoutLimits: (measure: string) => string;
  readonly ofTest: string;
  readonly ofFramework: string;
}

/** An input beside the log. */
export interface InputWords {
  /** As a noun phrase in the accusative: `the policy that governed the agents`. */
  readonly is: string;
  /** How to give it, as a sentence. */
  readonly give: string;
  /** What a given one holds, where that is a number: `12 agents`. */
  readonly holds: (amount: number) => string;
}

/** Fields that a log lacks. */
export interface FieldWords {
  /** `The log records neither a nor b, without which this cannot be decided.` */
  readonly lacking: (fields: readonly EntryField[]) => string;
  /** `Record a and b with every action.` */
  readonly toRecord: (fields: readonly EntryField[]) => string;
  /** The same as frameworks with points have always said it. */
  readonly pointsLacking: (fields: readonly EntryField[]) => string;
  readonly pointsToRecord: (fields: readonly EntryField[]) => string;
}

/** Findings on weighted criteria. */
export interface WeightedWords {
  /** The first sentence: what was tested on what, and what came out of it. */
  readonly conclusion: (concluded: Concluded, occasion: ConclusionOccasion) => string;
  readonly notShown: (text: string) => string;
  readonly heldAtWarning: (why: string) => string;
  /** What would decide a criterion that only warns. */
  readonly toDecide: (sentences: string) => string;
  /** `For LOG-03 and LOG-05: …`. */
  readonly remedyFor: (tests: readonly string[], remedy: string) => string;
}

/** What a conclusion speaks of. */
export interface ConclusionOccasion {
  /** The criterion's id. */
  readonly criterion: string;
  readonly reading: WeightedFramework["reading"];
  /** Entries in scope. */
  readonly actions: number;
  /** ISO 8601 text; null when unknown. */
  readonly from: string | null;
  readonly to: string | null;
}

/** What came out of a criterion's tests. */
export type Concluded =
  /** Good; `unfound` by tests that can only disprove. */
  | { readonly kind: "passed" | "unfound"; readonly found: FoundNothing }
  | {
      readonly kind: "warned";
      /** Nothing speaks for the criterion: its tests can only disprove, or those that decide are open. */
      readonly only: boolean;
      readonly by: WarnedBy;
    }
  /** So many of its tests are beyond their limits. */
  | { readonly kind: "failed"; readonly tests: number; readonly of: number }
  | { readonly kind: "inconclusive"; readonly reason: Reason }
  | { readonly kind: "context" | "not-applicable" | "no-test" | "not-run" };

/** What good tests found: nothing, or less than their limits allow. */
export interface FoundNothing {
  readonly exceptions: "none" | "within limits";
  /** Supporting tests that speak against it without changing it. */
  readonly warnings: number;
  readonly errors: number;
}

/** Why a criterion warns: deciding tests between their limits, or supporting ones beyond theirs. */
export type WarnedBy =
  | { readonly kind: "deciding"; readonly tests: number; readonly of: number }
  | {
      readonly kind: "supporting";
      readonly tests: number;
      /** Deciding tests that are open. */
      readonly open?: {
        readonly tests: number;
        readonly of: number;
        readonly because: Reason | "not-applicable";
      };
    };

/** Which criteria apply, from when, and how old the framework's review is. */
export interface ApplicabilityWords {
  readonly declared: (reason: string) => string;
  /** The answers with which a criterion does not apply; `answers` is empty where "none" was answered. */
  readonly ruledOut: (
    answers: readonly { readonly question: string; readonly answers: readonly string[] }[],
  ) => string;
  readonly readiness: (facts: {
    readonly criteria: number;
    /** How many bind later, by their dates (`2027-12-02`), the earliest first. */
    readonly later: readonly { readonly date: string; readonly criteria: number }[];
  }) => string;
  /** `reviewed` is a date; both spans are days. */
  readonly stale: (facts: {
    readonly reviewed: string;
    readonly age: number;
    readonly staleAfter: number;
  }) => string;
}
