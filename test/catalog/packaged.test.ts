// The shelves as they are published: every file is in order, every measure is used, and what
// a framework leaves open is listed clause by clause.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { checkFile } from "../../src/catalog/check-file.ts";
import { COUNTER_MEASURES } from "../../src/catalog/counters.ts";
import { schemaUrl } from "../../src/catalog/file-schema.ts";
import type { FileKind } from "../../src/catalog/file-schema.ts";
import { ENTRY_FIELD_NAMES } from "../../src/model/audit-entry.ts";

const catalog = loadCatalog();
const pathOf = (name: string): string =>
  fileURLToPath(new URL(`../../${name}.yaml`, import.meta.url));

describe("files", () => {
  test("definitions", () => {
    expect(checkFile(pathOf("definitions"))).toEqual({ kind: "definitions" });
    expect([...catalog.definitions().meanings.keys()]).toEqual([
      "executed",
      "refused",
      "elevated",
      "decided",
      "evaluated",
      "named_rule",
    ]);
  });

  test.each(catalog.measureIds)("measure %s", (id) => {
    expect(checkFile(pathOf(`measures/${id}`))).toEqual({ kind: "measure", id });
  });

  test.each(catalog.frameworkIds)("framework %s", (id) => {
    expect(checkFile(pathOf(`frameworks/${id}`))).toEqual({ kind: "framework", id });
  });

  test("a packaged framework is read as one from elsewhere would be", () => {
    for (const id of catalog.frameworkIds) {
      const checked = catalog.loadFramework(pathOf(`frameworks/${id}`));
      expect(catalog.framework(id)).toEqual(checked);
    }
  });

  test("a measure that is asked lacks its examples and nothing else", () => {
    for (const asked of catalog.frameworkIds.flatMap((id) => catalog.framework(id).measures)) {
      const { examples, ...question } = catalog.measure(asked.id).measure;
      expect(asked).toEqual(question);
      expect(examples).toBeDefined();
    }
  });
});

describe("shelves", () => {
  const resolved = catalog.frameworkIds.map((id) => catalog.framework(id));

  test("every measure is asked by a framework or by the report itself", () => {
    const asked = resolved.flatMap(({ measures }) => measures.map(({ id }) => id));
    expect([...new Set(asked)].sort()).toEqual(catalog.measureIds);
    for (const { measures } of resolved) {
      expect(measures.map(({ id }) => id)).toEqual(expect.arrayContaining([...COUNTER_MEASURES]));
    }
  });

  test("every digest is there", () => {
    for (const { framework, measures, measureDigests, definitionsDigest } of resolved) {
      expect(Object.keys(measureDigests)).toEqual(measures.map(({ id }) => id));
      for (const digest of [framework.digest, definitionsDigest, ...Object.values(measureDigests)])
        expect(digest).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test("no measure names a framework", () => {
    const names = /soc ?2|gdpr|aicpa|iso ?\d|nist|\bCC\d/i;
    for (const id of catalog.measureIds) {
      expect(readFileSync(pathOf(`measures/${id}`), "utf8")).not.toMatch(names);
    }
  });

  test("every measure has four to eight examples, one of them with an empty population", () => {
    const counted = catalog.measureIds.map((id) => {
      const examples = catalog.measure(id).measure.examples ?? [];
      const populations = examples.map(({ expect: { population } }) => population);
      return {
        id,
        enough: examples.length >= 4 && examples.length <= 8,
        empty: populations.includes(0),
        filled: populations.some((population) => population > 0),
        names: new Set(examples.map(({ name }) => name)).size === examples.length,
      };
    });
    const fine = { enough: true, empty: true, filled: true, names: true };
    expect(counted).toEqual(catalog.measureIds.map((id) => ({ id, ...fine })));
  });
});

describe("wording", () => {
  test("nothing is called compliant, certified, audit-ready, or said to meet a demand", () => {
    const banned = /\b(non-?)?compliant\b|\bcertified\b|\baudit-ready\b|\bmeets?\b/i;
    const names = [
      "definitions",
      ...catalog.measureIds.map((id) => `measures/${id}`),
      ...catalog.frameworkIds.map((id) => `frameworks/${id}`),
    ];
    expect(names.filter((name) => banned.test(readFileSync(pathOf(name), "utf8")))).toEqual([]);
  });

  test("a finding with a warning or worse names the entries and says what to change", () => {
    for (const id of catalog.frameworkIds) {
      for (const { limits, doubt } of catalog.framework(id).framework.criteria) {
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
        expect(title).not.toMatch(/pass|fail|warn|^CC|:/i);
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
    const { criteria } = catalog.framework("soc2").framework;
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
    const { criteria, criteriaInEdition } = catalog.framework("soc2").framework;
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
    expect(articles).toHaveLength(catalog.framework("gdpr").framework.criteriaInEdition);
  });

  test("governance has nothing beyond its own four questions", () => {
    const { criteria, criteriaInEdition, notAssessed } = catalog.framework("governance").framework;
    expect(criteria).toHaveLength(criteriaInEdition);
    expect(notAssessed).toEqual([]);
  });
});

describe("schemas", () => {
  const kinds: readonly FileKind[] = ["measure", "framework", "definitions"];

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
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
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
  const { criteria } = catalog.framework(id).framework;
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
