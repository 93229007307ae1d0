// `policy check`: its arguments, options and help. What it does is in run.ts, loaded when it runs.

import { Option } from "commander";
import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";

const EXAMPLES = `Examples:
  aegis-compliance policy check policy.yaml
  aegis-compliance policy check policy.yaml --fail-on warning
  git show HEAD:policy.yaml | aegis-compliance policy check - --json
`;

const NOTES = `
Exit codes: 0 nothing at or above --fail-on; 1 something; 2 usage; 3 the policy
cannot be read, or could mean something else than its author thinks; then all
mistakes are named at once.`;

/** Adds `policy check FILE`. */
export function addPolicyCheck(program: Program, conclude: Conclude): void {
  program
    .command("policy")
    .helpCommand(false)
    .summary("check a policy file: policy check FILE")
    .description("Works on policies without a log.")
    .command("check")
    .summary("load a policy, name its mistakes and its weak spots")
    .description(
      "Loads a policy as strictly as a report does, then looks for rules that are never " +
        "reached, blocks that a more permissive rule hides, and open defaults.",
    )
    .argument("<file>", "policy file; - reads standard input")
    .addOption(
      new Option("--fail-on <severity>", "end with 1 when a finding is at least this severe")
        .choices(["error", "warning", "info"])
        .default("error"),
    )
    .option("--json", "as JSON, the mistakes of an invalid policy too")
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", NOTES)
    .action(async (file, _options, command) => {
      const { runPolicyCheck } = await import("./run.ts");
      conclude(await runPolicyCheck(file, command.optsWithGlobals()));
    });
}
