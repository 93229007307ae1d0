// The two places that text goes to: results to standard output, everything about the work
// itself to standard error.

import { shown, withoutPasswords } from "./shown.ts";

/**
 * Writes a result and waits until it is taken.
 *
 * @returns false when the reader has closed the pipe (`| head`) and wants no more
 * @throws the system's error when the text cannot be written for another reason
 */
export function print(text: string | Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => {
      if (error === undefined || error === null) resolve(true);
      else if (isClosedPipe(error)) resolve(false);
      else reject(error);
    });
  });
}

/** Writes one line about the work. Text from outside is escaped, and a password in a URL left out. */
export function note(line: string): void {
  process.stderr.write(`${shown(withoutPasswords(line))}\n`);
}

/** Keeps a stream's failure from ending the process: `print` hears of it where it matters. */
export function tolerateClosedPipes(): void {
  process.stdout.on("error", () => undefined);
  process.stderr.on("error", () => undefined);
}

function isClosedPipe(error: Error): boolean {
  const code = "code" in error ? error.code : undefined;
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED";
}
