// `completion SHELL` prints a script; the hidden `complete` is what the script calls while
// somebody types. What they do is in run.ts, loaded when they run.

import { Argument } from "commander";
import type { Conclude } from "../../exit-code.ts";
import type { Program } from "../../globals.ts";

const EXAMPLES = `Examples:
  source <(aegis-compliance completion bash)    # needs bash-completion
  source <(aegis-compliance completion zsh)     # after compinit
  aegis-compliance completion fish | source
`;

/**
 * Adds `completion` and `complete`.
 *
 * @param bare makes a program with the commands that are completed
 */
export function addCompletion(program: Program, conclude: Conclude, bare: () => Program): void {
  program
    .command("completion")
    .summary("print a script for bash, zsh or fish")
    .description("Prints a script that completes commands, options and their values.")
    .addArgument(new Argument("<shell>", "your shell").choices(["bash", "zsh", "fish"]))
    .addHelpText("before", EXAMPLES)
    .action(async (shell) => {
      const { printScript } = await import("./run.ts");
      conclude(await printScript(shell));
    });
  program
    .command("complete", { hidden: true })
    .argument("[words...]", "the words typed so far, without the program's name")
    .allowUnknownOption()
    .action(async (words) => {
      const { printCandidates } = await import("./run.ts");
      conclude(await printCandidates(words, bare()));
    });
}
