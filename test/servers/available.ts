// Which database servers can be started on this machine, and why not the others.

import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join, resolve as resolvePath } from "node:path";
import { fileURLToPath } from "node:url";

export type ServerName = "postgresql" | "clickhouse-26" | "clickhouse-18";

/** Why a server cannot be started here; undefined when it can. */
export function missing(server: ServerName): string | undefined {
  switch (server) {
    case "postgresql": {
      const place = postgresPlace();
      return "missing" in place ? place.missing : undefined;
    }
    case "clickhouse-26":
      return chdbModules() === undefined
        ? "chdb is not installed (npm ci --prefix test/servers/clickhouse-26)"
        : undefined;
    case "clickhouse-18": {
      const place = clickHouse18();
      return "missing" in place ? place.missing : undefined;
    }
  }
}

/** Where PostgreSQL's programs are, and the user to run them as when we are root. */
export interface PostgresPlace {
  readonly folder: string;
  readonly user?: { readonly uid: number; readonly gid: number };
}

export function postgresPlace(): PostgresPlace | { readonly missing: string } {
  const folder = [...debianFolders(), ...pathFolders()].find(
    (place) => existsSync(join(place, "initdb")) && existsSync(join(place, "postgres")),
  );
  if (folder === undefined) return { missing: "postgresql is not installed" };
  if (process.getuid?.() !== 0) return { folder };
  // PostgreSQL refuses to run as root.
  const user = userNamed("postgres");
  return user === undefined ? { missing: "there is no user postgres" } : { folder, user };
}

/** The newest first. */
function debianFolders(): string[] {
  const root = "/usr/lib/postgresql";
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .sort((one, other) => Number(other) - Number(one))
    .map((version) => join(root, version, "bin"));
}

function pathFolders(): string[] {
  return (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
}

function userNamed(name: string): { readonly uid: number; readonly gid: number } | undefined {
  const line = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .find((text) => text.startsWith(`${name}:`));
  if (line === undefined) return undefined;
  const [, , uid, gid] = line.split(":").map(Number);
  return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/**
 * The folder node_modules that holds ffi-rs and the library of chdb: the one that the environment
 * variable AEGIS_CHDB names, else the one beside clickhouse-26/package.json.
 */
export function chdbModules(): string | undefined {
  const beside = fileURLToPath(new URL("clickhouse-26/node_modules", import.meta.url));
  const named = process.env["AEGIS_CHDB"] ?? "";
  const folder = named === "" ? beside : resolvePath(named);
  const { resolve } = createRequire(join(folder, "here.js"));
  const system = process.platform === "linux" ? "-gnu" : "";
  try {
    resolve("ffi-rs");
    resolve(`@chdb/lib-${process.platform}-${process.arch}${system}/libchdb.so`);
    return folder;
  } catch {
    return undefined;
  }
}

/** The program of Debian's package clickhouse-server, which is of version 18. */
export function clickHouse18(): { readonly program: string } | { readonly missing: string } {
  const program = ["/usr/sbin", "/usr/bin", ...pathFolders()]
    .map((folder) => join(folder, "clickhouse-server"))
    .find((place) => existsSync(place));
  if (program === undefined) return { missing: "clickhouse-server is not installed" };
  // Version 18 does not know the question; every later one answers it.
  const { status } = spawnSync(program, ["--version"], { stdio: "ignore" });
  if (status !== 0) return { program };
  return { missing: "the clickhouse-server that is installed is not of version 18" };
}
