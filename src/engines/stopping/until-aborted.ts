// A stream that is left as soon as a signal says so, also while it is waited for.

/**
 * The items of a stream. What it was still to give when the signal came is not waited for.
 *
 * @throws the signal's reason when it was aborted
 */
export async function* untilAborted<Item>(
  items: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item, void, undefined> {
  if (signal === undefined) {
    yield* items;
    return;
  }
  signal.throwIfAborted();
  const iterator = items[Symbol.asyncIterator]();
  let giveUp: (() => void) | undefined;
  const onAbort = (): void => giveUp?.();
  signal.addEventListener("abort", onAbort);
  /** One promise an item: waiting for one and the same again and again would keep every wait. */
  const next = (): Promise<IteratorResult<Item, unknown>> =>
    new Promise((resolve, reject) => {
      giveUp = () => reject(signal.reason as Error);
      iterator.next().then(resolve, reject);
    });
  let ended = false;
  try {
    for (;;) {
      signal.throwIfAborted();
      const { value, done } = await next();
      if (done === true) {
        ended = true;
        return;
      }
      yield value;
    }
  } finally {
    signal.removeEventListener("abort", onAbort);
    // It may never answer: nobody waits for it.
    if (!ended) iterator.return?.().then(undefined, () => undefined);
  }
}
