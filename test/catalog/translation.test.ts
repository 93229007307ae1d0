// What a translation of a measure or framework may hold, and what it is refused for.

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { textsOf } from "../../src/catalog/translation.ts";
import { translatedFramework } from "../../src/catalog/translation-of-framework.ts";
import { translatedMeasure } from "../../src/catalog/translation-of-measure.ts";
import { translationsIn } from "../../src/catalog/translation-shelf.ts";
import { parseYamlFile } from "../../src/catalog/yaml-file.ts";
import type { ComplianceError } from "../../src/model/error.ts";

const catalog = loadCatalog();
const measure = catalog.askedMeasure("deletion-traceability");

/** The texts of a thing that is the whole of a file. */
const written = (text: string) =>
  textsOf({ yaml: parseYamlFile({ text, file: "de.yaml" }), path: [] });

function refusal(act: () => unknown): ComplianceError {
  try {
    act();
  } catch (error) {
    return error as ComplianceError;
  }
  throw new Error("nothing was refused");
}

describe("a text", () => {
  test("is the translation where there is one, and else the original, remembered", () => {
    const texts = written("title: Titel\n");
    expect(texts.text(["title"], "Title")).toBe("Titel");
    expect(texts.text(["question"], "Question?")).toBe("Question?");
    expect(texts.text(["remedy"], "")).toBe("");
    expect(texts.name(["edition"], "1")).toBe("1");
    expect(texts.missing).toEqual(["question"]);
  });

  test.each([
    ["s: Drei\n", "{population} of them", "the placeholders of the original, population, got none"],
    ["s: '{part} von {population}'\n", "{population}", "population, got part, population"],
    ["s: '{population:Aktion}'\n", "{population:action}", "both forms of the noun of {population}"],
    ["s: '{exception_share:x|y}'\n", "{exception_share}", "{exception_share} is no count"],
    ["s: etwas\n", "", "the original is empty"],
    ["s: ''\n", "something", "expected a text"],
    ["s: gesetzeskonform\n", "right", "claims more than a log can show"],
  ])("%j for %j is refused at its line", (yaml, original, reason) => {
    const error = refusal(() => written(`# a comment\n${yaml}`).text(["s"], original, measure));
    expect(error.code).toBe("invalid-catalog");
    expect(error.message).toContain(reason);
    expect(error.location).toMatchObject({ file: "de.yaml", line: 2 });
  });

  test("may carry a noun where the original carries none, and another one", () => {
    const text = "{population:Löschung|Löschungen}, davon {part}";
    expect(written(`s: "${text}"`).text(["s"], "{part} of {population}", measure)).toBe(text);
  });
});

describe("a measure", () => {
  test("keeps everything but its texts", () => {
    const texts = written("title: Löschungen\nempty: Nichts.\nlimitations: Grenzen\n");
    const { title, limitations, empty, ...rest } = translatedMeasure(measure, texts, true);
    expect([title, limitations, empty?.says]).toEqual(["Löschungen", "Grenzen", "Nichts."]);
    expect({ ...rest, title: measure.title, limitations: measure.limitations }).toEqual({
      ...measure,
      empty: undefined,
    });
    expect(texts.missing).toEqual(["question", "limit_reason", "sentence", "remedy"]);
  });

  test("with limits of its user's own keeps their reason", () => {
    const texts = written("limit_reason: anders\n");
    expect(translatedMeasure(measure, texts, false).limits).toEqual(measure.limits);
  });
});

describe("a framework", () => {
  const { framework } = catalog.framework("soc2");
  const translate = (yaml: string) =>
    translatedFramework(framework, written(yaml), (id) => catalog.askedMeasure(id));

  test.each([
    ["criteria: { CC9.9: { title: x } }", 'no criterion "CC9.9"'],
    ["not_assessed: { CC9.9: { why: x } }", 'no requirement "CC9.9"'],
    [
      "criteria: { CC6.1: { limits: [{ description: x }] } }",
      "as many as in the original, 2, got 1",
    ],
  ])("%s is refused", (yaml, reason) => {
    const error = refusal(() => translate(yaml));
    expect(error.message).toContain(reason);
    expect(error.location).toMatchObject({ line: 1 });
  });

  test("without any translation is what it was", () => {
    expect(translate("{}")).toEqual(framework);
  });
});

function shelf(files: Readonly<Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), "translations-"));
  mkdirSync(join(root, "translations", "de"), { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(root, "translations", "de", name), text);
  }
  return translationsIn(root, "de", parseYamlFile);
}

describe("a shelf", () => {
  test("finds what stands in several files", () => {
    const { ids, logSentences } = shelf({
      "a.yaml": "language: de\nmeasures: { m: { title: M } }\n",
      "b.yaml":
        "language: de\nframeworks: { f: {} }\nlog_sentences: [{ english: a, translation: b }]\n",
    });
    expect([ids("measures"), ids("frameworks"), ids("definitions")]).toEqual([["m"], ["f"], []]);
    expect([...logSentences]).toEqual([["a", "b"]]);
  });

  test("refuses another language and a thing that is translated twice", () => {
    expect(refusal(() => shelf({ "a.yaml": "language: fr\n" })).message).toContain('"de"');
    const twice = { "a.yaml": "language: de\nmeasures: { m: {} }\n" };
    expect(refusal(() => shelf({ ...twice, "b.yaml": twice["a.yaml"] })).message).toContain("too");
  });
});
