// Writes Zstandard frames (RFC 8878) block by block, so that a test says which block refers to what.

/** A block, by what it unpacks to. */
export type ZstdBlock =
  /** Bytes as they are. */
  | { readonly kind: "raw"; readonly bytes: Buffer }
  /** One byte, so many times. */
  | { readonly kind: "repeated"; readonly byte: number; readonly times: number }
  /**
   * Some bytes, then a repetition of what was so far back, then some bytes. Before the repetition stand
   * 0 to 15 bytes or at least 64; it is 3 to 34 bytes long or at least 131.
   */
  | {
      readonly kind: "copying";
      readonly before: Buffer;
      readonly distance: number;
      readonly length: number;
      readonly after: Buffer;
    };

/** A frame without a size or a check sum, whose window is 2 to the given power. */
export function zstdFrame(windowPower: number, blocks: readonly ZstdBlock[]): Buffer {
  const header = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0, (windowPower - 10) << 3]);
  return Buffer.concat([
    header,
    ...blocks.map((block, index) => writeBlock(block, index === blocks.length - 1)),
  ]);
}

/** What the blocks of one frame unpack to. */
export function unpackedFrame(blocks: readonly ZstdBlock[]): Buffer {
  const size = blocks.reduce((sum, block) => sum + unpackedSize(block), 0);
  const out = Buffer.alloc(size);
  let at = 0;
  const add = (bytes: Buffer): void => {
    at += bytes.copy(out, at);
  };
  for (const block of blocks) {
    if (block.kind === "raw") add(block.bytes);
    else if (block.kind === "repeated") add(Buffer.alloc(block.times, block.byte));
    else {
      add(block.before);
      for (let left = block.length; left > 0; left -= 1, at += 1) {
        out[at] = out[at - block.distance] ?? 0;
      }
      add(block.after);
    }
  }
  return out;
}

/** Bytes that a block unpacks to. */
export function unpackedSize(block: ZstdBlock): number {
  if (block.kind === "raw") return block.bytes.length;
  if (block.kind === "repeated") return block.times;
  return block.before.length + block.length + block.after.length;
}

function writeBlock(block: ZstdBlock, last: boolean): Buffer {
  if (block.kind === "raw") return withHead(0, block.bytes.length, block.bytes, last);
  if (block.kind === "repeated") return withHead(1, block.times, Buffer.from([block.byte]), last);
  const { before, distance, length, after } = block;
  const literals = Buffer.concat([before, after]);
  const literalsHead = Buffer.alloc(3);
  literalsHead.writeUIntLE((literals.length << 4) | 0b1100, 0, 3);
  const skipped = coded(before.length, 16, 25, 6, 0);
  const copied = coded(length, 35, 43, 7, 3);
  const back = log2(distance + 3);
  const oneSequenceWithOneCodeEach = [1, 0x54];
  const content = Buffer.concat([
    literalsHead,
    literals,
    Buffer.from([...oneSequenceWithOneCodeEach, skipped.code, back, copied.code]),
    // Read from the end: a mark, the distance, the length, the literals before.
    bitStream([skipped, copied, { bits: back, value: distance + 3 - 2 ** back }]),
  ]);
  return withHead(2, content.length, content, last);
}

function withHead(type: number, size: number, content: Buffer, last: boolean): Buffer {
  const head = Buffer.alloc(3);
  head.writeUIntLE((size << 3) | (type << 1) | Number(last), 0, 3);
  return Buffer.concat([head, content]);
}

/** The code of a length and the bits that it leaves open: a code of its own below some length. */
function coded(
  length: number,
  below: number,
  codeFrom: number,
  bitsFrom: number,
  least: number,
): { readonly code: number; readonly bits: number; readonly value: number } {
  if (length < below) return { code: length - least, bits: 0, value: 0 };
  const bits = log2(length - least);
  return { code: codeFrom + bits - bitsFrom, bits, value: length - least - 2 ** bits };
}

function bitStream(fields: readonly { readonly bits: number; readonly value: number }[]): Buffer {
  let all = 0n;
  let length = 0;
  for (const { bits, value } of [...fields, { bits: 1, value: 1 }]) {
    all |= BigInt(value) << BigInt(length);
    length += bits;
  }
  const bytes = Buffer.alloc(Math.ceil(length / 8));
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number((all >> BigInt(8 * at)) & 255n);
  return bytes;
}

function log2(value: number): number {
  return 31 - Math.clz32(value);
}
