// Random logs whose times, ids and texts collide, and random measures over them.

import * as fc from "fast-check";
import type { OrderedMeasure } from "../../../../src/engines/fold/ordered/kind.ts";
import { orderedFold } from "../../../../src/engines/fold/ordered/ordered.ts";
import type { OrderedFold } from "../../../../src/engines/fold/ordered/ordered.ts";
import { parsePredicate } from "../../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../../src/expression/schema.ts";
import { ENTRY_FIELDS } from "../../../../src/model/audit-entry.ts";
import type { EntryField } from "../../../../src/model/audit-entry.ts";
import type { Expression } from "../../../../src/model/expression.ts";
import type { SequenceMeasure } from "../../../../src/model/measure.ts";
import { formatInstant, parseInstant } from "../../../../src/model/instant.ts";
import { naiveText } from "../../../expression/written.ts";
import type { OddEntry } from "../../../expression/written.ts";
import type { Means, Placed } from "./naive-ordered.ts";

export const SECOND = 1_000_000;
/** 2026-01-01T00:00:00Z. */
export const START = 1_767_225_600_000_000;
/** The report's own time, in the middle of the logs' times. */
export const NOW = START + 12 * SECOND;

/** CEL text, and what it must answer. */
const CONDITIONS: Readonly<Record<string, (entry: OddEntry) => boolean>> = {
  true: () => true,
  "approval == 'block'": ({ approval }) => approval === "block",
  "approval == 'auto'": ({ approval }) => approval === "auto",
  "approval != 'auto'": ({ approval }) => approval !== "auto",
  "result_status == 'failed'": (entry) => entry.result_status === "failed",
  "result_status == 'success'": (entry) => entry.result_status === "success",
  "risk_level == 'HIGH' || approval == 'block'": (entry) =>
    entry.risk_level === "HIGH" || entry.approval === "block",
  "parent_agent_id != '' || chain_depth > 0": ({ parent_agent_id: parent, chain_depth: depth }) =>
    naiveText(parent) !== "" ||
    ((typeof depth === "number" || typeof depth === "bigint") && depth > 0),
};

export const means: Means = (source, { entry }) => CONDITIONS[source]?.(entry) ?? false;

export const expression = (cel: string): Expression => parsePredicate(cel, ENTRY_SCHEMA);

const condition = fc.constantFrom(...Object.keys(CONDITIONS)).map(expression);
const rare = fc.constantFrom("approval == 'block'", "result_status == 'failed'").map(expression);

const timestamp = fc.oneof(
  {
    weight: 15,
    arbitrary: fc
      .tuple(fc.nat(24), fc.constantFrom(-1, 0, 0, 0, 1), fc.nat(2))
      .map(([seconds, more, how]) => {
        const text = formatInstant(START + seconds * SECOND + more);
        return how === 0 ? text.slice(0, -6) : text;
      }),
  },
  fc.constantFrom<unknown>(undefined, null, "", "soon", 5),
);

const word = fc.constantFrom<unknown>("a", "b", "a", "b", "c", "", null, undefined, 7);

export const entry: fc.Arbitrary<OddEntry> = fc.record({
  id: fc.oneof(fc.nat(5), fc.constantFrom<unknown>("x", "Ａ", "🔒", undefined)),
  timestamp,
  approval: fc.constantFrom<unknown>("auto", "block", "approve", null),
  result_status: fc.constantFrom<unknown>("success", "failed", undefined),
  risk_level: fc.constantFrom<unknown>("HIGH", "LOW"),
  session_id: word,
  chain_id: word,
  agent_id: word,
  parent_agent_id: word,
  action_type: word,
  action_params: fc.constantFrom<unknown>(undefined, null, "", "{}", {}, { a: 1 }, [1], 7),
  chain_depth: fc.constantFrom<unknown>(0, 1, 1, 2, 2n, -1, 1.5, Infinity, "1", null, undefined),
});

export const log: fc.Arbitrary<OddEntry[]> = fc.array(entry, { maxLength: 40, size: "max" });

const FIELDS = [
  "session_id",
  "chain_id",
  "agent_id",
  "action_type",
  "action_params",
] as const satisfies readonly EntryField[];
const fields = fc.subarray([...FIELDS], { maxLength: 2 });
const by = fc.constantFrom<EntryField[]>(
  ["chain_id", "session_id"],
  ["session_id"],
  ["agent_id", "parent_agent_id", "chain_id"],
  [],
);
const span = fc.constantFrom(0, 1, SECOND - 1, SECOND, SECOND + 1, 3 * SECOND, 20 * SECOND);
const counts = fc.record({
  counts: fc.tuple(condition, condition).map(([one, two]) => [
    { name: "of_population", of: "population" as const, where: one },
    { name: "of_exceptions", of: "exceptions" as const, where: two },
  ]),
  shares: fc.tuple(condition, condition).map(([among, part]) => [{ name: "a_share", among, part }]),
});

