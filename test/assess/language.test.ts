// The language of a report: every sentence of assessment, and the count of what stands in English.

import { describe, expect, test } from "vitest";
import { assess } from "../../src/assess/assess.ts";
import type { Assessment } from "../../src/assess/assess.ts";
import { untranslatedOf, withTranslatedIntake } from "../../src/assess/untranslated.ts";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { Engine, Question } from "../../src/engines/engine.ts";
import { memory } from "../../src/engines/memory.ts";
import { GERMAN } from "../../src/languages/de.ts";
import { ENGLISH } from "../../src/languages/en.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { IntakeStatement } from "../../src/model/intake.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { Policy } from "../../src/policy/policy.ts";
import { ReportGenerator } from "../../src/report-generator.ts";
import { START } from "../engines/logs.ts";
import { agentLog } from "./agent-log.ts";
import { logPopulation } from "./made.ts";

const TYPES = ["soc2", "gdpr", "governance", "agent-governance"] as const;
const policy = Policy.fromDict({ version: 1, defaults: { approval: "auto" }, rules: [] });
const entries = agentLog(7, 60);

async function reports(
  language: string,
  more: Partial<Assessment> = {},
): Promise<ComplianceReport[]> {
  const catalog = loadCatalog({ language });
  return assess({
    engine: memory(entries),
    assignments: TYPES.map((type) => catalog.framework(type)),
    period: {},
    now: START,
    tool: { name: "aegis-compliance", version: "0" },
    language: language === "de" ? GERMAN : ENGLISH,
    ...more,
  });
}

/** Everything of a report that a language must not change. */
function figures(report: ComplianceReport): unknown {
  return {
    score: report.score,
    grade: report.grade,
    coverage: report.coverage,
    population: {
      ...report.population,
      inputs: report.population.inputs.map(({ query: _query, ...input }) => input),
    },
    findings: report.findings.map(({ criterion, result, reason, exceptions, points }) => [
      criterion,
      result,
      reason,
      exceptions,
      points,
    ]),
    digest: report.framework.digest,
    measures: report.measureDigests,
    fixes: report.fixTheLog,
  };
}

/** English words that no German sentence holds. */
const ENGLISH_WORDS = /\b(?:the|and|with|without|entries|actions|not|which|that)\b/;

describe("a German report", () => {
  test("has the same figures as the English one", async () => {
    const [en, de] = await Promise.all([reports("en"), reports("de")]);
    expect(de.map(figures)).toEqual(en.map(figures));
    expect(en.map(({ language, untranslated }) => [language, untranslated])).toEqual(
      TYPES.map(() => ["en", 0]),
    );
    expect(de.map(({ language, untranslated }) => [language, untranslated])).toEqual(
      TYPES.map(() => ["de", 0]),
    );
  });

  test("says everything in German", async () => {
    for (const report of await reports("de")) {
      const texts = [
        report.summary,
        ...report.findings.flatMap(({ title, description, recommendation }) => [
          title,
          description,
          recommendation,
        ]),
        ...(report.weighted?.tests ?? []).flatMap(({ title, says, remedy, limitReason }) => [
          title,
          says,
          remedy,
          limitReason,
        ]),
        ...report.notAssessed.flatMap(({ why, askFor }) => [why, askFor]),
        ...report.population.inputs.map(({ query = "" }) => query),
      ];
      expect(texts.filter((text) => ENGLISH_WORDS.test(text))).toEqual([]);
    }
  });

  test("says everything in German of an empty log too", async () => {
    const [report] = await reports("de", { engine: memory([]) });
    expect(report?.summary).toBe(
      "Im Prüfungszeitraum liegt keine aufgezeichnete Aktion eines Agenten. Ergebnis der " +
        "Prüfungen: 4 nicht entscheidbar. Nichts ließ sich entscheiden; es gibt daher weder " +
        "Punktzahl noch Note.",
    );
  });

  test("says in German what is weak in a policy", async () => {
    const [report] = await reports("de", { policy });
    const lint = report?.policy?.lint ?? [];
    expect(lint.length).toBeGreaterThan(0);
    const texts = lint.flatMap(({ message, suggestion }) => [message, suggestion]);
    expect(texts.filter((text) => ENGLISH_WORDS.test(text))).toEqual([]);
    expect(report?.untranslated).toBe(0);
  });
});

describe("what mappings say", () => {
  const intake = {
    cannotAnswer: new Map([
      ["a", "one"],
      ["b", "two"],
    ]),
    duplicateMeanings: ["one"],
  } as unknown as IntakeStatement;
  const population = logPopulation({ intake });

  test("is translated where it is, and counted once where it is not", () => {
    const logSentences = new Map([["one", "eins"]]);
    const translated = withTranslatedIntake(population, logSentences).intake;
    expect([...(translated?.cannotAnswer ?? [])]).toEqual([
      ["a", "eins"],
      ["b", "two"],
    ]);
    expect(translated?.duplicateMeanings).toEqual(["eins"]);
    const facts = { population, language: GERMAN };
    expect(untranslatedOf({ logSentences, untranslated: ["x", "y"] }, facts)).toBe(3);
    expect(untranslatedOf({}, facts)).toBe(2);
    expect(untranslatedOf({}, { ...facts, language: ENGLISH })).toBe(0);
  });
});

describe("a sample", () => {
  const drawn: AuditEntry = { id: 1, agent_id: "jane.doe@example.com" };

  /** An engine that draws one entry from every measure that has a population. */
  function drawing(asked: Question[]): Engine {
    const engine = memory(entries);
    return Object.assign(Object.create(engine) as Engine, {
      async observe(question: Question) {
        asked.push(question);
        const answer = await engine.observe({ ...question });
        const ids = [...answer.observations.keys()];
        return { ...answer, samples: new Map(ids.map((id) => [id, [drawn]])) };
      },
    });
  }

  test("is of the measures that the report concludes from, and masked", async () => {
    const asked: Question[] = [];
    const sampling = { size: 1, seed: "audit 7" };
    const [report] = await reports("en", { engine: drawing(asked), sampling });
    expect(asked[0]?.sampling).toEqual(sampling);
    expect(report?.sampling).toMatchObject(sampling);
    const measures = report?.sampling?.samples.map(({ measure }) => measure) ?? [];
    expect(new Set(report?.findings.flatMap((finding) => finding.measures))).toEqual(
      new Set(measures),
    );
    const texts = JSON.stringify(report?.sampling);
    expect(texts).not.toContain("jane");
    expect(texts).toContain("[REDACTED]");
  });

  test("is absent where none is asked for", async () => {
    const [report] = await reports("en", { engine: drawing([]) });
    expect(report && "sampling" in report).toBe(false);
  });
});

/** Entries that cannot be read. */
const UNREAD: Iterable<AuditEntry> = {
  [Symbol.iterator]: () => {
    throw new Error("it was read");
  },
};

test.each([
  ["an unknown language", { language: "fr" }],
  ["a sample of nothing", { sampling: { size: 0, seed: "s" } }],
  ["half a sample", { sampling: { size: 1.5, seed: "s" } }],
  ["a sample without a seed", { sampling: { size: 1, seed: "" } }],
])("%s is refused before anything is read", async (_, options) => {
  const made = new ReportGenerator().generate(UNREAD, { now: "2026-11-01", ...options });
  await expect(made).rejects.toMatchObject({ code: "invalid-option" });
});
