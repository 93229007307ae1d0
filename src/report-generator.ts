// The documented front door: entries in, report out, report as text.

import { basename } from "node:path";
import { assess } from "./assess/assess.ts";
import type { Assessment, Assignment } from "./assess/assess.ts";
import { loadCatalog } from "./catalog/catalog.ts";
import type { Catalog } from "./catalog/catalog.ts";
import { loadConfiguration } from "./catalog/configuration-file.ts";
import type { Configuration } from "./catalog/configuration.ts";
import type { FileSource } from "./catalog/yaml-file.ts";
import type { Engine, Progress } from "./engines/engine.ts";
import { memory } from "./engines/memory.ts";
import type { Entries } from "./engines/memory.ts";
import { ComplianceError } from "./model/error.ts";
import { DEFAULT_LANGUAGE, languageOf } from "./languages/languages.ts";
import { inclusivePeriod, readInstant } from "./model/period.ts";
import type { TimeInput } from "./model/period.ts";
import type { ComplianceReport, Sampling } from "./model/report.ts";
import type { Policy } from "./policy/policy.ts";
import type { PolicyDocument } from "./policy/rule.ts";
import { toCsvExceptions } from "./renderers/csv-exceptions.ts";
import { toCsvPopulation } from "./renderers/csv-population.ts";
import { toCsvSample } from "./renderers/csv-sample.ts";
import { toCsv } from "./renderers/csv.ts";
import { toDict } from "./renderers/dict.ts";
import { toHtml } from "./renderers/html.ts";
import { toMarkdown } from "./renderers/markdown.ts";
import type { PdfOptions } from "./renderers/pdf.ts";
import type { ReportDict } from "./renderers/report-dict.ts";
import { toXlsx } from "./renderers/xlsx.ts";
import { TOOL } from "./version.ts";

/** What to report on, over which span. */
export interface ReportOptions {
  /** First time that is still inside; a date stands for its first microsecond (UTC). Without it, the first entry's time. */
  readonly periodStart?: TimeInput | null;
  /** Last time that is still inside; a date stands for the whole day (UTC). Without it, the last entry's time. */
  readonly periodEnd?: TimeInput | null;
  /** The report's own time. The current time when absent: give it for reproducible reports. */
  readonly now?: TimeInput;
  /** Language of the report and of everything made of it: `en` when absent, or `de`. */
  readonly language?: string;
  /**
   * Shows secrets and personal data in evidence as they stand in the log, for this reason, which the
   * report states. They are masked when absent.
   */
  readonly reveal?: string;
  /**
   * Draws so many entries from what each measure asks about, for an auditor to look at by hand.
   * Whoever has the log and the seed draws the same ones.
   */
  readonly sampling?: Pick<Sampling, "size" | "seed">;
  /**
   * The framework of a `custom` report. A plain string is always the path of a YAML file; text
   * is given as `{ text }`. Its criteria ask the measures of this package and those in a folder
   * `measures` beside the file.
   */
  readonly framework?: FileSource;
  /**
   * What the organisation knows that its log does not hold, and where it replaces the packaged
   * definitions and limits, as `docs/configuration.md` describes it. A plain string is always
   * the path of a YAML file; text is given as `{ text }`. None is looked for when absent.
   */
  readonly config?: FileSource;
  /** Told now and then how far a long reading has come. */
  readonly onProgress?: (progress: Progress) => void;
  /**
   * Stops the reading, in a database too; `generate` then throws the signal's reason, and nothing
   * is left behind.
   */
  readonly signal?: AbortSignal;
}

/** Options of {@link ReportGenerator.generate}. */
export interface GenerateOptions extends ReportOptions {
  /** The id of a framework, such as `soc2`, `gdpr` or `governance`; or `custom` with a {@link ReportOptions.framework} of one's own. */
  readonly reportType?: string;
}

/** Makes compliance reports from audit entries. */
export class ReportGenerator {
  readonly #policy: Policy | undefined;

  /**
   * @param policy that governed the agents. The report then states which rules the log names
   *   and the policy lacks, and what is wrong with the policy itself.
   */
  constructor(policy?: Policy) {
    this.#policy = policy;
  }

  /**
   * Generates one report.
   *
   * @param entries what `AuditLogger.getLog()` returns, any iterable or stream of such
   *   entries, or an engine over a database
   * @throws ComplianceError `unknown-report-type`, naming the types that exist; `invalid-catalog`
   *   for an own framework or a configuration that is wrong; `invalid-period`; `invalid-option` for
   *   an unknown language, a reason to reveal that says nothing, or a sample of no entries or without
   *   a seed; whatever reading the entries throws; the signal's reason when it is aborted
   */
  async generate(
    entries: Entries | Engine,
    { reportType = "governance", ...options }: GenerateOptions = {},
  ): Promise<ComplianceReport> {
    const [report] = await this.generateAll(entries, [reportType], options);
    if (report === undefined)
      throw new ComplianceError("unknown-report-type", "no report came out");
    return report;
  }

