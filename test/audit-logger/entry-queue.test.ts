import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { entryQueue, type QueueLimits, type Sized } from "../../src/audit-logger/entry-queue.ts";

interface Numbered extends Sized {
  readonly number: number;
}

const LIMITS: QueueLimits = { batchEntries: 10, batchDelayMs: 1, queueEntries: 25 };

function item(number: number, size = 1): Numbered {
  return { number, size };
}

/** A queue whose batches wait at a gate, and what was sent. */
function gated(limits: Partial<QueueLimits> = {}) {
  const sent: number[][] = [];
  let open: (() => void) | undefined;
  let gate = new Promise<void>((resolve) => (open = resolve));
  const queue = entryQueue<Numbered, number>(
    async (items) => {
      sent.push(items.map(({ number }) => number));
      await gate;
      if (items.some(({ number }) => number < 0)) throw new Error(`refused ${items[0]?.number}`);
      return items.map(({ number }) => number * 2);
    },
    { ...LIMITS, ...limits },
  );
  return {
    queue,
    sent,
    open: () => open?.(),
    shut: () => {
      gate = new Promise<void>((resolve) => (open = resolve));
    },
  };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

describe("the queue", () => {
  it("sends in the order of the calls, in batches, and gives each call its own result", async () => {
    const { queue, sent, open } = gated();
    open();
    const results = await Promise.all(numbers(95).map((number) => queue.add(item(number))));
    expect(results).toEqual(numbers(95).map((number) => number * 2));
    expect(sent.flat()).toEqual(numbers(95));
    expect(Math.max(...sent.map(({ length }) => length))).toBe(10);
    expect(queue.waiting).toBe(0);
  });

  it("gathers what comes within the delay", async () => {
    const { queue, sent, open } = gated({ batchDelayMs: 40 });
    open();
    const first = queue.add(item(1));
    await sleep(5);
    await Promise.all([first, queue.add(item(2))]);
    expect(sent).toEqual([[1, 2]]);
  });

  it("does not wait for the delay when it is flushed", async () => {
    const { queue, sent, open } = gated({ batchDelayMs: 60_000 });
    open();
    const calls = numbers(15).map((number) => queue.add(item(number)));
    await queue.flush();
    expect(sent.map(({ length }) => length)).toEqual([10, 5]);
    await Promise.all(calls);
  });

  it("cuts a batch where it gets too large, and sends what is larger alone", async () => {
    const { queue, sent, open } = gated();
    open();
    await Promise.all(
      [3_000_000, 3_000_000, 3_000_000, 20_000_000, 1].map((size, number) =>
        queue.add(item(number, size)),
      ),
    );
    expect(sent).toEqual([[0, 1], [2], [3], [4]]);
  });

  it("has no room from its limit on, and again when a batch is stored", async () => {
    const { queue, open } = gated();
    const calls: Promise<number>[] = [];
    let produced = 0;
    const producer = (async () => {
      for (; produced < 200; produced += 1) {
        await queue.room();
        calls.push(queue.add(item(produced)));
      }
    })();
    await sleep(20);
    expect(produced).toBe(25);
    expect(queue.waiting).toBe(25);
    open();
    await producer;
    expect(await Promise.all(calls)).toHaveLength(200);
  });

  it("has no room for more than its characters", async () => {
    const { queue, open } = gated();
    const call = queue.add(item(1, 70_000_000));
    let room = false;
    const asked = queue.room().then(() => (room = true));
    await sleep(5);
    expect(room).toBe(false);
    open();
    await call;
    await asked;
  });

  it("fails the calls of a batch that fails, and goes on with the next", async () => {
    const { queue, open } = gated({ batchEntries: 2 });
    const calls = [1, -2, 3, 4].map((number) => queue.add(item(number)));
    const flushed = queue.flush();
    open();
    const settled = await Promise.allSettled(calls);
    expect(settled.map(({ status }) => status)).toEqual([
      "rejected",
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    await expect(flushed).rejects.toThrow("refused 1");
    await expect(queue.flush()).resolves.toBeUndefined();
  });

  it("flushes only what was there", async () => {
    const { queue, open, shut } = gated();
    const first = queue.add(item(1));
    const flushed = queue.flush();
    open();
    await flushed;
    await first;
    shut();
    const second = queue.add(item(2));
    expect(queue.waiting).toBe(1);
    open();
    await second;
  });
});
