// What a mapping makes of a log, for whoever writes the mapping: counts, how often each field
// is recorded, what was refused first, and the first entries.

import { ENTRY_FIELD_NAMES, isRecorded } from "../model/audit-entry.ts";
import type { AuditEntry, EntryField } from "../model/audit-entry.ts";
import type { IntakeStatement, RejectedRecord } from "../model/intake.ts";
import type { Mapping } from "../model/mapping.ts";
import { runIntake } from "./intake.ts";
import { planIntake } from "./plan.ts";
import type { PlanOptions } from "./plan.ts";

/** How many refused records are shown. */
const SHOWN_REJECTIONS = 5;

export interface LogPreview {
  readonly counts: {
    readonly records: number;
    readonly withoutAction: number;
    readonly accepted: number;
    readonly rejected: number;
    readonly duplicate: number;
  };
  /** How many entries record each field that any of them records, in the fields' order. */
  readonly recorded: ReadonlyMap<EntryField, number>;
  readonly statement: IntakeStatement;
  /** The first of them. */
  readonly rejections: readonly Pick<RejectedRecord, "file" | "line" | "reason" | "message">[];
  /** The first of them, each with the fields that it records. */
  readonly entries: readonly AuditEntry[];
}

export interface PreviewOptions extends Omit<PlanOptions, "mapping" | "mappings"> {
  /** How many entries are kept. */
  readonly entries: number;
}

/**
 * Reads a log by one mapping.
 *
 * @throws ComplianceError as reading it for a report would
 */
export async function previewLog(
  path: string,
  mapping: Mapping,
  { entries: most, ...options }: PreviewOptions,
): Promise<LogPreview> {
  const plan = await planIntake([path], { ...options, mapping, mappings: [] });
  const numbers = new Map<EntryField, number>();
  const rejections: LogPreview["rejections"][number][] = [];
  const entries: AuditEntry[] = [];
  let accepted = 0;
  let rejected = 0;
  let duplicate = 0;
  const { statement } = await runIntake(plan, {
    accept: (values) => {
      accepted += 1;
      for (const [slot, field] of ENTRY_FIELD_NAMES.entries()) {
        if (isRecorded(field, values[slot])) numbers.set(field, (numbers.get(field) ?? 0) + 1);
      }
      if (entries.length < most) entries.push(entryOf(values));
    },
    duplicate: () => {
      duplicate += 1;
    },
    refuse: ({ file, line, reason, message }) => {
      rejected += 1;
      if (rejections.length < SHOWN_REJECTIONS) rejections.push({ file, line, reason, message });
    },
  });
  const { records, withoutAction } = statement;
  return {
    counts: { records, withoutAction, accepted, rejected, duplicate },
    recorded: new Map(
      ENTRY_FIELD_NAMES.flatMap((field) => {
        const number = numbers.get(field);
        return number === undefined ? [] : [[field, number] as const];
      }),
    ),
    statement,
    rejections,
    entries,
  };
}

function entryOf(values: readonly unknown[]): AuditEntry {
  return Object.fromEntries(
    ENTRY_FIELD_NAMES.flatMap((field, slot) => {
      const value = values[slot];
      return value === undefined || value === null || value === "" ? [] : [[field, value] as const];
    }),
  );
}
