// Packed files come in chunks whose memory is used again for the next: nothing of that may show.

import { createHash } from "node:crypto";
import * as zlib from "node:zlib";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ComplianceError } from "../../src/model/error.ts";
import { isDamage, type Damage } from "../../src/sources/input/damage.ts";
import { readBytes, Tally } from "../../src/sources/input/read-bytes.ts";
import { unpackGzip } from "../../src/sources/input/unpack/gzip.ts";
import { openPortable } from "../../src/sources/input/unpack/zstd-portable.ts";
import { unpackZstd } from "../../src/sources/input/unpack/zstd.ts";
import { temporaryFolder, writeLog } from "./reading.ts";
import { unpackedFrame, unpackedSize, zstdFrame } from "./zstd-frames.ts";
import type { ZstdBlock } from "./zstd-frames.ts";

const folder = temporaryFolder();
const native = "createZstdDecompress" in zlib;

type Pieces = AsyncGenerator<Buffer | Damage, void, undefined>;

/** The bytes in chunks of given lengths by turns, each of which is overwritten when the next is asked for. */
async function* wiped(bytes: Buffer, lengths: readonly number[]): Pieces {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const chunk = Buffer.from(bytes.subarray(at, at + (lengths[turn % lengths.length] ?? 1)));
    at += chunk.length;
    yield chunk;
    chunk.fill(0x5a);
  }
}

async function unpacked(pieces: Pieces): Promise<readonly [Buffer, string | undefined]> {
  const found: Buffer[] = [];
  let damage: string | undefined;
  for await (const piece of pieces) {
    if (isDamage(piece)) damage = piece.damage;
    else found.push(Buffer.from(piece));
  }
  return [Buffer.concat(found), damage];
}

/** Bytes that no packer makes smaller, the same ones each time. */
function noise(length: number, seed: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = seed >>> 0;
  for (let at = 0; at < length; at += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[at] = state >>> 24;
  }
  return bytes;
}

const LARGEST_BLOCK = 1 << 17;
/** 128 KiB, 1 MiB and 4 MiB. */
const windowPower = fc.constantFrom(17, 20, 22);

const largeOrSmall = (small: number, large: number): fc.Arbitrary<number> =>
  fc.oneof(fc.integer({ min: 0, max: small }), fc.integer({ min: 0, max: large }));

/** What one block is to be; how far back it looks becomes a distance once it is known what there is. */
const plan = fc.oneof(
  fc.record({ kind: fc.constant("raw" as const), length: largeOrSmall(40, LARGEST_BLOCK) }),
  fc.record({ kind: fc.constant("repeated" as const), length: largeOrSmall(40, LARGEST_BLOCK) }),
  fc.record({
    kind: fc.constant("copying" as const),
    before: fc.oneof(fc.nat(15), fc.integer({ min: 64, max: 30_000 })),
    back: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.oneof(fc.integer({ min: 3, max: 34 }), fc.integer({ min: 131, max: 65_000 })),
    after: largeOrSmall(30, 30_000),
  }),
);

const frame = fc
  .tuple(windowPower, fc.array(plan, { minLength: 1, maxLength: 14 }), fc.integer())
  .map(([power, plans, seed]) => {
    const blocks: ZstdBlock[] = [];
    let size = 0;
    for (const [index, one] of plans.entries()) {
      const block = blockOf(one, size, 2 ** power, seed + index);
      blocks.push(block);
      size += unpackedSize(block);
    }
    return { packed: zstdFrame(power, blocks), plain: unpackedFrame(blocks) };
  });

type Plan = typeof plan extends fc.Arbitrary<infer One> ? One : never;

function blockOf(one: Plan, size: number, window: number, seed: number): ZstdBlock {
  if (one.kind === "raw") return { kind: "raw", bytes: noise(one.length, seed) };
  if (one.kind === "repeated") return { kind: "repeated", byte: seed & 255, times: one.length };
  const before = noise(one.before, seed);
  const most = Math.min(window, size + before.length);
  if (most === 0) return { kind: "raw", bytes: before };
  const distance = 1 + Math.round(one.back * (most - 1));
  const after = noise(one.after, seed + 7);
  return { kind: "copying", before, distance, length: one.length, after };
}

const frames = fc.array(frame, { minLength: 1, maxLength: 4 });
const lengths = fc.oneof(
  fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
  fc.array(fc.integer({ min: 1000, max: 70_000 }), { minLength: 1, maxLength: 4 }),
  fc.constant([1 << 20]),
);

/** Chunks of a few bytes only where there are few. */
function suited(bytes: Buffer, wanted: readonly number[]): readonly number[] {
  return bytes.length > 20_000 ? wanted.map((length) => length + 600) : wanted;
}

