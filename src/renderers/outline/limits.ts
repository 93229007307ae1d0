// The limits that tests were held against, and where they come from.

import type { Test } from "../../model/finding.ts";
import { oneLine } from "../words/readings.ts";
import { testName } from "../words/phrases.ts";
import { paragraph, section, table } from "./blocks.ts";
import type { Line, Section } from "./document.ts";
import { code, joined, plain, sentence } from "./lines.ts";
import type { Telling } from "./telling.ts";

/** The limits of a test in the order in which they are tried: `fail when exceptions > 0; else pass`. */
export function limitsLine({ limits: all }: Test, { words }: Telling): Line {
  const { limitWhen, limitElse, figureOnly } = words.findings;
  if (all.every(({ result }) => result === "context")) return plain(figureOnly);
  return joined(
    all.map(({ result, when }) => {
      const word = words.names.resultsInText[result];
      return when === undefined
        ? plain(limitElse(word))
        : sentence(limitWhen(word), { condition: code(oneLine(when)) });
    }),
    "; ",
  );
}

/** Every test's limits; absent when there is no test. */
export function limits(telling: Telling): Section | undefined {
  const { tests, words, language } = telling;
  const say = words.basis.limits;
  if (tests.length === 0) return undefined;
  return section("method-limits", say.title, [
    paragraph(plain(say.introduction)),
    table(
      say.caption,
      [say.test, say.limits, say.basis, say.why],
      tests.map((test) => [
        plain(testName(test, language)),
        limitsLine(test, telling),
        plain(words.names.bases[test.basis]),
        plain(test.limitReason),
      ]),
    ),
  ]);
}
