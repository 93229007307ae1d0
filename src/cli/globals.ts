// The options that every command takes.

import { Command } from "commander";

/** The program with its global options and no command yet. */
export function globalOptions() {
  return new Command("aegis-compliance")
    .option("--color", "colour, wherever the output goes")
    .option("--no-color", "no colour, even on a terminal")
    .option("-q, --quiet", "only results and errors: no progress, no notes")
    .option("--debug", "with an error, show where it arose");
}

export type Program = ReturnType<typeof globalOptions>;
