// Lists the frameworks on the shelf.

import { loadCatalog } from "../../../index.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { jsonDocument } from "../../shown.ts";
import { print } from "../../streams.ts";
import { layOut } from "../../table.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { headings } from "../../theme.ts";

export interface FrameworksFlags {
  readonly json?: true | undefined;
  readonly color?: boolean | undefined;
}

/** @throws ComplianceError `invalid-catalog` when a framework's file is damaged */
export async function runFrameworks(flags: FrameworksFlags): Promise<ExitCode> {
  const catalog = loadCatalog();
  const frameworks = catalog.frameworkIds.map((id) => catalog.framework(id).framework);
  if (flags.json === true) {
    await print(
      jsonDocument(
        frameworks.map(
          ({ id, title, edition, publisher, criteria, criteriaInEdition, digest }) => ({
            id,
            title,
            edition,
            publisher,
            criteria_tested: criteria.length,
            criteria_total: criteriaInEdition,
            criteria: criteria.map((criterion) => ({ id: criterion.id, title: criterion.title })),
            digest,
          }),
        ),
      ),
    );
    return EXIT.fine;
  }
  const head = ["ID", "TITLE", "EDITION", "CRITERIA TESTED"];
  const rows = frameworks.map(({ id, title, edition, criteria, criteriaInEdition }) => [
    id,
    title,
    edition,
    `${criteria.length} of ${criteriaInEdition}`,
  ]);
  const layout = layOut([head, ...rows], widthOf(process.stdout, process.env));
  const paint = headings(wantsColor(process.stdout, process.env, flags.color));
  const lines = [layout(head, paint), ...rows.map((row) => layout(row))];
  await print(lines.map((line) => `${line}\n`).join(""));
  return EXIT.fine;
}