describe("chunks that end anywhere", () => {
  test("zstd: frames of many blocks that repeat what stands blocks before", async () => {
    await fc.assert(
      fc.asyncProperty(frames, lengths, async (all, wanted) => {
        const packed = Buffer.concat(all.map((one) => one.packed));
        const plain = Buffer.concat(all.map((one) => one.plain));
        const [found, damage] = await unpacked(
          unpackZstd(wiped(packed, suited(packed, wanted)), "log"),
        );
        expect(damage).toBeUndefined();
        expect(found.equals(plain)).toBe(true);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  test("gzip: many members", async () => {
    const members = fc.array(
      fc.record({
        length: largeOrSmall(40, 100_000),
        repeats: fc.boolean(),
        seed: fc.integer(),
      }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(members, lengths, async (all, wanted) => {
        const plains = all.map(({ length, repeats, seed }) =>
          repeats ? Buffer.alloc(length, noise(100, seed)) : noise(length, seed),
        );
        const packed = Buffer.concat(plains.map((plain) => zlib.gzipSync(plain, { level: 1 })));
        const [found, damage] = await unpacked(unpackGzip(wiped(packed, suited(packed, wanted))));
        expect(damage).toBeUndefined();
        expect(found.equals(Buffer.concat(plains))).toBe(true);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  test("a file of many pieces, read again and again", async () => {
    const text = noise(90_000, 1);
    const raw = Array.from({ length: 120 }, (_, at): ZstdBlock => ({
      kind: "raw",
      bytes: text.subarray(at * 100),
    }));
    const plain = unpackedFrame(raw);
    const expected = createHash("sha256").update(plain).digest("hex");
    const members = raw.map((block) => zlib.gzipSync(unpackedFrame([block]), { level: 0 }));
    for (const [packing, bytes] of [
      ["zstd", zstdFrame(20, raw)],
      ["gzip", Buffer.concat(members)],
    ] as const) {
      const file = writeLog(folder, `pieces.${packing}`, bytes, { packing });
      for (let turn = 0; turn < 6; turn += 1) {
        const hash = createHash("sha256");
        let damage: string | undefined;
        for await (const piece of readBytes(file, {}, new Tally())) {
          if (isDamage(piece)) damage = piece.damage;
          else hash.update(piece);
        }
        expect([damage, hash.digest("hex")]).toEqual([undefined, expected]);
      }
    }
  });
});

describe("zstd with a long window", () => {
  test("a repetition over many blocks", async () => {
    const start = noise(LARGEST_BLOCK, 3);
    const blocks: ZstdBlock[] = [
      { kind: "raw", bytes: start },
      ...Array.from({ length: 80 }, (): ZstdBlock => ({
        kind: "repeated",
        byte: 46,
        times: LARGEST_BLOCK,
      })),
    ];
    const far = blocks.length * LARGEST_BLOCK;
    // Lengths of different codes move the distance to other bits of the stream.
    for (const [index, literals] of [0, 64, 130, 300, 600, 1200, 2500, 5000].entries()) {
      blocks.push({
        kind: "copying",
        before: noise(literals, index),
        distance: far + literals,
        length: 5000,
        after: noise(far % 7, index),
      });
    }
    const packed = zstdFrame(24, blocks);
    const [found, damage] = await unpacked(unpackZstd(wiped(packed, [50_000]), "log"));
    expect(damage).toBeUndefined();
    expect(found.equals(unpackedFrame(blocks))).toBe(true);
  });

  const bytes = Buffer.from('{"id":1}\n');
  const longest = zstdFrame(27, [{ kind: "raw", bytes }]);

  test("is unpacked by Node, or an error where Node cannot: never read wrongly", async () => {
    const outcome = await unpacked(unpackZstd(wiped(longest, [5]), "logs/a.zst")).then(
      ([found]) => found.toString(),
      ({ code, message }: ComplianceError) => `${code}: ${message}`,
    );
    const refusal = `unsupported-source: Expected zstd data that Node ${process.versions.node} can unpack, got a frame with a window of 134217728 bytes in "logs/a.zst"`;
    expect(outcome).toBe(native ? bytes.toString() : refusal);
  });

  test("is refused by the portable decoder from where it is not exact", () => {
    const header = { bytes: longest.subarray(0, 6), checksumBytes: 0 };
    const most = 96 * 2 ** 20 - 4;
    expect(() => openPortable({ ...header, window: most + 1 }, "a")).toThrow(/window of 100663293/);
    expect(() => openPortable({ ...header, window: most }, "a")).not.toThrow();
  });

  test("the packed bytes do not stay in memory", async () => {
    const block: ZstdBlock = { kind: "raw", bytes: noise(LARGEST_BLOCK, 9) };
    const one = zstdFrame(17, [block, block]);
    const [head, middle, last] = [one.subarray(0, 6), one.subarray(6, -LARGEST_BLOCK - 3), one];
    const packed = (async function* (): Pieces {
      yield head;
      for (let turn = 0; turn < 3000; turn += 1) yield middle;
      yield last.subarray(-LARGEST_BLOCK - 3);
    })();
    const before = process.memoryUsage().arrayBuffers;
    let size = 0;
    for await (const piece of unpackZstd(packed, "log")) if (!isDamage(piece)) size += piece.length;
    expect(size).toBe(3001 * LARGEST_BLOCK);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(200 * 2 ** 20);
  });
});
