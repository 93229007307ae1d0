// Decisions to log, and the shared data's hostile strings.

import { existsSync, readFileSync } from "node:fs";
import type { LoggedDecision } from "../../src/audit-logger/logged-action.ts";

/** A decision of a policy; `action` replaces parts of its action. */
export function decide(
  action: Partial<LoggedDecision["action"]> = {},
  verdict: Partial<Omit<LoggedDecision, "action">> = {},
): LoggedDecision {
  return {
    action: { type: "read", target: "crm", params: {}, agentId: "agent-1", ...action },
    riskLevel: "LOW",
    approval: "auto",
    matchedRule: "read_auto",
    ...verdict,
  };
}

/** A clock that starts at the instant and goes on by the step, in microseconds. */
export function clockFrom(start: number, step = 1_000_000): () => number {
  let now = start - step;
  return () => (now += step);
}

/** 2026-01-01T00:00:00Z in microseconds. */
export const NEW_YEAR = Date.UTC(2026, 0, 1) * 1000;

const SHARED = new URL("../../../shared/data/", import.meta.url);

/** A file of the shared data. */
export function shared(name: string): URL {
  return new URL(name, SHARED);
}

export const hasShared = existsSync(SHARED);

interface HostileData {
  readonly strings: Readonly<Record<string, readonly string[]>>;
  readonly lone_surrogates: readonly string[];
  readonly long: Readonly<Record<string, readonly [string, number]>>;
  readonly secret_like: { readonly values: readonly (readonly string[])[] };
}

function hostileData(): HostileData {
  return JSON.parse(readFileSync(shared("hostile.json"), "utf8")) as HostileData;
}

/** Strings that must stay as they are, long ones included. */
export function hostileStrings(): readonly string[] {
  const { strings, long } = hostileData();
  return [
    ...Object.values(strings).flat(),
    ...Object.values(long).map(([part, times]) => part.repeat(times)),
  ];
}

/** Strings with half a surrogate pair. */
export function loneSurrogates(): readonly string[] {
  return hostileData().lone_surrogates.map((escaped) => JSON.parse(`"${escaped}"`) as string);
}

/** Strings that must not get into a log. */
export function secretLike(): readonly string[] {
  return hostileData().secret_like.values.map((parts) => parts.join(""));
}
