// The fast way of large logs must not be told from the ordinary one by anything but its speed.

import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { duckdbLog } from "../../src/engines/duckdb.ts";
import type { DuckDbLogOptions } from "../../src/engines/duckdb.ts";
import type { Progress, Question } from "../../src/engines/engine.ts";
import { log } from "../../src/engines/log.ts";
import { openDuckDb } from "../../src/duckdb/open.ts";
import { quoteText } from "../../src/duckdb/sql-text.ts";
import type { RejectedRecord } from "../../src/model/intake.ts";
import { mutate, mutations } from "../sources/mutations.ts";
import { columns, csvRow, jsonLine, ownEntry, style } from "./duckdb/own-logs.ts";
import { HOUR, START, period, probes, questionOf } from "./logs.ts";

const catalog = loadCatalog();
const JSON_LINES = catalog.mapping("aegis-jsonl");
const TABLE = catalog.mapping("aegis-table");
const folder = mkdtempSync(join(tmpdir(), "aegis-duckdb-log-"));
afterAll(() => rmSync(folder, { recursive: true }));
let files = 0;

/** Refused records make errors by the ten thousand, and nobody reads their stacks. */
const stackTraceLimit = Error.stackTraceLimit;
beforeAll(() => {
  Error.stackTraceLimit = 0;
});
afterAll(() => {
  Error.stackTraceLimit = stackTraceLimit;
});

function write(content: Buffer | string, ending: string): string {
  files += 1;
  const path = join(folder, `${files}.${ending}`);
  writeFileSync(path, content);
  return path;
}

const mappingOf = (path: string) => (/\.jsonl/.test(path) ? JSON_LINES : TABLE);

interface Told {
  readonly answer: unknown;
  readonly rejected: readonly RejectedRecord[];
}

/** What an engine tells of a log, whatever comes of it. */
async function toldOf(
  engineOf: typeof log,
  paths: readonly string[],
  question: Question,
  options: Partial<DuckDbLogOptions> = {},
): Promise<Told> {
  const rejected: RejectedRecord[] = [];
  const [first = ""] = paths;
  try {
    const engine = await engineOf(paths, {
      mapping: mappingOf(first),
      mappings: [],
      workers: 1,
      onRejected: (record) => rejected.push({ ...record, bytes: Buffer.from(record.bytes) }),
      ...options,
    });
    try {
      return { answer: await engine.observe(question), rejected };
    } finally {
      await engine.close();
    }
  } catch (error) {
    return { answer: String(error), rejected };
  }
}

/** Compares both ways. @returns whether the fast one was taken to the end */
async function compare(
  paths: readonly string[],
  question: Question,
  options: Partial<DuckDbLogOptions> = {},
): Promise<boolean> {
  const expected = await toldOf(log, paths, question, options);
  expect(await toldOf(duckdbLog, paths, question, { ...options, fast: "always" })).toEqual(
    expected,
  );
  const only = await toldOf(duckdbLog, paths, question, { ...options, fast: "only" });
  if (typeof only.answer === "string") return only.answer === expected.answer;
  expect(only).toEqual(expected);
  return true;
}

const asking = fc
  .tuple(probes, period)
  .map(([asked, within]) => questionOf(asked, within, START + 3 * HOUR));

const asked = (seed: number, within = {}): Question => {
  const [found = []] = fc.sample(probes, { seed, numRuns: 1 });
  return questionOf(found, within, START + 400 * HOUR);
};

