// What stands before the first section.

/** A sentence that begins with a few words in bold. */
export interface Announced {
  readonly strong: string;
  readonly rest: string;
}

/** Head, notice, cover, conclusion and key figures. */
export interface OpeningWords {
  readonly title: (reportType: string) => string;
  readonly titleOf: (framework: string) => string;
  readonly period: (days: string) => string;
  readonly days: (from: string, to: string) => string;
  readonly unknown: string;
  readonly unknownPeriod: string;
  readonly lead: string;
  /** What this is and is not; the sentence that every first page carries. */
  readonly notice: string;
  readonly readiness: string;
  readonly overdue: string;
  readonly inDoubt: Announced;
  readonly untied: Announced;
  /** With `{reason}`. */
  readonly revealed: Announced;
  readonly untranslated: (texts: number) => string;

  readonly score: (score: number, grade: string) => string;
  readonly evidenceScore: (score: number, grade: string) => string;
  readonly notGraded: (why: string) => string;
  readonly noScore: string;
  readonly noGrade: string;
  readonly noEntry: string;
  readonly nothingDecided: string;
  readonly tooLittleDecided: string;
  /** `3 of the 61 criteria of SOC 2`; of a law, which has no number of them, `12 criteria of GDPR`. */
  readonly criteriaOf: (decided: number, total: number | undefined, framework: string) => string;
  /** The same with the verb, as a sentence. */
  readonly decided: (criteria: string) => string;
  /** With `{band}`. */
  readonly band: (means: string) => string;
  /** With `{why}`. */
  readonly withheld: string;
  /** With `{by}`. */
  readonly capped: (at: number, uncapped: number) => string;

  readonly cover: {
    readonly organisation: string;
    readonly system: string;
    readonly contact: string;
    readonly period: string;
    readonly framework: string;
    readonly inputs: string;
    readonly generated: string;
    readonly tool: string;
  };
  readonly bothIncluded: (from: string, to: string) => string;
  readonly edition: (framework: string, edition: string) => string;
  readonly moreInputs: (more: number) => string;

  readonly figures: {
    readonly total: string;
    readonly enforcement: string;
    readonly blocked: string;
    readonly approval: string;
    readonly letThrough: string;
    readonly coverage: string;
    readonly findings: string;
    readonly decisions: string;
  };
  readonly policyUnrecorded: string;
  readonly noActions: string;
  readonly carryDecision: (decided: number, total: number) => string;
  readonly answers: (approved: number, denied: number, unanswered: number) => string;
  readonly answersUnrecorded: string;
  /** What follows the criteria decided. */
  readonly coverageRest: (
    possible: number,
    weightDecided: number,
    weightPossible: number,
  ) => string;
  /** At the foot of each page. */
  readonly foot: (tool: string, version: string, generated: string) => string;
}
