// The table of commands, and the help that a first look gives.

import { CommanderError } from "commander";
import { addCompletion } from "./commands/completion/flags.ts";
import { addEntries } from "./commands/entries/flags.ts";
import { addFramework } from "./commands/framework/flags.ts";
import { addFrameworks } from "./commands/frameworks/flags.ts";
import { addImport } from "./commands/import/flags.ts";
import { addMapping } from "./commands/mapping/flags.ts";
import { addMigrate } from "./commands/migrate/flags.ts";
import { addPolicyCheck } from "./commands/policy-check/flags.ts";
import { addReport } from "./commands/report/flags.ts";
import { EXIT } from "./exit-code.ts";
import type { Conclude } from "./exit-code.ts";
import { globalOptions } from "./globals.ts";
import type { Program } from "./globals.ts";
import { widthOf } from "./terminal.ts";

const EXAMPLES = `Compliance reports from the audit logs of AI agents:

  aegis-compliance report aegis_audit.db --type soc2 --period 2026-Q1
  aegis-compliance report trail/ --type all --policy policy.yaml -o reports/
`;

const NOTES = `
Environment: NO_COLOR, FORCE_COLOR, COLUMNS. Exit codes: 0 fine, 1 below the bar
asked for, 2 usage, 3 input unreadable, 4 verification failed, 130 stopped.`;

/** What `--version` ends the parsing with. */
export const VERSION_ASKED = "aegis.version";

/** The program with all its commands. It throws CommanderError instead of ending the process. */
export function createProgram(conclude: Conclude): Program {
  const program = withCommands(conclude);
  addCompletion(program, conclude, () => withCommands(conclude));
  return program;
}

function withCommands(conclude: Conclude): Program {
  const program = globalOptions()
    .exitOverride()
    // Errors are printed by main, in one form for all.
    .configureOutput({
      outputError: () => undefined,
      getOutHelpWidth: () => widthOf(process.stdout, process.env),
      getErrHelpWidth: () => widthOf(process.stderr, process.env),
    })
    .helpOption("-h, --help", "help; every command has its own")
    .configureHelp({ showGlobalOptions: true })
    .helpCommand(false)
    .addHelpText("before", EXAMPLES)
    .addHelpText("after", NOTES);
  program.option("-V, --version", "print the version").on("option:version", () => {
    throw new CommanderError(EXIT.fine, VERSION_ASKED, "");
  });
  addReport(program, conclude);
  addImport(program, conclude);
  addMigrate(program, conclude);
  addMapping(program, conclude);
  addPolicyCheck(program, conclude);
  addFrameworks(program, conclude);
  addFramework(program, conclude);
  addEntries(program, conclude);
  return program;
}