describe("mutated records", () => {
  test("as JSON Lines", async () => {
    let fast = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(ownEntry, style), { minLength: 1, maxLength: 8 }),
        mutations(60),
        fc.nat(2),
        fc.constantFrom("\n", "\n", "\r\n", "\n \n", "\n\n"),
        fc.constantFrom("", "", "", "\ufeff"),
        fc.boolean(),
        asking,
        async (pool, changes, mutated, end, mark, closed, question) => {
          const records = pool.map(([record, written]) => jsonLine(record, written));
          const lines = changes.map((change, index) =>
            mutated > 0 && index % (mutated === 1 ? 20 : 2) === 0
              ? mutate(records, change)
              : (records[change.base % records.length] as Buffer),
          );
          const bytes = Buffer.concat([
            Buffer.from(mark),
            ...lines.flatMap((line, index) =>
              closed || index < lines.length - 1 ? [line, Buffer.from(end)] : [line],
            ),
          ]);
          runs += 1;
          if (await compare([write(bytes, "jsonl")], question)) fast += 1;
        },
      ),
      { numRuns: 300 },
    );
    expect(fast).toBeGreaterThan(runs / 4);
  }, 120_000);

  test("as CSV and TSV", async () => {
    let fast = 0;
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        columns.chain((names) =>
          fc.tuple(
            fc.constant(names),
            fc.array(csvRow(names.length), { minLength: 1, maxLength: 8 }),
          ),
        ),
        mutations(40),
        fc.nat(3),
        fc.constantFrom("\n", "\r\n", "\n\n"),
        fc.boolean(),
        asking,
        async ([names, pool], changes, mutated, end, closed, question) => {
          const rows = changes.map((change, index) =>
            mutated === 3 && index % 13 === 5
              ? mutate(pool, change)
              : (pool[change.base % pool.length] as Buffer),
          );
          const bytes = Buffer.concat(
            [Buffer.from(names.join(",")), ...rows].flatMap((row, index) =>
              closed || index < rows.length ? [row, Buffer.from(end)] : [row],
            ),
          );
          runs += 1;
          if (await compare([write(bytes, "csv")], question)) fast += 1;
        },
      ),
      { numRuns: 300 },
    );
    expect(fast).toBeGreaterThan(runs / 4);
  }, 120_000);
});

/** Values that JSON has not, or has in another way, and ways to write a line. */
const ODD_VALUES = [
  ..."-0 007 -07 1. .5 1.50 1e3 1E400 1e-400 +1 0x1 NaN Infinity -inf TRUE nul nulL true -".split(
    " ",
  ),
  ..."9007199254740991 9007199254740993 -9007199254740993 123456789012345 1234567890123456".split(
    " ",
  ),
  '""',
  '"\\u0000"',
  '"\\ud800"',
  '"\\ud83d\\ude00"',
  '"\\x"',
  '"\\/"',
  '"a\tb"',
  '"\u007f"',
  '"',
  "'a'",
  "[]",
  "[1,]",
  "[,]",
  "{}",
  '{"a":1,}',
  '{"a":1,"a":2}',
  '{"a":{"b":1,"b":2}}',
  '{"a":1,"\\u0061":2}',
  '{"a":{"a":1},"b":{"a":1}}',
  '[{"a":1},{"a":1}]',
  '{"a" : [ 1 , 2 ] }',
  '{"a"}',
  '{"a":}',
  "[[[[[[[1]]]]]]]",
  ..."12345678901234567890 1.0 100000000000000000000.5 [9007199254740993] // {a:1}".split(" "),
  "[".repeat(40) + "]".repeat(40),
  '"\u{1f512}\ufeff"',
  "1 2",
  "",
];
const ODD_LINES = [
  '{"id":1,"id":2}',
  '{"id":1,"\\u0069d":2}',
  '{"id":1,"host":1,"host":2}',
  '{"host":1,"\\u0068ost":2}',
  '{"id":1,}',
  '{,"id":1}',
  '{"id":1 "approval":"a"}',
  '{"id":1}}',
  '{"id":1} x',
  '{"id":1}{"id":2}',
  '{"id" :1,"approval" : "a"}',
  ' {"id":1}',
  '\t{ "id" : 1 }\r',
  '{"id":1}\r\r',
  "\r",
  '\ufeff{"id":1}',
  '{"id":1,"id" :2}',
  '{"approval":"a","approval"\t:"b"}',
  "{}",
  "[]",
  "null",
  "3",
  '"text"',
  "{",
  '{"',
  '{"id',
  '{"__proto__":{"id":1},"id":2}',
  '{"id":1,"constructor":"x"}',
  '{"":1,"":2}',
  '{"id":1,"":{"":{}}}',
  '{"id":1}\u2028',
  '{"id":1,\u00a0"approval":"a"}',
  '{"id":1,"approval":"a\0"}',
  '{"id":1,"approval":"\\',
];

