// Words of the evidence package's README, which an auditor reads first. Plain text: no markup.

/** Sentences of the README. Names and figures are put in as they are to be read. */
export interface PackageWords {
  readonly title: string;
  /** What the package is and what it is not, one paragraph each. */
  readonly about: readonly string[];
  readonly headings: {
    readonly facts: string;
    readonly reports: string;
    readonly files: string;
    readonly check: string;
    readonly follow: string;
    readonly evidence: string;
    readonly masking: string;
    readonly sampling: string;
    readonly missing: string;
    readonly signature: string;
  };
  readonly facts: {
    readonly organisation: string;
    readonly system: string;
    readonly contact: string;
    readonly period: string;
    readonly entries: string;
    readonly input: string;
    readonly generated: string;
    readonly tool: string;
    readonly none: string;
    /** A period without entries and bounds. */
    readonly open: string;
    /** Both ends are included. */
    periodOf(start: string, end: string): string;
  };
  /** What stands in each kind of file, by its path. */
  readonly files: {
    readonly readme: string;
    readonly reports: string;
    readonly controls: string;
    readonly evidence: string;
    readonly samples: string;
    readonly population: string;
    readonly definitions: string;
    /** Where a configuration replaces some of them; how many. */
    replaced(definitions: number): string;
    /** What was given beside the log and is not in the package: `policy`, `configuration` or both. */
    besides(files: readonly string[]): string;
    readonly policy: string;
    readonly configuration: string;
    readonly definitionsAbsent: string;
    readonly digests: string;
  };
  /** How to check the digests. The command stands on a line of its own. */
  readonly check: {
    readonly unpack: string;
    readonly windows: string;
    readonly inputs: string;
    readonly again: string;
  };
  /** How to follow a number to its entries, step by step. */
  readonly follow: readonly string[];
  readonly evidence: {
    readonly intro: string;
    readonly none: string;
    /** One measure's files. */
    row(entries: string, count: number): string;
    readonly unlistedIntro: string;
    unlisted(measure: string, exceptions: string): string;
  };
  readonly masking: {
    readonly masked: string;
    revealed(reason: string): string;
  };
  sampled(size: string, seed: string): string;
  /** A format whose packages are not installed. */
  missing(format: string): string;
  readonly signature: string;
}
