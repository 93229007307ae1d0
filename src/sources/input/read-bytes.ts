// The unpacked bytes of a file, and how many stored bytes they took.

import { createHash } from "node:crypto";
import type { LogFile, LogPacking, SourceOptions } from "../source.ts";
import { isDamage, type Damage } from "./damage.ts";
import { readStored } from "./read-stored.ts";
import { unpackGzip } from "./unpack/gzip.ts";
import { unpackZstd } from "./unpack/zstd.ts";

/** Counts the stored bytes of one reading, and digests them when asked. */
export class Tally {
  /** Stored bytes read so far. */
  bytes = 0;
  readonly #onBytes: ((bytes: number) => void) | undefined;
  readonly #hash;

  constructor(onBytes?: (bytes: number) => void, digest = false) {
    this.#onBytes = onBytes;
    this.#hash = digest ? createHash("sha256") : undefined;
  }

  /** Whether every stored byte must be read, also behind damage. */
  get wantsAll(): boolean {
    return this.#hash !== undefined;
  }

  add(chunk: Uint8Array): void {
    this.bytes += chunk.length;
    this.#hash?.update(chunk);
    this.#onBytes?.(chunk.length);
  }

  /** To be asked once, at the end. */
  digest(): { readonly sha256?: string } {
    return this.#hash === undefined ? {} : { sha256: this.#hash.digest("hex") };
  }
}

/**
 * The bytes of a file, unpacked, in chunks that are valid until the next one is asked for.
 * When the file goes on but cannot be read or unpacked, or unpacks to more than it may, one
 * {@link Damage} follows, and nothing after it.
 *
 * @throws ComplianceError `unreadable-source` when it cannot be opened, `source-changed` when
 *   it has become shorter, `closed` for a stream that was read before, `unsupported-source` when
 *   this Node cannot unpack it
 */
export async function* readBytes(
  file: LogFile,
  options: SourceOptions,
  tally: Tally,
): AsyncGenerator<Buffer | Damage, void, undefined> {
  const from = Math.max(0, (options.range?.start ?? 0) - 1);
  const stored = counted(readStored(file, from), tally);
  if (file.packing === "none") {
    yield* stored;
    return;
  }
  try {
    yield* limited(UNPACK[file.packing](stored, file.path), options.mostUnpacked, tally);
    if (tally.wantsAll) await drain(stored);
  } finally {
    await stored.return();
  }
}

type Pieces = AsyncGenerator<Buffer | Damage, void, undefined>;
type Packing = Exclude<LogPacking, "none">;

/** Unpackers take what they need from the stored bytes and leave closing them to `readBytes`. */
const UNPACK: Readonly<Record<Packing, (stored: Pieces, path: string) => Pieces>> = {
  gzip: unpackGzip,
  zstd: unpackZstd,
};

async function* counted(stored: Pieces, tally: Tally): Pieces {
  for await (const piece of stored) {
    if (!isDamage(piece)) tally.add(piece);
    yield piece;
  }
}

/** Unpacked bytes up to which the ratio is not looked at. */
const RATIO_FROM = 1 << 26;
const MOST_RATIO = 1000;

async function* limited(unpacked: Pieces, most: number | undefined, tally: Tally): Pieces {
  let total = 0;
  for await (const piece of unpacked) {
    if (isDamage(piece)) {
      yield piece;
      return;
    }
    total += piece.length;
    if (most !== undefined && total > most) {
      yield { damage: `The file unpacks to more than ${most} bytes; reading stopped there.` };
      return;
    }
    if (most === undefined && total > RATIO_FROM && total > tally.bytes * MOST_RATIO) {
      yield {
        damage: `The file unpacks to more than ${MOST_RATIO} times its size; reading stopped there.`,
      };
      return;
    }
    yield piece;
  }
}

async function drain(stored: Pieces): Promise<void> {
  for (;;) {
    const { done, value } = await stored.next();
    if (done === true || isDamage(value)) return;
  }
}
