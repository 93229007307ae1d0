// An error of a reading thread, as plain data on its way to the caller's thread.

import { ComplianceError } from "../../model/error.ts";
import type { ComplianceErrorCode } from "../../model/error.ts";

/** What a thread says when it cannot go on. */
export interface ThreadFailure {
  readonly kind: "failed";
  readonly message: string;
  /** Only of a {@link ComplianceError}. */
  readonly code?: ComplianceErrorCode;
  readonly hint?: string;
}

/** The error as data. */
export function failureMessage(error: unknown): ThreadFailure {
  if (!(error instanceof ComplianceError)) return { kind: "failed", message: String(error) };
  const { code, message, hint } = error;
  return { kind: "failed", message, code, ...(hint === undefined ? {} : { hint }) };
}

/** The error again. */
export function failureOf({ code, message, hint }: ThreadFailure): Error {
  if (code === undefined) return new Error(message);
  return new ComplianceError(code, message, hint === undefined ? {} : { hint });
}
