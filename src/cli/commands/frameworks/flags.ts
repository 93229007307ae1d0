// `frameworks`: its options and help. What it does is in run.ts, loaded when it runs.

import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";

const EXAMPLES = `Examples:
  aegis-compliance frameworks
  aegis-compliance frameworks --json | jq -r '.[].id'
`;

const NOTES = `
TESTED   criteria that an agent log can test in part, with a verdict both ways
DISPROVE criteria that it can only disprove: nothing found earns nothing
FIGURES  criteria for which it gives figures without a verdict
OPEN     criteria of the edition that it says nothing about; reports list them

How many were decided from a log stands in its report, as "12 of 14 testable
criteria decided". What is asked for one: framework explain CC6.1`;

/** Adds `frameworks`. */
export function addFrameworks(program: Program, conclude: Conclude): void {
  program
    .command("frameworks")
    .summary("list what a log can be reported on")
    .description("Lists report types, and how much of each a log can test.")
    .option("--json", "as JSON, with the criteria")
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", NOTES)
    .action(async (_options, command) => {
      const { runFrameworks } = await import("./run.ts");
      conclude(await runFrameworks(command.optsWithGlobals()));
    });
}
