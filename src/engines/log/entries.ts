// Lists the entries of a selection while the log is read: the reading waits whenever nobody
// takes what was found.

import { runIntake } from "../../intake/intake.ts";
import type { IntakePlan } from "../../intake/plan.ts";
import type { Origin } from "../../intake/sink.ts";
import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import type { AuditEntry } from "../../model/audit-entry.ts";
import type { EntrySelection } from "../engine.ts";
import { selectionTest } from "../fold/selection.ts";

/** The entries of the plan's inputs that a selection asks for, in the log's order. */
export async function* listEntries(
  plan: IntakePlan,
  selection: EntrySelection,
): AsyncGenerator<AuditEntry> {
  const isSelected = selectionTest(selection);
  let found: AuditEntry[] = [];
  const { give, wanted, takeAll, stop } = handOver();
  const reading = runIntake(
    plan,
    {
      accept(values, origin) {
        if (isSelected(values)) found.push(wholeEntry(values, origin));
      },
      duplicate() {},
      refuse() {},
      settle() {
        if (found.length === 0) return undefined;
        const entries = found;
        found = [];
        give(entries);
        return wanted();
      },
    },
    { digest: false, signal: stop.signal },
  );
  const ended = reading.then(
    () => give(undefined),
    (error: unknown) => give(error instanceof Error ? error : new Error(String(error))),
  );
  try {
    for await (const entries of takeAll()) yield* entries;
  } finally {
    stop.abort();
    await ended;
  }
}

/** What is handed over: entries, the reading's failure, or nothing: its end. */
type Given = readonly AuditEntry[] | Error | undefined;

/** One place between the reading and the taking. */
function handOver(): {
  readonly give: (given: Given) => void;
  /** Settles when what was given is wanted no longer. */
  readonly wanted: () => Promise<void>;
  readonly takeAll: () => AsyncGenerator<readonly AuditEntry[]>;
  readonly stop: AbortController;
} {
  const stop = new AbortController();
  const queue: Given[] = [];
  let onGiven: (() => void) | undefined;
  let onTaken: (() => void) | undefined;
  stop.signal.addEventListener("abort", () => onTaken?.());

  return {
    stop,
    give(given) {
      queue.push(given);
      onGiven?.();
    },
    wanted: () =>
      new Promise((resolve) => {
        onTaken = resolve;
        if (stop.signal.aborted) resolve();
      }),
    async *takeAll() {
      for (;;) {
        if (queue.length === 0) {
          await new Promise<void>((resolve) => {
            onGiven = resolve;
          });
        }
        const given = queue.shift();
        if (given === undefined) return;
        if (given instanceof Error) throw given;
        yield given;
        onTaken?.();
      }
    },
  };
}

function wholeEntry(values: readonly unknown[], { file, line }: Origin): AuditEntry {
  const entry: Record<string, unknown> = {};
  for (const [slot, field] of ENTRY_FIELD_NAMES.entries()) {
    if (values[slot] !== undefined) entry[field] = values[slot];
  }
  entry["source"] = `${file}:${line}`;
  return entry;
}