describe("lines with something odd", () => {
  const question = asked(5);
  const other = '{"id":7,"timestamp":"2026-01-01T00:00:00Z","approval":"auto"}';

  test.each([
    ...["id", "timestamp", "approval", "action_params", "chain_depth", "host"].flatMap((name) =>
      ODD_VALUES.map((value) => `{"action_type":"a","${name}":${value}}`),
    ),
    ...ODD_LINES,
  ])("%j", async (line) => {
    expect(
      await compare([write(`${other}\n${line}\n${other}\n${line}`, "jsonl")], question),
    ).toBeTypeOf("boolean");
    expect(await compare([write(`${line}\n${other}`, "jsonl")], question)).toBeTypeOf("boolean");
  });

  test("and bytes that are no text", async () => {
    for (const bytes of [
      [0xff],
      [0xc3],
      [0xed, 0xa0, 0x80],
      [0xc0, 0x80],
      [0xf4, 0x90, 0x80, 0x80],
    ]) {
      const line = Buffer.concat([
        Buffer.from('{"id":1,"approval":"é'),
        Buffer.from(bytes),
        Buffer.from('"}'),
      ]);
      const end = Buffer.from("\n");
      expect(
        await compare([write(Buffer.concat([line, end, Buffer.from(other)]), "jsonl")], question),
      ).toBeTypeOf("boolean");
      const table = Buffer.concat([
        Buffer.from("id,approval,action_type\n1,"),
        line.subarray(20, -2),
        Buffer.from(",b\n"),
      ]);
      expect(await compare([write(table, "csv")], question)).toBeTypeOf("boolean");
    }
  });
});

const ODD_ROWS = [
  '1,"a"b,c',
  '1,a"b,c',
  '1,"a""b",c',
  '1,"a',
  '1,"a\nb",c',
  "1,a\rb,c",
  "1,a,c\r\r",
  '1,"a"\r,c',
  '1,a,"c"\r\n',
  "1,a",
  "1,a,c,d",
  ",,",
  '"",""',
  '"","",""',
  " ",
  "1, a ,c",
  '1, "a",c',
  "-1,a,c",
  "007,a,c",
  "1.0,a,c",
  "+1,a,c",
  "9007199254740991,a,c",
  "9007199254740992,a,c",
  "99999999999999999,a,c",
  "x,a,c",
  "-0,a,c",
  "1e3,a,c",
  "１,a,c",
  "\ufeff1,a,c",
  "1,\0,c",
  '1,"\r\n",c',
  "1;a;c",
  "1\ta\tc",
  "",
  "\r",
  '1,a,"',
  '1,a,""',
];

describe("rows with something odd", () => {
  test.each(ODD_ROWS)("%j", async (row) => {
    for (const head of [
      "id,approval,action_type",
      "chain_depth,action_type,approval",
      "id,host,action_type",
      '"id",approval,id',
      "\ufeffid,approval,action_type",
    ]) {
      for (const end of ["\n", "\r\n"]) {
        const text = [head, "5,auto,b", row, "6,block,b", row].join(end);
        expect(await compare([write(text, "csv")], asked(6))).toBeTypeOf("boolean");
        expect(await compare([write(`${text}${end}`, "csv")], asked(6))).toBeTypeOf("boolean");
      }
    }
  });
});

