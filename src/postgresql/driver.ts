// The optional packages `pg` and `pg-cursor`, loaded only when a PostgreSQL database is opened.

import type { Socket } from "node:net";
import { ComplianceError } from "../model/error.ts";

/** The part of the packages that is used here. */
export interface PgPackage {
  readonly Client: new (config: PgConfig) => PgClient;
  readonly Cursor: new (
    text: string,
    values: readonly unknown[],
    config: { readonly rowMode: "array"; readonly types: PgTypes },
  ) => PgCursor;
}

export interface PgConfig {
  readonly host?: string;
  readonly port?: number;
  readonly user?: string;
  readonly database?: string;
  readonly password: (server: PgParameters) => Promise<string | undefined>;
  readonly ssl?: boolean | PgTlsConfig;
  readonly stream: () => Socket;
  readonly connectionTimeoutMillis: number;
  readonly keepAlive: boolean;
  readonly keepAliveInitialDelayMillis: number;
  readonly application_name: string;
  readonly types: PgTypes;
}

/** Options of Node's TLS sockets. */
export interface PgTlsConfig {
  readonly rejectUnauthorized?: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly checkServerIdentity?: () => undefined;
}

/** What the driver made of the configuration and the environment. */
export interface PgParameters {
  readonly host: string;
  readonly port: number;
  readonly user?: string;
  readonly database?: string;
}

/** How values are read: what a type's parser makes of a value's text. */
export interface PgTypes {
  getTypeParser(oid: number, format?: string): (text: string) => unknown;
}

export interface PgResult {
  readonly rows: readonly (readonly unknown[])[];
}

export interface PgClient extends PgParameters {
  connect(): Promise<unknown>;
  query(query: {
    readonly text: string;
    readonly values: readonly unknown[];
    readonly rowMode: "array";
    readonly types: PgTypes;
  }): Promise<PgResult | readonly PgResult[]>;
  query(cursor: PgCursor): PgCursor;
  on(event: "error", listener: (error: Error) => void): unknown;
  end(): Promise<void>;
}

export interface PgCursor {
  read(rows: number): Promise<readonly (readonly unknown[])[]>;
  close(): Promise<void>;
}

/**
 * Loads the packages.
 *
 * @param load gives the exports of both; by default they are looked up in `node_modules`
 * @throws ComplianceError `missing-package` when one is not installed
 */
export async function loadPg(load: () => Promise<PgPackage> = fromModules): Promise<PgPackage> {
  try {
    return await load();
  } catch (cause) {
    throw new ComplianceError(
      "missing-package",
      "PostgreSQL databases need the packages pg and pg-cursor, which are not installed",
      { hint: "Run `npm install pg@8 pg-cursor@2`.", cause },
    );
  }
}

async function fromModules(): Promise<PgPackage> {
  const [{ Client }, { default: Cursor }] = await Promise.all([import("pg"), import("pg-cursor")]);
  return { Client, Cursor } as unknown as PgPackage;
}
