// Which files are read, as what, under which names; and streams, digests, errors.

import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ComplianceError } from "../../src/model/error.ts";
import { digestLog } from "../../src/sources/input/digest.ts";
import { findLogs, type FindOptions } from "../../src/sources/input/find-logs.ts";
import { SOURCE_OF } from "../../src/sources/input/open-source.ts";
import { LOG_FORMATS, type LogFile, type SourceEnd } from "../../src/sources/source.ts";
import { outline, readAll, temporaryFolder } from "./reading.ts";

const root = temporaryFolder();

/** A new folder with the given files. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(root, "logs-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const kinds = (files: readonly LogFile[]): string[] =>
  files.map(
    ({ name, format, packing }) => `${name}: ${format}${packing === "none" ? "" : `+${packing}`}`,
  );

async function failure(work: Promise<unknown>): Promise<ComplianceError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ComplianceError);
  return error as ComplianceError;
}

test("every kind has a source", () => {
  expect(Object.keys(SOURCE_OF)).toEqual([...LOG_FORMATS]);
});

describe("a file's kind", () => {
  const object = '{"a":1}\n';
  test.each([
    ["log.jsonl", object, "jsonl"],
    ["log.ndjson", "", "jsonl"],
    ["log.json", "[]", "json"],
    ["log.json", object, "json"],
    ["log.json", '{"Records":[]}', "json"],
    ["log.json", object + object, "jsonl"],
    ["log.json", `\ufeff${object}\n\n${object}`, "jsonl"],
    ["log.json", '{\n"a":1\n}\n{\n"a":2\n}', "json"],
    ["log.json", "", "json"],
    ["log.log", object + object, "jsonl"],
    ["log", ` ${object}${object}`, "jsonl"],
    ["log", '[{"a":1}]', "json"],
    ["log.txt", "a,b\n1,2\n", "csv"],
    ["log.txt", "a\tb\n1\t2\n", "tsv"],
    ["log.txt", '"a,b",c\n1,2\n', "csv"],
    ["log.csv", "a\n1\n", "csv"],
    ["log.tsv", "a\n1\n", "tsv"],
    ["log.tab", "a\n1\n", "tsv"],
    ["LOG.JSONL", object, "jsonl"],
    ["log.jsonl", "PAR1....", "parquet"],
    ["log", "SQLite format 3\0....", "sqlite"],
    ["log.jsonl.gz", gzipSync(object), "jsonl+gzip"],
    ["log.gz", gzipSync('[{"a":1}]'), "json+gzip"],
    ["log.json", gzipSync(object + object), "jsonl+gzip"],
    ["log.jsonl.gz", object, "jsonl"],
    ["log.jsonl.gz", gzipSync(object).subarray(0, 12), "jsonl+gzip"],
    ["log.csv.zst", Buffer.from("28b52ffd0050310000612c620a3c", "hex"), "csv+zstd"],
  ])("%s holding %j", async (name, content, kind) => {
    const folder = folderOf({ [name]: content });
    expect(kinds(await findLogs([join(folder, name)]))).toEqual([`${name}: ${kind}`]);
  });

  test.each([
    ["a plain text", "log.txt", "Nothing to see here.\nNo, nothing.\n"],
    ["an image", "log.png", Buffer.from([0x89, 0x50, 0x4e, 0x47])],
    ["a text called Parquet", "log.parquet", "[]"],
    ["packed Parquet", "log.parquet.gz", gzipSync("PAR1....")],
  ])("%s is refused", async (_name, name, content) => {
    const path = join(folderOf({ [name]: content }), name);
    const error = await failure(findLogs([path]));
    expect(error.code).toBe("unsupported-source");
    expect(error.message).toContain(JSON.stringify(path));
  });

  test("can be said, and then only the packing is looked for", async () => {
    const folder = folderOf({ "a.txt": "x", "b.json": gzipSync("x") });
    const found = await findLogs([join(folder, "a.txt"), join(folder, "b.json")], {
      format: "tsv",
    });
    expect(kinds(found)).toEqual(["a.txt: tsv", "b.json: tsv+gzip"]);
  });

  test("of lines longer than what is looked at is JSON, which reads them too", async () => {
    const folder = folderOf({ log: `{"a":"${"x".repeat(70_000)}"}\n{"a":2}\n` });
    const [file] = await findLogs([join(folder, "log")]);
    expect(file?.format).toBe("json");
    expect(await readAll(file as LogFile)).toHaveLength(2);
  });
});

describe("folders", () => {
  const files = {
    "b.jsonl": "{}",
    "a/c.csv": "x,y\n1,2\n",
    "a/b/d.json": "[]",
    "z\u00e9.jsonl": "",
    "z\ud83d\udd12.jsonl": "",
    "z\uff21.jsonl": "",
    ".hidden.jsonl": "{}",
    ".git/x.jsonl": "{}",
    "README.md": "[]",
    LICENSE: "{}",
    "policy.yaml": "a: 1",
    "notes.txt": "nothing",
    "log.db-wal": "{}",
  };

  test("are read to the bottom, sorted by bytes; the rest is told", async () => {
    const skipped: string[] = [];
    const onSkipped = (name: string, reason: string): void => {
      skipped.push(`${name}: ${reason}`);
    };
    const folder = folderOf(files);
    const found = await findLogs([folder], { onSkipped });
    expect(kinds(found)).toEqual([
      "a/b/d.json: json",
      "a/c.csv: csv",
      "b.jsonl: jsonl",
      "z\u00e9.jsonl: jsonl",
      "z\uff21.jsonl: jsonl",
      "z\ud83d\udd12.jsonl: jsonl",
    ]);
    expect(skipped.sort()).toEqual([
      ".git: it is hidden",
      ".hidden.jsonl: it is hidden",
      "LICENSE: its name is none of a log",
      "README.md: its name is none of a log",
      "log.db-wal: it belongs to a database",
      "notes.txt: the content is none of these",
      "policy.yaml: its name is none of a log",
    ]);
    expect(found[2]).toMatchObject({ path: join(folder, "b.jsonl"), bytes: 2 });
  });

  test("without a log, and patterns without a file, are refused", async () => {
    const folder = folderOf({ "README.md": "" });
    for (const path of [folder, join(folder, "*.jsonl")]) {
      expect((await failure(findLogs([path]))).code).toBe("unsupported-source");
    }
  });

  test("links to files are followed, links to folders and what is no file are told", async () => {
    const folder = folderOf({ "logs/a.jsonl": "{}", "elsewhere/b.jsonl": "{}" });
    symlinkSync(join(folder, "elsewhere/b.jsonl"), join(folder, "logs/link.jsonl"));
    symlinkSync(join(folder, "logs"), join(folder, "logs/round"));
    symlinkSync(join(folder, "nowhere"), join(folder, "logs/dangling"));
    execFileSync("mkfifo", [join(folder, "logs/pipe")]);
    const skipped: string[] = [];
    const found = await findLogs([join(folder, "logs")], {
      onSkipped: (name) => skipped.push(name),
    });
    expect(kinds(found)).toEqual(["a.jsonl: jsonl", "link.jsonl: jsonl"]);
    expect(skipped.sort()).toEqual(["dangling", "pipe", "round"]);
  });
});

describe("patterns", () => {
  test("are relative to their fixed part", async () => {
    const folder = folderOf({ "a/x.jsonl": "", "a/b/y.jsonl": "", "a/z.csv": "", "c/w.jsonl": "" });
    expect(kinds(await findLogs([join(folder, "a/**/*.jsonl")]))).toEqual([
      "b/y.jsonl: jsonl",
      "x.jsonl: jsonl",
    ]);
    expect(kinds(await findLogs([join(folder, "{a,c}/*.jsonl")]))).toEqual([
      "a/x.jsonl: jsonl",
      "c/w.jsonl: jsonl",
    ]);
  });

  test("that are the name of a file mean the file", async () => {
    const folder = folderOf({ "a[1].jsonl": "", "a1.jsonl": "" });
    expect(kinds(await findLogs([join(folder, "a[1].jsonl")]))).toEqual(["a[1].jsonl: jsonl"]);
  });
});

