// The shelves as they are published: every file is in order, every measure is used, and what
// a framework leaves open is listed clause by clause.

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { checkFile } from "../../src/catalog/check-file.ts";
import { CLASS_HITS_PREFIX } from "../../src/catalog/classes.ts";
import { COUNTER_MEASURES } from "../../src/catalog/counters.ts";
import { schemaUrl } from "../../src/catalog/file-schema.ts";
import type { FileKind } from "../../src/catalog/file-schema.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";
import type { PointsFramework } from "../../src/model/framework.ts";
import { isOfficial } from "./official-titles.ts";

const catalog = loadCatalog();
const pathOf = (name: string): string =>
  fileURLToPath(new URL(`../../${name}.yaml`, import.meta.url));

/** A result with its reason. */
function outcome(result: string, reason = ""): string {
  return `${result} ${reason}`;
}

/** On the shelf, or beside a framework. */
function measureFile(id: string): string {
  const folders = ["measures", ...catalog.frameworkIds.map((one) => `frameworks/${one}/measures`)];
  const paths = folders.map((folder) => pathOf(`${folder}/${id}`));
  const path = paths.find((one) => existsSync(one));
  if (path === undefined) throw new Error(`no file of ${id}`);
  return path;
}

const weighted = catalog.frameworkIds
  .map((id) => catalog.framework(id).framework)
  .filter((framework) => framework.scoring === "weighted");
const measures = catalog.everyMeasureId.map((id) => catalog.measure(id).measure);

function pointsFramework(id: string): PointsFramework {
  const { framework } = catalog.framework(id);
  if (framework.scoring !== "points") throw new Error(`${id} is weighted`);
  return framework;
}

describe("files", () => {
  test("definitions", () => {
    expect(checkFile(pathOf("definitions"))).toEqual({ kind: "definitions" });
    expect([...catalog.definitions().meanings.keys()]).toEqual(
      expect.arrayContaining([
        "executed",
        "refused",
        "elevated",
        "decided",
        "evaluated",
        "named_rule",
        "legal_state",
      ]),
    );
  });

  test("every definition is used by a measure or another definition", () => {
    const { definitions } = catalog.definitions();
    const texts = [
      ...measures.map((measure) => JSON.stringify({ ...measure, examples: [] })),
      ...[...definitions.values()].map(({ source }) => source),
    ].join("\n");
    const unused = [...definitions.keys()].filter((name) => {
      const uses = texts.match(new RegExp(`\\b${name}\\b`, "g")) ?? [];
      return uses.length === 0;
    });
    expect(unused).toEqual([]);
  });

  test.each(catalog.everyMeasureId)("measure %s", (id) => {
    expect(checkFile(measureFile(id))).toEqual({ kind: "measure", id });
  });

  test.each(catalog.frameworkIds)("framework %s", (id) => {
    expect(checkFile(catalog.frameworkFile(id))).toEqual({ kind: "framework", id });
  });

  test("a packaged framework is read as one from elsewhere would be", () => {
    for (const id of catalog.frameworkIds) {
      const checked = catalog.loadFramework(catalog.frameworkFile(id));
      const { framework, measureDigests, classes } = catalog.framework(id);
      expect({ framework, measureDigests, classes }).toEqual({
        framework: checked.framework,
        measureDigests: checked.measureDigests,
        classes: checked.classes,
      });
    }
  });

  test("a measure that is asked lacks its examples and nothing else", () => {
    for (const id of catalog.everyMeasureId) {
      const { examples, ...question } = catalog.measure(id).measure;
      expect(catalog.askedMeasure(id)).toEqual(question);
      expect(examples).toBeDefined();
    }
  });
});

