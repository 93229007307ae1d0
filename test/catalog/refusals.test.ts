// One broken file for each thing that the catalog refuses: file, line, column and reason.

import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { definitionsIn } from "../../src/catalog/definitions-file.ts";
import { checkForm } from "../../src/catalog/file-schema.ts";
import { parseYamlFile } from "../../src/catalog/yaml-file.ts";
import { refuses } from "./refuses.ts";
import { DEFINITIONS, FRAMEWORK, GAP, MEASURE, broken } from "./written.ts";

const catalog = loadCatalog();

/** Replaces one passage of a text. */
function editOf(text: string): (passage: string, instead: string) => string {
  return (passage, instead) => broken(text, passage, instead);
}

describe("a measure", () => {
  const file = "measures/night-work.yaml";
  const load = (text: string): unknown => catalog.loadMeasure({ text, file });
  const edit = editOf(MEASURE);

  test("is fine as written", () => {
    expect(() => load(MEASURE)).not.toThrow();
  });

  refuses(file, load, [
    { name: "empty file", text: "§", reason: /expected the file to be a mapping, got nothing/ },
    { name: "list", text: "§- a", reason: /expected the file to be a mapping, got a list/ },
    {
      name: "no YAML",
      text: edit("kind: ratio", "kind: §ratio: count"),
      reason: /no valid YAML: Nested mappings are not allowed/,
    },
    {
      name: "repeated key",
      text: edit("kind: ratio", "kind: ratio\n§kind: count"),
      reason: /no valid YAML: Map keys must be unique/,
    },
    {
      name: "two documents",
      text: `${MEASURE}§---\nid: other\n`,
      reason: /no valid YAML: Source contains multiple documents/,
    },
    {
      name: "alias to nothing",
      text: edit("title: Night work", "title: §*night"),
      reason: /no valid YAML: Unresolved alias/,
    },
    {
      name: "unknown tag",
      text: edit("title: Night work", "title: §!!js/function night"),
      reason: /no valid YAML: Unresolved tag/,
    },
    {
      name: "mistyped key",
      text: edit("limitations:", "§limitatons:"),
      reason: /unknown key "limitatons"$/,
      hint: /did you mean "limitations"\?/,
    },
    {
      name: "missing key",
      text: `§${edit("title: Night work\n", "")}`,
      reason: /expected the key "title"/,
    },
    {
      name: "unknown kind",
      text: edit("kind: ratio", "kind: §ration"),
      reason: /expected "kind" to be one of count, ratio, .*, got "ration"/,
      hint: /did you mean "ratio"\?/,
    },
    {
      name: "key of another kind",
      text: edit("exceptions: part\n", "exceptions: part\n§by: agent_id\n"),
      reason: /"by" is no key of a measure of kind ratio/,
    },
    {
      name: "key missing for its kind",
      text: `§${edit("exceptions: part\n", "")}`,
      reason: /expected the key "exceptions"$/,
    },
    {
      name: "true without quotes",
      text: edit("population: elevated", "population: §true"),
      reason: /expected "population" to be text, got true/,
      hint: /quotes/,
    },
    {
      name: "statement instead of a question",
      text: edit("at night?", "at night.").replace("question: ", "question: §"),
      reason: /expected "question" to be text that matches/,
    },
    {
      name: "empty text",
      text: edit("title: Night work", 'title: §""'),
      reason: /expected "title" not to be empty/,
    },
    {
      name: "id is not the file's name",
      text: edit("id: night-work", "id: §night-shift"),
      reason: /expected the id to equal the file's name, got "night-shift" in night-work.yaml/,
    },
    {
      name: "unknown field in a plain expression",
      text: edit("population: elevated", 'population: present(agent_id) && §agentid == "owl"'),
      reason: /in "population": Unknown variable: agentid/,
      hint: /did you mean "agent_id"\?/,
    },
    {
      name: "unknown definition",
      text: edit("population: elevated", "population: decided && §elevatd"),
      reason: /in "population": Unknown variable: elevatd/,
      hint: /did you mean "elevated"\?/,
    },
    {
      name: "mistake on the second line of a block",
      text: edit("    present(timestamp)", '    §matches(agent_id, "o")'),
      reason: /in "part": .*matches/,
    },
    {
      name: "mistake in a folded block",
      text: edit(
        'part: |\n  agent_id == "owl" &&\n    present(timestamp)',
        "part: >-\n  present(agent_id) &&\n\n  elevated &&\n    §agent == 'owl'",
      ),
      reason: /in "part": Unknown variable: agent$/,
    },
    {
      name: "mistake in single quotes, behind a doubled one",
      text: edit("population: elevated", "population: 'agent_id == ''owl'' && §nobody'"),
      reason: /in "population": Unknown variable: nobody/,
    },
    {
      name: "mistake in double quotes, behind escapes",
      text: edit(
        "population: elevated",
        String.raw`population: "agent_id == \"\u00e9\" && §nobody"`,
      ),
      reason: /in "population": Unknown variable: nobody/,
    },
    {
      name: "mistake over several plain lines",
      text: edit("population: elevated", "population: decided &&\n  elevated &&\n  §nobody"),
      reason: /in "population": Unknown variable: nobody/,
    },
    {
      name: "expression of the wrong type",
      text: edit("population: elevated", "population: §agent_id"),
      reason: /in "population": expected a bool/,
    },
    {
      name: "no expression",
      text: edit("population: elevated", "population: elevated §elevated"),
      reason: /in "population": /,
    },
    {
      name: "no examples",
      text: `${MEASURE.slice(0, MEASURE.indexOf("examples:"))}examples: §[]\n`,
      reason: /expected "examples" not to be empty/,
    },
    {
      name: "example with an unknown field",
      text: edit("{ id: 2, risk_level: HIGH }", "{ id: 2, §risk_levle: HIGH }"),
      reason: /unknown key "risk_levle" in "entries"/,
      hint: /did you mean "risk_level"\?/,
    },
    {
      name: "example entry without an id",
      text: edit("{ id: 2, risk_level: HIGH }", "§{ risk_level: HIGH }"),
      reason: /expected the key "id" in "entries"/,
    },
    {
      name: "example with a repeated id",
      text: edit("{ id: 2, risk_level: HIGH }", "{ id: §1, risk_level: HIGH }"),
      reason: /the id 1 stands twice/,
    },
    {
      name: "example that expects an entry it does not have",
      text: edit("exception_ids: [1]", "exception_ids: [§3]"),
      reason: /no entry of this example has the id 3/,
    },
    {
      name: "example that states too little for its kind",
      text: edit(", exceptions: 1, exception_ids: [1]", ", exception_ids: [1]").replace(
        "expect:",
        "§expect:",
      ),
      reason: /expected the key "exceptions" in "expect"/,
    },
    {
      name: "example that expects what its kind does not give",
      text: edit("exception_ids: [1]", "exception_ids: [1], §groups: {}"),
      reason: /"groups" is no key of a measure of kind ratio/,
    },
    {
      name: "negative count",
      text: edit("part: 1,", "part: §-1,"),
      reason: /expected "part" to be >= 0, got -1/,
    },
  ]);
});

