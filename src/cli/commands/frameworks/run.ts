// Lists the frameworks on the shelf.

import { loadCatalog } from "../../../index.ts";
import type { Framework, FrameworkSummary } from "../../../index.ts";
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

const HEAD = ["ID", "TESTED", "DISPROVE", "FIGURES", "OPEN", "OF", "TITLE", "EDITION"];

/** @throws ComplianceError `invalid-catalog` when a framework's file is damaged */
export async function runFrameworks(flags: FrameworksFlags): Promise<ExitCode> {
  const catalog = loadCatalog();
  const frameworks = catalog.frameworks();
  if (flags.json === true) {
    await print(
      jsonDocument(
        frameworks.map((summary) => documentOf(summary, catalog.framework(summary.id).framework)),
      ),
    );
    return EXIT.fine;
  }
  const rows = frameworks.map(rowOf);
  const layout = layOut([HEAD, ...rows], widthOf(process.stdout, process.env), [0, 1, 2, 3, 4, 5]);
  const paint = headings(wantsColor(process.stdout, process.env, flags.color));
  const lines = [layout(HEAD, paint), ...rows.map((row) => layout(row))];
  await print(lines.map((line) => `${line}\n`).join(""));
  return EXIT.fine;
}

/** Criteria of the edition that a log says nothing about; unknown where it has no number. */
function openOf({ criteria, total }: FrameworkSummary): number | undefined {
  const { tested, disproveOnly, figures } = criteria;
  return total === undefined ? undefined : total - tested - disproveOnly - figures;
}

function rowOf(summary: FrameworkSummary): string[] {
  const { id, title, edition, criteria, total = "–" } = summary;
  return [
    id,
    String(criteria.tested),
    String(criteria.disproveOnly),
    String(criteria.figures),
    String(openOf(summary) ?? "–"),
    String(total),
    title,
    edition,
  ];
}

function documentOf(summary: FrameworkSummary, { criteria }: Framework): object {
  const { id, title, edition, publisher, scoring, total, digest } = summary;
  const open = openOf(summary);
  return {
    id,
    title,
    edition,
    publisher,
    scoring,
    criteria_tested: summary.criteria.tested,
    criteria_disprove_only: summary.criteria.disproveOnly,
    criteria_figures: summary.criteria.figures,
    ...(open === undefined || total === undefined
      ? {}
      : { criteria_open: open, criteria_total: total }),
    criteria: criteria.map((criterion) => ({ id: criterion.id, title: criterion.title })),
    digest,
  };
}
