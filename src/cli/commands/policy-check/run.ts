// Loads a policy and prints what is wrong or weak in it.

import type { ComplianceError, Policy, PolicyLintFinding } from "../../../index.ts";
import { counted } from "../../counted.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { isComplianceError, partsOf, sentenceOf } from "../../failure.ts";
import { policyName, readPolicy } from "../../policy-file.ts";
import { jsonDocument, shown } from "../../shown.ts";
import { print } from "../../streams.ts";
import { wantsColor } from "../../terminal.ts";
import { styleOfWord, styled } from "../../theme.ts";

export interface PolicyCheckFlags {
  readonly failOn: PolicyLintFinding["severity"];
  readonly json?: true | undefined;
  readonly color?: boolean | undefined;
}

const WEIGHT = { info: 0, warning: 1, error: 2 } as const;

/** @throws ComplianceError what is wrong with the policy, unless it is printed as JSON */
export async function runPolicyCheck(path: string, flags: PolicyCheckFlags): Promise<ExitCode> {
  const name = policyName(path);
  let policy: Policy;
  try {
    policy = await readPolicy(path);
  } catch (error) {
    if (flags.json !== true || !isComplianceError(error)) throw error;
    await print(jsonDocument({ file: name, valid: false, errors: errorsOf(error), findings: [] }));
    return EXIT.input;
  }
  const findings = policy.lint();
  await print(
    flags.json === true
      ? jsonDocument({
          file: name,
          valid: true,
          digest: policy.digest,
          rules: policy.rules.length,
          errors: [],
          findings,
        })
      : asText(name, policy, wantsColor(process.stdout, process.env, flags.color)),
  );
  const reached = findings.some(({ severity }) => WEIGHT[severity] >= WEIGHT[flags.failOn]);
  return reached ? EXIT.below : EXIT.fine;
}

function errorsOf(error: ComplianceError) {
  return partsOf(error).map((part) => ({
    code: part.code,
    message: sentenceOf(part),
    // JSON leaves out what is undefined.
    line: part.location?.line,
    column: part.location?.column,
    hint: part.hint,
  }));
}

function asText(name: string, policy: Policy, color: boolean): string {
  const findings = policy.lint();
  const lines = findings.flatMap(({ code, severity, line, message, suggestion }) => {
    const place = line === undefined ? name : `${name}:${line}`;
    const word = styled(severity, styleOfWord(severity), color);
    return [`${shown(place)}: ${word}: ${shown(message)} [${code}]`, `  ${shown(suggestion)}`];
  });
  const of = (severity: PolicyLintFinding["severity"]): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const counts = [
    counted(policy.rules.length, "rule", "rules"),
    counted(of("error"), "error", "errors"),
    counted(of("warning"), "warning", "warnings"),
    counted(of("info"), "remark", "remarks"),
  ];
  lines.push(`${shown(name)}: ${counts.join(", ")}`);
  return lines.map((line) => `${line}\n`).join("");
}
