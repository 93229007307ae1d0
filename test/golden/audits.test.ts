// Whole audits in every format, byte for byte. `npm run golden` rewrites the folder; read the
// difference before you commit it. Texts are kept as they are, binary formats and long texts by
// their SHA-256.

import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, test } from "vitest";
import { AUDITS } from "./audits/audits.ts";
import { renderAll } from "./audits/render-all.ts";

const folder = new URL("audits/rendered/", import.meta.url);
const rewrite = process.env["UPDATE_GOLDEN"] === "1" && process.env["CI"] === undefined;

/** Longer files are kept by their digest only. */
const LONGEST_KEPT = 400_000;

type Files = ReadonlyMap<string, string | Uint8Array>;

let rendered: Files = new Map();
beforeAll(async () => {
  rendered = await renderAll();
  if (rewrite) rewriteFolder(rendered);
}, 240_000);

function rewriteFolder(files: Files): void {
  rmSync(folder, { recursive: true, force: true });
  for (const { name } of AUDITS) mkdirSync(new URL(`${name}/`, folder), { recursive: true });
  for (const [name, content] of files) {
    if (isKept(content)) writeFileSync(new URL(name, folder), content);
  }
  writeFileSync(new URL("digests.txt", folder), digestsOf(files));
}

function isKept(content: string | Uint8Array): content is string {
  return typeof content === "string" && content.length <= LONGEST_KEPT;
}

function digestsOf(files: Files): string {
  return [...files]
    .map(([name, content]) => `${createHash("sha256").update(content).digest("hex")}  ${name}\n`)
    .toSorted((left, right) => (left.slice(66) < right.slice(66) ? -1 : 1))
    .join("");
}

describe.each(AUDITS)("$name", ({ name }) => {
  test("reads as it did", () => {
    const texts = [...rendered].filter(
      ([file, content]) => file.startsWith(`${name}/`) && isKept(content),
    );
    const kept = readdirSync(new URL(`${name}/`, folder)).map((file) => `${name}/${file}`);
    expect(kept.toSorted()).toEqual(texts.map(([file]) => file).toSorted());
    const read = texts.map(([file]) => [file, readFileSync(new URL(file, folder), "utf8")]);
    expect(Object.fromEntries(texts)).toEqual(Object.fromEntries(read));
  });
});

test("every file, the binary ones too, has the bytes it had", () => {
  expect(digestsOf(rendered)).toBe(readFileSync(new URL("digests.txt", folder), "utf8"));
});

/** Set in the process that renders elsewhere, which must not start another. */
const ELSEWHERE = "AUDITS_ELSEWHERE";

test.skipIf(process.env[ELSEWHERE] !== undefined).each([
  { TZ: "Asia/Kathmandu", LC_ALL: "de_DE.UTF-8", LANG: "de_DE.UTF-8" },
  { TZ: "America/St_Johns", LC_ALL: "tr_TR.UTF-8", LANG: "ar_EG.UTF-8" },
])(
  "the same bytes in another place: %o",
  async (place) => {
    const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [vitest, "run", "test/golden/audits.test.ts", "-t", "has the bytes it had"],
      {
        cwd: fileURLToPath(new URL("../..", import.meta.url)),
        env: { ...process.env, ...place, [ELSEWHERE]: "1", UPDATE_GOLDEN: "" },
        maxBuffer: 10_000_000,
      },
    );
    expect(stdout).toContain("1 passed, 0 failed");
  },
  240_000,
);
