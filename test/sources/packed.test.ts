// gzip and zstd: what can be unpacked is read, damage is told, and no file fills the memory.

import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { LogFile, LogPacking } from "../../src/sources/source.ts";
import { readBytes, Tally } from "../../src/sources/input/read-bytes.ts";
import { isDamage } from "../../src/sources/input/damage.ts";
import { keepStart } from "../../src/sources/input/byte-stream.ts";
import { outline, readAll, temporaryFolder, writeLog } from "./reading.ts";

const folder = temporaryFolder();

/** 6000 lines in one frame of two blocks, with a check sum, as the zstd tool wrote it. */
const ZSTD = Buffer.from(
  "KLUv/aTQ7wMAVAIAFAN7ImlkIjowLCJ0ZXh0IjoiYW4gZW50cnkgbGlrZSB0aGUgb3RoZXJzIn0KMTIzNDU2CADQ" +
    "/jArh4C8AGIBJAF0AcQCKOYGVQZVAAAAAQDN73r/uQYCGxpB8w==",
  "base64",
);
const ZSTD_TEXT = Array.from(
  { length: 6000 },
  (_, id) => `{"id":${id % 7},"text":"an entry like the others"}\n`,
).join("");

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** No check sum, no size, a window of 1 MiB. */
const HEADER = Buffer.concat([MAGIC, Buffer.from([0, 0x50])]);

function block(type: 0 | 1, size: number, content: Uint8Array, last = false): Buffer {
  const word = (size << 3) | (type << 1) | Number(last);
  return Buffer.concat([Buffer.from([word & 255, (word >> 8) & 255, word >> 16]), content]);
}

/** A frame that holds a text as it is. */
function plainFrame(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([HEADER, block(0, bytes.length, bytes, true)]);
}

const SKIPPABLE = Buffer.concat([
  Buffer.from([0x53, 0x2a, 0x4d, 0x18, 3, 0, 0, 0]),
  Buffer.from("abc"),
]);

let count = 0;
function packed(packing: LogPacking, ...parts: readonly Uint8Array[]): LogFile {
  count += 1;
  return writeLog(folder, `packed-${count}`, Buffer.concat(parts), { packing });
}

/** The unpacked bytes and what is said of the rest; the file comes in chunks of the given size. */
async function unpack(
  packing: LogPacking,
  bytes: Buffer,
  chunkSize: number,
): Promise<readonly [text: string, damage: string | undefined]> {
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += chunkSize) {
      yield bytes.subarray(at, at + chunkSize);
    }
  })();
  const stream = keepStart(chunks, "test");
  const pieces: Buffer[] = [];
  let damage: string | undefined;
  const file = { path: "-", name: "-", format: "jsonl", packing, stream } as const;
  for await (const piece of readBytes(file, {}, new Tally())) {
    if (isDamage(piece)) damage = piece.damage;
    else pieces.push(Buffer.from(piece));
  }
  return [Buffer.concat(pieces).toString("latin1"), damage];
}

const CUT_OFF = "The packed data stops before its end: the file was cut off.";
const DAMAGED = "The packed data is damaged; what follows cannot be unpacked.";

