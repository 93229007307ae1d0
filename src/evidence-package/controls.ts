// controls.csv: each criterion with the tests that decide it, their numbers, and the file that
// lists what was counted. The names of its columns and results are the same in every language.

import type { ComplianceFinding, Test } from "../model/finding.ts";
import type { ComplianceReport } from "../model/report.ts";
import type { CsvLine } from "./line.ts";
import { decidingMeasure } from "./stated.ts";

const COLUMNS = [
  "report",
  "framework",
  "edition",
  "criterion",
  "title",
  "result",
  "reason",
  "role",
  "measure",
  "code",
  "test_result",
  "population",
  "exceptions",
  "evidence",
  "sample",
] as const;

type Row = Partial<Record<(typeof COLUMNS)[number], string | number | undefined>>;

/** Paths in the package by measure. */
export interface ListedFiles {
  readonly evidence: ReadonlyMap<string, readonly string[]>;
  readonly samples: ReadonlyMap<string, readonly string[]>;
}

/** The whole file: a row for each criterion and test, then one for each that was not assessed. */
export function controlsCsv(
  reports: readonly ComplianceReport[],
  files: ListedFiles,
  csvLine: CsvLine,
): string {
  const rows = reports.flatMap((report): readonly Row[] => {
    const { framework, reportType, weighted } = report;
    const tests = new Map((weighted?.tests ?? []).map((test) => [test.key, test]));
    const decided = report.findings.flatMap((finding) =>
      finding.weighted === undefined
        ? [pointsRow(finding, files)]
        : weightedRows(finding, tests, files),
    );
    const open = report.notAssessed.map(({ criterion, why }) => ({
      criterion,
      title: why,
      result: "not_assessed",
    }));
    const common = {
      report: reportType,
      framework: framework.title,
      edition: framework.edition,
    };
    return [...decided, ...open].map((row) => joined(common, row));
  });
  return [csvLine(COLUMNS), ...rows.map((row) => csvLine(COLUMNS.map((name) => row[name])))].join(
    "",
  );
}

function joined(...parts: readonly Row[]): Row {
  return Object.fromEntries(parts.flatMap((part) => Object.entries(part)));
}

function criterionPart({ criterion, title, result, reason }: ComplianceFinding): Row {
  return { criterion, title, result, reason };
}

function pointsRow(finding: ComplianceFinding, files: ListedFiles): Row {
  const measure = decidingMeasure(finding);
  return {
    ...criterionPart(finding),
    role: "decisive",
    measure,
    test_result: finding.result,
    population: finding.population,
    exceptions: finding.exceptions,
    ...filesPart(measure, finding.exceptions, files),
  };
}

function weightedRows(
  finding: ComplianceFinding,
  tests: ReadonlyMap<string, Test>,
  files: ListedFiles,
): readonly Row[] {
  const { decisive = [], supporting = [] } = finding.weighted ?? {};
  const asked = [
    ...decisive.map((key) => ({ key, role: "decisive" })),
    ...supporting.map((key) => ({ key, role: "supporting" })),
  ];
  if (asked.length === 0) return [criterionPart(finding)];
  const criterion = criterionPart(finding);
  return asked.map(({ key, role }) => {
    const test = tests.get(key);
    if (test === undefined) return joined(criterion, { role, measure: key });
    const { measure, code, result, population, exceptions } = test;
    const numbers = { role, measure, code, test_result: result, population, exceptions };
    return joined(criterion, numbers, filesPart(measure, exceptions, files));
  });
}

/** A report that could not ask a measure names no evidence of it, whatever another one found. */
function filesPart(measure: string, exceptions: number, files: ListedFiles): Row {
  const evidence = exceptions === 0 ? undefined : files.evidence.get(measure);
  return { evidence: evidence?.join(" "), sample: files.samples.get(measure)?.join(" ") };
}