  /** Generates several reports from one reading of the log. Throws as {@link generate} does. */
  async generateAll(
    entries: Entries | Engine,
    reportTypes: readonly string[],
    {
      periodStart,
      periodEnd,
      now = new Date(),
      language: code = DEFAULT_LANGUAGE,
      reveal,
      sampling,
      framework,
      config,
      onProgress,
      signal,
    }: ReportOptions = {},
  ): Promise<ComplianceReport[]> {
    const language = languageOf(code);
    if (reveal !== undefined) checkReason(reveal);
    if (sampling !== undefined) checkSampling(sampling);
    const configuration = config === undefined ? undefined : loadConfiguration(config);
    const catalog = loadCatalog({
      language: language.code,
      ...(configuration === undefined ? {} : { configuration }),
    });
    return assess({
      engine: isEngine(entries) ? entries : memory(entries),
      assignments: reportTypes.map((type) => assignmentOf(type, framework, catalog)),
      period: inclusivePeriod(periodStart, periodEnd),
      now: readInstant(now),
      tool: TOOL,
      language,
      ...(reveal === undefined ? {} : { revealed: reveal.trim() }),
      ...(sampling === undefined ? {} : { sampling }),
      ...(configuration === undefined ? {} : besideTheLog(configuration)),
      ...(this.#policy === undefined
        ? {}
        : { policy: this.#policy, policyDocument: documentOf(this.#policy) }),
      ...(onProgress === undefined ? {} : { onProgress }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /** The report as Markdown. Everything that came from the log is escaped. */
  toMarkdown(report: ComplianceReport): string {
    return toMarkdown(report);
  }

  /** The report as one HTML file that needs nothing else: no network, no script to read it. */
  toHtml(report: ComplianceReport): string {
    return toHtml(report);
  }

  /**
   * The report as a PDF: PDF/A-3a with its JSON inside, or PDF/UA-1.
   *
   * @throws ComplianceError `missing-package` when Typst or a font package is not installed,
   *   `invalid-option` when the template or the logo is one that Typst cannot set
   */
  async toPdf(report: ComplianceReport, options: PdfOptions = {}): Promise<Uint8Array> {
    const { toPdf } = await import("./renderers/pdf.ts");
    return toPdf(report, options);
  }

  /** The findings as CSV. No cell can become a formula. */
  toCsv(report: ComplianceReport): string {
    return toCsv(report);
  }

  /** The exceptions that the report lists as CSV, one entry a row and measure. */
  toCsvExceptions(report: ComplianceReport): string {
    return toCsvExceptions(report);
  }

  /** The population statement as CSV. */
  toCsvPopulation(report: ComplianceReport): string {
    return toCsvPopulation(report);
  }

  /** The sample as CSV, with columns for what whoever looks at it finds. */
  toCsvSample(report: ComplianceReport): string {
    return toCsvSample(report);
  }

  /** The four tables of the CSV files as the sheets of one workbook. */
  toXlsx(report: ComplianceReport): Uint8Array {
    return toXlsx(report);
  }

  /** The report as a plain object that is safe to serialise, with the documented names first. */
  toDict(report: ComplianceReport): ReportDict {
    return toDict(report);
  }
}

/** Whoever sees unmasked evidence should also see why. */
function checkReason(reason: string): void {
  if (typeof reason === "string" && reason.trim() !== "") return;
  throw new ComplianceError(
    "invalid-option",
    "expected a reason to reveal what is masked, got none",
    {
      hint: "Say why whoever reads the report has to see secrets and personal data.",
    },
  );
}

function checkSampling({ size, seed }: Pick<Sampling, "size" | "seed">): void {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new ComplianceError(
      "invalid-option",
      `expected a sample of 1 entry or more, got ${size}`,
    );
  }
  if (typeof seed === "string" && seed !== "") return;
  throw new ComplianceError("invalid-option", "expected a seed for the sample, got none", {
    hint: "Any text will do, such as the number of the audit; the report states it.",
  });
}

/** The report type of a framework that is not on the shelf. */
const CUSTOM = "custom";

function assignmentOf(type: string, own: FileSource | undefined, catalog: Catalog): Assignment {
  if (type !== CUSTOM) return catalog.framework(type);
  if (own !== undefined) return { ...catalog.loadFramework(own), reportType: CUSTOM };
  throw new ComplianceError(
    "unknown-report-type",
    "a custom report needs a framework, but none was given",
    { hint: "Give the option framework the path of a YAML file." },
  );
}

function besideTheLog(configuration: Configuration): Partial<Assessment> {
  const { file, digest, inputs, given, presentation } = configuration;
  return {
    inputs,
    inputStatements: given,
    configuration: { ...(file === undefined ? {} : { name: basename(file) }), sha256: digest },
    ...(presentation === undefined ? {} : { presentation }),
  };
}

/** The policy as plain data, which crosses threads. */
function documentOf(policy: Policy): PolicyDocument {
  const { version, scope, scopeId, defaults, rules, planRules } = policy;
  return { version, scope, scopeId, defaults, rules, planRules };
}

function isEngine(value: Entries | Engine): value is Engine {
  return "observe" in value && typeof value.observe === "function";
}
