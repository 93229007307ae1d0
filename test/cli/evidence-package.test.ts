import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { makeFolder, writeLongLog } from "./log.ts";
import { bash, run } from "./program.ts";

const root = makeFolder();
const DATABASE = join(root, "aegis_audit.db");
const NOW = ["--now", "2026-02-01"];

/** What a failing report needs: high risk, let through without asking, with a secret in it. */
const LINES = Array.from({ length: 120 }, (_, id) =>
  JSON.stringify({
    id: id + 1,
    timestamp: `2026-01-0${1 + (id % 9)}T10:00:${String(id % 60).padStart(2, "0")}Z`,
    action_type: "delete_record",
    action_target: id % 2 === 0 ? "crm" : "mail jane.doe@example.com",
    risk_level: "HIGH",
    approval: "auto",
    matched_rule: "a_rule",
    agent_id: "cleaner",
    result_status: "success",
  }),
);
writeFileSync(join(root, "log.jsonl"), `${LINES.join("\n")}\n`);

function begin() {
  const cwd = mkdtempSync(join(root, "package-"));
  const report = (log: string, ...words: readonly string[]) =>
    run(["report", join(root, log), ...NOW, ...words], { cwd });
  return { cwd, report };
}

function unpacked(path: string): Readonly<Record<string, string>> {
  const files = Object.entries(unzipSync(readFileSync(path)));
  return Object.fromEntries(files.map(([name, data]) => [name, strFromU8(data, true)]));
}

