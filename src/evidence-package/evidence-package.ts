// The evidence package: one ZIP file with the reports in every format, every exception behind
// their numbers, and what an auditor needs to check both.

import { chmodSync, realpathSync, renameSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Engine, Progress, Question } from "../engines/engine.ts";
import { languageOf } from "../languages/languages.ts";
import type { AuditEntry } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import type { ComplianceReport } from "../model/report.ts";
import { entryMask } from "../redaction/mask-entry.ts";
import { toDict } from "../renderers/dict.ts";
import type { RenderOptions, Renderer } from "../renderers/renderer.ts";
import { controlsCsv } from "./controls.ts";
import { writeDefinitions } from "./definitions.ts";
import type { DefinitionFile } from "./definitions.ts";
import { entryFiles, writeEvidence } from "./evidence.ts";
import type { EvidenceFiles } from "./evidence.ts";
import { csvLines, jsonDocument } from "./line.ts";
import type { CsvLine } from "./line.ts";
import { readme } from "./readme.ts";
import { openSpool } from "./spool.ts";
import type { Spool } from "./spool.ts";
import { statedExceptions } from "./stated.ts";
import { writeZip } from "./zip.ts";

/** What goes into a package. */
export interface EvidencePackage {
  /** Of one reading; at least one. Evidence is masked unless they state why it is not. */
  readonly reports: readonly ComplianceReport[];
  /** The log, to be read once more. */
  readonly engine: Pick<Engine, "exceptions">;
  /** What the reports asked of it. */
  readonly question: Question;
  /** Formats of the reports. One whose package is not installed is left out, and the README says so. */
  readonly renderers: readonly Renderer[];
  /** For the renderers. */
  readonly renderOptions?: RenderOptions;
  /** Texts of measures and frameworks; those whose digests the reports do not name are left out. */
  readonly definitions?: readonly DefinitionFile[];
  /** Path of the ZIP file. What stands there is replaced when the new one is whole. */
  readonly out: string;
  readonly onProgress?: (progress: Progress) => void;
  /** Stops it; nothing is left behind. */
  readonly signal?: AbortSignal;
}

/** What was written. */
export interface WrittenPackage {
  readonly path: string;
  readonly files: number;
  /** Entries listed as evidence, each measure's for itself. */
  readonly exceptions: number;
  /** Formats that are left out because their packages are not installed. */
  readonly missing: readonly string[];
}

/**
 * Writes an evidence package. The same reports and log give the same bytes. Memory does not grow
 * with the evidence, which waits in a hidden folder beside the package; that is removed whatever
 * happens.
 *
 * @throws ComplianceError `source-changed` when the log no longer has the exceptions that the
 *   reports count; `invalid-option` when the package cannot be written or grows beyond 4 GiB; what
 *   reading and rendering throw; the signal's reason when it is aborted
 */
export async function writeEvidencePackage(parts: EvidencePackage): Promise<WrittenPackage> {
  const { out, signal } = parts;
  const spool = writing(out, () => openSpool(out));
  try {
    const { exceptions, missing } = await fill(spool, parts);
    signal?.throwIfAborted();
    const files = spool.files();
    const temporary = join(spool.folder, "package");
    await writeZip(temporary, files, signal);
    writing(out, () => {
      const existing = statSync(out, { throwIfNoEntry: false });
      if (existing !== undefined) chmodSync(temporary, existing.mode & 0o777);
      // Through a symbolic link, the file behind it is replaced and not the link.
      renameSync(temporary, existing === undefined ? out : realpathSync(out));
    });
    return { path: out, files: files.length, exceptions, missing };
  } catch (cause) {
    if (isSystemError(cause)) throw unwritable(out, cause);
    throw cause;
  } finally {
    spool.remove();
  }
}

