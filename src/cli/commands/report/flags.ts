// `report`: its arguments, options and help. What it does is in run.ts, loaded when it runs.

import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";
import { listed, repeated, score, threads } from "../../option-values.ts";

const EXAMPLES = `Examples:
  aegis-compliance report                  governance report of ./aegis_audit.db
  aegis-compliance report audit.db --type soc2 --period 2026-Q1 -p policy.yaml
  aegis-compliance report audit.db --type all -o reports/        a file for each
  aegis-compliance report audit.db -o report.md -o report.json   read only once
  aegis-compliance report audit.db --type soc2 --fail-under 80 -q > soc2.md
`;

const NOTES = `
Where it goes:
  Without -o, to standard output; several types follow each other, and as JSON
  form an array. -o takes a file, or a folder (one that exists, or a name that
  ends in /), which gets TYPE.md, TYPE.json or TYPE.txt for each type asked.
  Several types need a folder, or {type} in the file's name. A file's ending
  decides its format; --format decides for the rest: if absent, markdown, and on
  a terminal, terminal. However much is asked for, the log is read once. Files
  appear whole or not at all.

Time:
  --from and --to are both included; UTC where no offset is written; a date is
  the whole day. Without them, from the first entry to the last.

Exit codes: 0 fine; 1 a score below --fail-under, and no grade is below any bar;
2 usage, or an output that cannot be written; 3 input unreadable. Records that
are rejected are counted in the report and named in a note; they do not change
the exit code.`;

/** Adds `report [DB]`. */
export function addReport(program: Program, conclude: Conclude): void {
  program
    .command("report")
    .summary("write compliance reports of an audit database")
    .description("Reads an audit database once and writes one report for each type asked.")
    .argument("[db]", "audit database; aegis_audit.db of this folder if absent")
    .option("-t, --type <id>", "soc2, gdpr, governance (default), all; repeat or list", listed)
    .option("-p, --policy <file>", "the agents' policy, set beside the log; - reads stdin")
    .option("--from <time>", "first time that counts, such as 2026-01-01")
    .option("--to <time>", "last time that counts, such as 2026-03-31")
    .option("--period <name>", "2026, 2026-Q1, 2026-03, 2026-03-14 or last-90d")
    .option("-f, --format <name>", "markdown, json or terminal; repeat or list", listed)
    .option("--json", "the same as --format json")
    .option("-o, --output <file>", "write here, not to standard output; repeat", repeated)
    .option("--fail-under <score>", "end with 1 if a report scores less or has no grade", score)
    .option("--now <time>", "the report's own time; the current time when absent")
    .option("--unmasked", "show secrets and personal data in evidence as they stand")
    .option("--workers <number>", "threads that read; by default up to four", threads)
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", NOTES)
    .action(async (db, _options, command) => {
      const { runReport } = await import("./run.ts");
      conclude(await runReport(db, command.optsWithGlobals()));
    });
}
