// Weighted frameworks: what their files mean, which measures they bring, what is refused.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { CLASS_HITS_PREFIX } from "../../src/catalog/classes.ts";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { COUNTER_MEASURES } from "../../src/catalog/counters.ts";
import { ComplianceError } from "../../src/model/error.ts";
import type { WeightedFramework } from "../../src/model/framework.ts";
import { refuses, thrownBy } from "./refuses.ts";
import { LEAVING, WEIGHTED, writeRoot } from "./root.ts";
import { broken } from "./written.ts";

const root = writeRoot();
afterAll(() => rmSync(root, { recursive: true, force: true }));
const catalog = loadCatalog({ root });
const house = catalog.framework("house");
const framework = house.framework as WeightedFramework;

describe("a weighted framework", () => {
  test("lies in a folder of its name, beside those that are files", () => {
    expect(catalog.frameworkIds).toEqual(["house", "plain"]);
    expect(catalog.frameworkFile("house")).toBe(join(root, "frameworks/house/framework.yaml"));
    expect(catalog.frameworkFile("plain")).toBe(join(root, "frameworks/plain.yaml"));
  });

  test("is read whole", () => {
    expect(framework).toMatchObject({
      id: "house",
      scoring: "weighted",
      licence: "Apache-2.0",
      textUse: "own-words",
      introduction: "What we looked at.",
      criteriaInEdition: 8,
      reading: "outcomes",
      reviewed: { on: "2026-01-31", staleAfterDays: 365 },
      notAssessed: [{ criterion: "H.4-H.7", count: 4 }, { criterion: "H.8" }],
    });
    expect(framework.appliesFrom).toEqual([
      {
        from: "2027-12-02",
        what: "The first part.",
        criteria: ["H.1"],
        when: { role: ["deployer"] },
      },
      { from: "2028-08-02", what: "All of it." },
    ]);
    expect(framework.questions).toEqual([
      {
        id: "role",
        asks: "What are you?",
        answers: { provider: "We make it.", deployer: "We use it." },
        several: false,
      },
      expect.objectContaining({ id: "places", several: true, default: ["here", "there"] }),
    ]);
    expect(framework.criteria.map(({ id, mode, severity }) => [id, mode, severity])).toEqual([
      ["H.1", "tested", "critical"],
      ["H.2", "disprove-only", "low"],
      ["H.3", "figures", "medium"],
    ]);
    expect(framework.criteria[0]).toMatchObject({
      notShown: "What left otherwise.",
      atBest: { result: "warn" },
      appliesWhen: { role: ["deployer", "provider"] },
      supporting: [{ measure: "small-rate" }],
    });
  });

  test("asks measures with their own limits or the criterion's", () => {
    const [own, other] = framework.criteria[0]?.decisive ?? [];
    expect(own).toEqual({ measure: "small-count" });
    expect(other).toMatchObject({
      measure: "leaving",
      limits: { basis: "law", reason: "Section 4." },
    });
    expect(
      other?.limits?.of.map(({ result, reason, when }) => [result, reason, when?.source]),
    ).toEqual([
      ["fail", undefined, "share < 0.9"],
      ["inconclusive", "too-few", "share_low < 0.8"],
      ["pass", undefined, undefined],
    ]);
  });

  test("brings the measures of the record, the counters, and the hits of its classes", () => {
    expect(house.measures.map(({ id }) => id)).toEqual([
      "small-count",
      "leaving",
      "small-rate",
      "small-reach",
      "field-completeness",
      "record-identity",
      ...COUNTER_MEASURES,
      `${CLASS_HITS_PREFIX}class_leave`,
      `${CLASS_HITS_PREFIX}class_send`,
    ]);
    expect(Object.keys(house.measureDigests)).not.toContain(`${CLASS_HITS_PREFIX}class_send`);
    expect(house.measures.at(-1)).toMatchObject({
      kind: "count",
      title: "It sends.",
      population: { source: 'action_type.hasWord(["send"])' },
    });
    expect(house.classes).toEqual([
      {
        name: "class_leave",
        meaning: "It leaves the house.",
        cel: 'class_send || action_type.hasWord(["upload"])',
        overridden: false,
      },
      expect.objectContaining({ name: "class_send", overridden: false }),
    ]);
    expect(house).toMatchObject({ answers: {}, notApplicable: {}, overrides: [] });
  });

  test("with points it brings neither", () => {
    const plain = catalog.framework("plain");
    expect(plain.measures.map(({ id }) => id)).toEqual(["small-count", ...COUNTER_MEASURES]);
    expect(plain.classes).toEqual([]);
  });

  test("is summed up from its file alone", () => {
    expect(catalog.frameworks()).toMatchObject([
      {
        id: "house",
        title: "House",
        edition: "1",
        publisher: "Us",
        scoring: "weighted",
        criteria: { tested: 1, disproveOnly: 1, figures: 1, notAssessed: 5 },
        total: 8,
      },
      {
        id: "plain",
        title: "Plain",
        edition: "1",
        publisher: "Us",
        scoring: "points",
        criteria: { tested: 1, disproveOnly: 0, figures: 0, notAssessed: 0 },
        total: 1,
      },
    ]);
  });

  test("from elsewhere is read as one on the shelf", () => {
    const again = catalog.loadFramework(catalog.frameworkFile("house"));
    expect(again.framework).toEqual(house.framework);
    expect(again.measures.find(({ id }) => id === "leaving")?.examples).toHaveLength(1);
  });
});

