// Which fields would make more criteria testable, in Markdown.

import type { ComplianceReport } from "../../model/report.ts";
import { document, table } from "./blocks.ts";
import { code, joined, markup } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** A table of fields, the most valuable first; absent when no criterion lacks one. */
export function fixTheLog({ fixTheLog: fields, coverage }: ComplianceReport): Markdown | undefined {
  if (fields.length === 0) return undefined;
  return document(
    markup`These fields are not recorded. With each of them, the criteria beside it could be tested; the weight is of ${coverage.weightPossible} that a complete log could decide.`,
    table(
      ["Record", "Criteria that this would open", { right: "Weight" }, { right: "Alone" }],
      fields.map(({ field, criteria, weight, weightAlone }) => [
        code(field),
        joined(
          criteria.map(({ criterion, alsoNeeds }) =>
            alsoNeeds.length === 0
              ? markup`${criterion}`
              : markup`${criterion} (together with ${joined(alsoNeeds.map(code), ", ")})`,
          ),
          "; ",
        ),
        weight,
        weightAlone,
      ]),
    ),
  );
}
