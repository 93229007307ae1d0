// Turns the flags of `report` into one call of the library and writes what comes out.

import { resolve } from "node:path";
import {
  ComplianceError,
  RENDERERS,
  ReportGenerator,
  formatInstant,
  languageOf,
  loadCatalog,
  packageReports,
  rejectedFile,
} from "../../../index.ts";
import type {
  ComplianceReport,
  Engine,
  OpenLogOptions,
  PackageOptions,
  RejectedRecord,
  RenderOptions,
  Rendered,
  Renderer,
  RollupUse,
} from "../../../index.ts";
import { usualConfiguration } from "../../configuration.ts";
import { existing } from "../../existing.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { logsOf, noteSkipped, readOptions, withLog } from "../../log-input.ts";
import type { ReadFlags } from "../../log-input.ts";
import { naming } from "../../naming.ts";
import { readNow, readPeriod } from "../../period-flags.ts";
import type { PeriodFlags } from "../../period-flags.ts";
import { readPolicy } from "../../policy-file.ts";
import { progressLine } from "../../progress.ts";
import { letSignalsIn, stoppable } from "../../stop.ts";
import { note, print } from "../../streams.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { stagedFile, writeFiles } from "../../write-files.ts";
import { planTargets } from "./targets.ts";
import type { Target } from "./targets.ts";

export interface ReportFlags extends PeriodFlags, ReadFlags {
  readonly type?: readonly string[] | undefined;
  readonly framework?: string | undefined;
  readonly config?: string | undefined;
  readonly policy?: string | undefined;
  readonly format?: readonly string[] | undefined;
  readonly json?: true | undefined;
  readonly output?: readonly string[] | undefined;
  readonly failUnder?: number | undefined;
  readonly now?: string | undefined;
  readonly workers?: number | undefined;
  readonly language?: string | undefined;
  readonly reveal?: string | undefined;
  readonly sample?: number | undefined;
  readonly seed?: string | undefined;
  readonly pdfStandard?: "a-3a" | "ua-1" | undefined;
  readonly bundle?: string | undefined;
  readonly rollup?: string | undefined;
  readonly verifyRollup?: true | undefined;
  readonly rejected?: string | undefined;
  readonly strict?: true | undefined;
  readonly quiet?: true | undefined;
  readonly color?: boolean | undefined;
}

/** What samples are drawn with unless another seed is named: the same for everybody, so that draws can be repeated. */
const USUAL_SEED = "aegis-compliance";

/** @throws ComplianceError whatever keeps the reports from being made or written */
export function runReport(logs: readonly string[], flags: ReportFlags): Promise<ExitCode> {
  return stoppable((signal) => reportOn(logs, flags, signal));
}

async function reportOn(
  logs: readonly string[],
  flags: ReportFlags,
  signal: AbortSignal,
): Promise<ExitCode> {
  const config = flags.config ?? usualConfiguration();
  const types = typesOf(flags);
  const now = readNow(flags.now);
  const period = readPeriod(flags, now);
  const language = flags.language;
  if (language !== undefined) naming("--language", () => languageOf(language));
  const targets = planTargets(
    {
      types,
      formats: unique([...(flags.format ?? []), ...(flags.json === true ? ["json"] : [])]),
      outputs: flags.output ?? [],
      hasPackage: flags.bundle !== undefined,
    },
    await loadRenderers(),
    process.stdout.isTTY,
  );
  refuseUnused(flags, targets);
  const policy = flags.policy === undefined ? undefined : await readPolicy(flags.policy);
  const paths = logsOf(logs);
  refuseOverwriting(
    [...paths, flags.policy, flags.framework, config],
    [...targets, { path: flags.rejected }, { path: flags.rollup }],
    flags.bundle,
  );
  if (flags.bundle !== undefined) refuseBundle(flags.bundle, paths, targets);
  const asked = {
    // The library's bounds are both included.
    periodStart: period.start === undefined ? null : formatInstant(period.start),
    periodEnd: period.end === undefined ? null : formatInstant(period.end - 1),
    ...(flags.framework === undefined ? {} : { framework: flags.framework }),
    ...(config === undefined ? {} : { config }),
  };
  const reports = await keepingRejected(flags.rejected, async (rejected) => {
    const options = {
      ...readOptions(flags),
      onSkipped: noteSkipped(flags.quiet === true),
      ...(flags.workers === undefined ? {} : { workers: flags.workers }),
      ...(rejected === undefined ? {} : { onRejected: rejected.add }),
      ...keptRollup(flags),
    };
    return withLog(paths, options, signal, async (engine) => {
      const progress = progressLine(flags.quiet === true);
      let made: readonly ComplianceReport[];
      try {
        made = await new ReportGenerator(policy).generateAll(engine, types, {
          ...asked,
          now: formatInstant(now),
          ...(language === undefined ? {} : { language }),
          ...(flags.reveal === undefined ? {} : { reveal: flags.reveal }),
          ...(flags.sample === undefined
            ? {}
            : { sampling: { size: flags.sample, seed: flags.seed ?? USUAL_SEED } }),
          onProgress: progress.report,
          signal,
        });
      } finally {
        progress.clear();
      }
      // A second reading meets the rejected records again.
      rejected?.end();
      const { bundle } = flags;
      if (bundle !== undefined) {
        await writeBundle(engine, made, flags, {
          ...asked,
          ...(policy === undefined ? {} : { policy }),
          out: bundle,
          signal,
        });
      }
      return made;
    });
  });

  await deliver(reports, targets, flags, signal);
  if (flags.quiet !== true) noteRejected(reports[0], flags.rejected);
  const verdict = judgeBar(reports, flags.failUnder);
  return flags.strict === true && isIncomplete(reports[0]) ? EXIT.input : verdict;
}

