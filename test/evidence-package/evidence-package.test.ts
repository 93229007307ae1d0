import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { writeEvidencePackage } from "../../src/evidence-package/evidence-package.ts";
import type { EvidencePackage } from "../../src/evidence-package/evidence-package.ts";
import { entryFiles } from "../../src/evidence-package/evidence.ts";
import { csvLines } from "../../src/evidence-package/line.ts";
import { openSpool } from "../../src/evidence-package/spool.ts";
import { languageOf } from "../../src/languages/languages.ts";
import { ComplianceError } from "../../src/model/error.ts";
import { WEIGHTED_REPORT } from "../renderers/weighted-fixture.ts";
import { FAILED, PACKAGED, STATED, entryOf, listing, makeFolder, partsOf } from "./made.ts";

const folder = makeFolder();
let made = 0;

async function packed(
  changes: Partial<EvidencePackage> = {},
): Promise<{ path: string; files: Readonly<Record<string, string>> }> {
  made += 1;
  const path = join(folder, `package-${made}.zip`);
  await writeEvidencePackage({ ...partsOf(), out: path, ...changes });
  const files = unzipSync(readFileSync(path));
  return {
    path,
    files: Object.fromEntries(Object.entries(files).map(([name, data]) => [name, strFromU8(data)])),
  };
}

function rowsOf(csv: string | undefined): readonly Readonly<Record<string, string>>[] {
  return parse<Record<string, string>>(csv ?? "", { columns: true });
}

