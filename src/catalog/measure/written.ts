// A measure's file as its schema lets it through.

import type { EntryField } from "../../model/audit-entry.ts";
import type { InputName } from "../../model/inputs.ts";
import type {
  ExpectedObservation,
  LimitBasis,
  MeasureExample,
  MeasureKind,
} from "../../model/measure.ts";
import type { PolicyLintFinding } from "../../model/report.ts";
import type { MeasureLimitFile } from "../measure-limits.ts";

/** The keys of a kind are there for that kind and no other. */
export interface MeasureFile {
  readonly id: string;
  readonly code?: string;
  readonly title: string;
  readonly kind: MeasureKind;
  readonly question: string;
  readonly limitations: string;
  readonly population: string;
  readonly exception: string;
  readonly part: string;
  readonly exceptions: "part" | "rest";
  readonly among: string;
  readonly by: string | readonly EntryField[];
  readonly of: string | Readonly<Record<string, string>>;
  readonly per?: string;
  readonly reference: "roster" | "allow-list";
  readonly steps: Readonly<Record<string, string>>;
  readonly at_least: number;
  readonly above: number;
  readonly tolerance: string;
  readonly ahead: string;
  readonly bucket: string;
  readonly deviations: number;
  readonly times: number;
  readonly longer_than: string;
  readonly rhythm?: { readonly percentile: number; readonly times: number };
  readonly unless_after?: string;
  readonly corroboration?: { readonly same: EntryField; readonly where: string };
  readonly first: string;
  readonly then: string;
  readonly same?: readonly EntryField[];
  readonly different?: readonly EntryField[];
  readonly until?: string;
  readonly within?: string;
  readonly broken_by: string;
  readonly window: string;
  readonly distinct?: EntryField;
  readonly to: string;
  readonly percentile: number;
  readonly codes: readonly string[];
  readonly counts?: Readonly<Record<string, CountFile | LintCountFile>>;
  readonly shares?: Readonly<Record<string, { readonly among: string; readonly part: string }>>;
  readonly any_fields?: readonly (readonly EntryField[])[];
  readonly needs?: readonly InputName[];
  /** Limits and the five keys behind them stand together or not at all. */
  readonly limits?: readonly MeasureLimitFile[];
  readonly basis: LimitBasis;
  readonly limit_reason: string;
  readonly sentence: string;
  readonly remedy: string;
  readonly empty: { readonly reason: "not-exercised" | "not-applicable"; readonly says: string };
  /** Left out of the packaged files when they are read to be asked only. */
  readonly examples?: readonly ExampleFile[];
}

export interface CountFile {
  readonly of: "population" | "exceptions";
  readonly where: string;
}

/** What is counted besides of a policy's weaknesses. */
export interface LintCountFile {
  readonly codes: readonly string[];
  readonly severity?: PolicyLintFinding["severity"];
}

export interface ExampleFile extends Omit<MeasureExample, "repeat"> {
  readonly repeat?: { readonly times: number; readonly every: string };
  readonly expect: ExpectedObservation;
}
