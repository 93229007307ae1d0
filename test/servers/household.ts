// Server processes with a folder of their own, which both end when the test run does, however it does.

import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** How long a server may take to answer; it takes a fraction of a second on an idle machine. */
const PATIENCE_MS = 60_000;

export interface Start {
  readonly command: string;
  readonly args: readonly string[];
  /** Where its output goes, inside the household's folder. */
  readonly log: string;
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Whether it answers; asked every few milliseconds. May reject, which means no. */
  readonly ready: () => Promise<boolean>;
}

/** A server that runs, or ran. */
export interface Running {
  readonly pid: number;
  readonly exited: Promise<void>;
  signal(name: NodeJS.Signals): void;
}

/** A folder and the servers that live in it. */
export interface Household {
  readonly folder: string;
  /**
   * Resolves when the server answers.
   *
   * @throws Error with the end of its log when it exits instead, or stays silent too long
   */
  start(start: Start): Promise<Running>;
  /** Ends every server and removes the folder; the second call does nothing more. */
  stop(): Promise<void>;
}

/** @param lastSignal what ends these servers at once; the data is not needed any more */
export function openHousehold(name: string, lastSignal: "KILL" | "QUIT"): Household {
  const folder = mkdtempSync(join(tmpdir(), `aegis-${name}-`));
  const script = fileURLToPath(new URL("keeper.sh", import.meta.url));
  const keeper = spawn("/bin/sh", [script, folder, lastSignal], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  keeper.unref();
  // A keeper that is gone cannot be told anything; it has then done its work.
  keeper.stdin.on("error", () => undefined);
  if (keeper.stdin instanceof Socket) keeper.stdin.unref();
  const gone = new Promise<void>((resolve) => keeper.once("exit", () => resolve()));
  const alive = new Set<number>();
  // A worker of vitest outlives a run that was killed, until its test ends; its servers need not.
  const orphaned = () => void keeper.stdin.end();
  process.once("disconnect", orphaned);
  const tell = () => keeper.stdin.write(`${[...alive].join(" ")}\n`);

  return {
    folder,
    async start(start) {
      const child = launch(folder, start);
      const { pid } = child;
      const exited = new Promise<void>((resolve) => {
        child.once("exit", () => {
          if (pid !== undefined) alive.delete(pid);
          tell();
          resolve();
        });
        child.once("error", () => resolve());
      });
      if (pid === undefined) {
        await exited;
        throw new Error(`${start.command} cannot be started`);
      }
      alive.add(pid);
      tell();
      child.unref();
      await answering(child, exited, join(folder, start.log), start);
      return { pid, exited, signal: (signal) => void child.kill(signal) };
    },
    async stop() {
      process.off("disconnect", orphaned);
      keeper.stdin.end();
      keeper.ref();
      await gone;
    },
  };
}

function launch(folder: string, { command, args, log, user }: Start): ChildProcess {
  const output = openSync(join(folder, log), "a");
  try {
    return spawn(command, args, {
      cwd: folder,
      detached: true,
      stdio: ["ignore", output, output],
      // Nothing of our own environment, which says much to PostgreSQL's and Node's programs.
      env: {
        PATH: process.env["PATH"],
        TMPDIR: folder,
        HOME: folder,
        TZ: "UTC",
        LC_ALL: "C.UTF-8",
      },
      ...user,
    });
  } finally {
    closeSync(output);
  }
}

async function answering(
  child: ChildProcess,
  exited: Promise<void>,
  log: string,
  { command, ready }: Start,
): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  const ended = () => child.exitCode !== null || child.signalCode !== null;
  while (!ended() && performance.now() < end) {
    if (await ready().catch(() => false)) return;
    await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, 10))]);
  }
  child.kill("SIGKILL");
  const said = existsSync(log) ? readFileSync(log, "utf8").slice(-2000) : "";
  throw new Error(`${command} ${ended() ? "ended" : "does not answer"} at its start: ${said}`);
}