function keptRollup({ rollup, verifyRollup, quiet }: ReportFlags): Pick<OpenLogOptions, "rollup"> {
  if (rollup === undefined) return {};
  const onUse = (use: RollupUse): void => {
    if (quiet !== true) note(`note: ${rollupNote(rollup, use)}`);
  };
  return { rollup: { path: rollup, onUse, ...(verifyRollup === true ? { verify: true } : {}) } };
}

const NOT_USED = {
  period: "the period does not begin and end with an hour",
  sample: "a sample is drawn from all entries",
  future: "the log has entries of the future",
} as const;

function rollupNote(path: string, use: RollupUse): string {
  if (use.kind === "not-used") return `${path} is not used, because ${NOT_USED[use.why]}`;
  const { read, kept } = use.update;
  const proof = use.verified ? ", and the same as reading everything" : "";
  return `${kept} entries from ${path}, ${read} read${proof}`;
}

/** Takes rejected records until it is told to end. */
interface KeepingRejected {
  readonly add: (record: RejectedRecord) => void;
  readonly end: () => void;
}

/** Runs the work with a place for rejected records; the file appears whole, or not at all. */
async function keepingRejected<T>(
  path: string | undefined,
  work: (rejected: KeepingRejected | undefined) => Promise<T>,
): Promise<T> {
  if (path === undefined) return work(undefined);
  const { temporary, commit, discard } = stagedFile(path);
  const rejected = rejectedFile(temporary, path);
  let ended = false;
  try {
    const result = await work({
      add: (record) => {
        if (!ended) rejected.add(record);
      },
      end: () => {
        ended = true;
      },
    });
    rejected.close();
    commit();
    return result;
  } finally {
    discard();
  }
}

const CUSTOM = "custom";

/** The types asked for, each once, checked before anything is read. */
function typesOf({ type: asked, framework }: ReportFlags): readonly string[] {
  const catalog = loadCatalog();
  const own = framework === undefined ? [] : [CUSTOM];
  const named = (asked ?? (framework === undefined ? ["governance"] : [])).flatMap((type) =>
    type === "all" ? catalog.frameworkIds : [type],
  );
  const types = unique([...named, ...own]);
  if (framework !== undefined) catalog.loadFramework(framework);
  else if (types.includes(CUSTOM)) {
    throw new ComplianceError("invalid-option", "--type custom: no framework was named", {
      hint: "Name its file with --framework.",
    });
  }
  for (const type of types) if (type !== CUSTOM) catalog.framework(type);
  return types;
}

async function loadRenderers(): Promise<readonly Renderer[]> {
  const loaded = await Promise.all(Object.values(RENDERERS).map((load) => load()));
  return loaded.map(({ renderer }) => renderer);
}

async function deliver(
  reports: readonly ComplianceReport[],
  targets: readonly Target[],
  flags: ReportFlags,
  signal: AbortSignal,
): Promise<void> {
  const { color, quiet } = flags;
  const reportOf = new Map(reports.map((report) => [report.reportType, report]));
  const screen = {
    color: wantsColor(process.stdout, process.env, color),
    width: widthOf(process.stdout, process.env),
  };
  const rendered: { renderer: Renderer; path: string | undefined; content: Rendered }[] = [];
  for (const { type, renderer, path } of targets) {
    const report = reportOf.get(type);
    if (report === undefined) continue;
    const options = { ...renderOptions(flags), ...(path === undefined ? screen : {}) };
    await letSignalsIn(signal);
    // One after the other: some are large while they are made.
    rendered.push({ renderer, path, content: await renderer.render(report, options) });
  }
  const files = rendered.flatMap(({ path, content }) =>
    path === undefined ? [] : [{ path, content }],
  );
  await letSignalsIn(signal);
  if (files.length > 0) writeFiles(files);
  if (quiet !== true) for (const { path } of files) note(`wrote ${path}`);
  const printed = rendered.filter(({ path }) => path === undefined);
  const [first] = printed;
  if (first === undefined) return;
  const texts = printed.flatMap(({ content }) => (typeof content === "string" ? [content] : []));
  await print(texts.length === 0 ? first.content : together(texts, first.renderer));
}