describe("a measure of silences", () => {
  const file = "quiet.yaml";
  const load = (text: string): unknown => catalog.loadMeasure({ text, file });

  test("is fine as written", () => {
    expect(() => load(GAP)).not.toThrow();
  });

  refuses(
    file,
    load,
    ["P1M", "PT", "P", "P1Y", "PT0S", "1 hour", "PT1.5H", "-PT1H", "P1W"].map((duration) => ({
      name: duration,
      text: broken(GAP, "PT1H", `§${duration}`),
      reason: /expected a duration longer than nothing/,
      hint: /P1D, PT1H or PT90S/,
    })),
  );
});

describe("a framework", () => {
  const file = "frameworks/house-rules.yaml";
  const load = (text: string): unknown => catalog.loadFramework({ text, file });
  const edit = editOf(FRAMEWORK);

  test("is fine as written", () => {
    expect(() => load(FRAMEWORK)).not.toThrow();
  });

  refuses(file, load, [
    {
      name: "mistyped key in a limit",
      text: edit("when: share >= 0.9", "§wen: share >= 0.9"),
      reason: /unknown key "wen" in "limits"/,
      hint: /did you mean "when"\?/,
    },
    {
      name: "missing key in a criterion",
      text: edit("    empty: not-exercised\n", "").replace("- id: coverage", "- §id: coverage"),
      reason: /expected the key "empty" in "criteria"/,
    },
    {
      name: "unknown severity",
      text: edit("severity: critical", "severity: §high"),
      reason: /expected "severity" to be one of critical, warning, info, got "high"/,
    },
    {
      name: "points that are text",
      text: edit("points: 20", "points: §twenty"),
      reason: /expected "points" to be a number or a mapping, got "twenty"/,
    },
    {
      name: "points without a most",
      text: edit("points: { each: 5, at_most: 15 }", "§points: { each: 5 }"),
      reason: /expected the key "at_most" in "points"/,
    },
    {
      name: "negative weight",
      text: edit("weight: 20", "weight: §-20"),
      reason: /expected "weight" to be >= 0, got -20/,
    },
    {
      name: "id is not the file's name",
      text: edit("id: house-rules", "id: §house"),
      reason: /got "house" in house-rules.yaml/,
    },
    {
      name: "unknown measure",
      text: edit("measure: policy-evaluated", "measure: §policy-evalauted"),
      reason: /no measure is called "policy-evalauted"/,
      hint: /did you mean "policy-evaluated"\?/,
    },
    {
      name: "unknown measure in a doubt",
      text: edit("measure: elevated-approval-unknown", "measure: §nothing-like-it"),
      reason: /no measure is called "nothing-like-it"/,
      hint: /Known measures: /,
    },
    {
      name: "doubt by a measure without exceptions",
      text: edit("measure: elevated-approval-unknown", "measure: §actions-by-risk"),
      reason: /expected a measure with exceptions, but actions-by-risk is of kind groups/,
    },
    {
      name: "criterion that stands twice",
      text: edit("- id: agents", "- id: §coverage"),
      reason: /the criterion "coverage" stands twice/,
    },
    {
      name: "unknown name in a condition",
      text: edit("when: share >= 0.9", "when: §rate >= 0.9"),
      reason: /in "when": Unknown variable: rate/,
    },
    {
      name: "field of an entry in a condition",
      text: edit("when: share >= 0.9", 'when: population > 3 && §agent_id == ""'),
      reason: /in "when": Unknown variable: agent_id/,
    },
    {
      name: "number that the kind does not give, on the second line",
      text: edit("          exceptions < 10", "          §longest_seconds < 10.0"),
      reason: /in "when": Unknown variable: longest_seconds/,
      hint: /Known names: exception_share, exceptions, part, /,
    },
    {
      name: "last limit with a condition",
      text: edit(
        "- result: fail\n        severity",
        "- result: fail\n        §when: exceptions > 0\n        severity",
      ),
      reason: /the last limit must always hold and has no "when"/,
    },
    {
      name: "limit without a condition before another",
      text: edit("      - result: pass\n        when: share >= 0.9", "      - §result: pass"),
      reason: /expected the key "when", because another limit follows/,
    },
    {
      name: "points beyond the weight",
      text: edit("points: 20", "points: §21"),
      reason: /expected at most the criterion's weight, 20, got 21/,
    },
    {
      name: "most points beyond the weight",
      text: edit("points: { each: 5, at_most: 15 }", "points: §{ each: 5, at_most: 25 }"),
      reason: /expected at most the criterion's weight, 20, got 25/,
    },
    {
      name: "points for each beyond the most",
      text: edit("points: { each: 5, at_most: 15 }", "points: { each: §16, at_most: 15 }"),
      reason: /expected at most 15, which is the most in all, got 16/,
    },
    {
      name: "points for a pass",
      text: edit(
        'points: 0\n        description: "{part} of {population:action}"',
        'points: §5\n        description: "{part} of {population:action}"',
      ),
      reason: /a limit of result pass takes no points, got 5/,
    },
    {
      name: "verdict without weight",
      text: edit("- result: context", "- result: §warn"),
      reason: /a criterion of weight 0 gives figures only/,
    },
    {
      name: "figure with weight",
      text: edit("weight: 0", "weight: 5").replace("result: context", "result: §context"),
      reason: /a criterion of weight 5 needs a verdict/,
    },
    {
      name: "nothing with a weight",
      text: FRAMEWORK.replace(/ {2}- id: coverage[^]*(?= {2}- id: agents)/, "").replace(
        "criteria:\n",
        "§criteria:\n",
      ),
      reason: /expected at least one criterion with a weight above 0/,
    },
    {
      name: "more criteria than the edition has",
      text: edit("criteria_in_edition: 3", "criteria_in_edition: §1"),
      reason: /expected at least as many as stand in this file, 2, got 1/,
    },
    {
      name: "unknown placeholder",
      text: edit("{exceptions:action} of {population}", "§{exeptions:action} of {population}"),
      reason: /in "description": unknown placeholder \{exeptions\}/,
      hint: /did you mean "exceptions"\?/,
    },
    {
      name: "placeholder of another kind, on the second line of a block",
      text: edit("{population:entry|entries}.", "these §{group_list}."),
      reason: /in "description": a measure of kind ratio gives no \{group_list\}/,
    },
    {
      name: "placeholder of the first measure in a doubt",
      text: edit('"{exceptions:action} in doubt"', '"§{part} in doubt"'),
      reason: /a measure of kind count gives no \{part\}/,
    },
    {
      name: "noun behind what is no count",
      text: edit('"{part} of {population:action}"', '"{part}, §{share:action}"'),
      reason: /\{share\} is no count and cannot carry a noun/,
    },
    {
      name: "stray brace",
      text: edit("description: Nothing happened.", 'description: "Nothing §} happened."'),
      reason: /"\}" begins or ends no placeholder/,
    },
    {
      name: "placeholder where nothing was observed",
      text: edit("description: Nothing happened.", 'description: "§{population} happened."'),
      reason: /\{population\} has no value here/,
    },
    {
      name: "row of what is not assessed without what to ask for",
      text: edit(", ask_for: A document.", "").replace("{ criterion", "§{ criterion"),
      reason: /expected the key "ask_for" in "not_assessed"/,
    },
  ]);
});

