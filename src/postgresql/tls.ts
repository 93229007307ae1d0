// How a connection is encrypted, as options of Node's TLS sockets.

import { readFile } from "node:fs/promises";
import { ComplianceError } from "../model/error.ts";
import type { PgTlsConfig } from "./driver.ts";
import type { PostgresTls } from "./target.ts";

/**
 * @returns undefined where the environment decides
 * @throws ComplianceError `unreadable-source` when a file of certificates cannot be read
 */
export async function tlsConfig(
  tls: PostgresTls | undefined,
): Promise<boolean | PgTlsConfig | undefined> {
  if (tls === undefined) return undefined;
  const { mode, rootCertificate, certificate, key } = tls;
  if (mode === "disable") return false;
  return {
    ...(rootCertificate === undefined ? {} : { ca: await pem(rootCertificate) }),
    ...(certificate === undefined ? {} : { cert: await pem(certificate) }),
    ...(key === undefined ? {} : { key: await pem(key) }),
    // As libpq does: with certificates to trust, `require` is `verify-ca`.
    ...(mode === "require" && rootCertificate === undefined ? { rejectUnauthorized: false } : {}),
    ...(mode === "verify-full" ? {} : { checkServerIdentity: () => undefined }),
  };
}

async function pem(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new ComplianceError("unreadable-source", "a certificate or key cannot be read", {
      cause,
      location: { file: path },
    });
  }
}
