// Lists a framework's criteria.

import type { Framework } from "../../../index.ts";
import { counted } from "../../counted.ts";
import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { reachOf } from "../../framework-reach.ts";
import { frameworkNamed } from "../../framework-source.ts";
import { jsonDocument, shown } from "../../shown.ts";
import { print } from "../../streams.ts";
import { layOut } from "../../table.ts";
import { wantsColor, widthOf } from "../../terminal.ts";
import { headings } from "../../theme.ts";

export interface ShowFlags {
  readonly json?: true | undefined;
  readonly color?: boolean | undefined;
}

/** @throws ComplianceError when there is no such framework, or its file is wrong */
export async function runShow(name: string, flags: ShowFlags): Promise<ExitCode> {
  const { framework } = frameworkNamed(name);
  if (flags.json === true) {
    await print(jsonDocument(documentOf(framework)));
    return EXIT.fine;
  }
  const { head, rows } = tableOf(framework);
  const layout = layOut([head, ...rows], widthOf(process.stdout, process.env), [0]);
  const paint = headings(wantsColor(process.stdout, process.env, flags.color));
  const lines = [
    shown(`${framework.title}, ${framework.edition} (${framework.id})`),
    shown(sumOf(framework)),
    "",
    layout(head, paint),
    ...rows.map((row) => layout(row)),
  ];
  await print(lines.map((line) => `${line}\n`).join(""));
  return EXIT.fine;
}

function sumOf(framework: Framework): string {
  const { tested, disproveOnly, figures, total } = reachOf(framework);
  const rows = framework.notAssessed.length;
  return (
    `${counted(tested, "criterion", "criteria")} tested, ${disproveOnly} can only be disproved, ` +
    `${figures} give figures` +
    `${total === undefined ? "" : `; the edition has ${total}`}; ` +
    `${counted(rows, "requirement or range", "requirements or ranges")} that no agent log can show`
  );
}

function tableOf(framework: Framework): { head: string[]; rows: string[][] } {
  if (framework.scoring === "points") {
    return {
      head: ["CRITERION", "TITLE", "MEASURE", "WEIGHT"],
      rows: framework.criteria.map(({ id, title, measure, weight }) => [
        id,
        title,
        measure,
        String(weight),
      ]),
    };
  }
  return {
    head: ["CRITERION", "MODE", "SEVERITY", "TITLE", "DECIDED BY"],
    rows: framework.criteria.map(({ id, mode, severity, title, decisive }) => [
      id,
      mode,
      severity,
      title,
      decisive.map(({ measure }) => measure).join(", ") || "–",
    ]),
  };
}

function documentOf(framework: Framework): object {
  return {
    id: framework.id,
    title: framework.title,
    edition: framework.edition,
    publisher: framework.publisher,
    source: framework.source,
    text_policy: framework.textPolicy,
    scoring: framework.scoring,
    ...(framework.criteriaInEdition === undefined
      ? {}
      : { criteria_total: framework.criteriaInEdition }),
    criteria:
      framework.scoring === "points"
        ? framework.criteria.map(({ id, title, category, measure, weight }) => ({
            id,
            title,
            category,
            measure,
            weight,
          }))
        : framework.criteria.map((criterion) => ({
            id: criterion.id,
            title: criterion.title,
            category: criterion.category,
            mode: criterion.mode,
            severity: criterion.severity,
            shows: criterion.shows,
            not_shown: criterion.notShown,
            decisive: criterion.decisive.map(({ measure }) => measure),
            supporting: criterion.supporting.map(({ measure }) => measure),
          })),
    not_assessed: framework.notAssessed.map(({ criterion, why, askFor }) => ({
      criterion,
      why,
      ask_for: askFor,
    })),
    digest: framework.digest,
  };
}
