// One logged action, in the column names of the audit database. The same names serve in
// JSON Lines, in CEL expressions and in the report's evidence, so nothing is ever renamed.

/** Type of a field as expressions see it. `json` fields can only be asked whether they are present. */
export type EntryFieldType = "text" | "integer" | "instant" | "json";

/** The 18 fields of an audit entry, in the order of the database's columns. */
export const ENTRY_FIELDS = {
  id: "integer",
  session_id: "text",
  timestamp: "instant",
  action_type: "text",
  action_target: "text",
  action_params: "json",
  action_desc: "text",
  risk_level: "text",
  approval: "text",
  matched_rule: "text",
  human_decision: "text",
  result_status: "text",
  result_data: "json",
  result_error: "text",
  agent_id: "text",
  parent_agent_id: "text",
  chain_id: "text",
  chain_depth: "integer",
} as const satisfies Record<string, EntryFieldType>;

/** Name of an entry's field. */
export type EntryField = keyof typeof ENTRY_FIELDS;

/** All field names, in column order. */
export const ENTRY_FIELD_NAMES = Object.keys(ENTRY_FIELDS) as readonly EntryField[];

/**
 * One logged action: who, what, on what, how risky, which rule decided, what a human
 * answered, what came of it. Every field may be unrecorded: absent, null and empty text
 * mean the same to every measure.
 */
export interface AuditEntry {
  /** Row number or foreign identifier; the pointer by which a finding names its evidence. */
  readonly id?: number | string | null;
  readonly session_id?: string | null;
  /** Time of logging as ISO 8601 text; without an offset it is read as UTC. */
  readonly timestamp?: string | null;
  readonly action_type?: string | null;
  readonly action_target?: string | null;
  /** JSON text in the database, or the parsed value. */
  readonly action_params?: unknown;
  readonly action_desc?: string | null;
  /** LOW, MEDIUM, HIGH or CRITICAL; compared without regard to ASCII case. */
  readonly risk_level?: string | null;
  /** What the policy decided: auto, approve or block. */
  readonly approval?: string | null;
  /** Name of the rule that decided, `type@target`, `<default>` or `<no-policy>`. */
  readonly matched_rule?: string | null;
  /** approved, denied, or unrecorded when nobody was asked or nobody answered. */
  readonly human_decision?: string | null;
  /** success, failed, blocked, denied or skipped. */
  readonly result_status?: string | null;
  /** JSON text in the database, or the parsed value. */
  readonly result_data?: unknown;
  readonly result_error?: string | null;
  readonly agent_id?: string | null;
  readonly parent_agent_id?: string | null;
  /** Delegation chain (not a hash chain). */
  readonly chain_id?: string | null;
  readonly chain_depth?: number | null;
  /** Where it stands in a foreign log, as `file:line`; said by the engine, no field of the entry. */
  readonly source?: string;
}

/**
 * The text of a recorded value, or "" when it is unrecorded. Numbers are their decimal
 * text; a value of any other type is no text and counts as unrecorded.
 */
export function fieldText(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "bigint") return String(value);
  return "";
}

/** Whether a field's value is recorded: not absent, not null, not empty text, and of the field's type. */
export function isRecorded(field: EntryField, value: unknown): boolean {
  if (value === undefined || value === null || value === "") return false;
  if (ENTRY_FIELDS[field] === "json") return true;
  return typeof value === "string" || typeof value === "number" || typeof value === "bigint";
}

/** The fields that a finding shows of an entry: enough to find it again and to see why it deviates. */
export const EVIDENCE_FIELDS = [
  "id",
  "timestamp",
  "agent_id",
  "action_type",
  "action_target",
  "matched_rule",
  "approval",
  "human_decision",
  "result_status",
] as const satisfies readonly EntryField[];

/**
 * An entry as evidence: the nine fields above, null where unrecorded. A value of a type
 * that its field cannot have is shown as its JSON text, or by its type where it has none.
 */
export function toEvidence(entry: AuditEntry): AuditEntry {
  const evidence: Record<string, unknown> = {};
  for (const field of EVIDENCE_FIELDS) evidence[field] = evidenceValue(entry[field]);
  return evidence;
}

function evidenceValue(value: unknown): string | number | null {
  if (value === undefined || value === null || value === "") return null;
  if (typeof value === "string" || typeof value === "number") return value;
  if (typeof value === "bigint") return String(value);
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return `[${typeof value}]`;
  }
}
