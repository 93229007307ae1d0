// Nothing passes on absent evidence: over every framework, and whichever fields a log records, no
// criterion passes whose measures ask for a field that the log does not have.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../../src/model/audit-entry.ts";
import type { Framework } from "../../src/model/framework.ts";
import { formatInstant } from "../../src/model/instant.ts";
import type { Measure } from "../../src/model/measure.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { Policy } from "../../src/policy/policy.ts";
import { ReportGenerator } from "../../src/report-generator.ts";
import { officeLog } from "./injector/office-log.ts";

const catalog = loadCatalog();
const frameworks = catalog.frameworkIds.map((id) => catalog.framework(id));
const office = officeLog(1);
const generator = new ReportGenerator(Policy.parse(office.policy));

/** The same log as a source writes it that knows these fields only. */
function recording(fields: readonly EntryField[]): AuditEntry[] {
  return office.entries.slice(0, 600).map((entry) =>
    Object.fromEntries(fields.map((field) => [field, entry[field] ?? null])),
  );
}

function reportsOf(fields: readonly EntryField[]): Promise<ComplianceReport[]> {
  return generator.generateAll(recording(fields), catalog.frameworkIds, {
    now: formatInstant(office.now),
  });
}

/** Passes that rest on a field which is not there, as `framework criterion measure`. */
function unfounded(reports: readonly ComplianceReport[], fields: readonly EntryField[]): string[] {
  const lacks = ({ fields: needed, anyFields = [] }: Measure): boolean =>
    needed.some((field) => !fields.includes(field)) ||
    anyFields.some((group) => group.every((field) => !fields.includes(field)));
  return reports.flatMap((report, index) => {
    const { framework, measures } = frameworks[index] ?? { framework: undefined, measures: [] };
    const passed = report.findings.filter(({ result }) => result === "pass");
    return passed.flatMap(({ criterion, measures: all }) =>
      decisiveOf(framework, criterion, all, report)
        .filter((id) => measures.some((measure) => measure.id === id && lacks(measure)))
        .map((id) => `${report.reportType} ${criterion} ${id}`),
    );
  });
}

/** The measures that a pass rests on; those that do not apply say nothing either way. */
function decisiveOf(
  framework: Framework | undefined,
  criterion: string,
  all: readonly string[],
  report: ComplianceReport,
): readonly string[] {
  if (framework?.scoring !== "weighted") return all;
  const decisive = framework.criteria.find(({ id }) => id === criterion)?.decisive ?? [];
  const silent = new Set(
    report.weighted?.tests
      .filter(({ result }) => result === "not_applicable")
      .map(({ measure }) => measure),
  );
  return decisive.map(({ measure }) => measure).filter((measure) => !silent.has(measure));
}

describe("nothing passes on absent evidence", () => {
  test("a log that records everything passes in every framework, so the rest can fail", async () => {
    const reports = await reportsOf(ENTRY_FIELD_NAMES);
    const without = reports.filter(({ findings }) => findings.every(({ result }) => result !== "pass"));
    expect(without.map(({ reportType }) => reportType)).toEqual([]);
  });

  test.each(ENTRY_FIELD_NAMES.map((field) => [field]))("without %s", async (missing) => {
    const fields = ENTRY_FIELD_NAMES.filter((field) => field !== missing);
    expect(unfounded(await reportsOf(fields), fields)).toEqual([]);
  });

  test("with any of the fields", async () => {
    await fc.assert(
      fc.asyncProperty(fc.subarray([...ENTRY_FIELD_NAMES], { minLength: 1 }), async (fields) => {
        expect(unfounded(await reportsOf(fields), fields)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("with no entry at all, nothing passes anywhere", async () => {
    const reports = await generator.generateAll([], catalog.frameworkIds, {
      now: formatInstant(office.now),
    });
    const graded = reports.filter(({ score, grade }) => score !== null || grade !== null);
    expect(graded.map(({ reportType }) => reportType)).toEqual([]);
    const passed = reports.flatMap(({ reportType, findings }) =>
      findings
        .filter(({ result }) => result === "pass")
        .map(({ criterion }) => `${reportType} ${criterion}`),
    );
    expect(passed).toEqual([]);
  });
});
