// One broken measure for each thing that is refused beyond the first kinds: names, limits,
// sentences, examples.

import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { MeasureKind } from "../../src/model/measure.ts";
import { fileOf } from "./kinds.ts";
import { refuses } from "./refuses.ts";
import { broken } from "./written.ts";

const catalog = loadCatalog();
const at = (kind: MeasureKind) => (passage: string, instead: string) =>
  broken(fileOf(kind), passage, instead);
const load = (text: string): unknown => catalog.loadMeasure({ text, file: "m.yaml" });
const checked = (text: string): unknown => {
  const id = /^id: (\S+)$/m.exec(text)?.[1] ?? "m";
  return catalog.loadMeasure({ text, file: `${id}.yaml` });
};

test("a file's name is its id", () => {
  expect(() => load(fileOf("count"))).toThrow(/equal the file's name/);
});

const counted = (counts: string): string => at("count")("basis:", `counts: ${counts}\nbasis:`);
const shared = (shares: string): string => at("count")("basis:", `shares: ${shares}\nbasis:`);
const ratio = at("ratio");
const sequence = at("sequence");

describe("keys of a kind", () => {
  refuses("small-count.yaml", checked, [
    {
      name: "key of another kind",
      text: at("count")("basis:", "§within: PT1H\nbasis:"),
      reason: /"within" is no key of a measure of kind count/,
    },
    {
      name: "count of what is neither population nor exceptions",
      text: counted("{ odd: { of: §part, where: elevated } }"),
      reason: /expected "of" to be one of population, exceptions/,
    },
    {
      name: "count with the name of a number",
      text: counted("{ §exceptions: { of: population, where: elevated } }"),
      reason: /the name "exceptions" already means something else/,
    },
    {
      name: "count with the name of a number of another kind",
      text: counted("{ §longest_run: { of: population, where: elevated } }"),
      reason: /the name "longest_run" already means something else/,
    },
    {
      name: "count that reads as a share",
      text: counted("{ §odd_share: { of: population, where: elevated } }"),
      reason: /"odd_share" reads as a share or a time/,
    },
    {
      name: "share that does not read as one",
      text: shared("{ §odd: { among: executed, part: elevated } }"),
      reason: /expected the name of a share to end in _share, got "odd"/,
    },
    {
      name: "mistyped word in a count",
      text: counted("{ odd: { of: population, where: §elevatd } }"),
      reason: /in "where": Unknown variable: elevatd/,
      hint: /did you mean "elevated"/,
    },
    {
      name: "mistyped word in a share",
      text: shared("{ odd_share: { among: executed, part: executed && §elevatd } }"),
      reason: /in "part": Unknown variable: elevatd/,
    },
    {
      name: "input that does not exist",
      text: at("count")("basis:", "needs: [§rooster]\nbasis:"),
      reason: /one of policy, roster/,
      hint: /did you mean "roster"/,
    },
    {
      name: "alternatives of one field",
      text: at("count")("basis:", "any_fields: [§[approval]]\nbasis:"),
      reason: /expected item 1 in "any_fields" not to be empty|fewer than 2/,
    },
  ]);

  refuses("small-sequence.yaml", checked, [
    {
      name: "population of a sequence",
      text: sequence("first: refused", "first: refused\n§population: executed"),
      reason: /"population" is no key of a measure of kind sequence/,
    },
    {
      name: "partition by what is no field",
      text: sequence("by: [chain_id, agent_id]", "by: [§chain, agent_id]"),
      reason: /one of id, session_id/,
    },
    {
      name: "partition that is text",
      text: sequence("by: [chain_id, agent_id]", "by: §chain_id"),
      reason: /expected "by" to be a list, got "chain_id"/,
    },
    {
      name: "duration that is none",
      text: sequence("within: P1D", "within: §P1W"),
      reason: /expected a duration longer than nothing, got "P1W"/,
    },
  ]);

  refuses("small-gap.yaml", checked, [
    {
      name: "rhythm without a partition",
      text: at("gap")("by: [session_id]\nrhythm", "§rhythm"),
      reason: /"rhythm" needs "by" beside it/,
    },
  ]);

  refuses("small-distinct.yaml", checked, [
    {
      name: "name that is a number's",
      text: at("distinct")("types: action_type", "§population: action_type"),
      reason: /the name "population" already means something else/,
    },
    {
      name: "count of exceptions where there are none",
      text: at("distinct")(
        "basis:",
        "counts: { odd: { of: §exceptions, where: elevated } }\nbasis:",
      ),
      reason: /a measure of kind distinct has no exceptions to count/,
    },
  ]);

  refuses("small-max.yaml", checked, [
    {
      name: "maximum of a text",
      text: at("max")("of: chain_depth", "of: §agent_id"),
      reason: /in "of": /,
    },
  ]);

  refuses("small-policy-lint.yaml", checked, [
    {
      name: "code that the policy check does not have",
      text: at("policy-lint")("codes: [elevated-auto]\n", "codes: [§elevated-atuo]\n"),
      reason: /one of unreachable-rule/,
      hint: /did you mean "elevated-auto"/,
    },
    {
      name: "shares of a policy's weaknesses",
      text: at("policy-lint")(
        "basis:",
        "§shares: { a_share: { among: executed, part: elevated } }\nbasis:",
      ),
      reason: /"shares" is no key of a measure of kind policy-lint/,
    },
  ]);
});

describe("limits and words", () => {
  refuses("small-ratio.yaml", checked, [
    {
      name: "limits without their basis",
      text: `§${ratio("basis: engineering-default\n", "")}`,
      reason: /"limits" needs "basis" beside it/,
    },
    {
      name: "words without limits",
      text: `§${fileOf("ratio").replace(/limits:\n( {2}- .*\n)+/, "")}`,
      reason: /needs "limits" beside it/,
    },
    {
      name: "basis that is none",
      text: ratio("basis: engineering-default", "basis: §guess"),
      reason: /expected "basis" to be one of law/,
    },
    {
      name: "no limit",
      text: fileOf("ratio").replace(/limits:\n( {2}- .*\n)+/, "limits: §[]\n"),
      reason: /expected "limits" not to be empty/,
    },
    {
      name: "last limit with a condition",
      text: ratio("{ result: pass }", "{ result: pass, §when: share > 0.5 }"),
      reason: /the last limit must always hold/,
    },
    {
      name: "limit without a condition before another",
      text: ratio("- { result: warn, when: population > 1000 }", "- §{ result: warn }"),
      reason: /expected the key "when", because another limit follows/,
    },
    {
      name: "inconclusive without a reason",
      text: ratio("- { result: inconclusive, reason: too-few,", "- §{ result: inconclusive,"),
      reason: /expected the key "reason", because the result is inconclusive/,
    },
    {
      name: "reason of a pass",
      text: ratio("{ result: pass }", "{ result: pass, §reason: too-few }"),
      reason: /a limit of result pass has no reason/,
    },
    {
      name: "number that the kind does not give",
      text: ratio("population > 1000", "§bursts > 1000"),
      reason: /in "when": Unknown variable: bursts/,
    },
    {
      name: "mistyped number",
      text: ratio("population > 1000", "population > 9 || §share_lo < 0.5"),
      reason: /in "when": Unknown variable: share_lo/,
      hint: /did you mean "share_low"/,
    },
    {
      name: "count where none is named",
      text: ratio("population > 1000", "§critical_exceptions > 0"),
      reason: /Unknown variable: critical_exceptions/,
    },
    {
      name: "unknown placeholder",
      text: ratio("There was {population:entry|entries}.", '"§{shar} of {population}"'),
      reason: /in "sentence": unknown placeholder \{shar\}/,
      hint: /did you mean "share"/,
    },
    {
      name: "placeholder of another kind",
      text: ratio("There was {population:entry|entries}.", '"§{bursts}"'),
      reason: /a measure of kind ratio gives no \{bursts\}/,
    },
    {
      name: "share with a noun",
      text: ratio("There was {population:entry|entries}.", '"§{share_low:share}"'),
      reason: /\{share_low\} is no count/,
    },
    {
      name: "placeholder in the remedy",
      text: ratio("remedy: Change something.", 'remedy: "Change §{exceptions}."'),
      reason: /in "remedy": \{exceptions\} has no value here/,
    },
    {
      name: "placeholder where nothing was observed",
      text: ratio("says: There was nothing.", 'says: "§{population} there."'),
      reason: /in "says": \{population\} has no value here/,
    },
    {
      name: "sentence that claims too much",
      text: ratio("There was {population:entry|entries}.", "The log §meets the demand."),
      reason: /in "sentence": "meets" claims more than a log can show/,
    },
    {
      name: "remedy that claims too much",
      text: ratio("Change something.", "Become §Compliant."),
      reason: /in "remedy": "Compliant" claims more/,
    },
  ]);
});

const NONE = "    entries: []\n    expect: { population: 0, exceptions: 0 }";
const example = (text: string): string => at("count")(NONE, text);

describe("examples", () => {
  refuses("small-count.yaml", checked, [
    {
      name: "exceptions that are not named",
      text: example(
        "    entries: [{ id: 1, result_status: success, approval: auto }]\n    expect: §{ population: 1, exceptions: 1 }",
      ),
      reason: /expected the key "exception_ids", because there are exceptions/,
    },
    {
      name: "number that the measure does not give",
      text: example(
        "    entries: []\n    expect: { population: 0, exceptions: 0, numbers: { §part: 0 } }",
      ),
      reason: /this measure gives no number "part"/,
    },
    {
      name: "result that no limit gives",
      text: example("    entries: []\n    expect: { population: 0, exceptions: 0, result: §fail }"),
      reason: /expected a result that the limits can give, warn, inconclusive, pass, got fail/,
    },
    {
      name: "inconclusive without a reason",
      text: example(
        "    entries: []\n    expect: { population: 0, exceptions: 0, result: §inconclusive }",
      ),
      reason: /expected "reason" beside inconclusive/,
    },
    {
      name: "repetition that lasts nothing",
      text: example(
        "    entries: []\n    repeat: { times: 3, every: §PT0S }\n    expect: { population: 0, exceptions: 0 }",
      ),
      reason: /expected a duration longer than nothing/,
    },
    {
      name: "ids that meet when they are repeated",
      text: example(
        "    entries: [{ id: 1 }, { id: 1001 }]\n    repeat: { times: 2, every: PT1M }\n    expect: { population: 0, exceptions: 0 }",
      ).replace("entries: [{ id: 1 }", "entries: §[{ id: 1 }"),
      reason: /the id 1001 stands twice/,
    },
    {
      name: "time of the report that is none",
      text: example(
        "    entries: []\n    now: §soon\n    expect: { population: 0, exceptions: 0 }",
      ),
      reason: /expected a time, but got "soon"/,
    },
    {
      name: "unknown input",
      text: example(
        "    entries: []\n    inputs: { §rooster: [a] }\n    expect: { population: 0, exceptions: 0 }",
      ),
      reason: /unknown input "rooster"/,
      hint: /did you mean "roster"/,
    },
    {
      name: "input in a file",
      text: example(
        "    entries: []\n    inputs: { roster: §agents.csv }\n    expect: { population: 0, exceptions: 0 }",
      ),
      reason: /expected the list of agents itself, not the name of a file/,
    },
  ]);

  test("a measure of ids may show one twice", () => {
    const text = at("identity")(
      NONE,
      "    entries: [{ id: 1 }, { id: 1 }, { id: null }]\n    expect: { population: 3, exceptions: 1, exception_ids: [1] }",
    );
    expect(() => checked(text)).not.toThrow();
  });

  test("a measure without limits has no result", () => {
    const text = example(
      "    entries: []\n    expect: { population: 0, exceptions: 0, result: pass }",
    );
    const bare = text.replace(/basis:[^]*(?=examples:)/, "");
    expect(() => checked(bare)).toThrow(/a measure without limits has no result/);
  });
});
