// Turns the flags of `report` into one call of the library and writes what comes out.

import {
  ComplianceError,
  RENDERERS,
  ReportGenerator,
  formatInstant,
  loadCatalog,
  rejectedFile,
} from "../../../index.ts";
import type { ComplianceReport, Renderer } from "../../../index.ts";
import { usualConfiguration } from "../../configuration.ts";
import { existing } from "../../existing.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { logsOf, noteSkipped, readOptions, withLog } from "../../log-input.ts";
import type { ReadFlags } from "../../log-input.ts";
import { readNow, readPeriod } from "../../period-flags.ts";
import type { PeriodFlags } from "../../period-flags.ts";
import { readPolicy } from "../../policy-file.ts";
import { progressLine } from "../../progress.ts";
import { note, print } from "../../streams.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { writeFiles } from "../../write-files.ts";
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
  readonly unmasked?: true | undefined;
  readonly rejected?: string | undefined;
  readonly strict?: true | undefined;
  readonly quiet?: true | undefined;
  readonly color?: boolean | undefined;
}

/** @throws ComplianceError whatever keeps the reports from being made or written */
export async function runReport(logs: readonly string[], flags: ReportFlags): Promise<ExitCode> {
  const config = flags.config ?? usualConfiguration();
  const types = typesOf(flags);
  const now = readNow(flags.now);
  const period = readPeriod(flags, now);
  const targets = planTargets(
    {
      types,
      formats: unique([...(flags.format ?? []), ...(flags.json === true ? ["json"] : [])]),
      outputs: flags.output ?? [],
    },
    await loadRenderers(),
    process.stdout.isTTY,
  );
  const policy = flags.policy === undefined ? undefined : await readPolicy(flags.policy);
  const paths = logsOf(logs);
  refuseOverwriting(
    [...paths, flags.policy, flags.framework, config],
    [...targets, { path: flags.rejected }],
  );
  const rejected = flags.rejected === undefined ? undefined : rejectedFile(flags.rejected);
  const options = {
    ...readOptions(flags),
    onSkipped: noteSkipped(flags.quiet === true),
    ...(flags.workers === undefined ? {} : { workers: flags.workers }),
    ...(rejected === undefined ? {} : { onRejected: rejected.add.bind(rejected) }),
  };

  const reports = await withLog(paths, options, async (engine) => {
    const progress = progressLine(flags.quiet === true);
    try {
      return await new ReportGenerator(policy).generateAll(engine, types, {
        now: formatInstant(now),
        periodStart: period.start === undefined ? null : formatInstant(period.start),
        // The library's bounds are both included.
        periodEnd: period.end === undefined ? null : formatInstant(period.end - 1),
        unmasked: flags.unmasked === true,
        ...(flags.framework === undefined ? {} : { framework: flags.framework }),
        ...(config === undefined ? {} : { config }),
        onProgress: progress.report,
      });
    } finally {
      progress.clear();
    }
  });

  rejected?.close();
  await deliver(reports, targets, flags);
  if (flags.quiet !== true) noteRejected(reports[0], flags.rejected);
  const verdict = judgeBar(reports, flags.failUnder);
  return flags.strict === true && isIncomplete(reports[0]) ? EXIT.input : verdict;
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
  { color, quiet }: ReportFlags,
): Promise<void> {
  const reportOf = new Map(reports.map((report) => [report.reportType, report]));
  const texts = targets.flatMap(({ type, renderer, path }) => {
    const report = reportOf.get(type);
    if (report === undefined) return [];
    const screen = {
      color: wantsColor(process.stdout, process.env, color),
      width: widthOf(process.stdout, process.env),
    };
    return [{ renderer, path, text: renderer.render(report, path === undefined ? screen : {}) }];
  });
  const files = texts.flatMap(({ path, text }) => (path === undefined ? [] : [{ path, text }]));
  if (files.length > 0) await writeFiles(files);
  if (quiet !== true) for (const { path } of files) note(`wrote ${path}`);
  const printed = texts.filter(({ path }) => path === undefined);
  const [first] = printed;
  if (first !== undefined) {
    await print(
      together(
        printed.map(({ text }) => text),
        first.renderer,
      ),
    );
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
): void {
  for (const { path } of targets) {
    const input = inputs.find((one) => one !== undefined && isSameFile(one, path));
    if (input === undefined) continue;
    throw new ComplianceError(
      "invalid-option",
      `-o ${path ?? ""}: this would overwrite the input ${input}`,
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
