// Completion through @bomb.sh/tab, which reads commands and options from commander. It never
// offers files; where a word is one, the shell is asked to complete it itself.

import completion, { ShellCompDirective } from "@bomb.sh/tab";
import tab from "@bomb.sh/tab/commander";
import type { CommandUnknownOpts, Option } from "commander";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";
import { print } from "../../streams.ts";

const NAME = "aegis-compliance";
const SHELLS = ["bash", "zsh", "fish"];

/** Bash completes files by itself only where the registration says so; tab's own does not. */
const BASH_FILES = `complete -o default -F __aegis_compliance_complete ${NAME}\n`;

type Values = () => readonly string[] | Promise<readonly string[]>;

const mappingIds: Values = async () => (await import("../../../index.ts")).loadCatalog().mappingIds;

/**
 * Values of options, by command and option; commander knows those of options with choices.
 * The library is loaded only for those that it knows: whoever types does not want to wait.
 */
const VALUES: Readonly<Record<string, Readonly<Record<string, Values>>>> = {
  report: {
    type: async () => [...(await import("../../../index.ts")).loadCatalog().frameworkIds, "all"],
    format: async () => Object.keys((await import("../../../index.ts")).RENDERERS),
    language: async () => Object.keys((await import("../../../index.ts")).LANGUAGES),
    as: mappingIds,
  },
  import: { as: mappingIds },
  entries: {
    as: mappingIds,
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
  const before = words.slice(0, -1);
  const typed = commandAt(program, before);
  const awaited = optionAwaiting(before, typed);
  if (isFile(words.at(-1) ?? "", typed, awaited)) {
    await print(`:${ShellCompDirective.ShellCompDirectiveDefault}\n`);
    return EXIT.fine;
  }
  const globals = program.options;
  const { commands } = tab(program, { completionCommandName: "completion" });
  for (const [path, command] of commands) {
    command.description = commandAt(program, path.split(" ")).summary();
    for (const { long, description } of globals) command.option(long?.slice(2) ?? "", description);
  }
  commands.get("completion")?.argument("shell", (offer) => {
    for (const shell of SHELLS) offer(shell, "");
  });
  const name = awaited?.long?.slice(2) ?? "";
  const values = await VALUES[typed.name()]?.[name]?.();
  const option = commands.get(typed.name())?.options.get(name);
  if (values !== undefined && option !== undefined) {
    option.handler = (offer) => {
      for (const value of values) offer(value, "");
    };
  }
  completion.parse([...words]);
  return EXIT.fine;
}

/** The innermost command that the words name. */
function commandAt(program: Program, words: readonly string[]): CommandUnknownOpts {
  let found: CommandUnknownOpts = program;
  for (const word of words) found = found.commands.find((one) => one.name() === word) ?? found;
  return found;
}

/** The option whose value comes after the words; undefined when the last of them is none. */
function optionAwaiting(words: readonly string[], command: CommandUnknownOpts): Option | undefined {
  const last = words.at(-1);
  return command.options.find(
    ({ long, short, required }) => required && (last === long || last === short),
  );
}

/** Whether the word being typed is a file: the value of such an option, or such an argument. */
function isFile(word: string, command: CommandUnknownOpts, awaited: Option | undefined): boolean {
  if (awaited !== undefined) return awaited.flags.endsWith("<file>");
  if (word.startsWith("-")) return false;
  return command.registeredArguments.some((argument) => argument.argChoices === undefined);
}