/** Writes a Parquet file of what a query yields. */
async function writeParquet(sql: string, options = ""): Promise<string> {
  files += 1;
  const path = join(folder, `${files}.parquet`);
  const duckdb = await openDuckDb({ path: folder });
  try {
    await duckdb.run(`COPY (${sql}) TO ${quoteText(path)} (FORMAT parquet${options})`);
  } finally {
    await duckdb.close();
  }
  return path;
}

/** Breaks some bytes at the beginning of a Parquet file, where its values are. */
function damage(path: string): void {
  const bytes = readFileSync(path);
  bytes.fill(0xff, 8, 200);
  writeFileSync(path, bytes);
}

/** SQL for so many entries with few and many different values, silences and gaps. */
const entriesSql = (rows: number): string => `SELECT
  i AS id,
  CASE WHEN i % 977 = 3 THEN 'soon' WHEN i % 1009 = 5 THEN NULL
    ELSE strftime(TIMESTAMP '2026-01-01 00:00:00' + INTERVAL (i * 7) SECOND, '%Y-%m-%dT%H:%M:%S.%fZ') END AS timestamp,
  CASE i % 4 WHEN 0 THEN 'a' WHEN 1 THEN 'auto' WHEN 2 THEN '' END AS agent_id,
  'kind ' || (i % 9) AS action_type,
  CASE WHEN i > ${rows} / 2 THEN 'late ' || i ELSE 'early' END AS action_target,
  CASE WHEN i % 3 = 0 THEN '{"q":' || i || '}' END AS action_params,
  CASE i % 3 WHEN 0 THEN 'auto' WHEN 1 THEN 'approve' ELSE 'block' END AS approval,
  'session ' || (i // 40) AS session_id,
  CASE WHEN i % 5 = 0 THEN 'r' END AS matched_rule,
  (i % 3)::INTEGER AS chain_depth
  FROM range(1, ${rows} + 1) AS t(i)`;

describe("Parquet", () => {
  test("of many windows, with values that the first rows do not show", async () => {
    const path = await writeParquet(entriesSql(6000), ", ROW_GROUP_SIZE 2048");
    for (const seed of [1, 2]) {
      expect(await compare([path], asked(seed))).toBe(true);
    }
    // The bytes of a rejected row are its JSON text.
    expect(await compare([path], asked(4, { start: START }))).toBe(false);
    const unheard = { fast: "only", onRejected: undefined } as const;
    const quiet = await toldOf(duckdbLog, [path], asked(4, { start: START }), unheard as never);
    expect(quiet).toEqual(
      await toldOf(log, [path], asked(4, { start: START }), { onRejected: undefined } as never),
    );
  });

  test.each([
    [
      "ids as texts",
      "SELECT * REPLACE (CASE WHEN id % 3 = 0 THEN 'x' || id WHEN id % 7 = 0 THEN '00' || id ELSE id::VARCHAR END AS id)",
      true,
    ],
    [
      "ids that are missing",
      "SELECT * REPLACE (CASE WHEN id % 3 = 0 THEN NULL ELSE id END AS id)",
      true,
    ],
    ["ids beyond 2^53", "SELECT * REPLACE (id + 9007199254740990 AS id)", false],
    ["ids as fractions", "SELECT * REPLACE (id::DOUBLE AS id)", false],
    ["times as times", "SELECT * REPLACE (TRY_CAST(timestamp AS TIMESTAMPTZ) AS timestamp)", true],
    ["local times", "SELECT * REPLACE (TRY_CAST(timestamp AS TIMESTAMP) AS timestamp)", true],
    ["nanoseconds", "SELECT * REPLACE (TRY_CAST(timestamp AS TIMESTAMP_NS) AS timestamp)", true],
    ["JSON columns", "SELECT * REPLACE (action_params::JSON AS action_params)", true],
    ["structs", "SELECT * REPLACE ({'q': id} AS action_params)", false],
    ["numbers for texts", "SELECT * REPLACE (id AS session_id)", false],
    ["texts for numbers", "SELECT * REPLACE (chain_depth::VARCHAR AS chain_depth)", false],
    ["a larger number", "SELECT *, 9007199254740993 AS number", false],
    ["a fraction", "SELECT *, 1.5::DOUBLE AS number", false],
    ["more columns", "SELECT *, 'h' AS host, id AS number", true],
    ["other spelling", 'SELECT * RENAME (approval AS "Approval")', true],
    [
      "marks and NUL",
      "SELECT * REPLACE (CASE WHEN id % 2 = 0 THEN chr(65279) || 'auto' ELSE chr(0) END AS approval)",
      true,
    ],
    ["nobody", "SELECT * REPLACE (NULL::VARCHAR AS agent_id, '' AS approval)", true],
    [
      "a very long text",
      "SELECT * REPLACE (CASE WHEN id = 9 THEN repeat('x', 2000000) END AS action_target)",
      false,
    ],
    ["a damaged page", "SELECT *", false],
    ["no rows", "SELECT *", true],
  ])("with %s", async (name, sql, isFast) => {
    const rows = name === "no rows" ? 0 : 500;
    const path = await writeParquet(`${sql} FROM (${entriesSql(rows)})`);
    if (name === "a damaged page") damage(path);
    expect(await compare([path], asked(7))).toBe(isFast);
  });

  test("that is cut off", async () => {
    const path = await writeParquet(entriesSql(5000));
    truncateSync(path, 9000);
    expect(await compare([path], asked(1))).toBe(false);
    const { answer } = await toldOf(duckdbLog, [path], asked(1), { fast: "always" });
    expect(JSON.stringify(answer)).toMatch(/damaged-file/);
  });

  test("beside other files", async () => {
    const table = await writeParquet(entriesSql(900));
    const csv = write("id,timestamp,approval,action_type\n1,2026-01-01T00:00:00Z,auto,a\n", "csv");
    expect(await compare([table, csv, await writeParquet(entriesSql(50))], asked(3))).toBe(true);
  });
});

