// `report`: its arguments, options and help. What it does is in run.ts, loaded when it runs.

import { Option } from "commander";
import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";
import { addReadOptions } from "../../log-input.ts";
import { listed, reason, repeated, score, threads, wholeNumber } from "../../option-values.ts";

const EXAMPLES = `Examples:
  aegis-compliance report                  governance report of ./aegis_audit.db
  aegis-compliance report audit.db --type soc2 --period 2026-Q1 -p policy.yaml
  aegis-compliance report audit.db --type all -o reports/        a file for each
  aegis-compliance report audit.db -o report.md -o report.json   read only once
  aegis-compliance report audit.db -t soc2 --bundle soc2.zip     for an auditor
  aegis-compliance report trail/ --as cloudtrail --strict --rejected bad.jsonl
  aegis-compliance report 'hosts/*.db' postgres://auditor@db.example/audit
  zcat session.jsonl.gz | aegis-compliance report - --type all
  aegis-compliance report audit.db --type soc2 --fail-under 80 -q > soc2.md
`;

const NOTES = `
What it asks:
  soc2, gdpr and governance as documented; fourteen editions besides, which
  'aegis-compliance frameworks' lists, such as hipaa or eu-ai-act; or all.

What it reads:
  An audit database; a ledger that import wrote; a table of PostgreSQL or
  ClickHouse (postgres://USER@HOST/DATABASE?table=NAME, clickhouse://…); or logs
  of other formats, as files, folders or patterns ('logs/*.jsonl.gz'), or - for
  standard input: JSON Lines, JSON, CSV, TSV, gzip or zstd of these, Parquet,
  SQLite tables. Several of any kind become one log, and the report names each.
  The format of files is recognised, or named with --as ('mapping show' lists
  the names). Records that become no entry are counted with their reason and
  kept in the file that --rejected names. A password stands in no URL, but in
  PGPASSWORD, ~/.pgpass, CLICKHOUSE_PASSWORD, or as password-file=FILE.

Where it goes:
  Without -o, to standard output; several types follow each other, and as JSON
  form an array. -o takes a file, or a folder (one that exists, or a name that
  ends in /), which gets TYPE.md, TYPE.html, TYPE.exceptions.csv and so on for
  each type asked. Several types need a folder, or {type} in the file's name. A
  file's ending decides its format; --format decides for the rest: if absent,
  markdown, and on a terminal, terminal. However much is asked for, the log is
  read once. Files appear whole or not at all.

Formats:
  json has everything; markdown, terminal, html and pdf are for people; csv has
  the findings, csv-exceptions, csv-population and csv-sample the rest, and xlsx
  all four as sheets. pdf needs packages that are not always installed, and says
  which; --pdf-standard a-3a (for archives, the default) or ua-1 (for screen
  readers) chooses its kind.

Reading less:
  --rollup keeps what was asked of a database in a file, hour by hour. The next
  report reads what is new or may have changed, where its period begins and ends
  with an hour; the numbers are those of reading everything. A note says what
  was used. --verify-rollup proves it, and ends with 4 if it is not so.

For auditors:
  --bundle writes one ZIP file: the reports in all formats, every exception
  behind their numbers as JSON Lines and CSV, measures, digests and a README. It
  reads the log a second time, and refuses a log that has changed meanwhile.
  --sample draws entries of each measure's population, the same ones for the
  same log and --seed (aegis-compliance, if absent).
  Secrets and personal data of well-known forms are masked wherever evidence is
  shown. --reveal shows them, and the report records the reason.

Time:
  --from and --to are both included; UTC where no offset is written; a date is
  the whole day. Without them, from the first entry to the last.

Exit codes: 0 fine; 1 a score below --fail-under, and no grade is below any bar;
2 usage, or an output that cannot be written; 4 a rollup that its log
contradicts; 3 input unreadable, changed while
it was read, or with a package missing that a format needs; or with --strict any
record rejected: the report is written all the same; 130 stopped by Ctrl-C, 143
by SIGTERM, and nothing is written. Without --strict, rejected records are
counted, named in a note, and change no code.`;

/** Adds `report [LOGS…]`. */
export function addReport(program: Program, conclude: Conclude): void {
  const command = program
    .command("report")
    .summary("write compliance reports of a log")
    .description("Reads a log once and writes one report for each type asked.")
    .argument("[logs...]", "see below; aegis_audit.db if absent")
    .option("-t, --type <id>", "soc2, gdpr, governance (default), …, all; repeat or list", listed)
    .option("--framework <file>", "a framework of your own, as type custom")
    .option("--config <file>", "definitions, limits, inputs; aegis-compliance.yaml if there")
    .option("-p, --policy <file>", "the agents' policy, set beside the log; - reads stdin")
    .option("--from <time>", "first time that counts, such as 2026-01-01")
    .option("--to <time>", "last time that counts, such as 2026-03-31")
    .option("--period <name>", "2026, 2026-Q1, 2026-03, 2026-03-14 or last-90d")
    .option(
      "-f, --format <name>",
      "markdown, json, html, pdf, csv, xlsx, …; repeat or list",
      listed,
    )
    .option("--json", "the same as --format json")
    .option("-o, --output <file>", "write here, not to standard output; repeat", repeated)
    .option("--bundle <file>", "write a ZIP file with all evidence, for auditors")
    .option("--language <code>", "language of the report: en (default) or de")
    .option("--sample <number>", "draw so many entries from each population", wholeNumber)
    .option("--seed <text>", "what the draw begins with")
    .addOption(
      new Option("--pdf-standard <name>", "kind of PDF").choices(["a-3a", "ua-1"] as const),
    )
    .option("--fail-under <score>", "end with 1 if a report scores less or has no grade", score)
    .option("--now <time>", "the report's own time; the current time when absent")
    .option("--reveal <reason>", "do not mask secrets and personal data, for this reason", reason)
    .option("--workers <number>", "threads that read; by default up to four", threads)
    .option("--rollup <file>", "of one database: read only what is new, keep the rest here")
    .option("--verify-rollup", "with --rollup, read everything besides and compare")
    .option("--rejected <file>", "write the records that became no entry, as JSON Lines")
    .option("--strict", "end with 3 when any record was rejected");
  addReadOptions(command)
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", NOTES)
    .action(async (logs, _options, self) => {
      const { runReport } = await import("./run.ts");
      conclude(await runReport(logs, self.optsWithGlobals()));
    });
}
