// Completion through @bomb.sh/tab, which reads commands and options from commander. It never
// offers files; where a word is one, the shell is asked to complete it itself.

import completion, { ShellCompDirective } from "@bomb.sh/tab";
import tab from "@bomb.sh/tab/commander";
import type { CommandUnknownOpts } from "commander";
import { RENDERERS, loadCatalog } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";
import { print } from "../../streams.ts";

const NAME = "aegis-compliance";
const SHELLS = ["bash", "zsh", "fish"];

/** Bash completes files by itself only where the registration says so; tab's own does not. */
const BASH_FILES = `complete -o default -F __aegis_compliance_complete ${NAME}\n`;

/** Values of options, by command and option; commander knows those of options with choices. */
const VALUES: Readonly<Record<string, Readonly<Record<string, () => readonly string[]>>>> = {
  report: {
    type: () => [...loadCatalog().frameworkIds, "all"],
    format: () => Object.keys(RENDERERS),
  },
  entries: {
    risk: () => ["LOW", "MEDIUM", "HIGH", "CRITICAL"],
    approval: () => ["auto", "approve", "block"],
    decision: () => ["approved", "denied"],
    result: () => ["success", "failed", "blocked", "denied", "skipped"],
  },
};

/** Prints the script for a shell. */
export async function printScript(shell: "bash" | "zsh" | "fish"): Promise<ExitCode> {
  completion.setup(NAME, NAME, shell);
  if (shell === "bash") await print(BASH_FILES);
  return EXIT.fine;
}

/** Prints the candidates for the last of the words, and the directive for the shell's script. */
export async function printCandidates(
  words: readonly string[],
  program: Program,
): Promise<ExitCode> {
  if (isFile(words, program)) {
    await print(`:${ShellCompDirective.ShellCompDirectiveDefault}\n`);
    return EXIT.fine;
  }
  const globals = program.options;
  const { commands } = tab(program, { completionCommandName: "completion" });
  for (const [path, command] of commands) {
    command.description = commandAt(program, path.split(" ")).summary();
    for (const { long, description } of globals) command.option(long?.slice(2) ?? "", description);
    for (const [name, values] of Object.entries(VALUES[path] ?? {})) {
      const option = command.options.get(name);
      if (option === undefined) continue;
      option.isBoolean = false;
      option.handler = (offer) => {
        for (const value of values()) offer(value, "");
      };
    }
  }
  commands.get("completion")?.argument("shell", (offer) => {
    for (const shell of SHELLS) offer(shell, "");
  });
  completion.parse([...words]);
  return EXIT.fine;
}

/** Whether the word being typed is a file: the value of such an option, or such an argument. */
function isFile(words: readonly string[], program: Program): boolean {
  const current = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  const command = commandAt(program, before);
  const last = before.at(-1) ?? "";
  const option = command.options.find(({ long, short }) => last === long || last === short);
  if (option?.required === true) return option.flags.endsWith("<file>");
  if (current.startsWith("-")) return false;
  return command.registeredArguments.some((argument) => argument.argChoices === undefined);
}

/** The innermost command that the words name. */
function commandAt(program: Program, words: readonly string[]): CommandUnknownOpts {
  let found: CommandUnknownOpts = program;
  for (const word of words) found = found.commands.find((one) => one.name() === word) ?? found;
  return found;
}