describe("gzip", () => {
  const text = ZSTD_TEXT;
  const one = gzipSync(text);

  test.each([1, 7, 1000, Infinity])(
    "members one after the other, in chunks of %d",
    async (size) => {
      const bytes = Buffer.concat([gzipSync('{"a":1}\n'), gzipSync(""), gzipSync('{"a":2}\n')]);
      expect(await unpack("gzip", bytes, size)).toEqual(['{"a":1}\n{"a":2}\n', undefined]);
      expect(await unpack("gzip", Buffer.concat([bytes, Buffer.alloc(600)]), size)).toEqual([
        '{"a":1}\n{"a":2}\n',
        undefined,
      ]);
    },
  );

  test("more than a chunk", async () => {
    expect(await unpack("gzip", one, 100)).toEqual([text, undefined]);
  });

  test("a cut-off file gives what there is", async () => {
    for (const size of [1, one.length]) {
      const [got, damage] = await unpack("gzip", one.subarray(0, -20), size);
      expect(damage).toBe(CUT_OFF);
      expect(text.startsWith(got)).toBe(true);
      expect(got.length).toBeGreaterThan(text.length - 100_000);
    }
    expect(await unpack("gzip", one.subarray(0, 5), 1)).toEqual(["", CUT_OFF]);
    expect(await unpack("gzip", one.subarray(0, -1), 5)).toEqual([text, CUT_OFF]);
  });

  test("a damaged file gives what stands before the damage", async () => {
    const noise = Buffer.from(
      Array.from({ length: 300_000 }, (_, index) => (index * 7919 + (index >> 3)) % 251),
    );
    const bytes = gzipSync(noise);
    bytes.fill(0xff, bytes.length >> 1, (bytes.length >> 1) + 50);
    const [got, damage] = await unpack("gzip", bytes, 1000);
    expect(damage).toBeDefined();
    expect(got.length).toBeGreaterThan(100_000);
    expect(got.slice(0, 60_000)).toBe(noise.toString("latin1", 0, 60_000));
  });

  test("a wrong check sum and something behind the end are damage", async () => {
    const wrong = Buffer.from(one);
    wrong[wrong.length - 6] = (wrong.at(-6) ?? 0) ^ 1;
    const [got, damage] = await unpack("gzip", wrong, 100);
    expect(damage).toBe("The check sum of the packed data is wrong: some of it was changed.");
    expect(got).toBe(text);
    expect(await unpack("gzip", Buffer.concat([one, Buffer.from("more")]), 100)).toEqual([
      text,
      "Bytes that are no gzip data follow the packed data.",
    ]);
  });

  test("records before damage are kept, and one refusal tells of it", async () => {
    const whole = gzipSync('{"a":1}\n{"a":2}\n{"a":3}');
    const items = await readAll(packed("gzip", whole.subarray(0, -4)));
    expect(outline(items)).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }, "damaged-file"]);
    expect(items[3]).toMatchObject({ line: 3, bytes: "", length: 0, message: CUT_OFF });
    expect(outline(await readAll(packed("gzip", gzipSync("1\n2").subarray(0, -4))))).toEqual([
      1,
      "malformed",
      "damaged-file",
    ]);
  });
});

describe("zstd", () => {
  test.each([1, 7, 50, Infinity])("a frame of the zstd tool, in chunks of %d", async (size) => {
    expect(await unpack("zstd", ZSTD, size)).toEqual([ZSTD_TEXT, undefined]);
  });

  test.each([1, 7, Infinity])("frames one after the other, in chunks of %d", async (size) => {
    const bytes = Buffer.concat([
      SKIPPABLE,
      plainFrame('{"a":1}\n'),
      SKIPPABLE,
      plainFrame(""),
      ZSTD,
      plainFrame('{"a":2}\n'),
      SKIPPABLE,
    ]);
    expect(await unpack("zstd", bytes, size)).toEqual([
      `{"a":1}\n${ZSTD_TEXT}{"a":2}\n`,
      undefined,
    ]);
  });

  test("empty blocks", async () => {
    const empty = block(0, 0, Buffer.alloc(0));
    const bytes = Buffer.concat([
      HEADER,
      empty,
      block(1, 3, Buffer.from("x")),
      empty,
      block(0, 1, Buffer.from("y"), true),
    ]);
    expect(await unpack("zstd", bytes, 1)).toEqual(["xxxy", undefined]);
  });

  test("a cut-off file gives what there is", async () => {
    expect((await unpack("zstd", ZSTD.subarray(0, -1), 9))[1]).toBe(CUT_OFF);
    expect((await unpack("zstd", ZSTD.subarray(0, 3), 9))[1]).toBe(CUT_OFF);
    expect((await unpack("zstd", ZSTD.subarray(0, 7), 9))[1]).toBe(CUT_OFF);
    expect(
      await unpack("zstd", Buffer.concat([plainFrame("a"), SKIPPABLE.subarray(0, 9)]), 2),
    ).toEqual(["a", CUT_OFF]);
    const text = "nothing that can be packed";
    const two = Buffer.concat([
      HEADER,
      block(0, text.length, Buffer.from(text)),
      block(1, 5, Buffer.from("y"), true),
    ]);
    expect(await unpack("zstd", two.subarray(0, -1), 2)).toEqual([text, CUT_OFF]);
  });

  test("damage is told", async () => {
    const cases: readonly (readonly [Buffer, string])[] = [
      [Buffer.concat([HEADER, Buffer.from([7, 0, 0, 0])]), DAMAGED],
      [Buffer.concat([HEADER, block(1, (1 << 17) + 1, Buffer.from("x"), true)]), DAMAGED],
      [Buffer.concat([MAGIC, Buffer.from([8, 0x50]), block(0, 0, Buffer.alloc(0), true)]), DAMAGED],
      [
        Buffer.concat([plainFrame(""), Buffer.from("nothing packed")]),
        "Bytes that are no Zstandard data follow the packed data.",
      ],
      [
        Buffer.concat([MAGIC, Buffer.from([0, 0xff]), block(0, 0, Buffer.alloc(0), true)]),
        "The packed data is of a kind that takes more than 128 MiB of memory to unpack.",
      ],
      [
        Buffer.concat([MAGIC, Buffer.from([1, 0x50, 9]), block(0, 0, Buffer.alloc(0), true)]),
        "The packed data needs a dictionary, which is not at hand.",
      ],
    ];
    for (const [bytes, damage] of cases) {
      for (const size of [1, 1000]) expect(await unpack("zstd", bytes, size)).toEqual(["", damage]);
    }
    const broken = Buffer.from(ZSTD);
    broken.fill(0xaa, 20, 30);
    const [text, damage] = await unpack("zstd", broken, 100);
    expect(damage !== undefined || text !== ZSTD_TEXT).toBe(true);
  });

  test("no flipped byte makes it fail otherwise than by damage", async () => {
    for (let at = 0; at < ZSTD.length; at += 1) {
      for (const bit of [0, 3, 7]) {
        const flipped = Buffer.from(ZSTD);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << bit);
        const [text] = await unpack("zstd", flipped, 64);
        expect(text.length).toBeLessThan(3_000_000);
      }
    }
  });
});

