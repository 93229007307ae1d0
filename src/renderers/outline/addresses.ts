// Addresses of entries in the document: readable, unique, and made of nothing but letters,
// digits and hyphens, whatever a criterion or a measure is called.

import type { ComplianceFinding, Test } from "../../model/finding.ts";
import type { ComplianceReport } from "../../model/report.ts";

/** Addresses of findings and tests. */
export interface Addresses {
  finding(finding: ComplianceFinding): string;
  test(test: Test): string;
}

/** Gives every finding and every test of a report its address. */
export function addressesOf({ findings, weighted }: ComplianceReport): Addresses {
  const taken = new Set<string>();
  const give = (kind: string, name: string): string => {
    const wanted = `${kind}-${letters(name)}`;
    let address = wanted;
    for (let number = 2; taken.has(address); number += 1) address = `${wanted}-${number}`;
    taken.add(address);
    return address;
  };
  const ofFindings = new Map(findings.map((one) => [one, give("finding", one.criterion)]));
  const ofTests = new Map((weighted?.tests ?? []).map((one) => [one, give("test", one.key)]));
  return {
    finding: (finding) => ofFindings.get(finding) ?? "",
    test: (test) => ofTests.get(test) ?? "",
  };
}

/** `CC6.1` as `cc6-1`; what has no such letter as `x`. */
function letters(name: string): string {
  const parts = name
    .slice(0, 80)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((part) => part !== "");
  return parts.length === 0 ? "x" : parts.join("-");
}
