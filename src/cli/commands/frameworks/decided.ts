// Lists how much of each framework a log decides.

import { ReportGenerator, loadCatalog } from "../../../index.ts";
import type { ComplianceReport } from "../../../index.ts";
import { usualConfiguration } from "../../configuration.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { noteSkipped, readOptions, withLog } from "../../log-input.ts";
import type { ReadFlags } from "../../log-input.ts";
import { readPolicy } from "../../policy-file.ts";
import { progressLine } from "../../progress.ts";
import { jsonDocument } from "../../shown.ts";
import { stoppable } from "../../stop.ts";
import { print } from "../../streams.ts";
import { layOut } from "../../table.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { headings } from "../../theme.ts";

export interface DecidedFlags extends ReadFlags {
  readonly json?: true | undefined;
  readonly policy?: string | undefined;
  readonly config?: string | undefined;
  readonly quiet?: true | undefined;
  readonly color?: boolean | undefined;
}

const HEAD = ["ID", "DECIDED", "TESTABLE", "OF", "SCORE", "TITLE"];

/** @throws ComplianceError what keeps the log from being read */
export function runDecided(logs: readonly string[], flags: DecidedFlags): Promise<ExitCode> {
  return stoppable((signal) => listDecided(logs, flags, signal));
}

async function listDecided(
  logs: readonly string[],
  flags: DecidedFlags,
  signal: AbortSignal,
): Promise<ExitCode> {
  const quiet = flags.quiet === true;
  const policy = flags.policy === undefined ? undefined : await readPolicy(flags.policy);
  const config = flags.config ?? usualConfiguration();
  const options = { ...readOptions(flags), onSkipped: noteSkipped(quiet) };
  const { frameworkIds } = loadCatalog();
  const reports = await withLog(logs, options, signal, async (engine) => {
    const progress = progressLine(quiet);
    try {
      return await new ReportGenerator(policy).generateAll(engine, frameworkIds, {
        ...(config === undefined ? {} : { config }),
        onProgress: progress.report,
        signal,
      });
    } finally {
      progress.clear();
    }
  });
  if (flags.json === true) {
    await print(jsonDocument(reports.map(documentOf)));
    return EXIT.fine;
  }
  const rows = reports.map(rowOf);
  const layout = layOut([HEAD, ...rows], widthOf(process.stdout, process.env), [0, 1, 2, 3, 4]);
  const paint = headings(wantsColor(process.stdout, process.env, flags.color));
  const lines = [layout(HEAD, paint), ...rows.map((row) => layout(row))];
  await print(lines.map((line) => `${line}\n`).join(""));
  return EXIT.fine;
}

function rowOf({ reportType, coverage, score, grade, framework }: ComplianceReport): string[] {
  const { decided, possible, total = "–" } = coverage;
  const graded = score === null ? "–" : `${score} ${grade ?? ""}`;
  return [reportType, String(decided), String(possible), String(total), graded, framework.title];
}

function documentOf({ reportType, coverage, score, grade }: ComplianceReport): object {
  const { decided, possible, total } = coverage;
  return {
    id: reportType,
    criteria_decided: decided,
    criteria_testable: possible,
    ...(total === undefined ? {} : { criteria_total: total }),
    score,
    grade,
  };
}
