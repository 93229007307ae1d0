// `frameworks`: its options and help. What it does is in run.ts, loaded when it runs.

import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";

const EXAMPLES = `Examples:
  aegis-compliance frameworks
  aegis-compliance frameworks --json | jq -r '.[].id'
`;

/** Adds `frameworks`. */
export function addFrameworks(program: Program, conclude: Conclude): void {
  program
    .command("frameworks")
    .summary("list what a log can be reported on")
    .description(
      "Lists the report types: edition, and how many of its criteria an agent log can test.",
    )
    .option("--json", "as JSON, with the criteria")
    .addHelpText("before", EXAMPLES)
    .action(async (_options, command) => {
      const { runFrameworks } = await import("./run.ts");
      conclude(await runFrameworks(command.optsWithGlobals()));
    });
}
