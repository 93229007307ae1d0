// Where the password comes from: a file that holds nothing else, PGPASSWORD, or the password
// file of PostgreSQL's own tools (chapter "The Password File" of its manual).

import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { ComplianceError } from "../model/error.ts";
import type { PgParameters } from "./driver.ts";
import type { PostgresTarget } from "./target.ts";

/** Reading, writing or running by the group or by others. */
const OTHERS = 0o077;

/**
 * @returns undefined when there is none: the server may not ask for one
 * @throws ComplianceError `unreadable-source` when the file that the target names cannot be read
 */
export async function passwordFor(
  { passwordFile }: PostgresTarget,
  server: PgParameters,
): Promise<string | undefined> {
  if (passwordFile !== undefined) return fromFile(passwordFile);
  const { PGPASSWORD } = process.env;
  return PGPASSWORD === undefined || PGPASSWORD === "" ? fromPasswordFile(server) : PGPASSWORD;
}

async function fromFile(path: string): Promise<string> {
  try {
    return (await readFile(path, "utf8")).replace(/\r?\n$/, "");
  } catch (cause) {
    throw new ComplianceError(
      "unreadable-source",
      "the file that password-file= names cannot be read",
      {
        cause,
        location: { file: path },
      },
    );
  }
}

/** As PostgreSQL's tools do, a file that others may read is passed over. */
async function fromPasswordFile(server: PgParameters): Promise<string | undefined> {
  const { PGPASSFILE, APPDATA = "" } = process.env;
  const isWindows = process.platform === "win32";
  const path =
    PGPASSFILE ??
    (isWindows ? join(APPDATA, "postgresql", "pgpass.conf") : join(homedir(), ".pgpass"));
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || !found.isFile()) return undefined;
  if (!isWindows && (found.mode & OTHERS) !== 0) return undefined;
  const text = await readFile(path, "utf8").catch(() => "");
  return passwordIn(text, server);
}

/**
 * The password of the first line `host:port:database:user:password` that fits. `*` fits
 * everything; a backslash stands before a colon or backslash that is meant.
 */
export function passwordIn(text: string, server: PgParameters): string | undefined {
  const { host, port, database = "", user = "" } = server;
  // A socket in one of the usual folders goes by this name.
  const isUsualSocket = ["/tmp", "/run/postgresql", "/var/run/postgresql"].includes(host);
  const asked = [isUsualSocket ? "localhost" : host, String(port), database, user];
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#")) continue;
    const [password, ...fields] = fieldsOf(line).reverse();
    if (fields.length !== asked.length || password === undefined || password === "") continue;
    fields.reverse();
    if (fields.every((field, at) => field === "*" || unescaped(field) === asked[at])) {
      return unescaped(password);
    }
  }
  return undefined;
}

/** Cut at the first four colons that are not escaped: a password may have more of them. */
function fieldsOf(line: string): string[] {
  const fields: string[] = [];
  let rest = line;
  while (fields.length < 4) {
    const field = /^((?:[^\\:]|\\.?)*):/.exec(rest);
    if (field === null) return [];
    fields.push(field[1] as string);
    rest = rest.slice(field[0].length);
  }
  return [...fields, rest];
}

function unescaped(field: string): string {
  return field.replaceAll(/\\(.)/g, "$1");
}
