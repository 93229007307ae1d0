// The mapping that docs/mappings.md shows is one that loads.

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";

const PAGE = readFileSync(new URL("../../docs/mappings.md", import.meta.url), "utf8");

test("the example loads", () => {
  const [, text] = /```yaml\n(id: door-log[\s\S]*?)```/.exec(PAGE) ?? [];
  const mapping = loadCatalog().loadMapping({ text: text ?? "", file: "door-log.yaml" });
  expect(mapping.id).toBe("door-log");
});

test("every key of a mapping is explained, and no other", () => {
  const schema = JSON.parse(
    readFileSync(new URL("../../schemas/mapping.schema.json", import.meta.url), "utf8"),
  ) as { readonly properties: Readonly<Record<string, unknown>> };
  const [, table = ""] = /\| key +\|[^\n]*\n([\s\S]*?)\n\n/.exec(PAGE) ?? [];
  const explained = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, key]) => key);
  const obvious = ["id", "title", "version", "source", "basis", "limitations", "key_meaning"];
  expect(new Set([...explained, ...obvious])).toEqual(new Set(Object.keys(schema.properties)));
});
