// `framework`: its subcommands with their help. What they do is in files of their own, loaded
// when they run.

import { Option } from "commander";
import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";

const SHOW_EXAMPLES = `Examples:
  aegis-compliance framework show soc2
  aegis-compliance framework show house-rules.yaml --json
`;

const EXPLAIN_EXAMPLES = `Examples:
  aegis-compliance framework explain CC6.1
  aegis-compliance framework explain block-bypass      a measure, by id or code
  aegis-compliance framework explain coverage --in house-rules.yaml
`;

const LINT_EXAMPLES = `Examples:
  aegis-compliance framework lint house-rules.yaml
`;

const LINT_NOTES = `
A framework of your own is one YAML file; measures of your own lie in a folder
measures beside it. Report on it with: report --framework house-rules.yaml

Exit codes: 0 in order; 2 usage; 3 not in order, with line and column.`;

const TEST_EXAMPLES = `Examples:
  aegis-compliance framework test house-rules.yaml
`;

const TEST_NOTES = `
Exit codes: 0 every example comes out as stated; 1 some do not; 2 usage; 3 the
framework or a measure is not in order.`;

const INIT_EXAMPLES = `Examples:
  aegis-compliance framework init house-rules      writes house-rules.yaml
  aegis-compliance framework init house-rules --scoring weighted
`;

/** Adds `framework init | lint | test | show | explain`. */
export function addFramework(program: Program, conclude: Conclude): void {
  const framework = program
    .command("framework")
    .helpCommand(false)
    .summary("framework init | lint | test | show | explain")
    .description("What a report asks of a log, and frameworks of your own.");
  framework
    .command("init")
    .summary("write a framework to start from")
    .description("Writes a small framework with one criterion and a word on every key.")
    .argument("<name>", "its id: small letters, digits and hyphens")
    .addOption(
      new Option("--scoring <kind>", "how it scores; points if absent").choices([
        "points",
        "weighted",
      ]),
    )
    .addHelpText("before", INIT_EXAMPLES)
    .action(async (name, options) => {
      const { runInit } = await import("./init.ts");
      conclude(await runInit(name, options));
    });
  framework
    .command("lint")
    .summary("check a framework's file and the measures beside it")
    .description("Checks a framework as strictly as a report does.")
    .argument("<file>", "framework file")
    .addHelpText("before", LINT_EXAMPLES)
    .addHelpText("after", LINT_NOTES)
    .action(async (file) => {
      const { runLint } = await import("./lint.ts");
      conclude(await runLint(file));
    });
  framework
    .command("test")
    .summary("run the examples of a framework's own measures")
    .description("Runs the examples of the measures beside a framework's file.")
    .argument("<file>", "framework file")
    .addHelpText("before", TEST_EXAMPLES)
    .addHelpText("after", TEST_NOTES)
    .action(async (file) => {
      const { runTest } = await import("./test.ts");
      conclude(await runTest(file));
    });
  framework
    .command("show")
    .summary("list a framework's criteria")
    .description("Lists what a framework tests with which measure, and what it leaves open.")
    .argument("<framework>", "its id, or its file")
    .option("--json", "as JSON")
    .addHelpText("before", SHOW_EXAMPLES)
    .action(async (name, _options, self) => {
      const { runShow } = await import("./show.ts");
      conclude(await runShow(name, self.optsWithGlobals()));
    });
  framework
    .command("explain")
    .summary("explain a criterion or measure: question, expression, limits")
    .description("Says what is asked of the log, what counts, and what the answer is worth.")
    .argument("<criterion>", "such as CC6.1 or right-to-erasure; or a measure")
    .option("--in <framework>", "its framework's id or file; else all are looked through")
    .addHelpText("before", EXPLAIN_EXAMPLES)
    .action(async (criterion, _options, self) => {
      const { runExplain } = await import("./explain.ts");
      conclude(await runExplain(criterion, self.optsWithGlobals()));
    });
}