describe("measures beside a framework", () => {
  test("belong to it alone", () => {
    expect(catalog.measureIds).not.toContain("leaving");
    expect(catalog.everyMeasureId).toContain("leaving");
    expect(catalog.measure("leaving").measure.classes).toEqual(["class_leave", "class_send"]);
    expect(catalog.askedMeasure("leaving").id).toBe("leaving");
    const elsewhere = thrownBy(() => catalog.loadFramework({ text: WEIGHTED }));
    expect((elsewhere as ComplianceError).message).toContain('no measure is called "leaving"');
  });
});

describe("names of measures", () => {
  const folder = mkdtempSync(join(tmpdir(), "own-measures-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "measures"));
  writeFileSync(join(folder, "own.yaml"), WEIGHTED.replace("id: house", "id: own"));
  const leaving = join(folder, "measures/leaving.yaml");

  test("cannot be those of another framework's measures", () => {
    writeFileSync(leaving, LEAVING);
    const error = thrownBy(() => catalog.loadFramework(join(folder, "own.yaml")));
    expect((error as ComplianceError).location).toEqual({ file: leaving, line: 1, column: 5 });
    expect((error as ComplianceError).message).toContain('is called "leaving" already');
  });
});

const edit = (passage: string, instead: string): string => broken(WEIGHTED, passage, instead);
const OWN = WEIGHTED.replace("measure: leaving", "measure: named-rule-coverage");
const own = (passage: string, instead: string): string => broken(OWN, passage, instead);

describe("refusals", () => {
  const file = "frameworks/house/framework.yaml";
  const load = (text: string): unknown =>
    catalog.loadFramework({
      text: text.replace("measure: leaving", "measure: named-rule-coverage"),
      file,
    });

  test("fine as written", () => {
    expect(() => load(WEIGHTED)).not.toThrow();
  });

  refuses(file, load, [
    {
      name: "id that is not the folder's name",
      text: edit("id: house\n", "id: §home\n"),
      reason: /expected the id to equal the folder's name, got "home" in house/,
    },
    {
      name: "scoring that is none",
      text: edit("scoring: weighted", "scoring: §weighed"),
      reason: /expected "scoring" to be one of points, weighted, got "weighed"/,
      hint: /did you mean "weighted"/,
    },
    {
      name: "key of a framework with points",
      text: edit("    severity: critical\n", "    severity: critical\n    §weight: 10\n"),
      reason: /unknown key "weight" in "criteria"/,
    },
    {
      name: "criterion that stands twice",
      text: edit("id: H.2", "id: §H.1"),
      reason: /the criterion "H.1" stands twice/,
    },
    {
      name: "unknown measure",
      text: edit("supporting: [small-reach]", "supporting: [§small-reech]"),
      reason: /no measure is called "small-reech"/,
      hint: /did you mean "small-reach"/,
    },
    {
      name: "unknown measure with limits",
      text: own("measure: named-rule-coverage", "measure: §named-rule-covrage"),
      reason: /no measure is called "named-rule-covrage"/,
    },
    {
      name: "measure without limits of its own",
      text: edit("supporting: [small-reach]", "supporting: [§actions-by-risk]"),
      reason: /the measure actions-by-risk has no limits of its own/,
      hint: /measure, basis, limit_reason, limits/,
    },
    {
      name: "measure that is asked twice",
      text: edit("decisive: [small-rate]", "decisive: [small-rate, §small-rate]"),
      reason: /the measure small-rate is asked twice here/,
    },
    {
      name: "limits without a basis",
      text: edit("        basis: law\n", "").replace("- measure: leaving", "- §measure: leaving"),
      reason: /expected the key "basis"/,
    },
    {
      name: "limit over a number that the measure does not give",
      text: edit("when: share < 0.9", "when: §bursts > 1"),
      reason: /in "when": Unknown variable: bursts/,
    },
    {
      name: "tested without anything decisive",
      text: edit("    decisive: [small-rate]\n", "")
        .replace("mode: disprove-only", "mode: tested")
        .replace("- id: H.2", "- §id: H.2"),
      reason: /a criterion of mode tested needs a measure under decisive/,
    },
    {
      name: "disprove-only without anything decisive",
      text: edit("    decisive: [small-rate]\n", "").replace("- id: H.2", "- §id: H.2"),
      reason: /a criterion of mode disprove-only needs a measure under decisive/,
    },
    {
      name: "figures that decide",
      text: edit("    supporting: [small-reach]", "    §decisive: [small-reach]"),
      reason: /a criterion of mode figures has nothing decisive/,
    },
    {
      name: "figures without a figure",
      text: edit("    supporting: [small-reach]\n", "").replace("- id: H.3", "- §id: H.3"),
      reason: /a criterion of mode figures needs a measure under supporting/,
    },
    {
      name: "tested, but nothing can pass",
      text: WEIGHTED.replace("      - small-count\n", "")
        .replace("          - { result: pass }", "          - { result: no_exception }")
        .replace("    decisive:\n", "    §decisive:\n"),
      reason: /no decisive measure of this criterion can pass/,
    },
    {
      name: "question that is not asked",
      text: edit("applies_when: { role:", "applies_when: { §rolle:"),
      reason: /this framework does not ask "rolle"/,
      hint: /did you mean "role"/,
    },
    {
      name: "answer that is none",
      text: edit("[deployer, provider]", "[deployer, §importer]"),
      reason: /"importer" is no answer to "role"/,
      hint: /Answers: provider, deployer/,
    },
    {
      name: "answer of a date that is none",
      text: edit("when: { role: [deployer] }", "when: { role: [§user] }"),
      reason: /"user" is no answer to "role"/,
    },
    {
      name: "criterion of a date that is none",
      text: edit("criteria: [H.1]", "criteria: [§H.9]"),
      reason: /no criterion of this framework is called "H.9"/,
    },
    {
      name: "default that is no answer",
      text: edit("default: [here, there]", "default: [here, §everywhere]"),
      reason: /"everywhere" is no answer to "places"/,
    },
    {
      name: "two defaults where one can be true",
      text: edit("    several: true\n", "").replace("default: [", "default: §["),
      reason: /expected one answer to "places", got 2/,
    },
    {
      name: "day that no calendar has",
      text: edit("from: 2028-08-02", "from: §2028-02-30"),
      reason: /expected a date such as 2026-11-01, got "2028-02-30"/,
    },
    {
      name: "review on no day",
      text: edit("on: 2026-01-31", "on: §2026-31-01"),
      reason: /expected a date such as 2026-11-01/,
    },
    {
      name: "more criteria than the edition has",
      text: edit("criteria_in_edition: 8", "criteria_in_edition: §7"),
      reason: /expected at least as many as stand in this file, 8, got 7/,
    },
    {
      name: "row without why",
      text: edit("why: Not logged either., ", "").replace(
        "- { criterion: H.8",
        "- §{ criterion: H.8",
      ),
      reason: /expected the key "why" in "not_assessed"/,
    },
    {
      name: "title that claims too much",
      text: edit("title: Bursts", "title: Nothing §meets the limit"),
      reason: /in "title": "meets" claims more/,
    },
    {
      name: "row that claims too much",
      text: edit("ask_for: Another one.", "ask_for: A §certified copy."),
      reason: /in "ask_for": "certified" claims more/,
    },
    {
      name: "best result that is a pass",
      text: edit("at_best: { result: warn", "at_best: { result: §pass"),
      reason: /expected "result" to be "warn"/,
    },
  ]);

  test("a publisher's own title may use its own words", () => {
    const official = edit("text_use: own-words", "text_use: official").replace(
      "title: Bursts",
      "title: Meets the limit",
    );
    expect(() => load(official)).not.toThrow();
  });

  test("limits that wait for an input can stand alone", () => {
    const waiting = WEIGHTED.replace("      - small-count\n", "").replace(
      /          - \{ result: fail[^]*?result: pass \}/,
      "          - { result: inconclusive, reason: missing-input }",
    );
    expect(() => load(waiting)).not.toThrow();
  });
});
