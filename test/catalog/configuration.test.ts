// A user's configuration: what it replaces, what follows, what reports say about it, and what
// is refused.

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { checkFile } from "../../src/catalog/check-file.ts";
import { loadConfiguration } from "../../src/catalog/configuration-file.ts";
import { ComplianceError } from "../../src/model/error.ts";
import type { Measure } from "../../src/model/measure.ts";
import { refuses, thrownBy } from "./refuses.ts";
import { WEIGHTED, writeRoot } from "./root.ts";
import { broken } from "./written.ts";

const root = writeRoot();
afterAll(() => rmSync(root, { recursive: true, force: true }));
const catalog = loadCatalog({ root });

const CONFIGURATION = `limits:
  small-count:
    reason: Our service level.
    basis: standard
    limits:
      - { result: fail, when: exceptions > 5 }
      - { result: pass }
  leaving:
    reason: We said so.
    limits:
      - { result: inconclusive, reason: too-few, when: share_low < 0.5 }
      - { result: pass }
definitions:
  class_send:
    cel: our_hosts || action_type.hasWord(["fax"])
    reason: We also fax.
  our_hosts:
    cel: action_target.contains("elevated") || host(action_target) == "example.com"
    reason: Our own hosts.
    meaning: It goes to our own host.
inputs:
  roster: agents.csv
  recovery_time: PT1H
frameworks:
  house:
    answers: { role: deployer, places: [here, nowhere] }
    not_applicable: { H.2: We have no bursts. }
`;

function load(text: string, file = join(root, "aegis-compliance.yaml")) {
  return loadConfiguration({ text, file }, catalog);
}

function configured(text: string) {
  return loadCatalog({ root, configuration: load(text) });
}

writeFileSync(join(root, "agents.csv"), "agent_id\ncrm\nmail\n");
const configuration = load(CONFIGURATION);
const own = loadCatalog({ root, configuration });

/** Of one measure, for one criterion. */
function aYear(criterion: string, measure: string): string {
  return `frameworks:
  nist-800-53:
    limits:
      ${criterion}:
        ${measure}:
          reason: the record schedule
          limits: [{ result: fail, when: reach_days < 365 }, { result: pass }]
`;
}

function populationOf(measure: Measure | undefined): string {
  return JSON.stringify(measure?.population.predicate);
}

