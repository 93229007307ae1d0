// Actions that wait for an answer that is logged later. Everything behind a waiting action
// waits too, so that entries leave in the order of their actions.

/** Most actions that are held back; then the oldest leaves without its answer. */
export const MOST_HELD_BACK = 10_000;

/** Most bytes of documents whose actions are held back. */
export const MOST_BYTES_HELD_BACK = 64 * 1024 * 1024;

/** An action on hold. */
export interface Held {
  /** Under which it waits; absent when it only stands behind one that waits. */
  readonly call: string | undefined;
  /** Bytes that it keeps in memory. */
  readonly weight: number;
}

/** A queue of actions on hold. */
export interface HoldBack<Action extends Held> {
  readonly empty: boolean;
  push(action: Action): void;
  /** The oldest action that waits under a key, which waits no longer; undefined when none does. */
  take(call: string): Action | undefined;
  /** Lets go what waits no longer; call it after the action of `take` was completed. */
  release(): void;
  /** Lets the oldest go until what is held back is light enough. */
  lighten(): void;
  /** Lets everything go. */
  finish(): void;
}

interface Place<Action> {
  readonly action: Action;
  waiting: boolean;
}

/**
 * An empty queue.
 *
 * @param leave told of each action that leaves, in the order in which they came
 */
export function holdBack<Action extends Held>(leave: (action: Action) => void): HoldBack<Action> {
  let queue: Place<Action>[] = [];
  let head = 0;
  let weight = 0;
  /** Those that wait, oldest first. */
  const waiting = new Map<string, Place<Action>[]>();

  const letGo = (): void => {
    const place = queue[head];
    if (place === undefined) return;
    head += 1;
    if (head === queue.length) {
      queue = [];
      head = 0;
    } else if (head > MOST_HELD_BACK) {
      queue = queue.slice(head);
      head = 0;
    }
    if (place.waiting && place.action.call !== undefined) takeOldest(place.action.call);
    weight -= place.action.weight;
    leave(place.action);
  };

  const takeOldest = (call: string): Place<Action> | undefined => {
    const places = waiting.get(call);
    const oldest = places?.shift();
    if (oldest !== undefined) oldest.waiting = false;
    if (places?.length === 0) waiting.delete(call);
    return oldest;
  };

  const release = (): void => {
    while (queue[head]?.waiting === false) letGo();
  };

  return {
    get empty() {
      return queue.length === 0;
    },
    push(action) {
      const { call } = action;
      const place = { action, waiting: call !== undefined };
      queue.push(place);
      weight += action.weight;
      if (call !== undefined) {
        const places = waiting.get(call);
        if (places === undefined) waiting.set(call, [place]);
        else places.push(place);
      }
      if (queue.length - head > MOST_HELD_BACK) letGo();
      release();
    },
    take: (call) => takeOldest(call)?.action,
    release,
    lighten() {
      if (weight <= MOST_BYTES_HELD_BACK) return;
      for (let place = queue[head]; place !== undefined; place = queue[head]) {
        if (weight <= MOST_BYTES_HELD_BACK && place.waiting) return;
        letGo();
      }
    },
    finish() {
      while (queue.length > 0) letGo();
    },
  };
}
