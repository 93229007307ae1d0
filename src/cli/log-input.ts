// Opens the audit database that a command names.

import { existsSync } from "node:fs";
import { ComplianceError, sqlite } from "../index.ts";
import type { Engine } from "../index.ts";

/** Read when no database is named. */
export const USUAL_DATABASE = "aegis_audit.db";

/**
 * Opens a database for one piece of work and closes it afterwards, whatever happens.
 *
 * @throws ComplianceError `invalid-option` for standard input; what opening and the work throw
 */
export async function withDatabase<T>(
  named: string | undefined,
  options: { readonly workers?: number },
  work: (engine: Engine, path: string) => Promise<T>,
): Promise<T> {
  if (named === "-") {
    throw new ComplianceError(
      "invalid-option",
      "an SQLite database cannot be read from standard input: its pages are read out of order",
      { hint: "Save it to a file first and name the file." },
    );
  }
  const path = named ?? USUAL_DATABASE;
  if (named === undefined && !existsSync(path)) {
    throw new ComplianceError(
      "unreadable-source",
      `no database was named, and this folder has no ${USUAL_DATABASE}`,
      { hint: "Name the database behind the command." },
    );
  }
  const engine = await sqlite(path, options);
  try {
    return await work(engine, path);
  } finally {
    await engine.close();
  }
}
