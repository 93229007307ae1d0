// One test that needs a reader, in Markdown: what it saw, against which limits, which criteria
// it touches, and the entries behind it.

import type { ComplianceFinding, Test } from "../../model/finding.ts";
import { resultWord } from "../words/arrangement.ts";
import { counted, listed, observed } from "../words/phrases.ts";
import { BASES, aboutRules, limitsInWords, testName, touched } from "../words/weighted.ts";
import { document, heading, list, table } from "./blocks.ts";
import { ENTRY_COLUMNS, entryCells, exceptionTable, gapTable } from "./evidence.ts";
import { code, joined, markup, passage } from "./markup.ts";
import type { Markdown } from "./markup.ts";

/** The test with all of its evidence. */
export function testBlock(test: Test, findings: readonly ComplianceFinding[]): Markdown {
  const criteria = touched(test, findings);
  return document(
    heading(4, markup`${testName(test)} ${test.title} · ${resultWord(test.result)}`),
    passage(test.says),
    test.remedy === "" ? undefined : markup`**What to change:** ${passage(test.remedy)}`,
    list(
      markup`Question: ${passage(test.question)}`,
      markup`Touches: ${
        criteria.length === 0
          ? "no criterion; it says whether the record can be relied on"
          : joined(
              criteria.map((text) => markup`${text}`),
              ", ",
            )
      }`,
      amounts(test),
      markup`Limits: ${passage(limitsInWords(test))}`,
      markup`Basis of the limits: ${BASES[test.basis]}. ${passage(test.limitReason)}`,
      numbers(test),
      test.classes.length === 0
        ? undefined
        : markup`Heuristic: it rests on actions that are recognised by words (${test.classes.join(", ")})`,
    ),
    gapTable(test),
    groups(test),
    rules(test),
    test.pairs === undefined ? exceptionTable(test) : pairs(test),
  );
}

/** Tests of a policy count its rules, and what was found about them, which may be more. */
function amounts({ population, exceptions, observed: figure, rules: found }: Test): Markdown {
  if (found !== undefined) {
    return markup`Population: ${counted(population, "rule", "rules")} (the defaults count as one); exceptions: ${counted(exceptions, "finding", "findings")} about ${aboutRules(found)}`;
  }
  return markup`Population: ${population}; exceptions: ${exceptions}${
    figure?.kind === "share" ? `; observed: ${observed(figure)}` : ""
  }`;
}

function numbers({ numbers: all }: Test): Markdown | undefined {
  const told = Object.entries(all).filter(([name]) => !SAID.has(name));
  if (told.length === 0) return undefined;
  return markup`Numbers: ${joined(
    told.map(([name, value]) => markup`${code(name)} ${decimal(value)}`),
    ", ",
  )}`;
}

/** Numbers that stand in a line of their own. */
const SAID = new Set(["population", "exceptions", "exception_share"]);

/** Six decimals, cut to none that matters: the JSON form has them all. */
function decimal(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toFixed(6)));
}

/** Exceptions that another entry makes one: each with the entry before it. */
function pairs({ pairs: all = [], exceptions }: Test): Markdown | undefined {
  const rows = all.flatMap(({ first, then }, index) => [
    [index + 1, "first", ...entryCells(first)],
    [index + 1, markup`**then**`, ...entryCells(then)],
  ]);
  if (rows.length === 0) return undefined;
  return document(
    markup`**Exceptions, ${listed(all.length, exceptions)}, each with the entry that makes it one:**`,
    table([{ right: "No." }, "Which", ...ENTRY_COLUMNS], rows),
  );
}

function groups({ groups: all = [] }: Test): Markdown | undefined {
  if (all.length === 0) return undefined;
  return document(
    markup`**Values, largest first${all.length < MOST ? "" : ", as many as are listed"}:**`,
    table(
      ["Value", { right: "Number" }],
      all.map(({ key, count }) => [key === "" ? markup`*not recorded*` : key, count]),
    ),
  );
}

/** How many values an observation lists. */
const MOST = 50;

function rules({ rules: all = [], exceptions }: Test): Markdown | undefined {
  if (all.length === 0) return undefined;
  return document(
    markup`**Weaknesses of the policy, ${listed(all.length, exceptions)}:**`,
    table(
      ["Rule", { right: "Line" }, "What"],
      all.map(({ rule, line, message }) => [rule ?? markup`*defaults*`, line, passage(message)]),
    ),
  );
}
