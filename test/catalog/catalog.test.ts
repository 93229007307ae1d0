// Looking things up: unknown names, own shelves, files from elsewhere.

import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { checkFile } from "../../src/catalog/check-file.ts";
import { COUNTERS, COUNTER_MEASURES } from "../../src/catalog/counters.ts";
import { ComplianceError } from "../../src/model/error.ts";
import { FRAMEWORK, GAP, MEASURE, broken } from "./written.ts";
import type { PointsFramework } from "../../src/model/framework.ts";

const PACKAGE = fileURLToPath(new URL("../../", import.meta.url));
const catalog = loadCatalog();

describe("the packaged catalog", () => {
  test("is opened once", () => {
    expect(loadCatalog()).toBe(catalog);
  });

  test("lists its frameworks by id", () => {
    const summaries = catalog.frameworks();
    expect(summaries.map(({ id }) => id)).toEqual(catalog.frameworkIds);
    expect(summaries.find(({ id }) => id === "soc2")).toEqual({
      id: "soc2",
      title: "SOC 2",
      edition: "Trust Services Criteria 2017, points of focus revised 2022",
      publisher: "AICPA",
      digest: digestOf("frameworks/soc2.yaml"),
      scoring: "points",
      criteria: { tested: 4, disproveOnly: 0, figures: 0, notAssessed: 57 },
      total: 61,
    });
  });

  test("a summary counts what the framework holds", () => {
    for (const { id, scoring, criteria, total } of catalog.frameworks()) {
      const { framework } = catalog.framework(id);
      expect({ id, scoring, total }).toEqual({
        id,
        scoring: framework.scoring,
        total: framework.criteriaInEdition,
      });
      const { tested, disproveOnly, figures, notAssessed } = criteria;
      expect(tested + disproveOnly + figures).toBe(framework.criteria.length);
      if (framework.scoring === "points") continue;
      const rows = framework.notAssessed.map(({ count = 1 }) => count);
      expect(notAssessed).toBe(rows.reduce((sum, count) => sum + count, 0));
      expect(tested).toBe(framework.criteria.filter(({ mode }) => mode === "tested").length);
    }
  });

  test.each(["SOC2", "soc", "custom", "../measures/agent-activity", "soc2.yaml", "", "__proto__"])(
    "unknown report type %j names what exists",
    (id) => {
      const error = errorOf(() => catalog.framework(id));
      expect(error.code).toBe("unknown-report-type");
      expect(error.message).toContain(catalog.frameworkIds.join(", "));
      expect(error.message).toContain(JSON.stringify(id));
    },
  );

  test("an unknown report type that is nearly one gets a guess", () => {
    expect(errorOf(() => catalog.framework("socc2")).hint).toBe('did you mean "soc2"?');
  });

  test("unknown measure", () => {
    const error = errorOf(() => catalog.measure("agent-activty"));
    expect(error.code).toBe("invalid-catalog");
    expect(error.hint).toBe('did you mean "agent-activity"?');
  });

  test("fields are those the expressions read, in column order", () => {
    expect(fieldsOf("elevated-auto-approved")).toEqual(["risk_level", "approval"]);
    expect(fieldsOf("personal-data-policy-evaluated")).toEqual(["action_target", "matched_rule"]);
    expect(fieldsOf("silence-over-an-hour")).toEqual(["timestamp"]);
    expect(fieldsOf("human-decisions")).toEqual(["approval", "human_decision"]);
    expect(fieldsOf("largest-read-share")).toEqual(["action_type"]);
  });

  test("a duration becomes microseconds", () => {
    expect(catalog.measure("silence-over-an-hour").measure).toMatchObject({
      kind: "gap",
      longerThan: 3_600_000_000,
    });
  });

  test("the report's own figures come with every framework, after its own measures", () => {
    expect(Object.values(COUNTERS)).toEqual(COUNTER_MEASURES);
    expect(catalog.framework("soc2").measures.map(({ id }) => id)).toEqual([
      "policy-evaluated",
      "elevated-auto-approved",
      "elevated-approval-unknown",
      "silence-over-an-hour",
      "change-policy-evaluated",
      "actions-by-approval",
      "human-decisions",
      "rules-in-use",
      "actions-by-risk",
    ]);
  });

  test("digests are those of the files' bytes", () => {
    const { framework, measureDigests, definitionsDigest } = catalog.framework("soc2");
    expect(framework.digest).toBe(digestOf("frameworks/soc2.yaml"));
    expect(definitionsDigest).toBe(digestOf("definitions.yaml"));
    expect(measureDigests["policy-evaluated"]).toBe(digestOf("measures/policy-evaluated.yaml"));
  });
});

