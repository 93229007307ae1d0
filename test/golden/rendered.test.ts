// The examples' reports as text, as they are read; audits.test.ts has every format. `npm run golden` rewrites the folder; read the
// difference before you commit it. Missing and surplus files fail.

import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { Policy, ReportGenerator, openLog } from "../../src/index.ts";
import type { ComplianceReport } from "../../src/index.ts";
import { toJson } from "../../src/renderers/json.ts";
import { toMarkdown } from "../../src/renderers/markdown.ts";
import { renderer as terminal } from "../../src/renderers/terminal.ts";

const folder = new URL("rendered/", import.meta.url);
const example = (name: string): string =>
  fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
const TYPES = ["soc2", "gdpr", "governance"];
const CONFIGURED = ["agent-governance", "eu-ai-act", "soc2-extended"];
const POLICY = Policy.fromYaml(example("policy.yaml"));
const rewrite = process.env["UPDATE_GOLDEN"] === "1" && process.env["CI"] === undefined;

const NOW = "2026-03-10T09:00:00Z";

/** Of an audit database beside its policy, and of a log of another system. */
async function rendered(): Promise<Map<string, string>> {
  const generator = new ReportGenerator(POLICY);
  const database = [
    ...(await reportsOf("aegis_audit.db", generator, { types: TYPES })),
    ...(await reportsOf("aegis_audit.db", generator, {
      types: CONFIGURED,
      config: example("aegis-compliance.yaml"),
    })),
  ];
  const trail = await reportsOf("trail.jsonl", new ReportGenerator(), {
    types: [...TYPES, "nist-800-53"],
  });
  return new Map([...textsOf(database, ""), ...textsOf(trail, "trail-")]);
}

function textsOf(reports: readonly ComplianceReport[], prefix: string): [string, string][] {
  return reports.flatMap((report): [string, string][] => [
    [`${prefix}${report.reportType}.json`, toJson(report)],
    [`${prefix}${report.reportType}.md`, toMarkdown(report)],
    [`${prefix}${report.reportType}.txt`, terminal.render(report)],
  ]);
}

async function reportsOf(
  name: string,
  generator: ReportGenerator,
  { types, config }: { readonly types: readonly string[]; readonly config?: string },
): Promise<readonly ComplianceReport[]> {
  const engine = await openLog(example(name));
  const reports = await generator.generateAll(engine, types, {
    now: NOW,
    ...(config === undefined ? {} : { config }),
  });
  await engine.close();
  return reports;
}

test("the examples' reports read as they did", async () => {
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
