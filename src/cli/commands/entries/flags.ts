// `entries`: its arguments, options and help. What it does is in run.ts, loaded when it runs.

import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";
import { addReadOptions } from "../../log-input.ts";
import { listedOrEmpty, repeated, wholeNumber } from "../../option-values.ts";

const EXAMPLES = `Examples:
  aegis-compliance entries audit.db --risk HIGH,CRITICAL --approval auto
  aegis-compliance entries audit.db --approval approve --decision ''
  aegis-compliance entries --where 'executed && action_type.startsWith("del")'
  aegis-compliance entries --agent billing --period 2026-03 --json
  aegis-compliance entries 'clickhouse://me@ch:8123/audit' --risk CRITICAL
`;

const NOTES = `
An entry is listed when it fits every filter. A filter that is given several
values fits any of them; '' stands for entries that lack the field. Risk,
approval, decision and result are compared without regard to case. An entry
whose time cannot be read lies in no period. The table leaves out its last
columns where it is too narrow for them; --json has all fields.

Exit codes: 0 fine, also when nothing fits; 2 usage; 3 input unreadable; 130
stopped by Ctrl-C.`;

/** Adds `entries [LOGS…]`. */
export function addEntries(program: Program, conclude: Conclude): void {
  const command = program
    .command("entries")
    .summary("list entries of a log")
    .description("Lists the entries that fit the filters, in the order of the log.")
    .argument("[logs...]", "as for report; aegis_audit.db of this folder if absent")
    .option("--session <id>", "of this session; repeat", repeated)
    .option("--agent <id>", "of this agent; repeat", repeated)
    .option("--type <action>", "of this action type; repeat or list", listedOrEmpty)
    .option("--risk <level>", "LOW, MEDIUM, HIGH, CRITICAL; repeat or list", listedOrEmpty)
    .option("--approval <word>", "auto, approve, block; repeat or list", listedOrEmpty)
    .option("--decision <word>", "a human's: approved, denied; repeat or list", listedOrEmpty)
    .option("--rule <name>", "decided by this rule; repeat", repeated)
    .option("--result <word>", "success, failed, blocked, …; repeat or list", listedOrEmpty)
    .option("--where <cel>", "that fit a CEL condition on the entry's fields")
    .option("--from <time>", "from this time, such as 2026-01-01")
    .option("--to <time>", "up to this time, included, such as 2026-03-31")
    .option("--period <name>", "2026, 2026-Q1, 2026-03, 2026-03-14 or last-90d")
    .option("--now <time>", "what last-90d counts from; else the current time")
    .option("--limit <number>", "at most so many", wholeNumber)
    .option("--json", "one JSON object a line, each field as recorded");
  addReadOptions(command)
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", NOTES)
    .action(async (logs, _options, self) => {
      const { runEntries } = await import("./run.ts");
      conclude(await runEntries(logs, self.optsWithGlobals()));
    });
}
