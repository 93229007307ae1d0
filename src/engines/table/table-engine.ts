// An engine over a log in a table of any database: rows are streamed in the log's order into
// the fold, and evidence is looked up afterwards in the same view. The database never judges.

import { ENTRY_FIELD_NAMES } from "../../model/audit-entry.ts";
import { ComplianceError } from "../../model/error.ts";
import type { Question } from "../engine.ts";
import type { GrowingEngine } from "../growing.ts";
import { answerOf } from "../part.ts";
import type { FoldedPart, PartOptions } from "../part.ts";
import { foldView } from "./fold-view.ts";
import { growingView } from "./growing-view.ts";
import { listExceptions, listRows } from "./list-exceptions.ts";
import { lookUp } from "./look-up.ts";
import { ALONE, placingFor } from "./placing.ts";
import type { Placing } from "./placing.ts";
import type { TableReader, TableView } from "./reader.ts";
import { selectEntries } from "./select-entries.ts";
import type { OpenView } from "./table-rows.ts";
import { rowProgress } from "../progress/row-progress.ts";

/**
 * An engine over a table, which closes the reader when it is closed. Each reading sees one view;
 * what a folded part is asked afterwards is answered from the view that was folded.
 */
export function tableEngine(reader: TableReader): GrowingEngine {
  const views = new Set<TableView>();
  let closed = false;

  const begin = async (signal: AbortSignal | undefined): Promise<OpenView> => {
    if (closed) throw engineClosed();
    signal?.throwIfAborted();
    const view = await reader.view(signal);
    views.add(view);
    if (closed) {
      await abandon(view);
      throw engineClosed();
    }
    return { table: reader.table, view, signal };
  };
  const end = async (view: TableView): Promise<void> => {
    if (views.delete(view)) await view.close();
  };
  /** Ends a view after a failure, which matters more than any of the closing. */
  const abandon = (view: TableView): Promise<void> => end(view).catch(() => undefined);

  const foldPart = async (
    question: Question,
    placingOf: (view: TableView) => Placing,
    { onProgress, signal }: PartOptions = {},
  ): Promise<FoldedPart> => {
    const open = await begin(signal);
    const { view, table } = open;
    const still = (): OpenView => {
      if (views.has(view)) return open;
      throw engineClosed();
    };
    try {
      const placing = placingOf(view);
      const running = await foldView(open, question, placing, rowProgress(view.rows, onProgress));
      return {
        running,
        surroundings: {
          inputs: [view.input],
          recordable: ENTRY_FIELD_NAMES.filter((field) => table.columns.has(field)),
        },
        resolve: async (references) => lookUp(still(), references, placing),
        async *exceptions(asked, known, options = {}) {
          const onRows = rowProgress(view.rows, options.onProgress);
          const stop = options.signal === undefined ? {} : { signal: options.signal };
          yield* listRows({ ...still(), ...stop }, asked, known, { ...placing, onRows });
        },
        close: () => end(view),
      };
    } catch (error) {
      await abandon(view);
      throw error;
    }
  };

  const reading = async function* <Item>(
    signal: AbortSignal | undefined,
    read: (open: OpenView) => AsyncGenerator<Item, void, undefined>,
  ): AsyncGenerator<Item, void, undefined> {
    const open = await begin(signal);
    try {
      yield* read(open);
      await end(open.view);
    } finally {
      await abandon(open.view);
    }
  };

  return {
    async view(signal) {
      const open = await begin(signal);
      return growingView(open, () => end(open.view));
    },
    foldPart: (question, base, options) =>
      foldPart(question, (view) => placingFor(view, base), options),
    async observe(question, options) {
      const part = await foldPart(question, () => ALONE, options);
      try {
        const answer = await answerOf(part);
        await part.close?.();
        return answer;
      } catch (error) {
        await part.close?.().catch(() => undefined);
        throw error;
      }
    },
    exceptions: (question, options = {}) =>
      reading(options.signal, (open) => listExceptions(open, question, options)),
    entries: (selection, options = {}) =>
      reading(options.signal, (open) => selectEntries(open, selection)),
    async close() {
      if (closed) return;
      closed = true;
      for (const view of views) await abandon(view);
      await reader.close();
    },
  };
}

function engineClosed(): ComplianceError {
  return new ComplianceError("closed", "this engine was closed");
}
