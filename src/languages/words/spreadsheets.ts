// Words that only spreadsheets and CSV files need; what reports say elsewhere too stands there.

import type { Observed } from "../../model/finding.ts";

/** Names and headings of the four tables, and the few sentences in them. */
export interface SpreadsheetWords {
  /** Names of the sheets: at most 31 characters, none of `[ ] : * ? / \ '`. */
  readonly names: {
    readonly findings: string;
    readonly exceptions: string;
    readonly population: string;
    readonly sample: string;
  };
  /** What stands at the foot of each printed page; at most 120 characters. */
  readonly foot: string;

  readonly findings: {
    readonly note: string;
    /** Heading: whether what was observed is a number of entries, a share or a number of groups. */
    readonly unit: string;
    readonly units: Readonly<Record<Observed["kind"], string>>;
    readonly part: string;
    readonly whole: string;
    readonly description: string;
    /** Requirements that a row of what was not assessed stands for; at least 2. */
    readonly standsFor: (requirements: number) => string;
    readonly askFor: (what: string) => string;
    readonly decisive: (tests: string) => string;
    readonly supporting: (tests: string) => string;
  };
  readonly exceptions: {
    /** Heading: of which finding or test it is an exception. */
    readonly of: string;
    readonly source: string;
    /** Heading: what came of the action, beside the result of a test. */
    readonly outcome: string;
    readonly before: string;
    readonly beforeTime: string;
    readonly silence: string;
    readonly seconds: string;
    readonly remark: string;
    /** A weakness of a policy, by its line in the file. */
    readonly atLine: (message: string, line: number) => string;
    /** Exceptions beyond those that the report lists. */
    readonly more: (more: number, total: number) => string;
    readonly none: string;
  };
  readonly population: {
    readonly part: string;
    readonly item: string;
    readonly value: string;
    readonly note: string;
    readonly report: string;
    readonly notice: string;
    readonly reportType: string;
    readonly language: string;
    readonly periodStart: string;
    readonly periodEnd: string;
    readonly score: string;
    readonly grade: string;
    readonly notGraded: string;
    readonly decided: string;
    readonly possible: string;
    readonly total: string;
    readonly approved: string;
    readonly denied: string;
    readonly unanswered: string;
    readonly masked: string;
    readonly revealed: string;
    readonly untranslated: string;
    readonly ties: string;
    readonly times: string;
    readonly ids: string;
    readonly missingRun: string;
    readonly counted: string;
    readonly since: string;
    readonly rows: string;
    readonly fields: string;
    readonly never: string;
    readonly records: string;
    readonly withoutAction: string;
    readonly actions: string;
    readonly notGiven: string;
    readonly seed: string;
    readonly size: string;
    readonly method: string;
    readonly digests: string;
  };
  readonly sample: {
    readonly testedBy: string;
    readonly outcome: string;
    readonly note: string;
    /** No sample was asked for. */
    readonly none: string;
    /** A population without entries. */
    readonly nothing: string;
    /** How entries are drawn, for every sample alike. */
    readonly method: string;
  };
  /** Behind a text that is cut: how long it is. */
  readonly cut: (characters: number) => string;
  /** Instead of the rows that a sheet cannot take. */
  readonly rowsCut: (rows: number) => string;
}
