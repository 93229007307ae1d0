// What is logged of one action, and the values that the database holds of it.

import type { EntryField } from "../model/audit-entry.ts";
import { ComplianceError } from "../model/error.ts";
import { jsonText } from "./json-text.ts";
import type { Redaction } from "./redaction.ts";

/** The columns that `log` fills from its arguments: all but the id and the time. */
export type LoggedRow = Readonly<Record<Exclude<EntryField, "id" | "timestamp">, StoredValue>>;

/** What a column of a logged entry holds. */
export type StoredValue = string | number | null;

/**
 * The row of one action, secrets redacted. Unrecorded is NULL: absent, null and empty text
 * are the same, except in the columns that the database requires.
 *
 * @throws ComplianceError `invalid-action` when something is missing or has the wrong type
 */
export function loggedRow(
  sessionId: string,
  decision: LoggedDecision,
  details: LogDetails,
  redact: Redaction,
): LoggedRow {
  const { action } = requireObject("decision", decision);
  const { type, target, params, description, agentId } = requireObject("decision.action", action);
  const result = optionalObject("result", details.result);
  return {
    session_id: text("sessionId", sessionId),
    action_type: text("action.type", type),
    action_target: redact.credentials(text("action.target", target)),
    action_params: jsonText(params ?? {}, redact.json),
    action_desc: optional("action.description", description, redact.credentials),
    risk_level: oneOf("riskLevel", text("riskLevel", decision.riskLevel).toUpperCase(), RISKS),
    approval: oneOf("approval", text("approval", decision.approval).toLowerCase(), APPROVALS),
    matched_rule: optional("matchedRule", decision.matchedRule),
    human_decision: optional("humanDecision", details.humanDecision),
    result_status: optional("result.status", result?.status),
    result_data: unlessUnset(result?.data, redact),
    result_error: optional("result.error", result?.error, redact.text),
    agent_id: optional("action.agentId", agentId),
    parent_agent_id: optional("parentAgentId", details.parentAgentId),
    chain_id: optional("chainId", details.chainId),
    chain_depth: depth(details.chainDepth ?? 0),
  };
}

/** The part of a policy's decision that is logged. */
export interface LoggedDecision {
  readonly action: {
    readonly type: string;
    readonly target: string;
    /** Stored as JSON text; an object as a rule. */
    readonly params?: unknown;
    readonly description?: string | null | undefined;
    readonly agentId?: string | null | undefined;
  };
  /** LOW, MEDIUM, HIGH or CRITICAL; stored in capitals. */
  readonly riskLevel: string;
  /** auto, approve or block; stored in small letters. */
  readonly approval: string;
  readonly matchedRule?: string | null | undefined;
}

/** What came of an action. */
export interface LoggedResult {
  /** success, failed, blocked, denied or skipped. Another word is stored as it is. */
  readonly status: string;
  /** Stored as JSON text. Zero, false, and empty lists and texts are kept; null and undefined are no data. */
  readonly data?: unknown;
  readonly error?: string | null | undefined;
}

/** What is logged beside the decision. */
export interface LogDetails {
  /** Absent when the action was not carried out yet. */
  readonly result?: LoggedResult | null | undefined;
  /** approved or denied; absent when nobody was asked or nobody answered. */
  readonly humanDecision?: string | null | undefined;
  readonly parentAgentId?: string | null | undefined;
  /** Id of the delegation chain that the action belongs to. */
  readonly chainId?: string | null | undefined;
  /** How many delegations deep; 0 unless given. */
  readonly chainDepth?: number | undefined;
}

const RISKS = ["LOW", "MEDIUM", "HIGH", "CRITICAL"] as const;
const APPROVALS = ["auto", "approve", "block"] as const;

/**
 * Text as SQLite can hold it. Half of a surrogate pair has no UTF-8 form and becomes
 * U+FFFD; written as it is, it would make the whole row unreadable to other programs.
 */
export function storable(value: string): string {
  return value.replaceAll(/\p{Surrogate}/gu, "\uFFFD");
}

function text(name: string, value: unknown): string {
  if (typeof value === "string") return storable(value);
  throw invalid(`Expected ${name} to be text, got ${kindOf(value)}`);
}

function optional(
  name: string,
  value: unknown,
  redact: (value: string) => string = (same) => same,
): string | null {
  if (value === undefined || value === null) return null;
  const stored = redact(text(name, value));
  return stored === "" ? null : stored;
}

function unlessUnset(data: unknown, redact: Redaction): string | null {
  return data === undefined || data === null ? null : jsonText(data, redact.json);
}

function oneOf<Word extends string>(name: string, value: string, words: readonly Word[]): Word {
  const found = words.find((word) => word === value);
  if (found !== undefined) return found;
  throw invalid(`Expected ${name} to be ${words.join(", ")}, got ${JSON.stringify(value)}`);
}

function depth(value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalid(`Expected chainDepth to be a whole number from 0, got ${jsonText(value)}`);
}

function requireObject<T>(name: string, value: T): T & object {
  if (typeof value === "object" && value !== null) return value;
  throw invalid(`Expected ${name} to be an object, got ${kindOf(value)}`);
}

function optionalObject<T>(name: string, value: T | null | undefined): (T & object) | undefined {
  return value === undefined || value === null ? undefined : requireObject(name, value);
}

function kindOf(value: unknown): string {
  return value === null ? "null" : typeof value;
}

function invalid(message: string): ComplianceError {
  return new ComplianceError("invalid-action", message, {
    hint: "Hand in the decision that Policy.evaluate returned; nothing was logged.",
  });
}