describe("definitions", () => {
  const file = "definitions.yaml";
  const load = (text: string): unknown => {
    const yaml = parseYamlFile({ text, file });
    checkForm(yaml, "definitions");
    return definitionsIn(yaml);
  };
  const edit = editOf(DEFINITIONS);

  test("are fine as written", () => {
    expect(() => load(DEFINITIONS)).not.toThrow();
  });

  refuses(file, load, [
    { name: "none", text: "§{}", reason: /expected the file not to be empty/ },
    {
      name: "name with a capital",
      text: edit("late:", "§Late:").replace("late &&", "true &&"),
      reason: /expected a name of small letters, digits and _, got "Late"/,
    },
    {
      name: "name of a field",
      text: edit("late:", "§approval:").replace("late &&", "true &&"),
      reason: /"approval" already means something else/,
    },
    {
      name: "word of CEL",
      text: edit("late_and_risky:", "§present:"),
      reason: /"present" already means something else/,
    },
    {
      name: "use of a later one",
      text: edit('timestamp > timestamp("2026-01-01T22:00:00Z")', "§late_and_risky"),
      reason: /in "cel": Unknown variable: late_and_risky/,
    },
    {
      name: "without its meaning",
      text: edit("  meaning: Late.\n", "").replace("late:", "§late:"),
      reason: /expected the key "meaning" in "late"/,
    },
  ]);
});