const has = (program: string): boolean => {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

describe.concurrent("--bundle", () => {
  test.each(["aegis_audit.db", "log.jsonl"])("of %s holds what ties", async (log) => {
    const { cwd, report } = begin();
    const { code, stdout, stderr } = await report(log, "-t", "soc2,gdpr", "--bundle", "a.zip");
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
    expect(stderr).toMatch(/^wrote a\.zip$/m);
    expect(readdirSync(cwd)).toEqual(["a.zip"]);
    const files = unpacked(join(cwd, "a.zip"));
    expect(Object.keys(files)).toEqual(Object.keys(files).toSorted());
    for (const name of ["soc2.json", "gdpr.html", "soc2.md", "gdpr.xlsx", "soc2.csv"]) {
      expect(files).toHaveProperty([`reports/${name}`]);
    }
    for (const line of (files["digests.txt"] ?? "").trimEnd().split("\n")) {
      const [digest, path = ""] = line.split("  ");
      const content = Buffer.from(files[path] ?? "", "latin1");
      expect(createHash("sha256").update(content).digest("hex")).toBe(digest);
    }
    const soc2 = JSON.parse(files["reports/soc2.json"] ?? "") as {
      readonly findings: readonly { readonly criterion: string; readonly exceptions: number }[];
    };
    const stated = soc2.findings.find(({ criterion }) => criterion === "CC6.8")?.exceptions ?? 0;
    const lines = (files["evidence/elevated-auto-approved.jsonl"] ?? "").trimEnd().split("\n");
    expect(stated).toBeGreaterThan(0);
    expect(lines).toHaveLength(stated);
  });

  test.skipIf(!has("unzip") || !has("sha256sum"))(
    "is checked as its README says (needs unzip and sha256sum)",
    async () => {
      const { cwd, report } = begin();
      await report("log.jsonl", "--bundle", "a.zip");
      mkdirSync(join(cwd, "to"));
      const { code, stderr } = await bash(
        "unzip -tq a.zip && unzip -q a.zip -d to && cd to && sha256sum -c --quiet digests.txt",
        { cwd },
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    },
  );

  test("is the same bytes again, in another zone and language of the machine", async () => {
    const { cwd } = begin();
    const words = ["report", join(root, "log.jsonl"), ...NOW, "-t", "soc2", "--sample", "3", "-q"];
    const surroundings = [
      {},
      { TZ: "Asia/Tokyo", LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" },
      { TZ: "America/St_Johns", LANG: "tr_TR.UTF-8" },
    ];
    await Promise.all(
      surroundings.map((env, at) => run([...words, "--bundle", `${at}.zip`], { cwd, env })),
    );
    const [one, ...others] = surroundings.map((_, at) =>
      createHash("sha256")
        .update(readFileSync(join(cwd, `${at}.zip`)))
        .digest("hex"),
    );
    expect(others).toEqual([one, one]);
  });

  test("masks evidence, and shows it for a reason that the report records", async () => {
    const { cwd, report } = begin();
    await report("log.jsonl", "-t", "soc2", "--bundle", "masked.zip");
    await report("log.jsonl", "-t", "soc2", "--bundle", "open.zip", "--reveal", "case 4711");
    const masked = unpacked(join(cwd, "masked.zip"));
    const open = unpacked(join(cwd, "open.zip"));
    expect(Object.values(masked).join("\n")).not.toContain("jane.doe@example.com");
    expect(open["evidence/elevated-auto-approved.csv"]).toContain("jane.doe@example.com");
    expect(open["README.txt"]).toContain("case 4711");
    expect(open["reports/soc2.json"]).toContain('"revealed": "case 4711"');
  });

  test("is in the language asked for", async () => {
    const { cwd, report } = begin();
    await report("log.jsonl", "-t", "soc2", "--language", "de", "--bundle", "a.zip");
    const files = unpacked(join(cwd, "a.zip"));
    expect(files["README.txt"]).toMatch(/^Nachweispaket\n/);
    expect(files["reports/soc2.html"]).toContain('lang="de"');
  });

  test("goes with files and standard output", async () => {
    const { cwd, report } = begin();
    const words = ["--bundle", "a.zip", "-o", "a.md", "-o", "-", "--format", "json", "-q"];
    const { stdout, stderr } = await report("log.jsonl", ...words);
    expect(stderr).toBe("");
    expect(JSON.parse(stdout)).toHaveProperty("report_type");
    expect(readdirSync(cwd)).toEqual(["a.md", "a.zip"]);
  });

  test("names a rejected record once, though the log is read twice", async () => {
    const { cwd, report } = begin();
    const lines = LINES.concat('{"action_type": 7');
    writeFileSync(join(root, "odd.jsonl"), `${lines.join("\n")}\n`);
    await report("odd.jsonl", "-t", "soc2", "--bundle", "a.zip", "--rejected", "bad.jsonl");
    expect(readFileSync(join(cwd, "bad.jsonl"), "utf8").trimEnd().split("\n")).toHaveLength(1);
  });

  test("an interrupted run leaves no half file and no folder", async () => {
    const { cwd } = begin();
    const long = join(root, "long.db");
    writeLongLog(long, 100_000);
    const line = `
      for delay in 0.3 0.6 0.9 1.2 1.5; do
        $CLI report ${long} -q -t governance --now 2026-02-01 --bundle a.zip & pid=$!
        sleep $delay; kill -INT $pid 2>/dev/null; wait $pid
        [ -e a.zip ] && { head -c 2 a.zip; echo; rm a.zip; }
        ls -A
      done`;
    const { stdout } = await bash(line, { cwd });
    expect(stdout).toMatch(/^(PK\n)*$/);
  });
});

describe.concurrent("refused with 2 before anything is read", () => {
  test.each([
    [["--bundle", "to/"], "this is no place for a file"],
    [["--bundle", "/dev/null"], "this is no place for a file"],
    [["--bundle", DATABASE], "would overwrite the input"],
    [["--bundle", "a.zip", "-o", "./a.zip", "-f", "json"], "named twice"],
    [["--seed", "x"], "--seed: nothing is drawn"],
    [["-f", "csv-sample"], "--format csv-sample: nothing is drawn"],
    [["--pdf-standard", "ua-1"], "--pdf-standard: no output is a PDF"],
    [["--pdf-standard", "x"], "Allowed choices are a-3a, ua-1"],
    [["--reveal", " "], "Expected a reason"],
    [["--sample", "0"], "Expected a whole number from 1"],
    [["--language", "xx"], "--language: expected a language"],
    [["--unmasked"], "unknown option '--unmasked'"],
  ])("%j", async (words, reason) => {
    const { cwd, report } = begin();
    const { code, stdout, stderr } = await report("aegis_audit.db", ...words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(reason);
    expect(readdirSync(cwd)).toEqual([]);
  });

  test("a log from standard input, which cannot be read twice", async () => {
    const { cwd } = begin();
    const words = ["report", "-", "--bundle", "a.zip"];
    const { code, stderr } = await run(words, { cwd, input: `${LINES[0] ?? ""}\n` });
    expect(code).toBe(2);
    expect(stderr).toContain("standard input can be read only once");
  });
});

describe.concurrent("formats", () => {
  test("a binary one goes to a pipe as it is", async () => {
    const { cwd } = begin();
    const { stdout } = await bash(
      `$CLI report ${DATABASE} --now 2026-02-01 -f xlsx > a.xlsx; $CLI report ${DATABASE} --now 2026-02-01 -o b.xlsx -q; cmp a.xlsx b.xlsx && head -c 2 a.xlsx`,
      { cwd },
    );
    expect(stdout).toBe("PK");
  });

  test("a folder gets all that are named, and the log's text acts in none", async () => {
    const { cwd, report } = begin();
    const formats = "json,markdown,html,csv,csv-exceptions,csv-population,csv-sample,xlsx,terminal";
    const { code } = await report("aegis_audit.db", "-f", formats, "-o", "to/", "--sample", "2");
    expect(code).toBe(0);
    expect(readdirSync(join(cwd, "to"))).toHaveLength(formats.split(",").length);
  });
});
