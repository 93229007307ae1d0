#!/usr/bin/env node
// Where the program starts, and the only place where it ends.

import { CommanderError } from "commander";
import { EXIT } from "./exit-code.ts";
import type { ExitCode } from "./exit-code.ts";
import { explain } from "./failure.ts";
import { VERSION_ASKED, createProgram } from "./program.ts";
import { print, tolerateClosedPipes } from "./streams.ts";

/** Exit codes above it stand for signals. */
const SIGNALLED = 128;

tolerateClosedPipes();
const ending = await run(process.argv.slice(2));
process.exitCode = ending;
// Whoever was asked to stop does not wait for what still hangs on a connection.
if (ending > SIGNALLED) process.exit();

async function run(words: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.fine;
  const program = createProgram((code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: "user" });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.code === VERSION_ASKED) {
      const { TOOL } = await import("../index.ts");
      await print(`${TOOL.version}\n`);
      return EXIT.fine;
    }
    const failure = explain(error, program.opts().debug === true);
    process.stderr.write(failure.lines.map((line) => `${line}\n`).join(""));
    return failure.exitCode;
  }
}
