// The population statement in Markdown: what was read, what became of it, and what the log
// can and cannot show about itself.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import { formatInstant } from "../../model/instant.ts";
import type { LogPopulation } from "../../model/population.ts";
import type { ComplianceReport } from "../../model/report.ts";
import { formatCount, formatShare } from "../../model/figures.ts";
import { SHOWN, listed, span, spanOfSeconds, sumsTie } from "../words/phrases.ts";
import { document, list, table } from "./blocks.ts";
import { intakeStatement } from "./intake.ts";
import { code, joined, markup, pointers } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** The population statement, without its heading. */
export function populationStatement(report: ComplianceReport): Markdown {
  const { population } = report;
  return document(
    inputs(population),
    sums(population),
    sumsTie(report)
      ? markup`The sums tie: ${sentence(population)}`
      : markup`**The sums do not tie:** ${sentence(population)} The report is in doubt.`,
    list(
      ...times(report),
      ...ids(population),
      tenure(population),
      ...population.rejections.map(
        ({ reason, count: refused, first }) =>
          markup`Rejected as ${reason}: ${refused} (${pointers(first, refused)})`,
      ),
    ),
    recorded(population),
    intakeStatement(population.intake),
  );
}

function inputs({ inputs: all }: LogPopulation): Markdown {
  return document(
    all.length > SHOWN ? markup`Inputs, ${listed(SHOWN, all.length)}:` : undefined,
    inputTable(all.slice(0, SHOWN)),
  );
}

function inputTable(some: LogPopulation["inputs"]): Markdown | undefined {
  return table(
    ["Input", "Kind", "Read", { right: "Bytes" }, "SHA-256"],
    some.map(({ name, kind, query, mapping, bytes, sha256 }) => [
      name,
      kind,
      [query, mapping === undefined ? undefined : `as ${mapping}`].filter(Boolean).join(", "),
      bytes,
      sha256,
    ]),
  );
}

function sums(population: LogPopulation): Markdown | undefined {
  return table(
    ["Step", { right: "Entries" }],
    [
      ["Read", population.read],
      ["less rejected", population.rejected],
      ["less duplicate", population.duplicate],
      [markup`**Accepted**`, markup`**${population.accepted}**`],
      ["less out of period", population.outOfPeriod],
      [markup`**In scope**`, markup`**${population.inScope}**`],
    ],
  );
}

function sentence(population: LogPopulation): Markdown {
  const { read, accepted, rejected, duplicate, inScope, outOfPeriod } = population;
  return markup`${read} read = ${accepted} accepted + ${rejected} rejected + ${duplicate} duplicate, and ${accepted} accepted = ${inScope} in scope + ${outOfPeriod} out of period.`;
}

function times(report: ComplianceReport): readonly (Markdown | undefined)[] {
  const { first, last, timestamps } = report.population;
  const { startSeconds, endSeconds } = report.edgeSilence;
  return [
    first === undefined ? undefined : markup`First entry in scope: ${formatInstant(first)}`,
    last === undefined ? undefined : markup`Last entry in scope: ${formatInstant(last)}`,
    first === undefined || last === undefined
      ? undefined
      : markup`Time that the entries cover, from the first to the last: ${span(last - first)}`,
    startSeconds === undefined
      ? undefined
      : markup`Silence between the start of the period and the first entry: ${spanOfSeconds(startSeconds)}`,
    endSeconds === undefined
      ? undefined
      : markup`Silence between the last entry and the end of the period: ${spanOfSeconds(endSeconds)}`,
    markup`Times that cannot be read: ${timestamps.unreadable}${
      timestamps.unreadable === 0
        ? ""
        : markup` (${pointers(timestamps.firstUnreadable, timestamps.unreadable)})`
    }`,
    markup`Times that name no offset and were read as UTC: ${timestamps.naive}`,
    markup`Entries earlier than the entry before them: ${timestamps.unordered}`,
    markup`Entries later than this report: ${timestamps.future}`,
  ];
}

function ids({ ids: sequence }: LogPopulation): readonly (Markdown | undefined)[] {
  const { repeated, missing, missingRuns = [], missingAtEnd } = sequence;
  const runs = missingRuns.map(({ from, to }) =>
    from === to ? markup`${String(from)}` : markup`${String(from)} to ${String(to)}`,
  );
  return [
    repeated === undefined
      ? markup`Entries whose whole-number id stands more than once: cannot be told, the ids are too many and too scattered`
      : markup`Entries whose whole-number id stands more than once: ${repeated}`,
    missing === undefined
      ? markup`Missing ids: cannot be told, the ids are no dense sequence`
      : markup`Ids missing inside the sequence: ${missing}${
          runs.length === 0 ? "" : markup` (${joined(runs, ", ")})`
        }`,
    missingAtEnd === undefined
      ? undefined
      : markup`Ids given out after the last entry that exists: ${missingAtEnd}`,
  ];
}

function tenure({ tenure: check }: LogPopulation): Markdown | undefined {
  if (check === undefined) return undefined;
  const since =
    check.first_activated === undefined ? markup`` : markup` since ${check.first_activated}`;
  const verdict =
    check.total_actions === check.rows
      ? "the two agree"
      : `they differ by ${formatCount(Math.abs(check.total_actions - check.rows))}`;
  return markup`The database's own counter says ${check.total_actions} actions${since}; ${check.rows} rows exist; ${verdict}`;
}

function recorded(population: LogPopulation): Markdown {
  const fields = ENTRY_FIELD_NAMES.filter((field) => population.recordable.includes(field));
  const others = ENTRY_FIELD_NAMES.filter((field) => !population.recordable.includes(field));
  return document(
    table(
      ["Field", { right: "Entries that record it" }, { right: "Share" }],
      fields.map((field) => {
        const entries = population.recorded.get(field) ?? 0;
        return [field, entries, formatShare(entries, population.inScope)];
      }),
    ),
    others.length === 0
      ? markup`The source can record all ${ENTRY_FIELD_NAMES.length} fields of an entry.`
      : markup`The source cannot record: ${joined(others.map(code), ", ")}.`,
  );
}
