// Lists entries as a table for people or as JSON Lines for programs, while they are read.

import { formatInstant, parseInstant } from "../../../index.ts";
import type { AuditEntry } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { logsOf, noteSkipped, readOptions, withLog } from "../../log-input.ts";
import type { ReadFlags } from "../../log-input.ts";
import { readNow, readPeriod } from "../../period-flags.ts";
import type { PeriodFlags } from "../../period-flags.ts";
import { jsonLine } from "../../shown.ts";
import { letSignalsIn, stoppable, untilStopped } from "../../stop.ts";
import { print } from "../../streams.ts";
import { layOut } from "../../table.ts";
import type { Layout, Paint } from "../../table.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { headings, styleOfWord, styled } from "../../theme.ts";
import { readFilters } from "./filters.ts";
import type { FilterFlags } from "./filters.ts";

export interface EntriesFlags extends FilterFlags, PeriodFlags, ReadFlags {
  readonly now?: string | undefined;
  readonly limit?: number | undefined;
  readonly json?: true | undefined;
  readonly quiet?: true | undefined;
  readonly color?: boolean | undefined;
}

/** Entries that are laid out, or written, at a time. */
const BATCH = 500;

/** @throws ComplianceError whatever keeps the entries from being read or written */
export function runEntries(logs: readonly string[], flags: EntriesFlags): Promise<ExitCode> {
  return stoppable((signal) => listEntries(logs, flags, signal));
}

async function listEntries(
  logs: readonly string[],
  flags: EntriesFlags,
  signal: AbortSignal,
): Promise<ExitCode> {
  const where = readFilters(flags);
  const period = readPeriod(flags, readNow(flags.now));
  await withLog(
    logsOf(logs),
    { ...readOptions(flags), onSkipped: noteSkipped(flags.quiet === true) },
    signal,
    async (engine) => {
      const write =
        flags.json === true
          ? jsonLines
          : table(wantsColor(process.stdout, process.env, flags.color));
      const selection = { period, ...(where === undefined ? {} : { where }) };
      const entries = untilStopped(engine.entries(selection, { signal }), signal);
      for await (const batch of batches(entries, flags.limit ?? Number.POSITIVE_INFINITY)) {
        // A closed pipe (`| head`) has read enough.
        if (!(await print(write(batch)))) break;
        await letSignalsIn(signal);
      }
    },
  );
  return EXIT.fine;
}

/** At most `limit` entries, in groups; at least one group, which may be empty. */
async function* batches(
  entries: AsyncIterable<AuditEntry>,
  limit: number,
): AsyncGenerator<readonly AuditEntry[]> {
  let batch: AuditEntry[] = [];
  let taken = 0;
  for await (const entry of entries) {
    batch.push(entry);
    taken += 1;
    if (taken >= limit) break;
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0 || taken === 0) yield batch;
}

function jsonLines(entries: readonly AuditEntry[]): string {
  return entries.map((entry) => `${jsonLine(entry)}\n`).join("");
}

const HEADINGS = "ID,TIME (UTC),AGENT,ACTION,TARGET,RISK,APPROVAL,HUMAN,RESULT,RULE".split(",");

/** Columns that are of no use when they are cut. */
const RIGID: readonly number[] = [HEADINGS.indexOf("ID"), HEADINGS.indexOf("TIME (UTC)")];

/** Columns whose words have a weight, and so a colour. */
const WEIGHTED: readonly number[] = ["RISK", "HUMAN", "RESULT"].map((name) =>
  HEADINGS.indexOf(name),
);

/** A table whose columns are as wide as its first group of entries needs. */
function table(color: boolean): (entries: readonly AuditEntry[]) => string {
  let layout: Layout | undefined;
  const paint: Paint = (text, column) =>
    styled(text, WEIGHTED.includes(column) ? styleOfWord(text) : undefined, color);
  return (entries) => {
    const rows = entries.map((entry) => cellsOf(entry));
    const begins = layout === undefined;
    layout ??= layOut([HEADINGS, ...rows], widthOf(process.stdout, process.env), RIGID);
    const line = layout;
    const head = begins ? [line(HEADINGS, headings(color))] : [];
    return [...head, ...rows.map((row) => line(row, paint))].map((one) => `${one}\n`).join("");
  };
}

function cellsOf(entry: AuditEntry): readonly string[] {
  return [
    recorded(entry.id),
    timeOf(entry.timestamp),
    recorded(entry.agent_id),
    recorded(entry.action_type),
    recorded(entry.action_target),
    recorded(entry.risk_level),
    recorded(entry.approval),
    recorded(entry.human_decision),
    recorded(entry.result_status),
    recorded(entry.matched_rule),
  ];
}

/** To the second; a time that cannot be read as it stands in the log. */
function timeOf(timestamp: unknown): string {
  const instant = typeof timestamp === "string" ? parseInstant(timestamp) : Number.NaN;
  if (Number.isNaN(instant)) return recorded(timestamp);
  return formatInstant(instant).slice(0, 19).replace("T", " ");
}

function recorded(value: unknown): string {
  if (value === undefined || value === null || value === "") return "-";
  return typeof value === "string" ? value : jsonLine(value);
}
