// Runs the examples of a framework's own measures.

import { testFramework } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { counted } from "../../counted.ts";
import { shown } from "../../shown.ts";
import { print } from "../../streams.ts";

/** @throws ComplianceError when the framework or a measure is not in order */
export async function runTest(file: string): Promise<ExitCode> {
  const { measures, examples, differences } = await testFramework(file);
  const verdict =
    differences.length === 0 ? "all as stated" : `${differences.length} come out otherwise`;
  const lines = [
    ...differences,
    `${file}: ${counted(examples, "example", "examples")} of ${counted(measures, "measure", "measures")}; ${verdict}`,
  ];
  await print(lines.map((line) => `${shown(line)}\n`).join(""));
  return differences.length === 0 ? EXIT.fine : EXIT.below;
}
