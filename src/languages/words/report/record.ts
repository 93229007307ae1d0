// The log itself, the system it tells of, and the policy.

/** Words about where the numbers come from. */
export interface RecordWords {
  readonly integrity: string;
  readonly inputs: {
    readonly caption: (listed: string) => string;
    readonly input: string;
    readonly kind: string;
    readonly read: string;
    readonly bytes: string;
    readonly sha256: string;
    readonly as: (mapping: string) => string;
  };
  readonly sums: {
    readonly caption: string;
    readonly step: string;
    readonly entries: string;
    readonly read: string;
    readonly rejected: string;
    readonly duplicate: string;
    readonly accepted: string;
    readonly outOfPeriod: string;
    readonly inScope: string;
    readonly tie: string;
    readonly untied: string;
    readonly doubt: string;
    readonly sentence: (counts: {
      readonly read: number;
      readonly accepted: number;
      readonly rejected: number;
      readonly duplicate: number;
      readonly inScope: number;
      readonly outOfPeriod: number;
    }) => string;
  };
  readonly facts: {
    readonly first: string;
    readonly last: string;
    readonly covered: string;
    readonly edgeStart: string;
    readonly edgeEnd: string;
    readonly unreadable: string;
    readonly naive: string;
    readonly unordered: string;
    readonly future: string;
    readonly repeated: string;
    readonly scattered: string;
    readonly missing: string;
    readonly notDense: string;
    readonly missingAtEnd: string;
    readonly tenure: string;
  };
  readonly idRange: (from: string, to: string) => string;
  /** What the database's own counter says; with `{since}` where a time is known. */
  readonly tenure: (total: number, rows: number, since: boolean) => string;
  readonly rejections: {
    readonly caption: string;
    readonly reason: string;
    readonly means: string;
    readonly records: string;
    readonly where: string;
  };
  readonly fields: {
    readonly caption: string;
    readonly field: string;
    readonly entries: string;
    readonly share: string;
    readonly all: (fields: number) => string;
    /** With `{fields}`. */
    readonly never: string;
  };
  readonly intake: {
    readonly title: string;
    readonly introduction: (records: number, withoutAction: number, actions: number) => string;
    readonly caption: string;
    readonly mapping: string;
    readonly format: string;
    readonly version: string;
    readonly inputs: string;
    readonly triedOn: string;
    readonly realLogs: string;
    readonly documentation: string;
    readonly joined: string;
    readonly unjoined: string;
    readonly duplicates: string;
    readonly differing: string;
    readonly unsafe: string;
    readonly mended: string;
    readonly never: string;
    readonly chain: string;
    /** With `{fields}`. */
    readonly chainCovers: string;
    readonly notAsked: string;
    readonly leftOut: (listed: string) => string;
    readonly file: string;
    readonly why: string;
    readonly unknownWords: string;
    readonly table: string;
    readonly word: string;
    readonly times: string;
    readonly unmapped: (records: number) => string;
    readonly rawField: string;
    readonly records: string;
  };

  readonly system: {
    readonly title: string;
    readonly introduction: string;
    readonly ownWords: string;
    readonly agents: string;
    readonly agent: string;
    readonly entries: string;
    readonly low: string;
    readonly medium: string;
    readonly high: string;
    readonly critical: string;
    readonly unrated: string;
    readonly first: string;
    readonly last: string;
    readonly otherAgents: (agents: number, entries: number) => string;
    readonly actionTypes: string;
    readonly actionType: string;
    readonly otherTypes: (types: number, entries: number) => string;
  };
  readonly policy: {
    readonly title: string;
    readonly none: string;
    readonly rules: string;
    readonly digest: string;
    readonly unused: string;
    readonly allUsed: string;
    readonly allKnown: string;
    readonly unknown: (listed: string) => string;
    readonly rule: string;
    readonly entries: string;
    readonly sound: string;
    readonly weaknesses: string;
    readonly severity: string;
    readonly line: string;
    readonly what: string;
    readonly change: string;
  };
}