describe("shelves", () => {
  const resolved = catalog.frameworkIds.map((id) => catalog.framework(id));

  test("every measure is asked by a framework or by the report itself", () => {
    const asked = resolved.flatMap(({ measureDigests }) => Object.keys(measureDigests));
    expect([...new Set(asked)].sort()).toEqual(catalog.everyMeasureId);
    for (const { measures: all } of resolved) {
      expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([...COUNTER_MEASURES]));
    }
  });

  test("a measure that more than one framework asks lies on the shelf", () => {
    const own = catalog.everyMeasureId.filter((id) => !catalog.measureIds.includes(id));
    for (const id of own) {
      const asking = resolved.filter(({ measureDigests }) => id in measureDigests);
      expect([id, asking.length]).toEqual([id, 1]);
    }
  });

  test("every digest is there", () => {
    for (const { framework, measures: all, measureDigests, definitionsDigest } of resolved) {
      const ids = all.map(({ id }) => id).filter((id) => !id.startsWith(CLASS_HITS_PREFIX));
      expect(Object.keys(measureDigests)).toEqual(ids);
      for (const digest of [framework.digest, definitionsDigest, ...Object.values(measureDigests)])
        expect(digest).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test("no measure names a framework, but for the place that its limits come from", () => {
    const names = /soc ?2|gdpr|aicpa|iso ?\d|nist|hipaa|pci dss|owasp|nis ?2|\bCC\d|\bdora\b/i;
    for (const { title, question, limitations, sentence, remedy, empty } of measures) {
      const texts = [title, question, limitations, sentence, remedy, empty?.says];
      expect(texts.join("\n")).not.toMatch(names);
    }
  });

  test("every measure has four examples or more, one of them with an empty population", () => {
    const counted = measures.map(({ id, kind, examples = [] }) => {
      const populations = examples.map(({ expect: { population } }) => population);
      return {
        id,
        enough: examples.length >= 4,
        // A policy always has its defaults.
        empty: populations.includes(0) || kind === "policy-lint",
        filled: populations.some((population) => population > 0),
        names: new Set(examples.map(({ name }) => name)).size === examples.length,
      };
    });
    const fine = { enough: true, empty: true, filled: true, names: true };
    expect(counted).toEqual(catalog.everyMeasureId.map((id) => ({ id, ...fine })));
  });
});

describe("measures of the catalogue", () => {
  const coded = measures.filter(({ code }) => code !== undefined);

  test("are all there", () => {
    const families = { LOG: 10, POL: 6, ENF: 6, HUM: 7, IDN: 7, DAT: 5, CHG: 2, SEC: 2, OPS: 5 };
    const codes = Object.entries(families).flatMap(([family, count]) =>
      numbers(1, count).map((number) => `${family}-${String(number).padStart(2, "0")}`),
    );
    expect(codes).toHaveLength(50);
    expect(coded.map(({ code }) => code)).toEqual(expect.arrayContaining(codes));
    expect(new Set(coded.map(({ code }) => code)).size).toBe(coded.length);
  });

  test.each(coded.map((measure) => [measure.id, measure] as const))(
    "%s has limits with their reason, and words for every outcome",
    (_, { limits, sentence = "", remedy = "", empty }) => {
      expect(limits?.of.length).toBeGreaterThan(0);
      expect(limits?.reason).not.toBe("");
      expect(sentence).toMatch(/[.?]$/);
      expect(remedy).toMatch(/[.]$/);
      expect(empty?.says).toMatch(/[.]$/);
    },
  );

  test.each(coded.map((measure) => [measure.id, measure] as const))(
    "%s has an example of every result that its limits can give",
    (_, { limits, examples = [] }) => {
      const possible = new Set(limits?.of.map(({ result, reason }) => outcome(result, reason)));
      const shown = new Set(
        examples.map(({ expect: { result = "", reason } }) => outcome(result, reason)),
      );
      expect([...possible].filter((one) => !shown.has(one))).toEqual([]);
    },
  );
});

describe("weighted frameworks", () => {
  test("are fourteen", () => {
    expect(weighted.map(({ id }) => id)).toEqual([
      "agent-governance",
      "dora",
      "eu-ai-act",
      "gdpr-extended",
      "hipaa",
      "iso-27001",
      "iso-42001",
      "nis2",
      "nist-800-53",
      "nist-ai-rmf",
      "owasp-agentic",
      "owasp-llm",
      "pci-dss",
      "soc2-extended",
    ]);
  });

  test("say what they leave open", () => {
    const silent = weighted.filter(({ notAssessed }) => notAssessed.length === 0);
    expect(silent.map(({ id }) => id)).toEqual(["agent-governance"]);
  });

  test.each(["soc2-extended", "iso-27001", "iso-42001", "pci-dss"])(
    "%s holds identifiers and our own words only",
    (id) => {
      const framework = weighted.find((one) => one.id === id);
      expect(["identifiers", "own-words"]).toContain(framework?.textUse);
    },
  );

  test("none that may not holds a publisher's text", () => {
    for (const { id, criteria, textUse, notAssessed } of weighted) {
      if (textUse === "official") continue;
      const texts = [
        ...criteria.flatMap(({ title, shows, notShown, remedy }) => [
          title,
          shows,
          notShown,
          remedy,
        ]),
        ...notAssessed.flatMap(({ criterion, why, askFor }) => [criterion, why, askFor]),
      ];
      expect({ id, official: texts.filter(isOfficial) }).toEqual({ id, official: [] });
    }
  });

  test("the digests know a publisher's text when they see it", () => {
    const joined = ["Clear", "desk", "and", "clear", "screen."];
    expect(isOfficial(joined.join(" "))).toBe(true);
    expect(isOfficial(joined.slice(0, 4).join(" "))).toBe(false);
    expect(isOfficial("A desk that is clear")).toBe(false);
  });

  test("name their source, their terms and the day they were compared", () => {
    for (const { source, licence, textPolicy, reviewed, introduction } of weighted) {
      for (const text of [source, licence, textPolicy, introduction]) expect(text).not.toBe("");
      expect(reviewed.on).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  test("the AI Act binds from the dates as they were moved", () => {
    const act = weighted.find(({ id }) => id === "eu-ai-act");
    const dates = act?.appliesFrom.map(({ from }) => from) ?? [];
    expect(dates).toEqual(expect.arrayContaining(["2027-12-02", "2028-08-02"]));
  });
});

describe("wording", () => {
  test("nothing is called compliant, certified, audit-ready, or said to meet a demand", () => {
    const banned = /\b(non-?)?compliant\b|\bcertified\b|\baudit-ready\b|\bmeets\b|\bsatisfies\b/i;
    const paths = [
      pathOf("definitions"),
      ...catalog.everyMeasureId.map(measureFile),
      ...catalog.frameworkIds.map((id) => catalog.frameworkFile(id)),
    ];
    expect(paths.filter((path) => banned.test(readFileSync(path, "utf8")))).toEqual([]);
  });

  test("a finding with a warning or worse names the entries and says what to change", () => {
    for (const id of ["gdpr", "governance", "soc2"]) {
      for (const { limits, doubt } of pointsFramework(id).criteria) {
        const bad = limits.filter(({ result }) => result === "warn" || result === "fail");
        for (const { description, recommendation, severity } of doubt ? [...bad, doubt] : bad) {
          expect(description).toContain("{first}");
          expect(recommendation).not.toBe("");
          expect(severity).not.toBe("info");
        }
      }
    }
  });

  test("titles leave the result and the clause to the report", () => {
    for (const id of catalog.frameworkIds) {
      for (const { title } of catalog.framework(id).framework.criteria) {
        expect(title).not.toMatch(/\b(pass|fail|warn)\b|^CC|:/i);
      }
    }
  });
});

describe("the three documented frameworks", () => {
  test("soc2", () => {
    expect(shapeOf("soc2")).toEqual([
      {
        criterion: "CC6.1 access_control 20 policy-evaluated",
        limits: ["exceptions == 0: pass info 0", "else: fail critical 20"],
      },
      {
        criterion: "CC6.8 access_control 25 elevated-auto-approved",
        limits: ["exceptions == 0: pass info 0", "else: fail critical 25"],
      },
      {
        criterion: "CC7.2 audit_trail 15 silence-over-an-hour",
        limits: ["exceptions == 0: pass info 0", "else: warn warning 5..15"],
      },
      {
        criterion: "CC8.1 audit_trail 10 change-policy-evaluated",
        limits: ["exceptions == 0: pass info 0", "else: warn warning 10"],
      },
    ]);
    const { criteria } = pointsFramework("soc2");
    expect(criteria.map(({ atLeast }) => atLeast)).toEqual([undefined, undefined, 2, undefined]);
    expect(criteria.map(({ id, doubt, empty }) => [id, empty, doubt?.measure])).toEqual([
      ["CC6.1", "not-exercised", undefined],
      ["CC6.8", "not-exercised", "elevated-approval-unknown"],
      ["CC7.2", "not-recorded", undefined],
      ["CC8.1", "not-exercised", undefined],
    ]);
  });

  test("gdpr", () => {
    expect(shapeOf("gdpr")).toEqual([
      {
        criterion: "data-access-logging data_handling 20 personal-data-policy-evaluated",
        limits: ["exceptions == 0: pass info 0", "else: fail critical 20"],
      },
      {
        criterion: "right-to-erasure data_handling 15 deletion-policy-evaluated",
        limits: ["exceptions == 0: pass info 0", "else: warn warning 15"],
      },
      {
        criterion: "data-minimization data_handling 10 largest-read-share",
        limits: ["share <= 0.5 || population == 1: pass info 0", "else: warn warning 10"],
      },
    ]);
  });

  test("governance", () => {
    expect(shapeOf("governance")).toEqual([
      {
        criterion: "policy-coverage access_control 25 named-rule-coverage",
        limits: [
          "share >= 0.9: pass info 0",
          "share >= 0.7: warn warning 10",
          "else: fail critical 25",
        ],
      },
      {
        criterion: "approval-gate-usage access_control 0 actions-by-approval",
        limits: ["else: context info 0"],
      },
      {
        criterion: "risk-distribution access_control 10 elevated-share",
        limits: ["share <= 0.3: pass info 0", "else: warn warning 10"],
      },
      {
        criterion: "agent-behavior audit_trail 0 agent-activity",
        limits: ["else: context info 0"],
      },
    ]);
  });
});

describe("what is not assessed", () => {
  test("soc2: every criterion is tested or listed, none twice", () => {
    const { criteria, criteriaInEdition } = pointsFramework("soc2");
    const listed = clausesOf("soc2").flatMap((clause) => {
      const match = /^([A-Z]+\d?\.)(\d)(?:-\1(\d))?$/.exec(clause);
      if (match === null) throw new Error(`expected a clause or a range of them: ${clause}`);
      const [, family = "", from, to = from] = match;
      return numbers(Number(from), Number(to)).map((number) => `${family}${number}`);
    });
    const all = [...criteria.map(({ id }) => id), ...listed];
    expect(new Set(all).size).toBe(all.length);
    const perFamily = {
      "CC1.": 5,
      "CC2.": 3,
      "CC3.": 4,
      "CC4.": 2,
      "CC5.": 3,
      "CC6.": 8,
      "CC7.": 5,
      "CC8.": 1,
      "CC9.": 2,
      "A1.": 3,
      "C1.": 2,
      "PI1.": 5,
      "P1.": 1,
      "P2.": 1,
      "P3.": 2,
      "P4.": 3,
      "P5.": 2,
      "P6.": 7,
      "P7.": 1,
      "P8.": 1,
    };
    const edition = Object.entries(perFamily).flatMap(([family, count]) =>
      numbers(1, count).map((number) => `${family}${number}`),
    );
    expect(all.sort()).toEqual(edition.sort());
    expect(edition).toHaveLength(criteriaInEdition);
  });

  test("gdpr: every article with duties is touched or listed", () => {
    const listed = clausesOf("gdpr").flatMap((clause) => {
      const match = /^Art\. (\d+)(?:\(\d\))?(?:\([a-z]\)(?:-\([a-z]\))?)?(?:-(\d+))?$/.exec(clause);
      if (match === null) throw new Error(`expected an article or a range of them: ${clause}`);
      const [, from, to = from] = match;
      return numbers(Number(from), Number(to));
    });
    const touched = [5, 17, 32];
    const articles = [...new Set([...listed, ...touched])].sort((a, b) => a - b);
    expect(articles).toEqual([...numbers(5, 22), ...numbers(24, 39), ...numbers(44, 49)]);
    expect(articles).toHaveLength(pointsFramework("gdpr").criteriaInEdition);
  });

  test("governance has nothing beyond its own four questions", () => {
    const { criteria, criteriaInEdition, notAssessed } = pointsFramework("governance");
    expect(criteria).toHaveLength(criteriaInEdition);
    expect(notAssessed).toEqual([]);
  });
});

describe("schemas", () => {
  const kinds: readonly FileKind[] = ["measure", "framework", "definitions", "configuration"];

  test.each(kinds)("%s is valid draft 2020-12", (kind) => {
    const ajv = new Ajv2020({ strictTypes: false });
    expect({ valid: ajv.validateSchema(read(kind)), errors: ajv.errors }).toEqual({
      valid: true,
      errors: null,
    });
    expect(read(kind).$id).toBe(`urn:aegis-compliance:schema:${kind}:1`);
  });

  test.each(kinds)("%s explains every property", (kind) => {
    const mute: string[] = [];
    collectMute(read(kind), kind, mute);
    expect(mute).toEqual([]);
  });

  test("examples have the fields of an audit entry", () => {
    const entry = read("measure").properties?.["examples"]?.items?.properties?.["entries"]?.items;
    expect(Object.keys(entry?.properties ?? {})).toEqual(ENTRY_FIELD_NAMES);
  });
});

interface Schema {
  readonly $id?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

function read(kind: FileKind): Schema {
  return JSON.parse(readFileSync(schemaUrl(kind), "utf8")) as Schema;
}

/** Paths of properties without a title or a description. The branches by kind only narrow. */
function collectMute(schema: Schema, path: string, mute: string[]): void {
  if (!schema.title || !schema.description) mute.push(path);
  for (const [name, property] of Object.entries({ ...schema.properties, ...schema.$defs })) {
    collectMute(property, `${path}.${name}`, mute);
  }
  if (schema.items !== undefined) collectMute(schema.items, `${path}[]`, mute);
  if (typeof schema.additionalProperties === "object") {
    collectMute(schema.additionalProperties, `${path}.*`, mute);
  }
}

function numbers(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** A framework's tests in one line each. */
function shapeOf(id: string): { criterion: string; limits: string[] }[] {
  const { criteria } = pointsFramework(id);
  return criteria.map(({ id: criterion, category, weight, measure, limits }) => ({
    criterion: `${criterion} ${category} ${weight} ${measure}`,
    limits: limits.map(({ result, when, severity, points }) => {
      const cost = typeof points === "number" ? points : `${points.each}..${points.atMost}`;
      return `${when?.source ?? "else"}: ${result} ${severity} ${cost}`;
    }),
  }));
}

function clausesOf(id: string): string[] {
  const { notAssessed } = catalog.framework(id).framework;
  return notAssessed.flatMap(({ criterion }) => criterion.split(", "));
}
