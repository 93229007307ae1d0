// `import`: its arguments, options and help. What it does is in run.ts, loaded when it runs.

import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";
import { addReadOptions } from "../../log-input.ts";

const EXAMPLES = `Examples:
  aegis-compliance import trail/ --as cloudtrail --to ledger/
  aegis-compliance import 'spans/*.jsonl.zst' --to ledger/
  journalctl -o cat -u gw | aegis-compliance import - --as own.yaml --to ledger/
`;

const NOTES = `
What it writes:
  A folder with the entries as Parquet, a part for each day (entries/), the
  records that became no entry (rejected.jsonl), those that were there already
  (duplicates.jsonl), and manifest.json: inputs with their digests, counts that
  tie, the mapping's version. Inputs are only read.

Stopping and going on:
  Ctrl-C stops within a moment and keeps what was written. The same command
  goes on from there; the ledger is the same as if it had never stopped.

Exit codes: 0 fine; 2 usage, or a folder that cannot be written; 3 input
unreadable, or with --strict any record rejected; 130 stopped by Ctrl-C, 143 by
SIGTERM.`;

/** Adds `import LOGS…`. */
export function addImport(program: Program, conclude: Conclude): void {
  const command = program
    .command("import")
    .summary("write foreign logs once, for fast reports")
    .description("Reads foreign logs once and writes their entries as a ledger of Parquet files.")
    .argument("<logs...>", "files, folders or patterns; - reads standard input")
    .requiredOption("--to <folder>", "where the ledger goes: a new folder, or one to go on with")
    .option("--strict", "end with 3 when any record was rejected")
    .option("--json", "print the manifest");
  addReadOptions(command)
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", NOTES)
    .action(async (logs, _options, self) => {
      const { runImport } = await import("./run.ts");
      conclude(await runImport(logs, self.optsWithGlobals()));
    });
}