describe("names", () => {
  test("are never absolute and never alike", async () => {
    const folder = folderOf({
      "x/a/log.jsonl": "",
      "x/b/log.jsonl": "",
      "y/a/log.jsonl": "",
      "y/other.jsonl": "",
    });
    const found = await findLogs(
      ["x/a/log.jsonl", "x/b/log.jsonl", "y"].map((path) => join(folder, path)),
    );
    expect(found.map(({ name }) => name)).toEqual([
      "x/a/log.jsonl",
      "b/log.jsonl",
      "y/a/log.jsonl",
      "other.jsonl",
    ]);
  });

  test("of one file count once, however often it is named", async () => {
    const folder = folderOf({ "a/log.jsonl": "{}" });
    linkSync(join(folder, "a/log.jsonl"), join(folder, "hard.jsonl"));
    symlinkSync(join(folder, "a/log.jsonl"), join(folder, "soft.jsonl"));
    const paths = ["a/log.jsonl", "a", "a/../a/log.jsonl", "hard.jsonl", "soft.jsonl", "*.jsonl"];
    const found = await findLogs(paths.map((path) => `${folder}/${path}`));
    expect(kinds(found)).toEqual(["log.jsonl: jsonl"]);
  });
});

describe("what cannot be read", () => {
  test.each([
    ["a missing file", "missing.jsonl"],
    ["a file as a folder", "log.jsonl/x"],
  ])("%s is refused", async (_name, path) => {
    const error = await failure(findLogs([join(folderOf({ "log.jsonl": "" }), path)]));
    expect(error.code).toBe("unreadable-source");
    expect(error.hint).toBeDefined();
  });

  test.skipIf(process.getuid?.() === 0)(
    "a file without permission is refused (needs a user who is not root)",
    async () => {
      const folder = folderOf({ "log.jsonl": "{}" });
      chmodSync(join(folder, "log.jsonl"), 0);
      expect((await failure(findLogs([folder]))).code).toBe("unreadable-source");
    },
  );

  test("a file that is gone or a folder when it is opened", async () => {
    const file = {
      path: join(root, "gone"),
      name: "gone",
      format: "jsonl",
      packing: "none",
    } as const;
    expect((await failure(readAll(file))).code).toBe("unreadable-source");
    expect((await failure(readAll({ ...file, path: root }))).code).toBe("unreadable-source");
    expect((await failure(digestLog(file))).code).toBe("unreadable-source");
  });
});

