// Lists a framework's criteria.

import { EXIT } from "../../exit-code.ts";
import type { ExitCode } from "../../exit-code.ts";
import { counted } from "../../counted.ts";
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
  const { criteria, notAssessed } = framework;
  if (flags.json === true) {
    await print(
      jsonDocument({
        id: framework.id,
        title: framework.title,
        edition: framework.edition,
        publisher: framework.publisher,
        source: framework.source,
        text_policy: framework.textPolicy,
        criteria_total: framework.criteriaInEdition,
        criteria: criteria.map(({ id, title, category, measure, weight }) => ({
          id,
          title,
          category,
          measure,
          weight,
        })),
        not_assessed: notAssessed.map(({ criterion, why, askFor }) => ({
          criterion,
          why,
          ask_for: askFor,
        })),
        digest: framework.digest,
      }),
    );
    return EXIT.fine;
  }
  const head = ["CRITERION", "TITLE", "MEASURE", "WEIGHT"];
  const rows = criteria.map(({ id, title, measure, weight }) => [
    id,
    title,
    measure,
    String(weight),
  ]);
  const layout = layOut([head, ...rows], widthOf(process.stdout, process.env), [0]);
  const paint = headings(wantsColor(process.stdout, process.env, flags.color));
  const lines = [
    shown(`${framework.title}, ${framework.edition} (${framework.id})`),
    shown(
      `${counted(criteria.length, "criterion", "criteria")} tested, of ${framework.criteriaInEdition}; ` +
        `${counted(notAssessed.length, "requirement or range", "requirements or ranges")} that no agent log can show`,
    ),
    "",
    layout(head, paint),
    ...rows.map((row) => layout(row)),
  ];
  await print(lines.map((line) => `${line}\n`).join(""));
  return EXIT.fine;
}
