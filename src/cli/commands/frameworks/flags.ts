// `frameworks`: its options and help. What it does is in run.ts, loaded when it runs.

import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";
import { addReadOptions } from "../../log-input.ts";

const EXAMPLES = `Examples:
  aegis-compliance frameworks
  aegis-compliance frameworks --json | jq -r '.[].id'
  aegis-compliance frameworks audit.db   how much of each it decides
`;

const NOTES = `
TESTED   criteria that an agent log can test in part, with a verdict both ways
DISPROVE criteria that it can only disprove: nothing found earns nothing
FIGURES  criteria for which it gives figures without a verdict
OPEN     criteria of the edition that it says nothing about; reports list them

With a log, read once for all of them, the list says instead how many of the
testable criteria it decides. For one criterion: framework explain CC6.1

Exit codes: 0 fine; 2 usage; 3 input unreadable; 130 stopped by Ctrl-C.`;

/** Adds `frameworks`. */
export function addFrameworks(program: Program, conclude: Conclude): void {
  const command = program
    .command("frameworks")
    .summary("list what a log can be reported on")
    .description("Lists report types, and how much of each a log can test.")
    .argument("[logs...]", "logs to try them on; as for report")
    .option("--json", "as JSON, with the criteria")
    .option("-p, --policy <file>", "the agents' policy, beside the log")
    .option("--config <file>", "inputs and limits; aegis-compliance.yaml if there");
  addReadOptions(command)
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", NOTES)
    .action(async (logs, _options, self) => {
      const flags = self.optsWithGlobals();
      if (logs.length > 0) {
        const { runDecided } = await import("./decided.ts");
        conclude(await runDecided(logs, flags));
        return;
      }
      const { runFrameworks } = await import("./run.ts");
      conclude(await runFrameworks(flags));
    });
}