describe.skipIf(!existsSync("/proc/self/mem"))("a file system as on Linux", () => {
  test("a file that cannot be read further keeps what came", async () => {
    const file = { path: "/proc/self/mem", name: "mem", format: "jsonl", packing: "none" } as const;
    expect(await readAll(file)).toMatchObject([
      { reason: "damaged-file", message: "The file cannot be read further: EIO." },
    ]);
  });

  test.each(["none", "gzip"] as const)(
    "a reader that stops early closes the file, %s",
    async (packing) => {
      const text = Buffer.from('{"a":1}\n'.repeat(1_000_000));
      const path = join(folderOf({ log: packing === "gzip" ? gzipSync(text) : text }), "log");
      const { source } = await SOURCE_OF.jsonl();
      const open = (): readonly string[] =>
        readdirSync("/proc/self/fd").filter((fd) => {
          try {
            return readlinkSync(`/proc/self/fd/${fd}`) === path;
          } catch {
            return false;
          }
        });
      let batches = 0;
      for await (const batch of source({ path, name: "log", format: "jsonl", packing }, {})) {
        expect(batch).toHaveLength(256);
        expect(open()).toHaveLength(1);
        batches += 1;
        if (batches === 3) break;
      }
      expect(open()).toEqual([]);
    },
  );
});

describe("a file that changes", () => {
  test("is read as far as it reached when it was found", async () => {
    const path = join(folderOf({ "log.jsonl": '{"a":1}\n' }), "log.jsonl");
    const [file] = (await findLogs([path])) as [LogFile];
    appendFileSync(path, '{"a":2}\n');
    expect(outline(await readAll(file))).toEqual([{ a: 1 }]);
    expect(await digestLog(file)).toEqual({
      bytes: 8,
      sha256: createHash("sha256").update('{"a":1}\n').digest("hex"),
    });
  });

  test("and becomes shorter is told", async () => {
    const path = join(folderOf({ "log.jsonl": '{"a":1}\n{"a":2}\n' }), "log.jsonl");
    const [file] = (await findLogs([path])) as [LogFile];
    truncateSync(path, 8);
    expect((await failure(readAll(file))).code).toBe("source-changed");
    expect((await failure(digestLog(file))).code).toBe("source-changed");
  });
});

