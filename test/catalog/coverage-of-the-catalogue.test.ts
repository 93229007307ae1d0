// The shelf beside the catalogue of measures and control rows that it was written from: nothing
// of it was lost on the way.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { WeightedFramework } from "../../src/model/framework.ts";
import { PARTS, withWholes } from "./parts-of-measures.ts";

const FILE = new URL("../../../shared/design/measures.json", import.meta.url);

interface Catalogue {
  readonly measures: readonly { readonly id: string }[];
  readonly controls: readonly {
    readonly fw: string;
    readonly id: string;
    readonly mode: "T" | "F" | "C" | "N";
    readonly severity: string;
    readonly decisive: readonly string[];
    readonly supporting: readonly string[];
  }[];
}

const FRAMEWORKS: Readonly<Record<string, string>> = {
  SOC2: "soc2-extended",
  GDPR: "gdpr-extended",
  AIACT: "eu-ai-act",
  ISO42001: "iso-42001",
  AIRMF: "nist-ai-rmf",
  ISO27001: "iso-27001",
  HIPAA: "hipaa",
  PCI: "pci-dss",
  SP80053: "nist-800-53",
  DORA: "dora",
  NIS2: "nis2",
  ASI: "owasp-agentic",
  LLM: "owasp-llm",
  GOV: "agent-governance",
};
const MODES = { T: "tested", F: "disprove-only", C: "figures" } as const;

describe.skipIf(!existsSync(FILE))("the catalogue (needs the shared design folder)", () => {
  const catalogue = existsSync(FILE)
    ? (JSON.parse(readFileSync(FILE, "utf8")) as Catalogue)
    : { measures: [], controls: [] };
  const catalog = loadCatalog();
  const codes = new Map(
    catalog.measureIds.map((id) => [catalog.measure(id).measure.code, id] as const),
  );

  test.each(catalogue.measures.map(({ id }) => id))("%s is a measure", (code) => {
    expect(codes.get(code)).toBeDefined();
  });

  test.each(Object.entries(FRAMEWORKS))("%s has every row in %s", (fw, id) => {
    const framework = catalog.framework(id).framework as WeightedFramework;
    const rows = catalogue.controls.filter((control) => control.fw === fw);
    expect(rows.length).toBeGreaterThan(6);
    const expected = rows
      .filter(({ mode }) => mode !== "N")
      .map(({ id: criterion, mode, severity }) => ({
        criterion,
        mode: MODES[mode as keyof typeof MODES],
        severity,
      }));
    expect(
      framework.criteria.map(({ id: criterion, mode, severity }) => ({
        criterion,
        mode,
        severity,
      })),
    ).toEqual(expect.arrayContaining(expected));
    expect(framework.notAssessed.length).toBeGreaterThanOrEqual(
      rows.filter(({ mode }) => mode === "N").length,
    );
  });

  test.each(Object.entries(FRAMEWORKS))(
    "%s asks at least the catalogue's measures in %s",
    (fw, id) => {
      const framework = catalog.framework(id).framework as WeightedFramework;
      for (const control of catalogue.controls.filter((row) => row.fw === fw && row.mode !== "N")) {
        const criterion = framework.criteria.find((one) => one.id === control.id);
        const asked = new Set(
          [...(criterion?.decisive ?? []), ...(criterion?.supporting ?? [])].map(
            (one) => one.measure,
          ),
        );
        const answered = withWholes(
          [...codes].flatMap(([code, measure]) =>
            code !== undefined && asked.has(measure) ? [code] : [],
          ),
        );
        const wanted = [...control.decisive, ...control.supporting];
        const missing = wanted.filter((code) => !answered.includes(code));
        // A pack may ask the same of a narrower population by a measure of its own.
        expect(missing.length, `${control.id} lacks ${missing.join(", ")}`).toBeLessThanOrEqual(
          [...asked].filter((measure) => !catalog.measureIds.includes(measure)).length,
        );
      }
    },
  );

  test("a part stands for a measure where the row speaks of that part, and nowhere else", () => {
    const parts = Object.values(PARTS)
      .flat()
      .map((code) => codes.get(code));
    expect(parts).not.toContain(undefined);
    const asking = Object.values(FRAMEWORKS).flatMap((id) =>
      (catalog.framework(id).framework as WeightedFramework).criteria.flatMap((criterion) => {
        const asked = [...criterion.decisive, ...criterion.supporting]
          .map(({ measure }) => measure)
          .filter((measure) => parts.includes(measure));
        return asked.length === 0 ? [] : [[`${id} ${criterion.id}`, asked.join(" ")]];
      }),
    );
    expect(Object.fromEntries(asking)).toEqual({
      "gdpr-extended Art. 5(1)(c)": "personal-values card-numbers",
      "gdpr-extended Art. 25": "personal-values card-numbers",
      "nist-ai-rmf MAP 4.1 / MP-4.1-001, -009": "personal-values",
      "nist-ai-rmf MEASURE 2.10": "personal-values",
      "iso-27001 5.17": "secrets-in-records",
      "iso-27001 5.34": "personal-values",
      "pci-dss 3.5.1": "card-numbers",
      "pci-dss 8.6.2": "secrets-in-records",
      "pci-dss 10.2.2": "record-content",
      "nist-800-53 AU-3": "record-content",
      "nist-800-53 SI-11": "sensitive-errors",
    });
  });
});
