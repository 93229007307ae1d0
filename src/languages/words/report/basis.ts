// What was not assessed, and what the results rest on.

/** Words about limits, classes, configuration and method. */
export interface BasisWords {
  readonly notAssessed: {
    readonly title: string;
    readonly none: string;
    readonly introduction: string;
    readonly caption: string;
    readonly criterion: string;
    readonly criteria: string;
    readonly requirements: string;
    readonly why: string;
    readonly ask: string;
  };
  readonly classes: {
    readonly title: string;
    readonly introduction: string;
    readonly caption: string;
    readonly name: string;
    readonly meaning: string;
    readonly entries: string;
    readonly definition: string;
    readonly replaced: string;
  };
  readonly limits: {
    readonly title: string;
    readonly introduction: string;
    readonly caption: string;
    readonly test: string;
    readonly limits: string;
    readonly basis: string;
    readonly why: string;
  };
  readonly overrides: {
    readonly title: string;
    readonly caption: string;
    readonly what: string;
    readonly name: string;
    readonly from: string;
    readonly to: string;
    readonly why: string;
  };
  readonly inputs: {
    readonly title: string;
    readonly caption: string;
    readonly input: string;
    readonly given: string;
    readonly holds: string;
    readonly from: string;
    readonly measures: string;
  };
  readonly questions: {
    readonly title: string;
    readonly caption: string;
    readonly question: string;
    readonly answer: string;
    readonly unknown: string;
    readonly dates: string;
    readonly from: string;
    readonly what: string;
    readonly now: string;
    readonly binding: string;
    readonly notBinding: string;
  };
  readonly method: {
    readonly title: string;
    readonly period: string;
    readonly generated: string;
    readonly tool: string;
    readonly toolAndSchema: (tool: string, version: string, schema: string) => string;
    readonly framework: string;
    /** With `{digest}`. */
    readonly frameworkEdition: (title: string, edition: string, id: string) => string;
    readonly publisher: string;
    /** With `{publisher}`, `{source}`, `{licence}`. */
    readonly publication: (textUse: string, reviewed: string) => string;
    readonly criteria: string;
    readonly criteriaByMode: (
      tested: number,
      disproveOnly: number,
      figures: number,
      rest: string,
    ) => string;
    readonly scoring: string;
    readonly points: string;
    readonly weighted: string;
    readonly comparison: string;
    readonly notComparable: string;
    readonly configuration: string;
    readonly asText: string;
    readonly definitions: string;
    readonly reading: string;
    readonly shares: string;
    readonly texts: string;
    readonly masking: string;
    readonly masked: (texts: number) => string;
    /** With `{reason}`. */
    readonly revealed: string;
    readonly translation: string;
    readonly sampling: string;
    /** With `{seed}`. */
    readonly sampled: (size: number) => string;
    readonly digests: string;
    readonly measure: string;
  };
}
