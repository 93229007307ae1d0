// The cover card: whose system, which period, which framework, which logs, which tool.

import type { ComplianceReport } from "../../model/report.ts";
import { facts } from "./blocks.ts";
import type { Block, Line } from "./document.ts";
import { code, joined, plain, sentence, value } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** Inputs named on the cover; the table of inputs has them all. */
const NAMED = 3;

/** What identifies the report. */
export function cover({ report, words, numbers }: Telling): Block | undefined {
  const { opening: say } = words;
  const { presentation, framework, tool } = report;
  const bound = (instant: string | null): string =>
    instant === null ? say.unknown : numbers.time(instant);
  return facts(
    [say.cover.organisation, value(presentation?.organisation)],
    [say.cover.system, value(presentation?.system)],
    [say.cover.contact, value(presentation?.contact)],
    [
      say.cover.period,
      plain(
        report.periodStart === null && report.periodEnd === null
          ? say.unknownPeriod
          : say.bothIncluded(bound(report.periodStart), bound(report.periodEnd)),
      ),
    ],
    [say.cover.framework, plain(say.edition(framework.title, framework.edition))],
    [say.cover.inputs, inputs(report, say.moreInputs)],
    [say.cover.generated, plain(numbers.time(report.generatedAt))],
    [say.cover.tool, plain(`${tool.name} ${tool.version}`)],
  );
}

function inputs(
  { population: { inputs: all } }: ComplianceReport,
  more: (amount: number) => string,
): Line {
  const named = all
    .slice(0, NAMED)
    .map(({ name, sha256 }) =>
      sha256 === undefined
        ? value(name)
        : sentence("{name}, SHA-256 {sha256}", { name: value(name), sha256: code(sha256) }),
    );
  const rest = all.length - NAMED;
  return joined([...named, ...(rest > 0 ? [sentence(more(rest))] : [])], "; ");
}