describe("a configuration", () => {
  test("says what it replaces, in the order of the file", () => {
    expect(configuration.overrides).toEqual([
      {
        kind: "limits",
        name: "small-count",
        from: "warn when population > 1000; inconclusive (too-few) when population < 3; pass",
        to: "fail when exceptions > 5; pass",
        reason: "Our service level.",
      },
      expect.objectContaining({
        name: "leaving",
        to: "inconclusive (too-few) when share_low < 0.5; pass",
      }),
      {
        kind: "definition",
        name: "class_send",
        from: 'action_type.hasWord(["send"])',
        to: 'our_hosts || action_type.hasWord(["fax"])',
        reason: "We also fax.",
      },
      expect.objectContaining({ name: "our_hosts", from: "", reason: "Our own hosts." }),
    ]);
    expect(own.framework("house").overrides).toEqual(configuration.overrides);
  });

  test("replaces a word, and what uses it follows", () => {
    const { definitions, meanings } = own.definitions();
    expect([...definitions.keys()]).toEqual([
      ...catalog.definitions().definitions.keys(),
      "our_hosts",
    ]);
    expect(JSON.stringify(definitions.get("class_leave")?.predicate)).toContain("fax");
    expect(JSON.stringify(definitions.get("risky_leave")?.predicate)).toContain("example.com");
    expect(definitions.get("class_leave")?.definitions).toEqual(["class_send", "our_hosts"]);
    expect(meanings.get("class_send")).toBe("It sends.");
    expect(meanings.get("our_hosts")).toBe("It goes to our own host.");
    const leaving = own.measure("leaving").measure;
    expect(populationOf(leaving)).toContain("fax");
    expect(populationOf(catalog.measure("leaving").measure)).not.toContain("fax");
    expect(leaving.fields).toContain("action_target");
    expect(
      own.framework("house").classes.map(({ name, overridden }) => [name, overridden]),
    ).toEqual([
      ["class_leave", false],
      ["class_send", true],
    ]);
  });

  test("replaces limits, except those that a criterion sets", () => {
    const { measures, framework } = own.framework("house");
    const limitsOf = (id: string) => measures.find((measure) => measure.id === id)?.limits;
    expect(limitsOf("small-count")).toMatchObject({
      basis: "standard",
      reason: "Our service level.",
    });
    expect(limitsOf("small-count")?.of.map(({ result }) => result)).toEqual(["fail", "pass"]);
    expect(limitsOf("leaving")).toMatchObject({ basis: "owner" });
    expect(framework).toEqual(catalog.framework("house").framework);
    expect(own.measure("small-count").digest).toBe(catalog.measure("small-count").digest);
  });

  test("holds inputs and answers", () => {
    expect(configuration.inputs).toEqual({ roster: ["crm", "mail"], recoveryTime: 3_600_000_000 });
    expect(configuration.given.map(({ name, source, holds }) => [name, source, holds])).toEqual([
      ["roster", "agents.csv", "2 agents"],
      ["recovery-time", "aegis-compliance.yaml", "PT1H"],
    ]);
    expect(configuration.frameworks.get("house")).toEqual({
      limits: new Map(),
      overrides: [],
      answers: { role: ["deployer"], places: ["here", "nowhere"] },
      notApplicable: { "H.2": "We have no bursts." },
    });
    expect(own.framework("house")).toMatchObject({
      answers: { role: ["deployer"] },
      notApplicable: { "H.2": "We have no bursts." },
    });
    expect(own.framework("plain")).toMatchObject({ answers: {}, notApplicable: {} });
    expect(configuration.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(configuration.file).toBe(join(root, "aegis-compliance.yaml"));
  });

  test("sets limits for one criterion, also where the framework set its own", () => {
    const loaded = loadConfiguration({ text: aYear("AU-11", "retention-window"), file: "c.yaml" });
    const { framework, overrides } = loadCatalog({ configuration: loaded }).framework(
      "nist-800-53",
    );
    const [asked] = framework.criteria.flatMap((criterion) =>
      criterion.id === "AU-11" && "decisive" in criterion ? criterion.decisive : [],
    );
    expect(asked?.limits).toMatchObject({ basis: "owner", reason: "the record schedule" });
    expect(overrides).toEqual([
      {
        kind: "limits",
        name: "retention-window (AU-11)",
        from: "inconclusive (missing-input)",
        to: "fail when reach_days < 365; pass",
        reason: "the record schedule",
      },
    ]);
    expect(loadCatalog({ configuration: loaded }).framework("iso-27001").overrides).toEqual([]);
    expect(() => loadConfiguration({ text: aYear("AU-99", "retention-window") })).toThrow(
      'no criterion is called "AU-99"',
    );
    expect(() => loadConfiguration({ text: aYear("AU-11", "block-bypass") })).toThrow(
      'no measure is called "block-bypass"',
    );
  });

  test("that says nothing changes nothing", () => {
    const nothing = load("{}");
    expect(nothing).toMatchObject({ overrides: [], inputs: {}, given: [] });
    expect(nothing.definitions).toBeUndefined();
    const same = loadCatalog({ root, configuration: nothing });
    expect(same.framework("house")).toEqual(catalog.framework("house"));
  });

  test("leaves the catalog that it was read against alone", () => {
    expect(catalog.framework("house").overrides).toEqual([]);
    expect(catalog.definitions().definitions.has("our_hosts")).toBe(false);
    expect(catalog.measure("small-count").measure.limits?.of).toHaveLength(3);
  });

  test("can leave a class without a matcher", () => {
    const none = configured(
      'definitions: { class_send: { cel: "false", reason: We never send. } }',
    );
    expect(none.framework("house").measures.at(-1)).toMatchObject({
      id: "class-hits:class_send",
      population: { predicate: { kind: "boolean", value: false } },
    });
  });

  test("of the package can be replaced too", () => {
    const packaged = loadCatalog({
      configuration: loadConfiguration({
        text: "definitions: { executed: { cel: result_status == 'done', reason: Our words. } }",
      }),
    });
    expect(populationOf(packaged.measure("failure-ratio").measure)).toContain("done");
    expect(populationOf(loadCatalog().measure("failure-ratio").measure)).not.toContain("done");
  });

  test("speaks to a framework of one's own by its file", () => {
    const path = join(root, "own.yaml");
    writeFileSync(path, ownFramework("own"));
    const text = "frameworks: { own: { file: own.yaml, answers: { places: nowhere } } }";
    expect(configured(text).loadFramework(path).answers).toEqual({ places: ["nowhere"] });
    const error = thrownBy(() => load(text.replace("{ own:", "{ other:"))) as ComplianceError;
    expect(error.message).toContain("expected the framework other, but it is own");
  });

  test("is checked by its name", () => {
    const path = join(root, "aegis-compliance.yaml");
    writeFileSync(path, CONFIGURATION);
    expect(checkFile(path, catalog)).toEqual({ kind: "configuration" });
    writeFileSync(path, broken(CONFIGURATION, "small-count:", "small-cuont:"));
    const error = thrownBy(() => checkFile(path, catalog)) as ComplianceError;
    expect(error.location).toEqual({ file: path, line: 2, column: 3 });
    expect(error.hint).toBe('did you mean "small-count"?');
  });
});

function ownFramework(id: string): string {
  return WEIGHTED.replace("id: house", `id: ${id}`).replace(
    "measure: leaving",
    "measure: named-rule-coverage",
  );
}

const edit = (passage: string, instead: string): string => broken(CONFIGURATION, passage, instead);

describe("refusals", () => {
  const file = join(root, "aegis-compliance.yaml");

  refuses(file, load, [
    {
      name: "unknown key",
      text: edit("inputs:", "§input:"),
      reason: /unknown key "input"/,
      hint: /did you mean "inputs"/,
    },
    { name: "list", text: "§- a", reason: /expected the file to be a mapping, got a list/ },
    {
      name: "definition without a reason",
      text: edit("    reason: We also fax.\n", "").replace(
        "class_send:\n    cel",
        "§class_send:\n    cel",
      ),
      reason: /expected the key "reason"/,
    },
    {
      name: "unknown word in a definition",
      text: edit("our_hosts ||", "our_hosts || §our_host ||"),
      reason: /in "cel": Unknown variable: our_host/,
    },
    {
      name: "definition by itself",
      text: edit("our_hosts ||", "our_hosts || class_send ||").replace(
        "cel: our_hosts",
        "cel: §our_hosts",
      ),
      reason: /"class_send" would mean itself: class_send -> class_send/,
    },
    {
      name: "definition by itself by way of a packaged one",
      text: edit('action_target.contains("elevated")', "risky_leave").replace(
        "cel: our_hosts",
        "cel: §our_hosts",
      ),
      reason:
        /"class_send" would mean itself: class_send -> our_hosts -> risky_leave -> class_leave -> class_send/,
    },
    {
      name: "definition with the name of a field",
      text: edit("our_hosts:", "§approval:").replace("our_hosts ||", "elevated ||"),
      reason: /"approval" already means something else/,
    },
    {
      name: "limits of an unknown measure",
      text: edit("leaving:", "§leving:"),
      reason: /no measure is called "leving"/,
      hint: /did you mean "leaving"/,
    },
    {
      name: "limits of a measure that has none",
      text: edit("leaving:", "§actions-by-risk:"),
      reason: /the measure actions-by-risk has no limits of its own to replace/,
    },
    {
      name: "limit over a number that the measure does not give",
      text: edit("exceptions > 5", "exceptions > 5 && §share > 0.5"),
      reason: /in "when": Unknown variable: share/,
    },
    {
      name: "unknown framework",
      text: edit("  house:", "  §hose:"),
      reason: /no framework is called "hose"/,
      hint: /did you mean "house"/,
    },
    {
      name: "unknown framework that is like none",
      text: edit("  house:", "  §something-else:"),
      reason: /no framework is called "something-else"/,
      hint: /under file/,
    },
    {
      name: "framework with points",
      text: edit("  house:", "  §plain:"),
      reason: /the framework plain has no questions and no exclusions/,
    },
    {
      name: "unknown question",
      text: edit("role: deployer", "§rolle: deployer"),
      reason: /this framework does not ask "rolle"/,
    },
    {
      name: "unknown answer",
      text: edit("role: deployer", "role: §user"),
      reason: /"user" is no answer to "role"/,
    },
    {
      name: "unknown answer among several",
      text: edit("[here, nowhere]", "[here, §somewhere]"),
      reason: /"somewhere" is no answer to "places"/,
    },
    {
      name: "two answers where one can be true",
      text: edit("role: deployer", "role: §[deployer, provider]"),
      reason: /expected one answer to "role", got 2/,
    },
    {
      name: "unknown criterion",
      text: edit("{ H.2:", "{ §H.9:"),
      reason: /no criterion is called "H.9"/,
    },
    {
      name: "criterion without a reason",
      text: edit("We have no bursts.", "§''"),
      reason: /expected "H.2" not to be empty/,
    },
    {
      name: "input that is wrong",
      text: edit("recovery_time: PT1H", "recovery_time: §P1M"),
      reason: /expected a duration longer than nothing, got "P1M"/,
    },
  ]);
});
