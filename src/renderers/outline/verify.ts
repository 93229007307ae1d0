// How to verify the report: digests of the logs, and the command that makes it again.

import type { ComplianceReport } from "../../model/report.ts";
import { SHOWN } from "../words/readings.ts";
import { paragraph, section } from "./blocks.ts";
import type { Block, Section } from "./document.ts";
import { plain } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** Commands to type into a POSIX shell. */
export function verify({ report, words }: Telling): Section | undefined {
  const say = words.closing.verify;
  const digests = report.population.inputs
    .filter(({ sha256 }) => sha256 !== undefined)
    .slice(0, SHOWN)
    .map(({ name }) => `sha256sum -- ${quoted(name)}`);
  const checks: readonly Block[] =
    digests.length === 0
      ? []
      : [
          { kind: "paragraph", of: plain(say.inputs) },
          { kind: "code", lines: digests },
        ];
  return section("verify", say.title, [
    ...checks,
    paragraph(plain(say.again)),
    { kind: "code", lines: [again(report)] },
    paragraph(plain(say.same)),
  ]);
}

/** Logs that are named in the command; beyond them, it says where to put them. */
const NAMED = 5;

/** The command with everything that the report itself knows; what it does not is in capitals. */
function again(report: ComplianceReport): string {
  const { configuration, sampling, masking, language } = report;
  return [
    "npx aegis-compliance report",
    ...logs(report),
    `--type ${quoted(report.reportType)}`,
    ...bounds(report),
    `--now ${quoted(report.generatedAt)}`,
    ...(report.policy === undefined ? [] : ["--policy POLICY"]),
    ...(configuration === undefined ? [] : [`--config ${quoted(configuration.name ?? "CONFIG")}`]),
    ...(language === "en" ? [] : [`--language ${quoted(language)}`]),
    ...(sampling === undefined
      ? []
      : [`--sample ${sampling.size} --seed ${quoted(sampling.seed)}`]),
    ...(masking.revealed === undefined ? [] : [`--reveal ${quoted(masking.revealed)}`]),
    "--json",
  ].join(" ");
}

function logs({ population: { inputs } }: ComplianceReport): readonly string[] {
  const files = inputs.every(({ sha256 }) => sha256 !== undefined);
  return files && inputs.length <= NAMED ? inputs.map(({ name }) => quoted(name)) : ["LOGS"];
}

/** Bounds that were given; those of the first and last entry come by themselves. */
function bounds(report: ComplianceReport): readonly string[] {
  const { periodStart, periodEnd, edgeSilence, totalActions } = report;
  const given = (silence: number | undefined): boolean =>
    silence !== undefined || totalActions === 0;
  return [
    ...(periodStart !== null && given(edgeSilence.startSeconds)
      ? [`--from ${quoted(periodStart)}`]
      : []),
    ...(periodEnd !== null && given(edgeSilence.endSeconds) ? [`--to ${quoted(periodEnd)}`] : []),
  ];
}

/** A word of a POSIX shell that stands for exactly this text: names of files come from outside. */
function quoted(word: string): string {
  return /^[\w./:@%+,][\w./:@%+,-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
