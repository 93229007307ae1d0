// Python's standard library as a second reader of what the logger writes.

import { execFileSync } from "node:child_process";

/** Whether `python3` with its `sqlite3` can be run. */
export const hasPython = ((): boolean => {
  try {
    execFileSync("python3", ["-c", "import sqlite3, json"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** Runs a script with the arguments and parses the JSON that it prints. */
export function python(script: string, ...parameters: readonly string[]): unknown {
  const printed = execFileSync("python3", ["-c", script, ...parameters], {
    encoding: "utf8",
    env: { ...process.env, PYTHONIOENCODING: "utf-8" },
    maxBuffer: 1 << 28,
  });
  return JSON.parse(printed);
}
