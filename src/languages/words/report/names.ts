// Words of the program's closed vocabularies.

import type { CriterionSeverity, TextUse } from "../../../model/framework.ts";
import type { RejectionReason } from "../../../model/intake.ts";
import type { LimitBasis } from "../../../model/measure.ts";
import type { Band, Override, PolicyLintFinding } from "../../../model/report.ts";
import type { Reason, Result, Severity } from "../../../model/result.ts";

/** Words for what is a key in the report's JSON form. */
export interface NameWords {
  /** In capitals, as a stamp: `NO EXCEPTION`. As short as can be. */
  readonly results: Readonly<Record<Result, string>>;
  /** In a sentence: `no exception`. */
  readonly resultsInText: Readonly<Record<Result, string>>;
  /** `2 pass`, `1 no exception`: how many findings have a result. */
  readonly amount: (result: Result, findings: number) => string;
  readonly severities: Readonly<Record<Severity | CriterionSeverity, string>>;
  /** Why there is no verdict, as a clause without a full stop. */
  readonly reasons: Readonly<Record<Reason, string>>;
  /** The same as the heading of what stayed open for it. */
  readonly reasonHeadings: Readonly<Record<Reason | "unstated", string>>;
  /** What a band means, as a clause without a full stop. */
  readonly bands: Readonly<Record<Band, string>>;
  readonly bases: Readonly<Record<LimitBasis, string>>;
  readonly textUses: Readonly<Record<TextUse, string>>;
  readonly rejections: Readonly<Record<RejectionReason, string>>;
  readonly overrides: Readonly<Record<Override["kind"], string>>;
  readonly lintSeverities: Readonly<Record<PolicyLintFinding["severity"], string>>;
  readonly notRecorded: string;
  readonly withoutId: string;
  readonly yes: string;
  readonly no: string;
}
