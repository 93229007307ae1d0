// Errors about the value of an option begin with the option's name.

import { ComplianceError } from "../index.ts";

/** What `read` returns; a ComplianceError that it throws comes with the option in front. */
export function naming<T>(option: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof ComplianceError)) throw cause;
    throw new ComplianceError(cause.code, `${option}: ${cause.message}`, {
      cause,
      ...(cause.hint === undefined ? {} : { hint: cause.hint }),
    });
  }
}
