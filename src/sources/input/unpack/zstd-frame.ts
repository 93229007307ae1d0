// The header of a Zstandard frame (RFC 8878, 3.1.1.1).

import type { Damage } from "../damage.ts";
import type { StoredReader } from "./stored-reader.ts";
import { CUT_OFF, DAMAGED } from "./through-zlib.ts";

/** What the header of a frame says, as far as it is needed. */
export interface FrameHeader {
  /** The header as it is stored, with the magic number. */
  readonly bytes: Buffer;
  /** How far back a block may refer, in bytes. */
  readonly window: number;
  /** Length of the check sum behind the last block. */
  readonly checksumBytes: number;
}

/**
 * Reads the header of the next frame. Passes over a skippable frame and returns undefined.
 *
 * @returns damage when no frame begins here, when it cannot be unpacked, or at a cut-off header
 */
export async function readFrameHeader(
  reader: StoredReader,
): Promise<FrameHeader | Damage | undefined> {
  const magic = await reader.take(4);
  if (magic === undefined) return { damage: CUT_OFF };
  const word = magic.readUInt32LE();
  if (word >>> 4 === SKIPPABLE) return skipFrame(reader);
  if (word !== MAGIC) return { damage: "Bytes that are no Zstandard data follow the packed data." };
  return readDescribed(reader, magic);
}

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a5;

/** The most memory that the zstd tool itself takes for unpacking, unless told otherwise. */
const LARGEST_WINDOW = 2 ** 27;

async function skipFrame(reader: StoredReader): Promise<Damage | undefined> {
  const size = await reader.take(4);
  if (size !== undefined && (await reader.skip(size.readUInt32LE()))) return undefined;
  return { damage: CUT_OFF };
}

async function readDescribed(reader: StoredReader, magic: Buffer): Promise<FrameHeader | Damage> {
  const descriptor = await reader.take(1);
  if (descriptor === undefined) return { damage: CUT_OFF };
  const flags = descriptor[0] ?? 0;
  const single = (flags & 0x20) !== 0;
  const windowBytes = single ? 0 : 1;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][flags >> 6] ?? 0;
  const fields = await reader.take(windowBytes + dictionaryBytes + sizeBytes);
  if (fields === undefined) return { damage: CUT_OFF };
  const dictionary = fields.subarray(windowBytes, windowBytes + dictionaryBytes);
  if (dictionary.some((byte) => byte !== 0)) {
    return { damage: "The packed data needs a dictionary, which is not at hand." };
  }
  const window = single
    ? contentSize(fields.subarray(dictionaryBytes))
    : windowSize(fields[0] ?? 0);
  if ((flags & 0x08) !== 0) return { damage: DAMAGED };
  if (window > LARGEST_WINDOW) {
    return {
      damage: "The packed data is of a kind that takes more than 128 MiB of memory to unpack.",
    };
  }
  return {
    bytes: Buffer.concat([magic, descriptor, fields]),
    window,
    checksumBytes: (flags & 0x04) === 0 ? 0 : 4,
  };
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function contentSize(field: Buffer): number {
  if (field.length === 8) return Number(field.readBigUInt64LE());
  const size = field.readUIntLE(0, field.length);
  return field.length === 2 ? size + 256 : size;
}
