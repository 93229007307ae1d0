// Reports with all their evidence in one file: the log is asked again for what the reports only
// count, in the words in which they asked.

import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { loadCatalog } from "./catalog/catalog.ts";
import type { Catalog, ResolvedFramework } from "./catalog/catalog.ts";
import { loadConfiguration } from "./catalog/configuration-file.ts";
import type { FileSource } from "./catalog/yaml-file.ts";
import type { Engine, Question } from "./engines/engine.ts";
import { writeEvidencePackage } from "./evidence-package/evidence-package.ts";
import type { EvidencePackage, WrittenPackage } from "./evidence-package/evidence-package.ts";
import type { DefinitionFile } from "./evidence-package/definitions.ts";
import type { Measure } from "./model/measure.ts";
import { inclusivePeriod, readInstant } from "./model/period.ts";
import type { ComplianceReport } from "./model/report.ts";
import type { Policy } from "./policy/policy.ts";
import { RENDERERS } from "./registry.ts";
import type { ReportOptions } from "./report-generator.ts";

export type { WrittenPackage } from "./evidence-package/evidence-package.ts";

/** Options of {@link packageReports}: those that the reports were made with, and where they go. */
export interface PackageOptions
  extends
    Pick<ReportOptions, "periodStart" | "periodEnd" | "framework" | "config" | "onProgress">,
    Pick<EvidencePackage, "out" | "renderOptions" | "signal"> {
  /** The policy that the reports were made with. */
  readonly policy?: Policy;
}

/** A report for terminals is no file. */
const NO_FILE = "terminal";

/** Draws a table that is empty where nothing was drawn. */
const OF_SAMPLES = "csv-sample";

/**
 * Writes reports with every exception that they count, samples, digests and a README for auditors
 * into one ZIP file.
 *
 * @param engine over the log that the reports are of, as it was
 * @throws ComplianceError `source-changed` when the log is no longer the one that the reports count;
 *   `invalid-option` when the file cannot be written or grows beyond 4 GiB; what reading throws;
 *   the signal's reason when it is aborted
 */
export async function packageReports(
  engine: Engine,
  reports: readonly ComplianceReport[],
  options: PackageOptions,
): Promise<WrittenPackage> {
  const { policy, periodStart, periodEnd, framework, config, ...rest } = options;
  const configuration = config === undefined ? undefined : loadConfiguration(config);
  const catalog = loadCatalog(configuration === undefined ? {} : { configuration });
  const resolved = reports.map(({ reportType, framework: { id } }) =>
    reportType === id || framework === undefined
      ? catalog.framework(id)
      : catalog.loadFramework(framework),
  );
  const question: Question = {
    measures: eachOnce(resolved.flatMap(({ measures }) => measures)),
    period: inclusivePeriod(periodStart, periodEnd),
    now: readInstant(reports[0]?.generatedAt ?? new Date()),
    ...(configuration === undefined ? {} : { inputs: configuration.inputs }),
    ...(policy === undefined ? {} : { policy: documentOf(policy) }),
  };
  const hasSamples = reports.some(({ sampling }) => sampling !== undefined);
  const formats = Object.entries(RENDERERS).filter(
    ([name]) => name !== NO_FILE && (hasSamples || name !== OF_SAMPLES),
  );
  const loaded = await Promise.all(formats.map(([, load]) => load()));
  return writeEvidencePackage({
    ...rest,
    reports,
    engine,
    question,
    renderers: loaded.map(({ renderer }) => renderer),
    definitions: resolved.flatMap((one) => definitionFiles(one, framework, catalog)),
  });
}

/** The policy as plain data, which crosses threads. */
function documentOf({ version, scope, scopeId, defaults, rules, planRules }: Policy) {
  return { version, scope, scopeId, defaults, rules, planRules };
}

function eachOnce(measures: readonly Measure[]): readonly Measure[] {
  return [...new Map(measures.map((measure) => [measure.id, measure])).values()];
}

/** The package's own folder, seen from `src` and from `dist` alike. */
const ROOT = fileURLToPath(new URL("../", import.meta.url));

/** What may be the texts of a framework and its measures; their digests tell whether they are. */
function definitionFiles(
  { framework: { id }, measureDigests }: ResolvedFramework,
  own: FileSource | undefined,
  catalog: Catalog,
): readonly DefinitionFile[] {
  const path = catalog.frameworkIds.includes(id)
    ? catalog.frameworkFile(id)
    : typeof own === "string"
      ? own
      : undefined;
  const folders = [ROOT, ...(path === undefined ? [] : [dirname(path)])];
  const measures = Object.keys(measureDigests).flatMap((measure) =>
    folders.flatMap((folder) =>
      fileAt("measure", measure, join(folder, "measures", `${measure}.yaml`)),
    ),
  );
  return [
    ...(path === undefined ? [] : fileAt("framework", id, path)),
    ...fileAt("definitions", "definitions", join(ROOT, "definitions.yaml")),
    ...measures,
  ];
}

function fileAt(kind: DefinitionFile["kind"], id: string, path: string): readonly DefinitionFile[] {
  try {
    return [{ kind, id, bytes: readFileSync(path) }];
  } catch {
    return [];
  }
}
