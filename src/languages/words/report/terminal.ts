// Labels and short sentences of the report at a terminal. A label has at most 13 characters, one
// below a finding at most 7.

/** Words of the terminal format only. */
export interface TerminalWords {
  readonly labels: {
    readonly period: string;
    readonly about: string;
    readonly summary: string;
    readonly coverage: string;
    readonly band: string;
    readonly noScore: string;
    readonly heldDown: string;
    readonly inDoubt: string;
    readonly readiness: string;
    readonly overdue: string;
    readonly framework: string;
    readonly unmasked: string;
    readonly actions: string;
    readonly decisions: string;
    readonly answers: string;
    readonly enforcement: string;
    readonly record: string;
    readonly mapping: string;
    readonly input: string;
    readonly entries: string;
    readonly covers: string;
    readonly note: string;
    readonly policy: string;
    readonly configuration: string;
    readonly overridden: string;
    readonly notGiven: string;
    readonly notAssessed: string;
    readonly details: string;
  };
  /** Below a finding. The longest of the first four sets the column of what they say. */
  readonly below: {
    readonly why: string;
    readonly fix: string;
    readonly see: string;
    readonly cap: string;
    readonly open: string;
    readonly need: string;
  };
  readonly headings: {
    readonly noFindings: string;
    readonly findings: (tally: string) => string;
    readonly criteria: (tally: string) => string;
    readonly tests: string;
    readonly open: string;
    readonly others: (criteria: number) => string;
    readonly fix: string;
    readonly log: string;
    readonly passed: string;
    readonly noException: string;
    readonly figures: string;
    readonly notApplicable: string;
  };
  readonly periodIn: (days: string) => string;
  readonly score: (score: number, grade: string) => string;
  readonly evidenceScore: (score: number, grade: string) => string;
  readonly notGraded: (why: string) => string;
  readonly heldDown: (at: number, uncapped: number, by: string) => string;
  readonly band: (name: string, means: string) => string;
  readonly policyUnrecorded: string;
  readonly answersUnrecorded: string;
  readonly actions: (total: number, letThrough: number, asked: number, blocked: number) => string;
  readonly answers: (approved: number, denied: number, unanswered: number) => string;
  readonly noActions: string;
  readonly enforcement: (share: string) => string;
  readonly countOf: (value: number, population: number) => string;
  readonly lost: (points: number) => string;
  readonly entries: (names: string, amount: number) => string;
  readonly andMore: (named: string, more: number) => string;
  readonly rules: (names: string, amount: number, findings: number) => string;
  readonly defaults: (findings: number) => string;
  readonly opens: (field: string, criteria: string, weight: number) => string;
  readonly openedWith: (criterion: string, fields: string) => string;
  readonly moreFields: (more: number) => string;
  readonly leftOut: (files: number) => string;
  readonly withoutAction: (actions: number, records: number, without: number) => string;
  readonly unmapped: (fields: number) => string;
  readonly unknownWords: (words: number) => string;
  readonly mapping: (id: string, version: number) => string;
  readonly inputDigest: (name: string, digest: string) => string;
  readonly moreInputs: (more: number) => string;
  readonly counts: (counts: {
    readonly read: number;
    readonly rejected: number;
    readonly duplicate: number;
    readonly outOfPeriod: number;
    readonly inScope: number;
  }) => string;
  readonly tie: string;
  readonly untied: string;
  readonly covers: (span: string) => string;
  readonly oddities: {
    readonly unreadable: (entries: number) => string;
    readonly naive: (entries: number) => string;
    readonly unordered: (entries: number) => string;
    readonly future: (entries: number) => string;
    readonly repeated: (entries: number) => string;
    readonly missing: (ids: number) => string;
  };
  readonly noPolicy: string;
  readonly policy: (rules: number, unknown: number, weaknesses: number) => string;
  readonly notGiven: (input: string, measures: string) => string;
  readonly requirements: (rows: number) => string;
  readonly details: string;
}
