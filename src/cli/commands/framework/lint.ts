// Checks a framework's file.

import { loadCatalog } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { counted } from "../../counted.ts";
import { shown } from "../../shown.ts";
import { print } from "../../streams.ts";

/** @throws ComplianceError the first mistake, with line and column */
export async function runLint(file: string): Promise<ExitCode> {
  const { framework, measures } = loadCatalog().loadFramework(file);
  const own = measures.filter(({ examples }) => examples !== undefined).length;
  await print(
    `${shown(file)}: ${counted(framework.criteria.length, "criterion", "criteria")} over ` +
      `${counted(measures.length, "measure", "measures")}, ${own} of them your own; in order\n`,
  );
  return EXIT.fine;
}
