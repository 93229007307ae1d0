// The example's reports, as they are read. `npm run golden` rewrites the folder; read the
// difference before you commit it. Missing and surplus files fail.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Policy, RENDERERS, ReportGenerator, sqlite } from "../../src/index.ts";

const folder = new URL("rendered/", import.meta.url);
const example = (name: string): string =>
  fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
const TYPES = ["soc2", "gdpr", "governance"];
const rewrite = process.env["UPDATE_GOLDEN"] === "1" && process.env["CI"] === undefined;

async function rendered(): Promise<Map<string, string>> {
  const engine = await sqlite(example("aegis_audit.db"));
  const generator = new ReportGenerator(Policy.fromYaml(example("policy.yaml")));
  const reports = await generator.generateAll(engine, TYPES, { now: "2026-03-10T09:00:00Z" });
  await engine.close();
  const renderers = await Promise.all(Object.values(RENDERERS).map((load) => load()));
  return new Map(
    reports.flatMap((report) =>
      renderers.map(
        ({ renderer }) =>
          [`${report.reportType}.${renderer.extension}`, renderer.render(report)] as const,
      ),
    ),
  );
}

test("the example's reports read as they did", async () => {
  const files = await rendered();
  mkdirSync(folder, { recursive: true });
  if (rewrite) for (const [name, text] of files) writeFileSync(new URL(name, folder), text);
  expect(readdirSync(folder).sort()).toEqual([...files.keys()].sort());
  const kept = [...files.keys()].map((name) => [
    name,
    readFileSync(new URL(name, folder), "utf8"),
  ]);
  expect(Object.fromEntries(files)).toEqual(Object.fromEntries(kept));
});