describe("files from elsewhere", () => {
  let folder: string;
  const write = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "catalog-"));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("a measure in the catalog's words", () => {
    const { measure } = catalog.loadMeasure(write("night-work.yaml", MEASURE));
    expect(measure).toMatchObject({ id: "night-work", kind: "ratio", exceptions: "part" });
    expect(measure.fields).toEqual(["timestamp", "risk_level", "agent_id"]);
    expect(measure.examples).toHaveLength(1);
  });

  test("a framework over the catalog's measures", () => {
    const { measures, ...resolved } = catalog.loadFramework({ text: FRAMEWORK });
    const framework = resolved.framework as PointsFramework;
    expect(framework.scoring).toBe("points");
    expect(framework.criteria.map(({ id }) => id)).toEqual(["coverage", "agents"]);
    expect(framework.criteria[0]).toMatchObject({
      atLeast: 2,
      empty: "not-exercised",
      doubt: { measure: "elevated-approval-unknown" },
    });
    expect(framework.criteria[0]?.limits[1]).toMatchObject({
      result: "warn",
      points: { each: 5, atMost: 15 },
      when: { source: "share >= 0.5 && exceptions < 10", fields: ["exceptions", "share"] },
    });
    expect(framework.criteria[1]?.limits).toHaveLength(1);
    expect(framework.notAssessed).toEqual([
      { criterion: "third", why: "Not logged.", askFor: "A document." },
    ]);
    expect(measures.map(({ id }) => id)).toEqual([
      "policy-evaluated",
      "elevated-approval-unknown",
      "agent-activity",
      ...COUNTER_MEASURES,
    ]);
  });

  test("checkFile tells the kinds apart", () => {
    expect(checkFile(write("night-work.yaml", MEASURE))).toEqual({
      kind: "measure",
      id: "night-work",
    });
    expect(checkFile(write("house-rules.yaml", FRAMEWORK))).toEqual({
      kind: "framework",
      id: "house-rules",
    });
    const neither = errorOf(() => checkFile(write("neither.yaml", "title: What\n")));
    expect(neither.code).toBe("invalid-catalog");
    expect(neither.message).toContain("neither.yaml:1:1: expected a framework");
  });

  test("a missing file", () => {
    const error = errorOf(() => checkFile(join(folder, "missing.yaml")));
    expect(error.code).toBe("unreadable-source");
    expect(error.message).toContain("missing.yaml");
  });

  test("shelves of one's own are checked in full", () => {
    const root = join(folder, "own");
    for (const name of ["definitions.yaml", "measures", "frameworks"]) {
      cpSync(join(PACKAGE, name), join(root, name), { recursive: true });
    }
    writeFileSync(join(root, "measures/quiet.yaml"), broken(GAP, "title:", "titel:"));
    writeFileSync(
      join(root, "frameworks/house-rules.yaml"),
      broken(FRAMEWORK, "measure: agent-activity", "measure: quiet"),
    );
    const own = loadCatalog({ root });
    expect(own.frameworkIds).toEqual([...catalog.frameworkIds, "house-rules"].sort());
    expect(own.framework("soc2").framework.digest).toBe(catalog.framework("soc2").framework.digest);
    const error = errorOf(() => own.framework("house-rules"));
    expect(error.location).toEqual({ file: join(root, "measures/quiet.yaml"), line: 2, column: 1 });
    expect(error.hint).toBe('did you mean "title"?');
  });

  test("a root without shelves", () => {
    const root = join(folder, "empty");
    mkdirSync(root);
    expect(errorOf(() => loadCatalog({ root })).code).toBe("unreadable-source");
  });

  test("a root without the report's own measures", () => {
    const root = join(folder, "bare");
    cpSync(join(PACKAGE, "definitions.yaml"), join(root, "definitions.yaml"));
    cpSync(join(PACKAGE, "frameworks"), join(root, "frameworks"), { recursive: true });
    cpSync(join(PACKAGE, "measures"), join(root, "measures"), { recursive: true });
    rmSync(join(root, "measures/rules-in-use.yaml"));
    const error = errorOf(() => loadCatalog({ root }).framework("gdpr"));
    expect(error.message).toBe('no measure is called "rules-in-use"');
  });
});

function errorOf(run: () => unknown): ComplianceError {
  try {
    run();
  } catch (error) {
    if (error instanceof ComplianceError) return error;
    throw error;
  }
  throw new Error("expected a ComplianceError");
}

function fieldsOf(id: string): readonly string[] {
  return catalog.measure(id).measure.fields;
}

function digestOf(file: string): string {
  return createHash("sha256")
    .update(readFileSync(join(PACKAGE, file)))
    .digest("hex");
}
