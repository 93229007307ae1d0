// What came out: first steps, results, exceptions, what stayed open, what passed.

/** Headings of an entry of the log as evidence. */
export interface EvidenceColumns {
  readonly entry: string;
  readonly time: string;
  readonly agent: string;
  readonly action: string;
  readonly target: string;
  readonly rule: string;
  readonly decision: string;
  readonly human: string;
  readonly result: string;
}

/** Words about findings and tests. */
export interface FindingWords {
  readonly first: {
    readonly title: string;
    readonly caption: string;
    readonly introduction: string;
  };
  readonly activity: { readonly title: string; readonly untimed: (entries: number) => string };
  readonly results: { readonly title: string; readonly caption: string };
  readonly exceptions: {
    readonly title: string;
    readonly introduction: string;
    readonly testsIntroduction: string;
  };
  readonly columns: {
    readonly result: string;
    readonly criterion: string;
    readonly title: string;
    readonly severity: string;
    readonly observed: string;
    readonly population: string;
    readonly exceptions: string;
    readonly pointsLost: string;
    readonly tests: string;
    readonly test: string;
    readonly change: string;
    readonly owner: string;
    readonly due: string;
    readonly response: string;
    readonly whyOpen: string;
    readonly help: string;
    readonly criteria: string;
    readonly saw: string;
    readonly shows: string;
    readonly notShown: string;
  };
  readonly evidence: EvidenceColumns;

  /** Labels of a finding's or a test's figures. */
  readonly facts: {
    readonly noVerdict: string;
    readonly severity: string;
    readonly category: string;
    readonly points: string;
    readonly population: string;
    readonly exceptions: string;
    readonly observed: string;
    readonly passesWhen: string;
    readonly measuredBy: string;
    readonly question: string;
    readonly touches: string;
    readonly limits: string;
    readonly basis: string;
    readonly numbers: string;
    readonly heuristic: string;
  };
  readonly change: string;
  /** With `{why}`. */
  readonly heldBecause: string;
  readonly entries: (amount: number) => string;
  readonly groups: (amount: number) => string;
  readonly rules: (amount: number) => string;
  readonly findings: (amount: number) => string;
  readonly exceptionsWithin: (amount: number) => string;
  readonly shareOf: (share: string, part: number, whole: number) => string;
  /** Of tests of a policy. */
  readonly rulePopulation: (rules: number) => string;
  readonly ruleExceptions: (findings: number, about: string) => string;
  readonly theDefaults: string;
  readonly defaults: string;
  readonly recordOnly: string;
  readonly roles: {
    readonly decisive: string;
    readonly supporting: string;
    readonly figures: string;
  };
  /** `CC6.1 (critical, decisive: FAIL)`. */
  readonly touch: (criterion: string, severity: string, role: string, result: string) => string;
  /** With `{classes}`. */
  readonly heuristic: string;
  /** `ENF-02 for CC6.1`. */
  readonly testFor: (code: string, criterion: string) => string;
  /** Before the names of supporting tests. */
  readonly supporting: string;
  /** Before the name of one. */
  readonly supportingTest: string;
  readonly noTest: string;

  /** Limits, in the order in which they are tried; `{condition}` stands for CEL. */
  readonly limitWhen: (result: string) => string;
  readonly limitElse: (result: string) => string;
  readonly figureOnly: string;

  readonly notes: {
    readonly open: string;
    readonly inDoubt: string;
    readonly bindsFrom: (date: string) => string;
    readonly withWarning: string;
  };

  readonly tables: {
    readonly response: string;
    readonly exceptions: (listed: string) => string;
    readonly pairs: (listed: string) => string;
    readonly silences: (listed: string) => string;
    readonly groups: (listed: string) => string;
    readonly values: string;
    readonly valuesListed: string;
    readonly weaknesses: (listed: string) => string;
    readonly before: string;
    readonly after: string;
    readonly at: string;
    readonly silence: string;
    readonly group: string;
    readonly number: string;
    /** Of values that are not counted in entries. */
    readonly amount: string;
    readonly share: string;
    readonly value: string;
    readonly no: string;
    readonly which: string;
    /** Of the two entries of an exception. */
    readonly earlier: string;
    readonly later: string;
    readonly line: string;
  };
  readonly all: (total: number) => string;
  readonly firstOf: (shown: number, total: number) => string;
  /** With `{named}`. */
  readonly andMore: (more: number) => string;
  readonly notListed: string;
  /** With `{entries}`: exceptions that stayed within the limits. */
  readonly within: (exceptions: number) => string;

  readonly open: {
    readonly title: string;
    readonly nothing: string;
    readonly caption: string;
  };
  readonly fix: {
    readonly title: string;
    readonly introduction: (weight: number) => string;
    readonly caption: string;
    readonly record: string;
    readonly opens: string;
    readonly weight: string;
    readonly alone: string;
    /** With `{fields}`. */
    readonly together: string;
  };

  readonly passed: {
    readonly title: string;
    readonly pass: string;
    readonly introduction: (actions: number, days: string) => string;
    readonly reach: string;
    /** With `{criteria}`. */
    readonly contrary: string;
    readonly figures: string;
    readonly noException: string;
    readonly noExceptionIntroduction: string;
    readonly notApplicable: string;
    readonly quiet: string;
    readonly quietCaption: string;
    readonly record: string;
  };
  readonly reach: { readonly title: string; readonly caption: string };
}
