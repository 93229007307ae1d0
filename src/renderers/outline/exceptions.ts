// Everything that needs a hand, once and in full: findings of frameworks with points, tests of
// weighted ones.

import { arrange } from "../words/arrangement.ts";
import { deviatingTests } from "../words/weighted.ts";
import { paragraph, section } from "./blocks.ts";
import type { Section } from "./document.ts";
import { findingEntry } from "./finding-entry.ts";
import { plain } from "./lines.ts";
import { testEntry } from "./test-entry.ts";
import type { Telling } from "./telling.ts";

/** One entry each, the heaviest first; absent when nothing deviates. */
export function exceptions(telling: Telling): Section | undefined {
  const { report, tests, words } = telling;
  const { title, introduction, testsIntroduction } = words.findings.exceptions;
  const weighted = report.weighted !== undefined;
  const entries = weighted
    ? deviatingTests(tests, report.findings).map((test) => testEntry(test, telling))
    : arrange(report.findings).first.map((finding) => findingEntry(finding, telling));
  if (entries.length === 0) return undefined;
  return section("exceptions", title, [
    paragraph(plain(weighted ? testsIntroduction : introduction)),
    ...entries,
  ]);
}
