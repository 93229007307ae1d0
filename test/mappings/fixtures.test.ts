// Every mapping on the shelf: it loads as one from elsewhere would, its fixture comes out as
// stated, and it takes its own fixture for its own and nobody else's.

import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { checkFile } from "../../src/catalog/check-file.ts";
import { parseYamlFile } from "../../src/catalog/yaml-file.ts";
import { fixtureIn } from "../../src/intake/fixture.ts";
import { recogniseInput } from "../../src/intake/plan.ts";
import { testFixture } from "../../src/mapping-fixture.ts";
import type { ByteStream, LogFile } from "../../src/sources/source.ts";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const catalog = loadCatalog();
const fixtureOf = (id: string): string => `${FOLDER}${id}.yaml`;

test("every mapping has a fixture, and every fixture a mapping", () => {
  const fixtures = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length));
  expect(fixtures.sort()).toEqual([...catalog.mappingIds]);
});

describe.each(catalog.mappingIds)("%s", (id) => {
  const path = catalog.mappingFile(id);

  test("is in order", () => {
    expect(checkFile(path)).toEqual({ kind: "mapping", id });
    expect(catalog.loadMapping(path)).toEqual(catalog.mapping(id));
  });

  test.skipIf(!existsSync(fixtureOf(id)))("its fixture comes out as stated", async () => {
    expect(await testFixture(catalog.mapping(id), fixtureOf(id))).toEqual([]);
  });

  test.skipIf(!existsSync(fixtureOf(id)))("its fixture is recognised among all", async () => {
    const { format, input } = fixtureIn(parseYamlFile(fixtureOf(id)).value, id);
    const stream: ByteStream = {
      async *open() {
        yield Buffer.from(input);
      },
    };
    const file: LogFile = { path: id, name: id, format, packing: "none", stream };
    expect((await recogniseInput(file, catalog.mappings()))?.id).toBe(id);
  });
});