async function fill(
  spool: Spool,
  parts: EvidencePackage,
): Promise<Pick<WrittenPackage, "exceptions" | "missing">> {
  const { reports, definitions = [], signal } = parts;
  const [first] = reports;
  if (first === undefined) {
    throw new ComplianceError("invalid-option", "an evidence package needs a report, got none");
  }
  const language = languageOf(first.language);
  const csvLine = csvLines(language);
  const stated = statedExceptions(reports, parts.question.measures);
  const evidence = await evidenceOf(spool, stated.listed, parts, csvLine);
  const samples = writeSamples(spool, reports, csvLine);
  const missing = await writeReports(spool, parts);
  signal?.throwIfAborted();
  const hasDefinitions = writeDefinitions(reports, definitions, spool, csvLine);
  const { population } = toDict(first);
  spool.write("population.json", jsonDocument(population));
  spool.write(
    "controls.csv",
    controlsCsv(
      reports,
      { evidence: new Map(evidence.map(({ measure, paths }) => [measure, paths])), samples },
      csvLine,
    ),
  );
  const told = {
    reports,
    evidence,
    unlisted: stated.unlisted,
    hasDefinitions,
    hasSamples: samples.size > 0,
    missing,
  };
  spool.write("README.txt", readme(told, language));
  // As `sha256sum` writes and reads them.
  const digests = spool.files().map(({ sha256, path }) => `${sha256}  ${path}\n`);
  spool.write("digests.txt", digests.join(""));
  const exceptions = evidence.reduce((sum, { entries }) => sum + entries, 0);
  return { exceptions, missing: [...missing.keys()] };
}

/** Reads the log again, but only for measures that have exceptions to list. */
async function evidenceOf(
  spool: Spool,
  stated: ReadonlyMap<string, number>,
  { engine, question, reports, signal, onProgress }: EvidencePackage,
  csvLine: CsvLine,
): Promise<readonly EvidenceFiles[]> {
  const measures = question.measures.filter(({ id }) => stated.has(id));
  if (measures.length === 0) return [];
  const { sampling: _drawnAlready, ...asked } = question;
  const exceptions = engine.exceptions(
    { ...asked, measures },
    {
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    },
  );
  const isRevealed = reports.every(({ masking }) => masking.revealed !== undefined);
  const mask = isRevealed ? (entry: AuditEntry): AuditEntry => entry : entryMask();
  return writeEvidence(exceptions, stated, mask, { spool, csvLine, signal });
}

/** The samples as the reports have them; of a measure that several ask, they are the same. */
function writeSamples(
  spool: Spool,
  reports: readonly ComplianceReport[],
  csvLine: CsvLine,
): ReadonlyMap<string, readonly string[]> {
  const samples = new Map<string, readonly string[]>();
  for (const { measure, entries } of reports.flatMap(({ sampling }) => sampling?.samples ?? [])) {
    if (entries.length === 0 || samples.has(measure)) continue;
    const files = entryFiles(spool, `samples/${measure}`, csvLine);
    for (const entry of entries) files.add(entry);
    samples.set(measure, files.close());
  }
  return samples;
}

/** @returns formats whose packages are not installed, with what to do about it */
async function writeReports(
  spool: Spool,
  { reports, renderers, renderOptions, signal }: EvidencePackage,
): Promise<ReadonlyMap<string, string | undefined>> {
  const missing = new Map<string, string | undefined>();
  for (const renderer of renderers) {
    for (const report of reports) {
      if (missing.has(renderer.name)) break;
      signal?.throwIfAborted();
      try {
        const content = await renderer.render(report, renderOptions);
        spool.write(`reports/${report.reportType}.${renderer.extension}`, content);
      } catch (error) {
        if (!(error instanceof ComplianceError) || error.code !== "missing-package") throw error;
        missing.set(renderer.name, error.hint);
      }
    }
  }
  return missing;
}

function writing<T>(out: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    throw unwritable(out, cause);
  }
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error && !(error instanceof ComplianceError);
}

function unwritable(out: string, cause: unknown): ComplianceError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ComplianceError("invalid-option", `the output cannot be written: ${reason}`, {
    cause,
    hint: "Check the folder, its permissions and the free space.",
    location: { file: out },
  });
}