function linesOf(jsonl: string | undefined): readonly Readonly<Record<string, unknown>>[] {
  return (jsonl ?? "")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const hasUnzip = ((): boolean => {
  try {
    execFileSync("unzip", ["-v"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

describe("the package", () => {
  test("holds these files, sorted, each once", async () => {
    const { files } = await packed();
    expect(Object.keys(files)).toEqual([
      "README.txt",
      "controls.csv",
      "definitions/index.csv",
      "digests.txt",
      `evidence/${FAILED}.csv`,
      `evidence/${FAILED}.jsonl`,
      "population.json",
      "reports/soc2.json",
    ]);
  });

  test("names the digest of every other file", async () => {
    const { files } = await packed();
    const { "digests.txt": digests = "", ...others } = files;
    const expected = Object.entries(others).map(
      ([path, text]) => `${createHash("sha256").update(text).digest("hex")}  ${path}\n`,
    );
    expect(digests).toBe(expected.join(""));
  });

  test.skipIf(!hasUnzip)("is sound to other programs (needs unzip and sha256sum)", async () => {
    const { path } = await packed();
    const to = join(folder, "unpacked");
    mkdirSync(to);
    expect(execFileSync("unzip", ["-t", path], { encoding: "utf8" })).toContain("No errors");
    execFileSync("unzip", ["-q", path, "-d", to]);
    const check = ["-c", "sha256sum -c --quiet digests.txt"];
    expect(execFileSync("sh", check, { cwd: to, encoding: "utf8" })).toBe("");
    expect(execFileSync("unzip", ["-Z", path], { encoding: "utf8" })).toContain("80-Jan-01 00:00");
  });

  test("is the same bytes again, whatever the zone", async () => {
    const zone = process.env["TZ"];
    const one = readFileSync((await packed()).path).toString("base64");
    try {
      for (const other of ["Pacific/Kiritimati", "America/St_Johns", "UTC"]) {
        process.env["TZ"] = other;
        expect(readFileSync((await packed()).path).toString("base64") === one).toBe(true);
      }
    } finally {
      if (zone === undefined) delete process.env["TZ"];
      else process.env["TZ"] = zone;
    }
  });

  test("leaves nothing beside it", async () => {
    await packed();
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  test("replaces the file behind a link and not the link", async () => {
    const real = join(folder, "real.zip");
    const link = join(folder, "link.zip");
    writeFileSync(real, "old");
    symlinkSync(real, link);
    await packed({ out: link }).catch(() => undefined);
    expect(readFileSync(real).subarray(0, 2).toString()).toBe("PK");
  });
});

describe("evidence", () => {
  test("has every exception, as many as the report states, alike in both formats", async () => {
    const { files } = await packed();
    const lines = linesOf(files[`evidence/${FAILED}.jsonl`]);
    const rows = rowsOf(files[`evidence/${FAILED}.csv`]);
    expect(lines.map(({ id }) => id)).toEqual(Array.from({ length: STATED }, (_, id) => id + 1));
    expect(rows.map(({ id }) => Number(id))).toEqual(lines.map(({ id }) => id));
    expect(rows[0]?.["action_params"]).toBe(lines[0]?.["action_params"]);
    expect(rows[2]?.["action_desc"]).not.toMatch(/\n|\u202e/);
    expect(lines[2]?.["action_desc"]).toBe("two\nlines, “quoted” \u202e");
  });

  test("is masked, and ids and times are not", async () => {
    const { files } = await packed();
    const text = Object.values(files).join("\n");
    expect(text).not.toContain("hunter2");
    expect(text).not.toContain("jane.doe@example.com");
    expect(linesOf(files[`evidence/${FAILED}.jsonl`])[3]).toMatchObject({
      id: 4,
      timestamp: "2026-01-02T03:15:00.250000+00:00",
      action_params: '{"row":4,"password":"[REDACTED]","note":"a, b"}',
      agent_id: "[REDACTED]",
    });
  });

  test("is not masked where the report states why, and the README says so", async () => {
    const revealed = { ...PACKAGED, masking: { revealed: "case 4711", texts: 0 } };
    const { files } = await packed({ reports: [revealed] });
    expect(files[`evidence/${FAILED}.jsonl`]).toContain("hunter2");
    expect(files["README.txt"]).toContain("case 4711");
  });

  test("holds no formula", async () => {
    const { files } = await packed();
    const cells = rowsOf(files[`evidence/${FAILED}.csv`]).flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^[=+\-@\t\r]/.test(cell))).toEqual([]);
    expect(cells).toContain('\'=HYPERLINK("http://x","y")');
  });

  test.each([0, STATED - 1, STATED + 1])("of another number (%i) is refused", async (entries) => {
    const out = join(folder, `changed-${entries}.zip`);
    const writing = writeEvidencePackage({ ...partsOf(), engine: listing(entries), out });
    await expect(writing).rejects.toMatchObject({ code: "source-changed" });
    expect(readdirSync(folder).filter((name) => name.includes("changed"))).toEqual([]);
  });

  test("is not asked for where no measure has any", async () => {
    const quiet = {
      ...PACKAGED,
      findings: PACKAGED.findings.map((one) => ({ ...one, exceptions: 0, exceptionEntries: [] })),
    };
    const engine = {
      exceptions: () => {
        throw new Error("read again for nothing");
      },
    };
    const { files } = await packed({ reports: [quiet], engine });
    expect(Object.keys(files).filter((path) => path.startsWith("evidence/"))).toEqual([]);
    expect(files["README.txt"]).toContain("No measure of these reports has an exception.");
  });
});

describe("controls.csv", () => {
  test("has each finding with the report's numbers and its file", async () => {
    const { files } = await packed();
    const rows = rowsOf(files["controls.csv"]);
    expect(rows).toHaveLength(PACKAGED.findings.length + PACKAGED.notAssessed.length);
    expect(rows.find(({ criterion }) => criterion === "CC6.8")).toMatchObject({
      report: "soc2",
      result: "fail",
      measure: FAILED,
      population: "412",
      exceptions: String(STATED),
      evidence: `evidence/${FAILED}.jsonl evidence/${FAILED}.csv`,
    });
    for (const { evidence = "" } of rows) {
      for (const path of evidence.split(" ").filter(Boolean)) expect(files).toHaveProperty([path]);
    }
  });

  test("has each test of a weighted framework", async () => {
    const tests = (WEIGHTED_REPORT.weighted?.tests ?? []).filter(
      ({ exceptions }) => exceptions === 0,
    );
    const report = {
      ...WEIGHTED_REPORT,
      ...(WEIGHTED_REPORT.weighted === undefined
        ? {}
        : { weighted: { ...WEIGHTED_REPORT.weighted, tests } }),
    };
    const { files } = await packed({ reports: [report] });
    const rows = rowsOf(files["controls.csv"]);
    const asked = report.findings.flatMap(({ weighted }) =>
      (weighted?.decisive ?? []).concat(weighted?.supporting ?? []),
    );
    expect(rows.filter(({ role }) => role !== "")).toHaveLength(asked.length);
  });
});

/** The README of one report's package, in one line. */
async function readmeOf(report: typeof PACKAGED): Promise<string> {
  const { files } = await packed({ reports: [report] });
  return (files["README.txt"] ?? "").replace(/\s+/g, " ");
}

describe("other parts", () => {
  test("definitions whose digest the report names, word for word", async () => {
    const text = "id: soc2\n";
    const sha256 = createHash("sha256").update(text).digest("hex");
    const report = { ...PACKAGED, framework: { ...PACKAGED.framework, digest: sha256 } };
    const { files } = await packed({
      reports: [report],
      definitions: [
        { kind: "framework", id: "soc2", bytes: Buffer.from(text) },
        { kind: "definitions", id: "definitions", bytes: Buffer.from("another version") },
      ],
    });
    expect(files["definitions/frameworks/soc2.yaml"]).toBe(text);
    expect(files).not.toHaveProperty(["definitions/definitions.yaml"]);
    expect(rowsOf(files["definitions/index.csv"])).toContainEqual({
      kind: "framework",
      id: "soc2",
      sha256,
      file: "definitions/frameworks/soc2.yaml",
    });
  });

  test("the README says what the definitions lack, and where the first page's counts come from", async () => {
    const change = { kind: "definition", name: "class_change", from: "true", to: "false" } as const;
    const { policy: _, configuration: __, ...bare } = { ...PACKAGED, overrides: [] };
    const plain = await readmeOf(bare);
    expect(plain).not.toMatch(/configuration replaces|ask the organisation/);
    expect(plain).toContain("as actions-by-approval and human-decisions ask.");
    const changed = await readmeOf({
      ...bare,
      overrides: [change],
      configuration: { name: "aegis-compliance.yaml", sha256: "0".repeat(64) },
    });
    expect(changed).toContain("configuration replaces 1 definition or limit in them");
    expect(changed).toContain("ask the organisation for the configuration, which is not in this");
  });

  test("a format whose package is missing is named and left out", async () => {
    const { files } = await packed({
      renderers: [
        {
          name: "pdf",
          mediaType: "application/pdf",
          extension: "pdf",
          render: () => {
            throw new ComplianceError("missing-package", "no typesetter", {
              hint: "npm i typesetter",
            });
          },
        },
      ],
    });
    expect(files["README.txt"]).toContain("Formats that are not here");
    expect(files["README.txt"]).toContain("npm i typesetter");
    expect(Object.keys(files).filter((path) => path.startsWith("reports/"))).toEqual([]);
  });

  test("the README is in the report's language, and no line of it is forged", async () => {
    const name = "log\u001b[31m\nForged line\u202e.db";
    const input = { name, kind: "sqlite", sha256: "0".repeat(64) } as const;
    const report = {
      ...PACKAGED,
      language: "de",
      population: { ...PACKAGED.population, inputs: [input] },
    };
    const { files } = await packed({ reports: [report] });
    const text = files["README.txt"] ?? "";
    expect(text).toMatch(/^Nachweispaket\n=+\n/);
    expect(text).not.toMatch(/^Forged/m);
    expect(text).not.toMatch(/(?!\n)\p{Cc}|\u202e/u);
    expect(text).not.toMatch(/\b(?:compliant|certified|konform|zertifiziert)\b/i);
  });
});

test("evidence that is too long for one table goes on in another", () => {
  const spool = openSpool(join(folder, "parts.zip"));
  try {
    const most = { rows: 2, bytes: 1_000_000 };
    const files = entryFiles(spool, "evidence/m", csvLines(languageOf("en")), most);
    for (let id = 1; id <= 5; id += 1) files.add(entryOf(id));
    expect(files.entries()).toBe(5);
    const paths = files.close();
    expect(paths).toEqual(
      ["m", "m.part2", "m.part3"].flatMap((name) => [
        `evidence/${name}.jsonl`,
        `evidence/${name}.csv`,
      ]),
    );
    const read = (path: string) =>
      readFileSync(spool.files().find((one) => one.path === path)?.file ?? "", "utf8");
    const rows = paths
      .filter((path) => path.endsWith(".csv"))
      .flatMap((path) => rowsOf(read(path)));
    expect(rows.map(({ id }) => id)).toEqual(["1", "2", "3", "4", "5"]);
  } finally {
    spool.remove();
  }
});

test("an aborted signal stops it and leaves nothing", async () => {
  const stop = new AbortController();
  const out = join(folder, "aborted.zip");
  const engine = {
    exceptions: async function* exceptions() {
      stop.abort(new Error("stopped"));
      yield* listing(STATED).exceptions({ ...partsOf().question, measures: [] });
      yield { measure: FAILED, entry: {} };
    },
  };
  const writing = writeEvidencePackage({ ...partsOf(), engine, out, signal: stop.signal });
  await expect(writing).rejects.toThrow("stopped");
  expect(readdirSync(folder).filter((name) => name.includes("aborted"))).toEqual([]);
});

test("a place that cannot be written is refused", async () => {
  const file = join(folder, "a-file");
  writeFileSync(file, "");
  const writing = writeEvidencePackage({ ...partsOf(), out: join(file, "package.zip") });
  await expect(writing).rejects.toMatchObject({ code: "invalid-option" });
});
