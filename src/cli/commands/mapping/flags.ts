// `mapping`: its subcommands with their help. What they do is in files of their own, loaded
// when they run.

import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";
import { addFileOptions } from "../../log-input.ts";
import { wholeNumber } from "../../option-values.ts";

const DETECT_EXAMPLES = `Examples:
  aegis-compliance mapping detect session.jsonl
  aegis-compliance mapping detect logs/ --json | jq -r '.[] | select(.mapping == null) | .file'
`;

const SHOW_EXAMPLES = `Examples:
  aegis-compliance mapping show                       all of them
  aegis-compliance mapping show cloudtrail            in words
  aegis-compliance mapping show cloudtrail --yaml > own.yaml     to change it
`;

const TEST_EXAMPLES = `Examples:
  aegis-compliance mapping test own.yaml gateway.jsonl      what becomes of a log
  aegis-compliance mapping test own.yaml fixture.yaml       against stated entries
`;

const TEST_NOTES = `
With a log: how many records it holds and what becomes of them, how often each
field is recorded, which raw fields are left over, and the first entries. With a
fixture (YAML with format, input and expect): whether it comes out as stated.

Exit codes: 0 fine; 1 the fixture differs; 2 usage; 3 the mapping or the log
cannot be read.`;

/** Adds `mapping detect | show | test`. */
export function addMapping(program: Program, conclude: Conclude): void {
  const mapping = program
    .command("mapping")
    .helpCommand(false)
    .summary("foreign formats: mapping detect | show | test")
    .description("How logs of other systems become entries.");
  addFileOptions(
    mapping
      .command("detect")
      .summary("name the format of logs")
      .description("Looks at the first records of each file and names the mapping that fits.")
      .argument("<logs...>", "files, folders or patterns; - reads standard input")
      .option("--json", "as JSON"),
  )
    .addHelpText("before", DETECT_EXAMPLES)
    .addHelpText("after", "\nExit codes: 0 every file is known; 1 some are not; 2 usage; 3 input.")
    .action(async (logs, _options, self) => {
      const { runDetect } = await import("./detect.ts");
      conclude(await runDetect(logs, self.optsWithGlobals()));
    });
  mapping
    .command("show")
    .summary("explain a mapping, or list them all")
    .description("Says where each field of an entry comes from, and what a format cannot record.")
    .argument("[mapping]", "its name, or a YAML file")
    .option("--yaml", "print the file itself")
    .option("--json", "as JSON")
    .addHelpText("before", SHOW_EXAMPLES)
    .action(async (id, _options, self) => {
      const { runShow } = await import("./show.ts");
      conclude(await runShow(id, self.optsWithGlobals()));
    });
  addFileOptions(
    mapping
      .command("test")
      .summary("try a mapping on a log or a fixture")
      .description("Shows what a mapping makes of a log, or holds it to a fixture.")
      .argument("<mapping>", "its name, or a YAML file")
      .argument("<file>", "a log, or a fixture that ends in .yaml")
      .option("--show <number>", "entries to print; 5 if absent", wholeNumber)
      .option("--json", "as JSON"),
  )
    .addHelpText("before", TEST_EXAMPLES)
    .addHelpText("after", TEST_NOTES)
    .action(async (id, file, _options, self) => {
      const { runTest } = await import("./test.ts");
      conclude(await runTest(id, file, self.optsWithGlobals()));
    });
}