/** Lines with something unusual now and then, over more than one piece of a file. */
function manyLines(count: number): Buffer {
  const lines: string[] = [];
  for (let id = 1; id <= count; id += 1) {
    const record = {
      id,
      timestamp: new Date(1_767_225_600_000 + id * 5000).toISOString(),
      approval: id % 3 === 0 ? "auto" : "approve",
      action_type: id % 911 === 0 ? "é🔒" : "read",
      action_params: { q: `item ${id}`, note: "x".repeat(id % 300) },
    };
    if (id % 1201 === 0) lines.push("{broken");
    else if (id % 1301 === 0) lines.push('{"id":1,"id":2}', "", "[1]");
    else lines.push(JSON.stringify(record));
  }
  return Buffer.from(lines.join("\n"));
}

describe("files of more than one piece", () => {
  const bytes = manyLines(12_000);
  const question = asked(9);

  test("as they are and packed", async () => {
    expect(await compare([write(bytes, "jsonl")], question)).toBe(true);
    const clean = Buffer.from(
      bytes
        .toString()
        .split("\n")
        .filter((line) => line !== "[1]" && line !== "")
        .join("\n"),
    );
    expect(await compare([write(clean, "jsonl")], question)).toBe(true);
    expect(await compare([write(gzipSync(clean), "jsonl.gz")], question)).toBe(true);
    const damaged = gzipSync(clean).subarray(0, 60_000);
    expect(await compare([write(damaged, "jsonl.gz")], question)).toBe(false);
  });

  test("as a table", async () => {
    const rows = Array.from(
      { length: 12_000 },
      (_, id) =>
        `${id},2026-01-01T00:00:00Z,"auto\n""x""",read,"{""q"": ""${"y".repeat(id % 90)}""}"`,
    );
    const csv = ["id,timestamp,approval,action_type,action_params", ...rows].join("\r\n");
    expect(await compare([write(csv, "csv")], question)).toBe(true);
    const tsv = csv.replaceAll(/^(\d+),([^,]+),/gm, "$1\t$2\t");
    expect(await compare([write(tsv, "tsv")], question)).toBe(false);
  });

  test("tell how far they have come", async () => {
    const path = write(bytes, "jsonl");
    const told: Progress[] = [];
    const engine = await duckdbLog([path], { mapping: JSON_LINES, mappings: [], fast: "always" });
    await engine.observe(question, { onProgress: (progress) => told.push(progress) });
    expect(told.at(-1)).toMatchObject({ done: bytes.length, total: bytes.length, unit: "bytes" });
  });

  test("stop when they are told to", async () => {
    const reason = new Error("enough");
    for (const path of [write(bytes, "jsonl"), await writeParquet(entriesSql(3000))]) {
      const engine = await duckdbLog([path], {
        mapping: mappingOf(path),
        mappings: [],
        fast: "only",
      });
      const stop = new AbortController();
      const answer = engine.observe(question, {
        signal: stop.signal,
        onProgress: () => stop.abort(reason),
      });
      await expect(answer).rejects.toBe(reason);
      await engine.close();
      await expect(engine.observe(question)).rejects.toMatchObject({ code: "closed" });
    }
  });

  test("may grow and may not change", async () => {
    const clean = `${bytes
      .toString()
      .split("\n")
      .filter((line) => line.startsWith('{"id"'))
      .join("\n")}\n`;
    const before = write(clean, "jsonl");
    const expected = await toldOf(log, [before], question, { name: "log" });
    const grown = write(clean, "jsonl");
    let done = false;
    const growing = await duckdbLog([grown], {
      mapping: JSON_LINES,
      mappings: [],
      fast: "always",
      name: "log",
    });
    const answer = await growing.observe(question, {
      onProgress: () => {
        if (!done) appendFileSync(grown, '{"id":0}\n');
        done = true;
      },
    });
    expect(done).toBe(true);
    expect(answer).toEqual(expected.answer);
    const rewritten = write(clean, "jsonl");
    const changing = await duckdbLog([rewritten], {
      mapping: JSON_LINES,
      mappings: [],
      fast: "only",
    });
    await expect(
      changing.observe(question, {
        onProgress: () => writeFileSync(rewritten, clean.replaceAll("auto", "AUTO")),
      }),
    ).rejects.toMatchObject({ code: "source-changed" });
  });
});

