// Entries wait here until they are stored: many calls share one insert, in the order of the calls.

/** How much is sent at once, and how much may wait. */
export interface QueueLimits {
  /** The most entries of one batch. */
  readonly batchEntries: number;
  /** Milliseconds that a batch waits for further entries, counted from when it could be sent. */
  readonly batchDelayMs: number;
  /** From so many waiting entries on there is no room. */
  readonly queueEntries: number;
}

/** Something that waits, and about how much memory it takes. */
export interface Sized {
  /** Characters, roughly. */
  readonly size: number;
}

/** A queue whose items are sent in batches, one batch at a time, in their order. */
export interface EntryQueue<Item extends Sized, Result> {
  /** Items that are not yet settled, those of the batch on its way included. */
  readonly waiting: number;
  /** Takes an item on at once; settles as its batch does. */
  add(item: Item): Promise<Result>;
  /** Settles as soon as there is room for another item. */
  room(): Promise<void>;
  /**
   * Sends what waits without delay. Settles when every item that was there is settled.
   *
   * @throws the first failure among them
   */
  flush(): Promise<void>;
}

/** Characters that go into one batch; an item that is longer goes alone. */
const BATCH_SIZE = 8_000_000;
/** Characters from which on there is no room. */
const QUEUE_SIZE = 64_000_000;

/**
 * @param send stores a batch and gives a result for each of its items. When it throws, every item
 *   of that batch fails, and the next batch is sent.
 */
export function entryQueue<Item extends Sized, Result>(
  send: (items: readonly Item[]) => Promise<readonly Result[]>,
  limits: QueueLimits,
): EntryQueue<Item, Result> {
  const line: Waiting<Item, Result>[] = [];
  const flushes: Flush[] = [];
  let forRoom: (() => void)[] = [];
  let waiting = 0;
  let size = 0;
  let sizeInLine = 0;
  let added = 0;
  let settled = 0;
  let timer: NodeJS.Timeout | undefined;
  let sending = false;

  const isFull = (): boolean => waiting >= limits.queueEntries || size >= QUEUE_SIZE;
  const makesABatch = (): boolean => line.length >= limits.batchEntries || sizeInLine >= BATCH_SIZE;

  const schedule = (): void => {
    if (sending || line.length === 0) return;
    if (flushes.length > 0 || makesABatch()) {
      clearTimeout(timer);
      timer = undefined;
      void sendOne();
    } else {
      timer ??= setTimeout(() => {
        timer = undefined;
        void sendOne();
      }, limits.batchDelayMs);
    }
  };

  const sendOne = async (): Promise<void> => {
    sending = true;
    const batch = line.splice(0, batchLength(line, limits.batchEntries));
    const batchSize = batch.reduce((sum, { item }) => sum + item.size, 0);
    sizeInLine -= batchSize;
    try {
      const results = await send(batch.map(({ item }) => item));
      for (const [index, one] of batch.entries()) one.resolve(results[index] as Result);
    } catch (error) {
      for (const one of batch) one.reject(error);
      for (const flush of flushes) flush.failure ??= { error };
    }
    sending = false;
    waiting -= batch.length;
    size -= batchSize;
    settled += batch.length;
    settleFlushes(flushes, settled);
    if (!isFull()) {
      for (const tell of forRoom) tell();
      forRoom = [];
    }
    schedule();
  };

  return {
    get waiting() {
      return waiting;
    },
    add: (item) =>
      new Promise((resolve, reject) => {
        line.push({ item, resolve, reject });
        added += 1;
        waiting += 1;
        size += item.size;
        sizeInLine += item.size;
        schedule();
      }),
    async room() {
      while (isFull()) {
        await new Promise<void>((resolve) => {
          forRoom.push(resolve);
        });
      }
    },
    async flush() {
      if (settled === added) return;
      const done = new Promise<void>((resolve, reject) => {
        flushes.push({ upTo: added, resolve, reject });
      });
      schedule();
      await done;
    },
  };
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

interface Flush {
  /** How many items, from the first on, it waits for. */
  readonly upTo: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  failure?: { readonly error: unknown };
}

/** How many items from the front make the next batch: at least one. */
function batchLength(line: readonly { readonly item: Sized }[], most: number): number {
  let size = 0;
  for (let length = 0; length < Math.min(line.length, most); length += 1) {
    size += line[length]?.item.size ?? 0;
    if (size > BATCH_SIZE) return Math.max(length, 1);
  }
  return Math.min(line.length, most);
}

/** Those whose items are all settled leave, the first first. */
function settleFlushes(flushes: Flush[], settled: number): void {
  while (flushes[0] !== undefined && flushes[0].upTo <= settled) {
    const { resolve, reject, failure } = flushes.shift() as Flush;
    if (failure === undefined) resolve();
    else reject(failure.error);
  }
}
