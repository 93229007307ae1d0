// Rows of one query, handed on one by one with exact integers and translated errors.

/** Rows whose source may be closed before they have ended. */
export interface LiveRows extends IterableIterator<unknown[]> {
  return(): IteratorResult<unknown[]>;
  /** Frees the query. Asking for a further row throws, so that a part is never taken for the whole. */
  cut(): void;
}

/** What happens around the rows of one query. */
export interface RowEvents {
  /** Gives the error for a row that is asked for after `cut`. */
  readonly onCut: () => unknown;
  /** The rows have ended: all were read, or the reader wants no more. */
  readonly onEnd: (complete: boolean) => void;
  /** Gives the error to throw instead. */
  readonly onError: (error: unknown) => unknown;
}

/**
 * Wraps a driver's iterator, whose rows hold a bigint for every INTEGER: those that a
 * number can hold exactly become numbers, in place.
 */
export function rowsOf(inner: Iterator<unknown[]>, events: RowEvents): LiveRows {
  let ended = false;
  let cut = false;
  const end = (complete: boolean): IteratorResult<unknown[]> => {
    if (!ended) {
      ended = true;
      events.onEnd(complete);
    }
    return { done: true, value: undefined };
  };
  return {
    next() {
      if (cut) throw events.onCut();
      if (ended) return { done: true, value: undefined };
      let step: IteratorResult<unknown[]>;
      try {
        step = inner.next();
      } catch (error) {
        ended = true;
        throw events.onError(error);
      }
      if (step.done === true) return end(true);
      narrowIntegers(step.value);
      return step;
    },
    return() {
      if (!ended) inner.return?.();
      return end(false);
    },
    cut() {
      if (ended) return;
      cut = true;
      this.return();
    },
    [Symbol.iterator]() {
      return this;
    },
  };
}

/** Makes numbers of the bigints that a number holds exactly, in place. */
export function narrowIntegers(row: unknown[]): void {
  for (let index = 0; index < row.length; index += 1) {
    const value = row[index];
    if (typeof value !== "bigint") continue;
    const number = Number(value);
    if (Number.isSafeInteger(number)) row[index] = number;
  }
}
