// Runs the built program as a person or a script would: as a process of its own.

import { execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const MAIN = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
if (!existsSync(MAIN)) throw new Error("The program is not built: npm run build");

export interface Outcome {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Surroundings {
  readonly cwd?: string;
  /** Added to an environment without any variable that the program looks at. */
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

const LOOKED_AT = ["NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "TZ", "LANG", "LC_ALL", "CI"];

function environment(added: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !LOOKED_AT.includes(name));
  return { ...Object.fromEntries(kept), ...added };
}

/** Runs `aegis-compliance` with the words; standard output and error are pipes. */
export function run(words: readonly string[], surroundings: Surroundings = {}): Promise<Outcome> {
  return runAny(process.execPath, [MAIN, ...words], surroundings);
}

/** Runs a line of bash in which `$CLI` is the program. */
export function bash(line: string, surroundings: Surroundings = {}): Promise<Outcome> {
  const env = { ...surroundings.env, CLI: `${process.execPath} ${MAIN}` };
  return runAny("bash", ["-c", line], { ...surroundings, env });
}

// Joins the program to a terminal of 100 columns, hands on what it writes there, and ends as
// it ended.
const PSEUDO_TERMINAL = `
import fcntl, os, pty, struct, sys, termios
pid, terminal = pty.fork()
if pid == 0:
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    os.execvp(sys.argv[1], sys.argv[1:])
while True:
    try:
        data = os.read(terminal, 65536)
    except OSError:
        break
    if not data:
        break
    os.write(1, data)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
`;

/** Whether there is a Python that can make a pseudo-terminal. */
export const hasTerminal = ((): boolean => {
  try {
    execFileSync("python3", ["-c", "import fcntl, pty, termios"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

/** Runs the program at a terminal; what it writes to either stream is in `stdout`. */
export function runInTerminal(
  words: readonly string[],
  surroundings: Surroundings = {},
): Promise<Outcome> {
  const parameters = ["-c", PSEUDO_TERMINAL, process.execPath, MAIN, ...words];
  return runAny("python3", parameters, {
    ...surroundings,
    env: { TERM: "xterm", ...surroundings.env },
  });
}

function runAny(
  command: string,
  parameters: readonly string[],
  { cwd, env, input = "" }: Surroundings,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, {
      env: environment(env),
      ...(cwd === undefined ? {} : { cwd }),
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
    // A program that reads nothing may be gone before its input is.
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
  });
}
