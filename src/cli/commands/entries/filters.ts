// The filters of `entries` as one condition, in the words that engines understand.

import { ENTRY_SCHEMA, loadCatalog, parsePredicate } from "../../../index.ts";
import type { EntryField, Expression, Predicate, TextTerm } from "../../../index.ts";
import { naming } from "../../naming.ts";

export interface FilterFlags {
  readonly session?: readonly string[] | undefined;
  readonly agent?: readonly string[] | undefined;
  readonly type?: readonly string[] | undefined;
  readonly risk?: readonly string[] | undefined;
  readonly approval?: readonly string[] | undefined;
  readonly decision?: readonly string[] | undefined;
  readonly rule?: readonly string[] | undefined;
  readonly result?: readonly string[] | undefined;
  readonly where?: string | undefined;
}

/** Which field a filter asks about, and whether upper and lower case are one to it. */
const FILTERS = {
  session: { field: "session_id", anyCase: false },
  agent: { field: "agent_id", anyCase: false },
  type: { field: "action_type", anyCase: false },
  risk: { field: "risk_level", anyCase: true },
  approval: { field: "approval", anyCase: true },
  decision: { field: "human_decision", anyCase: true },
  rule: { field: "matched_rule", anyCase: false },
  result: { field: "result_status", anyCase: true },
} as const satisfies Readonly<
  Record<
    Exclude<keyof FilterFlags, "where">,
    { readonly field: EntryField; readonly anyCase: boolean }
  >
>;

/**
 * All filters together; nothing when there are none. `--where` may use the definitions that
 * measures use, such as `executed`.
 *
 * @throws ComplianceError `invalid-expression`
 */
export function readFilters(flags: FilterFlags): Expression | undefined {
  const names = Object.keys(FILTERS) as readonly (keyof typeof FILTERS)[];
  const filters = names.flatMap((name) => {
    const values = flags[name];
    return values === undefined ? [] : [{ ...FILTERS[name], values }];
  });
  const where = flags.where === undefined ? undefined : readWhere(flags.where);
  if (where === undefined && filters.length === 0) return undefined;
  const fields = [...filters.map(({ field }) => field), ...(where?.fields ?? [])];
  return {
    source: where?.source ?? "",
    predicate: {
      kind: "and",
      of: [
        ...filters.map(({ field, anyCase, values }) => oneOf(field, values, anyCase)),
        ...(where === undefined ? [] : [where.predicate]),
      ],
    },
    fields: [...new Set(fields)].sort(),
  };
}

function readWhere(source: string): Expression {
  const { definitions } = loadCatalog().definitions();
  return naming("--where", () => parsePredicate(source, ENTRY_SCHEMA, definitions));
}

function oneOf(field: EntryField, values: readonly string[], anyCase: boolean): Predicate {
  const text: TextTerm = { kind: "text-field", name: field };
  const recorded = values.filter((value) => value !== "");
  const isOne: Predicate = anyCase
    ? {
        kind: "in-texts",
        term: { kind: "lower-ascii", of: text },
        values: recorded.map((value) => value.toLowerCase()),
      }
    : { kind: "in-texts", term: text, values: recorded };
  if (recorded.length === values.length) return isOne;
  const isUnrecorded: Predicate = { kind: "not", of: { kind: "present", name: field } };
  return { kind: "or", of: [isUnrecorded, isOne] };
}
