// A log that cannot be read, by its name.

import { ComplianceError } from "../../model/error.ts";

/** The error of one of several logs, which says which. */
export function failureIn(name: string, error: unknown): Error {
  if (!(error instanceof ComplianceError)) {
    return new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  const { code, message, hint } = error;
  const said = message.startsWith(`${name}: `) ? message : `${name}: ${message}`;
  return new ComplianceError(code, said, {
    cause: error,
    ...(hint === undefined ? {} : { hint }),
  });
}
