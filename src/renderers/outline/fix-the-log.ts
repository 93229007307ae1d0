// Which fields would make more criteria testable.

import { paragraph, section, table } from "./blocks.ts";
import type { Section } from "./document.ts";
import { code, joined, plain, sentence, text } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** A table of fields, the most valuable first; absent when no criterion lacks one. */
export function fixTheLog({ report, words, numbers }: Telling): Section | undefined {
  const { fixTheLog: fields, coverage } = report;
  const say = words.findings.fix;
  if (fields.length === 0) return undefined;
  return section("open-fix-the-log", say.title, [
    paragraph(plain(say.introduction(coverage.weightPossible))),
    table(
      say.caption,
      [say.record, say.opens, { right: say.weight }, { right: say.alone }],
      fields.map(({ field, criteria, weight, weightAlone }) => [
        code(field),
        joined(
          criteria.map(({ criterion, alsoNeeds }) =>
            alsoNeeds.length === 0
              ? plain(criterion)
              : [
                  text(`${criterion} `),
                  ...sentence(say.together, { fields: joined(alsoNeeds.map(code), ", ") }),
                ],
          ),
          "; ",
        ),
        plain(numbers.count(weight)),
        plain(numbers.count(weightAlone)),
      ]),
    ),
  ]);
}
