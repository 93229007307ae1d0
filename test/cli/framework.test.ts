// Frameworks of one's own at the command line, from the first file to the report.

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { run } from "./program.ts";
import type { Outcome } from "./program.ts";

const cwd = mkdtempSync(join(tmpdir(), "framework-"));
afterAll(() => rmSync(cwd, { recursive: true, force: true }));
const EXAMPLE = fileURLToPath(new URL("../../examples/aegis_audit.db", import.meta.url));

const MEASURE = `id: refunds-unasked
title: Refunds without a human
kind: count
question: How many refunds went through without a human?
limitations: Refunds made elsewhere are not in the log.
population: action_type.lowerAscii() == "refund"
exception: approval.lowerAscii() == "auto"
examples:
  - name: one of two
    entries:
      - { id: 1, action_type: refund, approval: auto }
      - { id: 2, action_type: Refund, approval: approve }
    expect: { population: 2, exceptions: 1, exception_ids: [1] }
`;

let started: Outcome;
beforeAll(async () => {
  started = await run(["framework", "init", "house-rules"], { cwd });
  mkdirSync(join(cwd, "own", "measures"), { recursive: true });
  writeFileSync(join(cwd, "own", "measures", "refunds-unasked.yaml"), MEASURE);
  writeFileSync(
    join(cwd, "own", "refunds.yaml"),
    `id: refunds
title: Refunds
edition: "1"
publisher: Us
source: This file.
text_policy: Ours.
criteria_in_edition: 1
criteria:
  - id: refunds-asked
    title: Refunds are asked for
    category: access_control
    measure: refunds-unasked
    weight: 10
    limits:
      - { result: pass, when: exceptions == 0, severity: info, points: 0, description: None., recommendation: "" }
      - { result: fail, severity: critical, points: 10, description: "{exceptions} of {population}. See {first}.", recommendation: Ask. }
    empty: not-exercised
    when_empty: { description: No refund., recommendation: "" }
not_assessed: []
`,
  );
});

describe("a framework of one's own", () => {
  test("the starter is in order, and is not overwritten", async () => {
    expect(started).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("report --framework house-rules.yaml"),
    });
    const [lint, again, odd] = await Promise.all([
      run(["framework", "lint", "house-rules.yaml"], { cwd }),
      run(["framework", "init", "house-rules"], { cwd }),
      run(["framework", "init", "House Rules"], { cwd }),
    ]);
    expect(lint).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/1 criterion .*in order/),
    });
    expect(again).toMatchObject({ code: 2, stderr: expect.stringContaining("is there already") });
    expect(odd).toMatchObject({ code: 2, stderr: expect.stringContaining("no id of a framework") });
    expect(existsSync(join(cwd, "House Rules.yaml"))).toBe(false);
  });

  test("becomes a report of type custom", async () => {
    const words = ["report", EXAMPLE, "--framework", "house-rules.yaml", "--json"];
    const { code, stdout } = await run([...words, "--now", "2026-03-10"], { cwd });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      report_type: "custom",
      total_actions: 488,
      framework: { id: "house-rules" },
      findings: [{ criterion: "decided-by-a-rule", result: "pass" }],
    });
  });

  test("stands beside the others, in files by type", async () => {
    const words = ["report", EXAMPLE, "--framework", "own/refunds.yaml", "--type", "soc2"];
    const { code, stderr } = await run([...words, "--now", "2026-03-10", "-o", "out/"], { cwd });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: "wrote out/soc2.md\nwrote out/custom.md\n",
    });
  });

  test("asks measures of one's own, whose examples are run", async () => {
    const { code, stdout } = await run(["framework", "test", "own/refunds.yaml"], { cwd });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "own/refunds.yaml: 1 example of 1 measure; all as stated\n",
    });
    const wrong = MEASURE.replace(
      "exceptions: 1, exception_ids: [1]",
      "exceptions: 0, exception_ids: []",
    );
    mkdirSync(join(cwd, "bad", "measures"), { recursive: true });
    writeFileSync(join(cwd, "bad", "measures", "refunds-unasked.yaml"), wrong);
    copyFileSync(join(cwd, "own", "refunds.yaml"), join(cwd, "bad", "refunds.yaml"));
    const bad = await run(["framework", "test", "bad/refunds.yaml"], { cwd });
    expect(bad.code).toBe(1);
    expect(bad.stdout).toContain('refunds-unasked, one of two: expected {"population":2');
  });

  test("may not call a measure as the package does", () => {
    mkdirSync(join(cwd, "same", "measures"), { recursive: true });
    writeFileSync(
      join(cwd, "same", "measures", "policy-evaluated.yaml"),
      MEASURE.replace("id: refunds-unasked", "id: policy-evaluated"),
    );
    expect(() => loadCatalog().loadFramework(join(cwd, "own", "refunds.yaml"))).not.toThrow();
    writeFileSync(
      join(cwd, "same", "refunds.yaml"),
      "id: refunds\ntitle: R\nedition: '1'\npublisher: Us\nsource: S\ntext_policy: T\ncriteria_in_edition: 1\ncriteria: [{id: a, title: A, category: c, measure: policy-evaluated, weight: 1, limits: [{result: context, severity: info, points: 0, description: D, recommendation: ''}], empty: not-exercised, when_empty: {description: D, recommendation: ''}}]\nnot_assessed: []\n",
    );
    expect(() => loadCatalog().loadFramework(join(cwd, "same", "refunds.yaml"))).toThrow(
      /a measure of this package is called "policy-evaluated" already/,
    );
  });

  test("custom needs a framework, and a wrong one says where it is wrong", async () => {
    writeFileSync(join(cwd, "wrong.yaml"), "id: wrong\ncriterias: []\n");
    const [none, wrong] = await Promise.all([
      run(["report", EXAMPLE, "--type", "custom"], { cwd }),
      run(["framework", "lint", "wrong.yaml"], { cwd }),
    ]);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining("--framework") });
    expect(wrong).toMatchObject({ code: 3, stderr: expect.stringContaining("wrong.yaml:2:1") });
  });
});

