import { ComplianceError } from "../../src/model/error.ts";

/** The error with which a call refuses; anything else that it throws is passed on. */
export function refusal(call: () => unknown): ComplianceError {
  try {
    call();
  } catch (error) {
    if (error instanceof ComplianceError) return error;
    throw error;
  }
  throw new Error("expected the call to refuse, but it did not");
}