/** Standard input that holds the given chunks. */
const from = (...chunks: readonly (string | Uint8Array)[]): FindOptions => ({
  stdin: Readable.from(chunks.map((chunk) => Buffer.from(chunk))),
});

describe("standard input", () => {
  test.each([
    ["jsonl", '{"a":1}\n{"a":2}\n', "stdin: jsonl"],
    ["json", '[{"a":1},\n{"a":2}]', "stdin: json"],
    ["csv", "a\t\b\n1\t2\n2\t3\n", "stdin: tsv"],
    ["gzip", gzipSync('{"a":1}\n{"a":2}\n'), "stdin: jsonl+gzip"],
  ])(
    "of %s is looked into and then read from its start, again and again",
    async (_name, text, kind) => {
      const bytes = Buffer.from(text);
      const [file] = (await findLogs(["-"], from(bytes.subarray(0, 3), bytes.subarray(3)))) as [
        LogFile,
      ];
      expect(kinds([file])).toEqual([kind]);
      expect(await readAll(file)).toHaveLength(2);
      expect(await readAll(file)).toHaveLength(2);
    },
  );

  test("is digested while it is read", async () => {
    const text = '{"a":1}\n{"a":2}\n';
    const [file] = (await findLogs(["-"], from(text))) as [LogFile];
    let end: SourceEnd | undefined;
    let progress = 0;
    await readAll(file, {
      digest: true,
      onEnd: (told) => {
        end = told;
      },
      onBytes: (bytes) => {
        progress += bytes;
      },
    });
    const sha256 = createHash("sha256").update(text).digest("hex");
    expect(end).toEqual({ lines: 2, bytes: text.length, sha256 });
    expect(progress).toBe(text.length);
    expect((await failure(digestLog(file))).code).toBe("closed");
  });

  test("is asked for no more than is needed, and not read twice when it is long", async () => {
    let asked = 0;
    const chunks = (function* () {
      for (; asked < 40; asked += 1) yield Buffer.from('{"a":1}\n'.repeat(1 << 17));
    })();
    const stdin = Readable.from(chunks, { objectMode: true, highWaterMark: 1 });
    const [file] = (await findLogs(["-"], { stdin })) as [LogFile];
    expect(asked).toBeLessThan(5);
    const before = process.memoryUsage().arrayBuffers;
    let items = 0;
    const { source } = await SOURCE_OF.jsonl();
    for await (const batch of source(file, {})) items += batch.length;
    expect(items).toBe(40 << 17);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(100 * 2 ** 20);
    expect((await failure(readAll(file))).code).toBe("closed");
  });

  test("of a kind that must be a file is refused", async () => {
    for (const content of ["PAR1....", "SQLite format 3\0...", "just words"]) {
      expect((await failure(findLogs(["-"], from(content)))).code).toBe("unsupported-source");
    }
  });

  test("that fails keeps what came", async () => {
    const failing = Readable.from(
      (async function* () {
        yield Buffer.from('{"a":1}\n{"a"');
        throw new Error("gone");
      })(),
    );
    const [file] = (await findLogs(["-"], { stdin: failing, format: "jsonl" })) as [LogFile];
    expect(outline(await readAll(file))).toEqual([{ a: 1 }, "malformed", "damaged-file"]);
  });

  test("may be a named pipe", async () => {
    const path = join(folderOf({}), "pipe");
    execFileSync("mkfifo", [path]);
    execFileSync("sh", ["-c", `printf '{"a":1}\\n{"a":2}\\n' > '${path}' &`], { stdio: "ignore" });
    const [file] = (await findLogs([path])) as [LogFile];
    expect(kinds([file])).toEqual(["pipe: jsonl"]);
    expect(await readAll(file)).toHaveLength(2);
  });
});

test("the digest of a file that is damaged is that of all its bytes", async () => {
  const bytes = Buffer.concat([gzipSync("{}\n"), Buffer.from("x".repeat(100_000))]);
  const [file] = (await findLogs([join(folderOf({ "log.jsonl.gz": bytes }), "log.jsonl.gz")])) as [
    LogFile,
  ];
  let end: SourceEnd | undefined;
  const items = await readAll(file, {
    digest: true,
    onEnd: (told) => {
      end = told;
    },
  });
  expect(outline(items)).toEqual([{}, "damaged-file"]);
  expect(end).toEqual({ lines: 1, ...(await digestLog(file)) });
});
