// A disk of so many bytes that is really full when it is full: a file system in memory, mounted
// where only the processes of one command see it, and gone with them.

import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";

/** Why there can be none here; undefined when there can. */
export const noSmallDisk: string | undefined =
  spawnSync("unshare", alone("true", tmpdir(), "64k"), { stdio: "ignore" }).status === 0
    ? undefined
    : "needs unshare and user namespaces";

/** A command with its arguments. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * A line of sh that sees a disk of its own in an existing folder.
 *
 * @param size as `mount` takes it: `64k`, `2m`; `mount -o remount,size=…` in the line changes it
 */
export function withSmallDisk(line: string, folder: string, size: string): Command {
  return { command: "unshare", args: alone(line, folder, size) };
}

function alone(line: string, folder: string, size: string): string[] {
  const mounting = 'mount -t tmpfs -o "size=$2,mode=700" small "$1"';
  return ["-rm", "sh", "-c", `${mounting} || exit 125\n${line}`, "sh", folder, size];
}
