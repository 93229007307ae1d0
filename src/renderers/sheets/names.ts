// By which names a table calls findings and tests.

import type { Language } from "../../languages/language.ts";
import type { ComplianceFinding, Test } from "../../model/finding.ts";
import { bareTitle } from "../words/arrangement.ts";

/** A finding's title without its criterion and its result, which have columns of their own. */
export function plainTitle(finding: ComplianceFinding): string {
  const title = bareTitle(finding);
  return title.startsWith(`${finding.criterion} `)
    ? title.slice(finding.criterion.length + 1)
    : title;
}

/** A test's code, and the criterion whose own limits it was held against. */
export function testName({ key, measure, code = measure }: Test, { report }: Language): string {
  const own = `${measure}@`;
  return key.startsWith(own) ? report.findings.testFor(code, key.slice(own.length)) : code;
}