test("small logs, other formats and standard input are read the ordinary way", async () => {
  const path = write('{"id":1,"timestamp":"2026-01-01T00:00:00Z"}\n', "jsonl");
  const options = { mapping: JSON_LINES, mappings: [] };
  const question = asked(1);
  const answers = await Promise.all(
    ([undefined, "never", "always"] as const).map(async (fast) => {
      const engine = await duckdbLog([path], fast === undefined ? options : { ...options, fast });
      return engine.observe(question);
    }),
  );
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

/** Whether the package was built and knows the thread. */
function hasWorker(): boolean {
  try {
    return existsSync(createRequire(import.meta.url).resolve("#duckdb-worker"));
  } catch {
    return false;
  }
}

describe.skipIf(!hasWorker())("threads (need the built package)", () => {
  test("tell what one thread tells", async () => {
    const question = asked(11);
    const clean = manyLines(4000).toString().replaceAll("\n\n[1]", "");
    const paths = [write(clean, "jsonl"), write(clean, "jsonl")];
    for (const pieceBytes of [50_000, 400_000]) {
      const expected = await toldOf(log, paths, question, { workers: 2, pieceBytes });
      expect(
        await toldOf(duckdbLog, paths, question, { workers: 2, pieceBytes, fast: "only" }),
      ).toEqual(expected);
    }
    const table = await writeParquet(entriesSql(64_000), ", ROW_GROUP_SIZE 6144");
    expect(await compare([table], question, { workers: 2 })).toBe(true);
  }, 60_000);
});
