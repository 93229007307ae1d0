// A signal as something that can be waited for beside the work.

/** What must be forgotten when the work is done. */
export interface WhenAborted {
  /** Rejects with the signal's reason; nobody has to handle that. */
  readonly promise: Promise<never>;
  readonly forget: () => void;
}

/** Waits for a signal; forever where there is none. */
export function whenAborted(signal: AbortSignal | undefined): WhenAborted {
  let reject: ((reason: unknown) => void) | undefined;
  const promise = new Promise<never>((_, rejecting) => {
    reject = rejecting;
  });
  promise.catch(() => undefined);
  const onAbort = (): void => reject?.(signal?.reason);
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener("abort", onAbort);
  return { promise, forget: () => signal?.removeEventListener("abort", onAbort) };
}
