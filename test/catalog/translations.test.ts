// The shelf of translations: every file is in order, and what is said to be complete is.
// `MISSING=de npx vitest run test/catalog/translations.test.ts` lists what a language lacks.

import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { checkForm } from "../../src/catalog/file-schema.ts";
import { translationsIn } from "../../src/catalog/translation-shelf.ts";
import { parseYamlFile } from "../../src/catalog/yaml-file.ts";
import { LANGUAGES } from "../../src/languages/languages.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const english = loadCatalog();
const languages = readdirSync(`${ROOT}translations`);

/** Texts of one framework's report that stand in English. */
function untranslated(language: string, framework: string): readonly string[] {
  return loadCatalog({ language }).framework(framework).untranslated;
}

test("a folder for each language but English, which is the original", () => {
  const codes = Object.keys(LANGUAGES).filter((code) => code !== "en");
  expect(languages.toSorted()).toEqual(codes.toSorted());
});

describe.each(languages)("%s", (language) => {
  const files = readdirSync(`${ROOT}translations/${language}`);
  const shelf = translationsIn(ROOT, language, parseYamlFile);
  const catalog = loadCatalog({ language });

  test.each(files)("%s has the form of the schema", (file) => {
    const yaml = parseYamlFile(`${ROOT}translations/${language}/${file}`);
    expect(() => checkForm(yaml, "translation")).not.toThrow();
  });

  test("everything that is translated exists", () => {
    expect(english.frameworkIds).toEqual(expect.arrayContaining([...shelf.ids("frameworks")]));
    expect(english.everyMeasureId).toEqual(expect.arrayContaining([...shelf.ids("measures")]));
    const words = [...english.definitions().meanings.keys()];
    expect(words).toEqual(expect.arrayContaining([...shelf.ids("definitions")]));
  });

  test.each(shelf.ids("measures"))("measure %s fits its original", (id) => {
    expect(catalog.askedMeasure(id).id).toBe(id);
  });

  test.each(shelf.ids("frameworks"))("framework %s fits its original", (id) => {
    const { framework } = catalog.framework(id);
    expect(framework.id).toBe(id);
    expect(framework.digest).toBe(english.framework(id).framework.digest);
  });

  test("every sentence of a mapping that is translated stands in one", () => {
    const said = english.mappingIds.flatMap((id) =>
      Array.from(english.mapping(id).cannotAnswer.values()),
    );
    expect(said).toEqual(expect.arrayContaining([...shelf.logSentences.keys()]));
  });
});

describe("German", () => {
  test.each(english.frameworkIds)("%s is complete", (framework) => {
    expect(untranslated("de", framework)).toEqual([]);
  });
});

test("a language that nobody translated into lacks every text", () => {
  expect(untranslated("xx", "governance").length).toBeGreaterThan(20);
  expect(untranslated("en", "governance")).toEqual([]);
});

const asked = process.env["MISSING"];
test.runIf(asked !== undefined)("what is missing", () => {
  const language = asked ?? "";
  const missing = new Set(english.frameworkIds.flatMap((id) => untranslated(language, id)));
  const texts = [...missing].sort();
  console.log(`${texts.length} texts have no translation into ${language}:\n${texts.join("\n")}`);
  expect(readFileSync(`${ROOT}schemas/translation.schema.json`, "utf8")).not.toBe("");
});
