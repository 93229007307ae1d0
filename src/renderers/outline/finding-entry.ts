// A finding of a framework with points, in full or in short.

import type { ComplianceFinding } from "../../model/finding.ts";
import { bareTitle } from "../words/arrangement.ts";
import { observed } from "../words/phrases.ts";
import { facts, paragraph, present } from "./blocks.ts";
import type { Block, Entry } from "./document.ts";
import {
  exceptionTable,
  gapTable,
  groupTable,
  pointerList,
  responseTable,
  whatToChange,
} from "./evidence-tables.ts";
import { code, joined, passage, plain, sentence, severity, text, value } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** Everything about one finding that needs a hand or stayed open. */
export function findingEntry(finding: ComplianceFinding, telling: Telling): Entry {
  return entryOf(finding, telling, true, [
    paragraph(passage(finding.description)),
    whatToChange(finding.recommendation, telling),
    figures(finding, telling),
    finding.result === "fail" || finding.result === "warn" ? responseTable(telling) : undefined,
    gapTable(finding, telling),
    groupTable(finding, telling),
    exceptionTable(finding, telling),
  ]);
}

/** One finding within limits, or a figure: a paragraph, and its tables of silences and groups. */
export function shortEntry(finding: ComplianceFinding, telling: Telling): Entry {
  const { exceptions, exceptionEntries } = finding;
  const within =
    exceptions === 0
      ? []
      : sentence(telling.words.findings.within(exceptions), {
          entries: pointerList(exceptionEntries.slice(0, 10), exceptions, telling),
        });
  return entryOf(finding, telling, false, [
    paragraph(joined([passage(finding.description), within], " ")),
    gapTable(finding, telling),
    groupTable(finding, telling),
  ]);
}

function entryOf(
  finding: ComplianceFinding,
  { addresses }: Telling,
  open: boolean,
  blocks: readonly (Block | undefined)[],
): Entry {
  return {
    kind: "entry",
    id: addresses.finding(finding),
    result: finding.result,
    severity: finding.severity,
    title: plain(bareTitle(finding)),
    open,
    blocks: present(...blocks),
  };
}

function figures(finding: ComplianceFinding, telling: Telling): Block | undefined {
  const { words, numbers, language } = telling;
  const { facts: say, entries } = words.findings;
  const { reason, limit } = finding;
  return facts(
    [
      say.noVerdict,
      reason === undefined
        ? undefined
        : [text(`${words.names.reasons[reason]} (`), ...code(reason), text(")")],
    ],
    [say.severity, severity(finding.severity, words.names)],
    [say.category, value(finding.category)],
    [say.points, plain(numbers.count(finding.points))],
    [say.population, plain(entries(finding.population))],
    [say.exceptions, plain(numbers.count(finding.exceptions))],
    [
      say.observed,
      finding.observed === undefined ? undefined : plain(observed(finding.observed, language)),
    ],
    [say.passesWhen, code(limit)],
    [say.measuredBy, joined(finding.measures.map(code), ", ")],
  );
}