/** 300 MB of zeros, in some hundred kilobytes. */
function gzipBomb(): Buffer {
  const megabyte = gzipSync(Buffer.alloc(10 << 20));
  return Buffer.concat(Array.from({ length: 30 }, () => megabyte));
}

const zstdBomb = (): Buffer =>
  Buffer.concat([
    HEADER,
    ...Array.from({ length: 2400 }, (_, index) =>
      block(1, 1 << 17, Buffer.alloc(1), index === 2399),
    ),
  ]);

describe("a file that unpacks to far more than its size", () => {
  test.each([
    ["gzip", gzipBomb],
    ["zstd", zstdBomb],
  ] as const)("%s: is given up, with one refusal, in little memory", async (packing, make) => {
    const file = packed(packing, make());
    const before = process.memoryUsage().arrayBuffers;
    const items = await readAll(file, { longestRecord: 1 << 20 });
    expect(outline(items)).toEqual(["too-long", "damaged-file"]);
    expect(items[1]?.message).toBe(
      "The file unpacks to more than 1000 times its size; reading stopped there.",
    );
    expect(items[0]?.length).toBeLessThan(310 * 2 ** 20);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(300 * 2 ** 20);
  });

  test("a limit can be set", async () => {
    const file = packed("gzip", gzipSync('{"a":1}\n'.repeat(100_000)));
    const items = await readAll(file, { mostUnpacked: 400_000 });
    expect(items.length).toBeGreaterThan(10_000);
    expect(items.length).toBeLessThan(50_002);
    expect(items.at(-1)).toMatchObject({
      reason: "damaged-file",
      message: "The file unpacks to more than 400000 bytes; reading stopped there.",
    });
    expect(await readAll(file, { mostUnpacked: 800_000 })).toHaveLength(100_000);
  });

  test("ordinary logs are far from it", async () => {
    const line = `${JSON.stringify({ action: "read", agent: "agent-1", target: "orders", n: 0 })}\n`;
    const text = line.repeat(Math.ceil((70 << 20) / line.length));
    const file = packed("gzip", gzipSync(text, { level: 1 }));
    let documents = 0;
    let refused = 0;
    for (const item of await readAll(file)) {
      if (item.reason === undefined) documents += 1;
      else refused += 1;
    }
    expect([documents, refused]).toEqual([text.length / line.length, 0]);
  });
});