describe.concurrent("what is there", () => {
  test("show lists criteria, their measures and weights", async () => {
    const { code, stdout } = await run(["framework", "show", "soc2"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^CC6\.1 +Logical Access Security +policy-evaluated +20$/m);
    const json = await run(["framework", "show", "gdpr", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ id: "gdpr", criteria_total: 40 });
  });

  test("explain says what is asked, what counts, what it is worth, and gives an example", async () => {
    const { code, stdout } = await run(["framework", "explain", "cc6.8"]);
    expect(code).toBe(0);
    for (const heading of ["Asks", "Over", "Reads", "Cannot show", "Results", "Example: "]) {
      expect(stdout).toMatch(new RegExp(`^${heading}`, "m"));
    }
    expect(stdout).toContain("elevated: The action was rated HIGH or CRITICAL.");
    expect(stdout).toMatch(/gives \{"population":/);
    const unknown = await run(["framework", "explain", "CC9.9", "--in", "soc2"]);
    expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining("Tested are") });
  });

  test("explain knows the criteria of every framework, and measures by id and code", async () => {
    const [criterion, byCode, byId] = await Promise.all([
      run(["framework", "explain", "CC6.1"]),
      run(["framework", "explain", "enf-01"]),
      run(["framework", "explain", "block-bypass"]),
    ]);
    expect(criterion.stdout.match(/^CC6\.1 /gm)).toHaveLength(2);
    expect(criterion.stdout).toMatch(/^ENF-01 block-bypass: /m);
    expect(criterion.stdout).toMatch(/^ {2}Basis: zero tolerance\. /m);
    expect(criterion.stdout).toMatch(/^It does not show$/m);
    expect(byCode.stdout).toMatch(/^ENF-01 block-bypass: /);
    expect(byCode).toEqual(byId);
    for (const line of byId.stdout.split("\n")) {
      expect(line.startsWith("  {") || line.startsWith("  gives") || line.length <= 80).toBe(true);
    }
  });

  test("a starter of the weighted kind is in order and becomes a report", async () => {
    const made = await run(["framework", "init", "weighed", "--scoring", "weighted"], { cwd });
    expect(made.code).toBe(0);
    const lint = await run(["framework", "lint", "weighed.yaml"], { cwd });
    expect(lint).toMatchObject({ code: 0, stdout: expect.stringContaining("in order") });
    const words = ["report", EXAMPLE, "--framework", "weighed.yaml", "--json"];
    const { stdout } = await run([...words, "--now", "2026-03-10"], { cwd });
    expect(JSON.parse(stdout)).toMatchObject({
      report_type: "custom",
      score: 100,
      framework: { id: "weighed", scoring: "weighted" },
      findings: [{ criterion: "R1", result: "pass" }],
    });
  });
});

describe("a configuration", () => {
  const YAML = `inputs:
  roster: [support-agent]
definitions:
  class_change: { cel: 'action_type.hasWord(["deploy"])', reason: only these }
frameworks:
  eu-ai-act: { answers: { role: deployer, high_risk: annex-iii } }
`;

  test("is taken from the current folder or where it is named, and is stated", async () => {
    const folder = join(cwd, "configured");
    mkdirSync(folder);
    writeFileSync(join(folder, "aegis-compliance.yaml"), YAML);
    const words = ["report", EXAMPLE, "--type", "eu-ai-act,soc2-extended", "--json", "-q"];
    const now = ["--now", "2026-03-10"];
    const [found, named, none] = await Promise.all([
      run([...words, ...now], { cwd: folder }),
      run([...words, ...now, "--config", "configured/aegis-compliance.yaml"], { cwd }),
      run([...words, ...now], { cwd }),
    ]);
    expect(found.code).toBe(0);
    const [act, soc2] = JSON.parse(found.stdout);
    expect(act.weighted.questions).toMatchObject([
      { answer: ["deployer"] },
      { answer: ["annex-iii"] },
    ]);
    expect(soc2.overrides).toMatchObject([{ kind: "definition", name: "class_change" }]);
    expect(soc2.inputs).toContainEqual(expect.objectContaining({ name: "roster", given: true }));
    expect(JSON.parse(named.stdout)[1].findings).toEqual(soc2.findings);
    expect(JSON.parse(none.stdout)[0].weighted.questions[0].answer).toBeNull();
  });

  test("is refused with its line when it is wrong, and is never written over", async () => {
    writeFileSync(join(cwd, "wrong.yaml"), "inputs:\n  rooster: [a]\n");
    const words = ["report", EXAMPLE, "--config", "wrong.yaml"];
    const [wrong, over] = await Promise.all([
      run(words, { cwd }),
      run([...words, "-o", "wrong.yaml"], { cwd }),
    ]);
    expect(wrong).toMatchObject({ code: 3, stderr: expect.stringContaining("(wrong.yaml:2:3)") });
    expect(over.code).toBe(2);
  });
});
