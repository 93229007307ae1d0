// Reads the policy that a command names; "-" stands for standard input.

import { buffer } from "node:stream/consumers";
import { ComplianceError, Policy } from "../index.ts";

/** How errors call a policy that came through a pipe. */
const STANDARD_INPUT = "standard input";

/** @throws ComplianceError `unreadable-source`, `invalid-policy` */
export async function readPolicy(path: string): Promise<Policy> {
  if (path !== "-") return Policy.fromYaml(path);
  const bytes = await buffer(process.stdin);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new ComplianceError("invalid-policy", "expected UTF-8 text, came other bytes", {
      cause,
      location: { file: STANDARD_INPUT },
    });
  }
  return Policy.parse(text, { file: STANDARD_INPUT });
}

/** How results call the policy. */
export function policyName(path: string): string {
  return path === "-" ? STANDARD_INPUT : path;
}
