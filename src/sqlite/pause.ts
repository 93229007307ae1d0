// Waiting inside synchronous code.

/** Waits so many milliseconds without giving other work of this thread a turn. */
export function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