const base = { title: "", question: "", limitations: "", fields: [] };

const clock = fc.record({
  kind: fc.constant("clock" as const),
  population: condition,
  by,
  tolerance: span,
  ahead: span,
});
const gap = fc.record(
  {
    kind: fc.constant("gap" as const),
    population: condition,
    longerThan: span,
    by,
    rhythm: fc.record({
      percentile: fc.constantFrom(1, 50, 95, 100),
      times: fc.constantFrom(1, 1.5, 3),
    }),
    unlessAfter: rare,
    corroboration: fc.record({ same: fc.constantFrom(...FIELDS), where: condition }),
  },
  { requiredKeys: ["kind", "population", "longerThan", "by"] },
);
/** Made of maps, since a literal that names `then` is taken for something to await. */
const sequence = fc
  .record(
    {
      first: condition,
      next: condition,
      by,
      same: fields,
      different: fields,
      until: rare,
      within: span,
    },
    { requiredKeys: ["first", "next", "by", "same", "different"] },
  )
  .map(({ next, ...rest }) => {
    const members = new Map<string, unknown>([...Object.entries(rest), ["then", next]]);
    members.set("kind", "sequence").set("population", rest.first);
    return Object.fromEntries(members) as Pick<SequenceMeasure, "kind" | "population">;
  });
const run = fc.record({
  kind: fc.constant("run" as const),
  population: condition,
  by,
  brokenBy: rare,
  atLeast: fc.integer({ min: 1, max: 4 }),
});
const rate = fc.record(
  {
    kind: fc.constant("rate" as const),
    population: condition,
    by,
    same: fields,
    window: span,
    atLeast: fc.integer({ min: 1, max: 4 }),
    distinct: fc.constantFrom(...FIELDS),
  },
  { requiredKeys: ["kind", "population", "by", "same", "window", "atLeast"] },
);
const percentile = fc.record({
  kind: fc.constant("percentile" as const),
  population: condition,
  to: condition,
  same: fields,
  percentile: fc.constantFrom(1, 50, 90, 95, 100),
  within: span,
});
const delegation = fc.record({
  kind: fc.constant("delegation" as const),
  population: fc
    .constantFrom("parent_agent_id != '' || chain_depth > 0", "true", "approval == 'auto'")
    .map(expression),
});

/** Measures of one kind. */
export const MEASURES = { clock, gap, sequence, run, rate, percentile, delegation } as const;

/** Some measures of one kind, each asked in the same reading. */
export function measuresOf(kind: keyof typeof MEASURES): fc.Arbitrary<OrderedMeasure[]> {
  return fc
    .array(fc.tuple(MEASURES[kind], fc.oneof(counts, fc.constant({}))), {
      minLength: 1,
      maxLength: 4,
    })
    .map((parts) =>
      parts.map(
        ([part, named], at) =>
          Object.assign({}, base, named, part, { id: `measure-${at}` }) as OrderedMeasure,
      ),
    );
}

export function place(entries: readonly OddEntry[]): Placed[] {
  return entries.map((one, index) => {
    const instant = typeof one.timestamp === "string" ? parseInstant(one.timestamp) : Number.NaN;
    return {
      entry: one,
      position: index + 1,
      instant: Number.isNaN(instant) ? undefined : instant,
    };
  });
}

const COLUMNS = Object.keys(ENTRY_FIELDS) as EntryField[];

/** Takes placed entries, in the order given; each is its own reference, or its position is. */
export function foldOf(
  measures: readonly OrderedMeasure[],
  placed: readonly Placed[],
  {
    recoveryTime,
    byPosition = false,
  }: { recoveryTime?: number | undefined; byPosition?: boolean } = {},
): OrderedFold {
  const running = orderedFold(measures, (name) => COLUMNS.indexOf(name as EntryField), {
    now: NOW,
    inputs: recoveryTime === undefined ? {} : { recoveryTime },
  });
  const row: unknown[] = [];
  for (const { entry: one, position, instant } of placed) {
    for (const [slot, column] of COLUMNS.entries()) row[slot] = one[column];
    const { id } = one;
    running.step({
      row,
      instant: instant ?? Number.POSITIVE_INFINITY,
      id: (typeof id === "string" && id !== "") || typeof id === "number" ? id : undefined,
      position,
      reference: byPosition ? position : { action_desc: String(position) },
    });
  }
  return running;
}
