// Unpacks gzip (RFC 1952): any number of members, zero bytes behind the last. Headers and check
// sums are read here, so that a wrong one takes nothing along that was unpacked before it.

import { crc32, createInflateRaw } from "node:zlib";
import { isDamage, type Damage } from "../damage.ts";
import { StoredReader } from "./stored-reader.ts";
import { CUT_OFF, DAMAGED, STEP_BYTES, STEPWISE, ZlibDriver } from "./through-zlib.ts";

/**
 * The unpacked bytes; damage at the end when the data is damaged or cut off, when its check
 * sum is wrong, or when something else follows it.
 *
 * @param stored is not closed
 */
export async function* unpackGzip(
  stored: AsyncGenerator<Buffer | Damage, void, undefined>,
): AsyncGenerator<Buffer | Damage, void, undefined> {
  const reader = new StoredReader(stored);
  let damage = await passHeader(reader);
  while (damage === undefined) {
    for await (const piece of unpackMember(reader)) {
      if (isDamage(piece)) damage = piece.damage;
      else yield piece;
    }
    if (damage !== undefined) break;
    await skipZeros(reader);
    if ((await reader.available(1)) === 0) break;
    damage = await passHeader(reader);
  }
  if (reader.damage !== undefined) yield reader.damage;
  else if (damage !== undefined) yield { damage };
}

const DEFLATE = 8;
const FLAGS = { headerSum: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;

/** Passes over a member's header; returns what is wrong with it. */
async function passHeader(reader: StoredReader): Promise<string | undefined> {
  const magic = await reader.take(2);
  if (magic === undefined) return CUT_OFF;
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) {
    return "Bytes that are no gzip data follow the packed data.";
  }
  const fields = await reader.take(8);
  if (fields === undefined) return CUT_OFF;
  const flags = fields[1] ?? 0;
  if (fields[0] !== DEFLATE || (flags & FLAGS.reserved) !== 0) return DAMAGED;
  let complete = true;
  if ((flags & FLAGS.extra) !== 0) {
    const size = await reader.take(2);
    complete = size !== undefined && (await reader.skip(size.readUInt16LE()));
  }
  if ((flags & FLAGS.name) !== 0) complete &&= await skipText(reader);
  if ((flags & FLAGS.comment) !== 0) complete &&= await skipText(reader);
  if ((flags & FLAGS.headerSum) !== 0) complete &&= await reader.skip(2);
  return complete ? undefined : CUT_OFF;
}

async function* unpackMember(
  reader: StoredReader,
): AsyncGenerator<Buffer | Damage, void, undefined> {
  const driver = new ZlibDriver(createInflateRaw(STEPWISE));
  let sum = 0;
  let size = 0;
  try {
    while (!driver.ended) {
      const packed = await reader.look(STEP_BYTES);
      const before = driver.used;
      for await (const piece of packed.length === 0 ? driver.end() : driver.write(packed)) {
        yield piece;
        if (isDamage(piece)) return;
        sum = crc32(piece, sum);
        size += piece.length;
      }
      await reader.skip(driver.used - before);
    }
  } finally {
    driver.close();
  }
  const trailer = await reader.take(8);
  if (trailer === undefined) {
    yield { damage: CUT_OFF };
  } else if (trailer.readUInt32LE() !== sum || trailer.readUInt32LE(4) !== size % 2 ** 32) {
    yield { damage: "The check sum of the packed data is wrong: some of it was changed." };
  }
}

async function skipText(reader: StoredReader): Promise<boolean> {
  for (;;) {
    const byte = await reader.take(1);
    if (byte === undefined || byte[0] === 0) return byte !== undefined;
  }
}

async function skipZeros(reader: StoredReader): Promise<void> {
  for (let zeros = -1; zeros !== 0;) {
    const bytes = await reader.look(STEP_BYTES);
    const end = bytes.findIndex((byte) => byte !== 0);
    zeros = end < 0 ? bytes.length : end;
    await reader.skip(zeros);
  }
}
