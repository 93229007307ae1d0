// The commands of docs/scale.md, run from top to bottom against real servers, and what it says of
// a lost shard.

import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAIN, bash, run } from "../cli/program.ts";
import { startClickHouse18 } from "../servers/clickhouse-18.ts";
import { startClickHouse26 } from "../servers/clickhouse-26.ts";
import type { Cluster } from "../servers/clickhouse.ts";
import { describeWith } from "../servers/needs.ts";
import { startPostgres } from "../servers/postgresql.ts";

const PAGE = readFileSync(new URL("../../docs/scale.md", import.meta.url), "utf8");
const EXAMPLE = fileURLToPath(new URL("../../examples/aegis_audit.db", import.meta.url));

/** Fenced blocks of a language, with the heading above each. */
function blocksOf(language: string): readonly (readonly [string, string])[] {
  let heading = "";
  const blocks: [string, string][] = [];
  for (const [, title, fence, text = ""] of PAGE.matchAll(
    /^#+ (.+)$|^```(\w+)\n([\s\S]*?)^```$/gm,
  )) {
    if (title !== undefined) heading = title;
    else if (fence === language) blocks.push([heading, text]);
  }
  return blocks;
}

const has = (program: string): boolean => {
  try {
    execFileSync("sh", ["-c", `command -v ${program}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

const CLUSTERS = {
  "clickhouse-18": startClickHouse18,
  "clickhouse-26": startClickHouse26,
} as const;

describe.skipIf(!has("psql") || !has("curl"))("docs/scale.md (needs psql and curl)", () => {
  describe.each(["clickhouse-18", "clickhouse-26"] as const)("%s", (version) => {
    describeWith(["postgresql", version], "and postgresql", () => {
      const cwd = mkdtempSync(join(tmpdir(), "scale-"));
      let cluster: Cluster;
      let stopPostgres: () => Promise<void>;
      /** Names of the page, and where they are here. */
      const places = new Map<string, string>();
      const here = (text: string): string =>
        [...places].reduce((done, [name, place]) => done.replaceAll(name, place), text);

      beforeAll(async () => {
        copyFileSync(EXAMPLE, join(cwd, "aegis_audit.db"));
        const postgres = await startPostgres();
        stopPostgres = postgres.stop;
        places.set("db.example", new URL(postgres.url).host);
        cluster = await CLUSTERS[version](3);
        for (const [index, { url, tcpPort }] of cluster.nodes.entries()) {
          const name = `ch-${index + 1}.example`;
          places.set(`${name}:8123`, new URL(url).host);
          places.set(
            `<host>${name}</host><port>9000</port>`,
            `<host>127.0.0.1</host><port>${tcpPort}</port>`,
          );
        }
      }, 60_000);

      afterAll(async () => {
        await Promise.all([cluster?.stop(), stopPostgres?.()]);
        rmSync(cwd, { recursive: true, force: true });
      });

      test("the configuration is that of the cluster", () => {
        const [[, xml] = []] = blocksOf("xml");
        const written = here(xml ?? "").replaceAll(/\s+/g, "");
        const file = join(cluster.folder, "node-1/config.xml");
        const used = readFileSync(file, "utf8").replaceAll(/\s+/g, "");
        expect(used).toContain(written);
      });

      test.each(blocksOf("sh"))(
        "%s",
        async (_heading, text) => {
          const program = `aegis-compliance() { '${process.execPath}' '${MAIN}' "$@"; }\n`;
          const { code, stdout, stderr } = await bash(
            `set -euo pipefail\n${program}${here(text)}`,
            { cwd },
          );
          expect({ code, stderr }).toEqual({
            code: 0,
            stderr: expect.not.stringMatching(/error/i),
          });
          if (!text.includes("grep")) return;
          const scores = stdout.trimEnd().split("\n").slice(-2);
          expect(scores[0]).toMatch(/^cluster\.json:.*"score": \d/);
          expect(scores[0]?.replace("cluster.json", "")).toBe(scores[1]?.replace("file.json", ""));
        },
        60_000,
      );

      test("left the reports that it names", () => {
        const names = ["all.md", "cluster.json", "file.json", "soc2.md"];
        expect(readdirSync(cwd)).toEqual(expect.arrayContaining(names));
        const bare = (name: string): unknown =>
          JSON.parse(readFileSync(join(cwd, name), "utf8"), (key, value: unknown) =>
            key === "inputs" ? [] : value,
          );
        // The counters of a SQLite file stay behind.
        expect(bare("cluster.json")).toMatchObject({
          findings: (bare("file.json") as { findings: unknown }).findings,
        });
        const all = readFileSync(join(cwd, "all.md"), "utf8");
        for (const name of ["hosts/shop-1.db", "hosts/shop-2.db", "audit"]) {
          expect(all).toContain(name);
        }
      });

      test.skipIf(version !== "clickhouse-18")(
        "a lost shard is an error, and the report comes back with it",
        async () => {
          const url = here("clickhouse://ch-1.example:8123/audit");
          const words = ["report", url, "--now", "2026-11-01", "-o", "lost.json"];
          cluster.nodes[2]?.kill();
          const lost = await run(words, { cwd });
          expect({ code: lost.code, stdout: lost.stdout }).toEqual({ code: 3, stdout: "" });
          expect(lost.stderr).toMatch(/^error: /);
          expect(readdirSync(cwd)).not.toContain("lost.json");
          await cluster.nodes[2]?.start();
          expect((await run(words, { cwd })).code).toBe(0);
        },
        60_000,
      );
    });
  });
});
