// Opens the log that a command names, and the options that say how a foreign one is read.

import { once } from "node:events";
import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { Option } from "commander";
import type { Command, OptionValues } from "commander";
import { ComplianceError, openLog } from "../index.ts";
import type { Engine, OpenLogOptions, ReadOptions } from "../index.ts";
import { note } from "./streams.ts";

/** Read when no log is named. */
export const USUAL_DATABASE = "aegis_audit.db";

/** Flags of {@link addReadOptions}. */
export interface ReadFlags {
  readonly as?: string | undefined;
  readonly source?: ReadOptions["format"] | undefined;
  readonly records?: string | undefined;
  readonly table?: string | undefined;
}

/** Adds the options that say how foreign logs are read. */
export function addReadOptions<
  Args extends unknown[],
  Options extends OptionValues,
  Globals extends OptionValues,
>(command: Command<Args, Options, Globals>) {
  return addFileOptions(
    command.option("--as <mapping>", "format of foreign logs: a name, or a YAML file"),
  );
}

/** The same where the format itself is what is asked. */
export function addFileOptions<
  Args extends unknown[],
  Options extends OptionValues,
  Globals extends OptionValues,
>(command: Command<Args, Options, Globals>) {
  return command
    .addOption(
      new Option("--source <kind>", "kind of the files; else told by name and content").choices([
        "jsonl",
        "json",
        "csv",
        "tsv",
        "parquet",
        "sqlite",
      ]),
    )
    .option("--records <path>", "where JSON files keep their records, such as Records")
    .option("--table <name>", "table of a SQLite file that is no audit database");
}

/** The same for the library; what was not asked for is absent. */
export function readOptions({ as, ...files }: ReadFlags): ReadOptions {
  return { ...(as === undefined ? {} : { as }), ...fileOptions(files) };
}

/** The same where the format itself is what is asked. */
export function fileOptions({ source, records, table }: ReadFlags): Omit<ReadOptions, "as"> {
  return {
    ...(source === undefined ? {} : { format: source }),
    ...(records === undefined ? {} : { container: records }),
    ...(table === undefined ? {} : { table }),
  };
}

/** Says on standard error which files of a folder or pattern are not read, unless that is not wanted. */
export function noteSkipped(quiet: boolean): (name: string, reason: string) => void {
  return (name, reason) => {
    if (!quiet) note(`note: ${name} is left out: ${reason}`);
  };
}

/** The logs that a command names, or the usual one. */
export function logsOf(named: readonly string[]): readonly string[] {
  if (named.length > 0) return named;
  if (existsSync(USUAL_DATABASE)) return [USUAL_DATABASE];
  throw new ComplianceError(
    "unreadable-source",
    `no log was named, and this folder has no ${USUAL_DATABASE}`,
    { hint: "Name a log behind the command." },
  );
}

/**
 * Opens logs for one piece of work and closes them afterwards, whatever happens.
 *
 * @throws ComplianceError what opening and the work throw; the signal's reason when it is aborted
 */
export async function withLog<T>(
  paths: readonly string[],
  options: OpenLogOptions,
  signal: AbortSignal,
  work: (engine: Engine) => Promise<T>,
): Promise<T> {
  const engine = await unlessStopped(openLog(paths, { ...options, signal }), signal);
  try {
    signal.throwIfAborted();
    return await work(engine);
  } finally {
    await engine.close();
  }
}

/** Milliseconds that an opening may go on when nobody wants the log any more. */
const LAST_MOMENT = 250;

/** What was opened; when nobody waits for it any more, it is closed as soon as it is open. */
async function unlessStopped(opening: Promise<Engine>, signal: AbortSignal): Promise<Engine> {
  const stop = new AbortController();
  const stopped = async (): Promise<undefined> => {
    if (!signal.aborted) await once(signal, "abort", { signal: stop.signal });
    await setTimeout(LAST_MOMENT);
    return undefined;
  };
  const waiting = stopped().catch(() => undefined);
  const engine = await Promise.race([opening, waiting]).finally(() => stop.abort());
  if (engine !== undefined) return engine;
  opening.then((late) => late.close()).catch(() => undefined);
  throw signal.reason;
}
