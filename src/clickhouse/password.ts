// Where the password comes from: a file, or the environment. Never from the command line.

import { readFileSync } from "node:fs";
import { ComplianceError } from "../model/error.ts";

/** The variables of the environment that are looked at. */
export type PasswordEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * The password: of the file that the URL names, else CLICKHOUSE_PASSWORD, else of the file that
 * CLICKHOUSE_PASSWORD_FILE names, else empty. A line end at the end of a file does not count.
 *
 * @throws ComplianceError `unreadable-source` when the file cannot be read
 */
export function clickHousePassword(
  passwordFile: string | undefined,
  environment: PasswordEnvironment,
): string {
  if (passwordFile !== undefined) return passwordIn(passwordFile);
  const password = environment["CLICKHOUSE_PASSWORD"];
  if (password !== undefined) return password;
  const file = environment["CLICKHOUSE_PASSWORD_FILE"];
  return file === undefined || file === "" ? "" : passwordIn(file);
}

function passwordIn(file: string): string {
  try {
    return readFileSync(file, "utf8").replace(/\r?\n$/, "");
  } catch (cause) {
    throw new ComplianceError("unreadable-source", "The file with the password cannot be read", {
      cause,
      location: { file },
      hint: "Check its path and that this user may read it.",
    });
  }
}
