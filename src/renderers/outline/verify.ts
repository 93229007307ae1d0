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

/** The type of a report on a framework of one's own, which only its file can ask for again. */
const CUSTOM = "custom";

/** The command with everything that the report itself knows; what it does not is in capitals. */
function again(report: ComplianceReport): string {
  const { configuration, sampling, masking, language } = report;
  return [
    "npx aegis-compliance report",
    ...logs(report),
    ...mapping(report),
    report.reportType === CUSTOM ? "--framework FRAMEWORK" : `--type ${quoted(report.reportType)}`,
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

/** Whether a ledger was read, and not the logs it was made from. */
function throughLedger({ population: { inputs } }: ComplianceReport): boolean {
  return inputs.some(({ through }) => through?.kind === "ledger");
}

/** One mapping that read everything; several were recognised, and are again. A ledger has its own. */
function mapping(report: ComplianceReport): readonly string[] {
  const { inputs, intake } = report.population;
  const [only, ...others] = intake?.mappings ?? [];
  if (only === undefined || others.length > 0 || only.inputs < inputs.length) return [];
  return throughLedger(report) ? [] : [`--as ${quoted(only.id)}`];
}

function logs(report: ComplianceReport): readonly string[] {
  if (throughLedger(report)) return ["LEDGER"];
  const { inputs } = report.population;
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
