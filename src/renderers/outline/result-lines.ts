// A criterion, its result and its tests, as lines in tables and lists.

import type { ComplianceFinding, Test } from "../../model/finding.ts";
import type { CriterionSeverity } from "../../model/framework.ts";
import type { Severity } from "../../model/result.ts";
import { titleAlone } from "../words/arrangement.ts";
import { notesOf, testName, testWithResult } from "../words/phrases.ts";
import { deviates } from "../words/weighted.ts";
import type { Line } from "./document.ts";
import { joined, linked, plain, result, strong, text } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** `PASS (record in doubt)`, `FAIL (binds from 2027-12-02)`. */
export function resultLine(finding: ComplianceFinding, { words, language }: Telling): Line {
  const notes = notesOf(finding, language);
  return [
    result(finding.result, words.names),
    ...plain(notes.length === 0 ? "" : ` (${notes.join(", ")})`),
  ];
}

/** The criterion and its title, leading to what explains its result. */
export function criterionLine(finding: ComplianceFinding, telling: Telling): Line {
  return linked(explainedAt(finding, telling), [
    strong(finding.criterion),
    text(" "),
    ...plain(titleAlone(finding)),
  ]);
}

/** Of a weighted framework the criterion's, otherwise the finding's own. */
export function severityOf({
  severity,
  weighted,
}: ComplianceFinding): Severity | CriterionSeverity {
  return weighted?.criterionSeverity ?? severity;
}

/**
 * Where the document says more about a finding: at its own entry, or, where a weighted framework's
 * criterion needs a hand, at the first of its tests that deviates.
 */
export function explainedAt(
  finding: ComplianceFinding,
  { tests, addresses }: Telling,
): string | undefined {
  const { weighted } = finding;
  if (weighted === undefined || !deviates(finding)) return addresses.finding(finding);
  const test = [...weighted.decisive, ...weighted.supporting]
    .flatMap((key) => tests.filter((one) => one.key === key))
    .find(deviates);
  if (test !== undefined) return addresses.test(test);
  return weighted.open === true ? addresses.finding(finding) : undefined;
}

/** `ENF-01 fail, ENF-02 pass; supporting: IDN-01 pass`. */
export function testsLine({ weighted }: ComplianceFinding, telling: Telling): Line {
  const { tests, words } = telling;
  const named = (keys: readonly string[] = []): Line =>
    joined(
      keys
        .flatMap((key) => tests.filter((one) => one.key === key))
        .map((test) => testLine(test, telling)),
      ", ",
    );
  const supporting = named(weighted?.supporting);
  const role = weighted?.mode === "figures" ? "" : `${words.findings.supporting} `;
  return joined(
    [named(weighted?.decisive), supporting.length === 0 ? [] : [...plain(role), ...supporting]],
    "; ",
  );
}

/** `ENF-01 fail`, leading to the test where it stands in full. */
export function testLine(test: Test, { addresses, language }: Telling): Line {
  return linked(
    deviates(test) ? addresses.test(test) : undefined,
    plain(testWithResult(test, language)),
  );
}

/** The test's short name and its title. */
export function testTitle(test: Test, { language }: Telling): Line {
  return [strong(testName(test, language)), text(" "), ...plain(test.title)];
}
