// What a refused policy says, for tests.

import { ComplianceError } from "../../src/model/error.ts";

/** The error that the function throws; fails when it throws none or another. */
export function refusalOf(load: () => unknown): ComplianceError {
  try {
    load();
  } catch (error) {
    if (error instanceof ComplianceError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}