function renderOptions({ pdfStandard }: ReportFlags): RenderOptions {
  return pdfStandard === undefined ? {} : { pdfStandard };
}

async function writeBundle(
  engine: Engine,
  reports: readonly ComplianceReport[],
  flags: ReportFlags,
  options: Omit<PackageOptions, "renderOptions" | "onProgress">,
): Promise<void> {
  const progress = progressLine(flags.quiet === true, "Writing evidence");
  try {
    const { path, missing } = await packageReports(engine, reports, {
      ...options,
      renderOptions: renderOptions(flags),
      onProgress: progress.report,
    });
    progress.clear();
    if (flags.quiet === true) return;
    note(`wrote ${path}`);
    for (const format of missing) {
      note(`note: ${path} has no ${format}, because its packages are not installed`);
    }
  } finally {
    progress.clear();
  }
}

/** Options that no output would show. */
function refuseUnused(
  { sample, seed, pdfStandard, bundle, rollup, verifyRollup, format = [] }: ReportFlags,
  targets: readonly Target[],
): void {
  if (seed !== undefined && sample === undefined) {
    throw unused("--seed", "nothing is drawn", "Say how many entries with --sample.");
  }
  if (verifyRollup === true && rollup === undefined) {
    throw unused("--verify-rollup", "there is no rollup", "Name its file with --rollup.");
  }
  const drawsPdf = bundle !== undefined || targets.some(({ renderer }) => renderer.name === "pdf");
  if (pdfStandard !== undefined && !drawsPdf) {
    throw unused("--pdf-standard", "no output is a PDF", "Name one: -o report.pdf.");
  }
  if (sample === undefined && format.includes("csv-sample")) {
    throw unused("--format csv-sample", "nothing is drawn", "Say how many entries with --sample.");
  }
}

function unused(option: string, why: string, hint: string): ComplianceError {
  return new ComplianceError("invalid-option", `${option}: ${why}`, { hint });
}

/** The log is read once more for its evidence, and the package stands at a path of its own. */
function refuseBundle(bundle: string, logs: readonly string[], targets: readonly Target[]): void {
  if (logs.includes("-")) {
    throw unused(
      "--bundle",
      "standard input can be read only once, and a package needs the log twice",
      "Keep the log in a file, or import it into a ledger.",
    );
  }
  const found = existing(bundle);
  if (bundle.endsWith("/") || (found !== undefined && !found.isFile())) {
    throw unused(`--bundle ${bundle}`, "this is no place for a file", "Name a file: package.zip.");
  }
  if (targets.some(({ path }) => path !== undefined && resolve(path) === resolve(bundle))) {
    throw unused(`--bundle ${bundle}`, "named twice; -o names it too", "Name another file.");
  }
}

/** Several reports as one text: with an empty line between them, or as a JSON array. */
function together(texts: readonly string[], { mediaType }: Renderer): string {
  if (texts.length < 2 || mediaType !== "application/json") return texts.join("\n");
  return `[\n${texts.map((text) => text.trimEnd()).join(",\n")}\n]\n`;
}

function refuseOverwriting(
  inputs: readonly (string | undefined)[],
  targets: readonly { readonly path?: string | undefined }[],
  bundle: string | undefined,
): void {
  const outputs = [
    ...targets.map(({ path }) => ({ option: "-o", path })),
    { option: "--bundle", path: bundle },
  ];
  for (const { option, path } of outputs) {
    const input = inputs.find((one) => one !== undefined && isSameFile(one, path));
    if (input === undefined) continue;
    throw new ComplianceError(
      "invalid-option",
      `${option} ${path ?? ""}: this would overwrite the input ${input}`,
      { hint: "Name another file." },
    );
  }
}

function isSameFile(one: string, other: string | undefined): boolean {
  if (other === undefined) return false;
  const [a, b] = [existing(one), existing(other)];
  return a !== undefined && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/** The population is the same in all reports of one reading. */
function noteRejected(report: ComplianceReport | undefined, file: string | undefined): void {
  if (!isIncomplete(report)) return;
  const { rejected, read, intake } = report.population;
  const where = file === undefined ? "; --rejected FILE keeps them" : `; they are in ${file}`;
  // A database keeps its rows itself.
  const kept = intake === undefined ? "" : where;
  note(`note: ${rejected} of ${read} records were rejected; the report says which and why${kept}`);
}

/** Whether any record was rejected. */
function isIncomplete(report: ComplianceReport | undefined): report is ComplianceReport {
  return report !== undefined && report.population.rejected > 0;
}

function judgeBar(reports: readonly ComplianceReport[], bar: number | undefined): ExitCode {
  if (bar === undefined) return EXIT.fine;
  const below = reports.filter(({ score }) => score === null || score < bar);
  for (const { reportType, score } of below) {
    const got = score === null ? "is not graded" : `scores ${score}`;
    note(`below the bar: ${reportType} ${got}, asked for were ${bar}`);
  }
  return below.length === 0 ? EXIT.fine : EXIT.below;
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}
