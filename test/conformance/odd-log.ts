// A log of any length, the same on every run: ordinary days of some agents, and among them times
// in 52 odd forms and texts in which databases differ. Ids are the numbers from 1, in order. No
// NUL and no half of a surrogate pair: not every database keeps those.

import { MICROSECONDS_PER_SECOND, formatInstant } from "../../src/model/instant.ts";
import type { Instant } from "../../src/model/instant.ts";
import type { AuditEntry, EntryField } from "../../src/model/audit-entry.ts";
import { HOUR, START, sequence } from "../engines/logs.ts";
import { ODD_TEXTS } from "../engines/sql/odd-values.ts";

/** An entry with all 18 fields, null where it records none. */
export type OddLogEntry = Required<Record<EntryField, string | number | null>> & AuditEntry;

/** `YYYY-MM-DDTHH:MM:SS` of a time, as a clock shows it that goes ahead of UTC. */
function clock(at: Instant, minutesAhead = 0): string {
  return formatInstant(at + minutesAhead * 60 * MICROSECONDS_PER_SECOND).slice(0, 19);
}

/** The ways in which an odd time is written: of the entry's own time, or of none. */
export const TIME_SHAPES: readonly ((at: Instant) => string)[] = [
  // Times, in unusual forms.
  (at) => `${clock(at)}Z`,
  (at) => clock(at),
  (at) => clock(at).replace("T", " "),
  (at) => `${clock(at).replace("T", " ")}Z`,
  (at) => `${clock(at)}+0000`,
  (at) => `${clock(at)}-00:00`,
  (at) => `${clock(at, 120)}+02:00`,
  (at) => `${clock(at, -690).replace("T", " ")}-1130`,
  (at) => `${clock(at, 899)}+14:59`,
  (at) => `${clock(at, -899)}-1459`,
  (at) => `${clock(at)}.1Z`,
  (at) => `${clock(at)}.05`,
  (at) => `${clock(at, 345)}.123+05:45`,
  (at) => `${clock(at)}.0000Z`,
  (at) => `${clock(at)}.98765`,
  (at) => `${clock(at)}.000001Z`,
  (at) => `${clock(at)}.9999999Z`,
  (at) => `${clock(at, -180)}.00000049-0300`,
  (at) => `${clock(at).replace("T", " ")}.123456789`,
  () => "1900-01-01T00:00:00Z",
  () => "1900-01-01T00:00:00.5+14:59",
  () => "2199-12-31T23:59:59.999999-14:59",
  () => "1969-12-31T23:59:59.999999Z",
  () => "2024-02-29T23:59:59Z",
  // Nearly times.
  () => "1899-12-31T23:59:59Z",
  () => "2200-01-01T00:00:00Z",
  () => "2026-02-30T00:00:00Z",
  () => "1900-02-29T00:00:00Z",
  () => "2026-13-01T00:00:00Z",
  () => "2026-01-00T00:00:00Z",
  (at) => `${clock(at).slice(0, 17)}60Z`,
  (at) => `${clock(at).slice(0, 11)}24:00:00Z`,
  (at) => `${clock(at)}.Z`,
  (at) => `${clock(at)}.1234567890Z`,
  (at) => `${clock(at)},5Z`,
  (at) => `${clock(at)}+15:00`,
  (at) => `${clock(at)}+02:60`,
  (at) => `${clock(at)}+02`,
  (at) => `${clock(at)} +02:00`,
  (at) => `${clock(at)}z`,
  (at) => `${clock(at).replace("T", "t")}Z`,
  (at) => `${clock(at).slice(0, 16)}Z`,
  (at) => clock(at).slice(0, 10),
  (at) => `${clock(at).replaceAll(/[-:]/g, "")}Z`,
  (at) => ` ${clock(at)}Z`,
  (at) => `${clock(at)}Z `,
  (at) => `${clock(at)}\n`,
  (at) => `${clock(at)}Z+02:00`,
  (at) => clock(at).replace("2026", "２０２６"),
  (at) => String(Math.floor(at / MICROSECONDS_PER_SECOND)),
  () => "now",
  () => "infinity",
];

/** The same to every measure. */
const UNRECORDED = [null, ""] as const;

const AGENTS = Array.from({ length: 23 }, (_, index) => `agent-${index}`);
const TYPES = [
  ..."read read read write search delete deleteUser send_email export http_request".split(" "),
  ..."deploy login update transfer shell_exec grant_role purge hireApplicant".split(" "),
];
const TARGETS = [
  ..."crm users orders mail secrets prod-db user_profile audit_log payments".split(" "),
  "patient record",
  "agent-config.yaml",
  "cardholder-vault",
  "https://api.example.com/v1/orders?to=ops@example.org",
  "https://files.example.org:8443/up",
  "http://10.1.2.3/metadata",
  "s3://bucket/key",
];
const PARAMS = [
  '{"q":"all"}',
  '{"amount": 1200.50, "iban": "DE89370400440532013000"}',
  '{"to":"ada@example.com","body":"🔒"}',
  "[]",
  '{"nested":{"a":[1,2,{"b":null}]}}',
  '{"broken":',
];
const RULES = [
  ..."read_auto read_auto write_gate no_delete delete_blocked bulk_review deploy_gate".split(" "),
  ..."<default> <no-policy>".split(" "),
];
const RISKS = ["LOW", "LOW", "LOW", "MEDIUM", "HIGH", "CRITICAL", "low", "High"];
const ERRORS = [
  "timeout",
  "HTTP 500",
  "permission denied",
  "rate limit: retry in 5 s",
  "unknown user ada@example.com",
  "card 4111 1111 1111 1111 was refused",
  `the token ghp_${"a1B2c3".repeat(6)} has expired`,
];

/** One agent that does one thing over and over. */
interface Burst {
  left: number;
  readonly agent: string;
  readonly type: string;
  readonly target: string;
  readonly outcome: Outcome;
  readonly chain: string;
}

/** The entries of a log of that many rows. */
export function* oddLog(rows: number): Generator<OddLogEntry, void, undefined> {
  const next = sequence(6_006);
  const upTo = (most: number): number => Math.floor(next() * most);
  const oneIn = (times: number): boolean => upTo(times) === 0;
  const oneOf = <Item>(items: readonly Item[]): Item => items[upTo(items.length)] as Item;
  /** A value as it is usual, at times none, and at times something odd. */
  const usually = (value: string | null): string | null => {
    if (oneIn(40)) return oneOf(UNRECORDED);
    if (oneIn(25)) return oneOf(ODD_TEXTS);
    return value;
  };
  let at = START;
  let burst: Burst | undefined;
  for (let id = 1; id <= rows; id += 1) {
    if (burst?.left === 0) burst = undefined;
    if (burst === undefined && oneIn(2_000)) {
      const [type, target] = [oneOf(TYPES), oneOf(TARGETS)];
      const [agent, outcome] = [oneOf(AGENTS), oneOf(OUTCOMES)];
      burst = { left: 90, agent, type, target, outcome, chain: `burst-${id}` };
    }
    if (burst !== undefined) burst.left -= 1;
    at += upTo(burst === undefined ? 25 : 3) * MICROSECONDS_PER_SECOND + upTo(3) * 123_457;
    if (oneIn(4_000)) at += HOUR + upTo(2);
    const agent = burst?.agent ?? oneOf(AGENTS);
    const [approval, decision, ended] = burst?.outcome ?? ordinaryOutcome(oneOf);
    const depth = oneOf([0, 0, 0, 1, 2, 3, 7]);
    // Now and then an entry stands before one that was logged earlier.
    const logged = oneIn(50) ? at - upTo(90) * MICROSECONDS_PER_SECOND : at;
    yield {
      id,
      session_id: usually(burst?.chain ?? `s-${Math.floor(id / 17)}-${upTo(3)}`),
      timestamp: oneIn(5)
        ? oneOf(TIME_SHAPES)(logged)
        : oneIn(300)
          ? oneOf(UNRECORDED)
          : formatInstant(logged),
      action_type: usually(burst?.type ?? oneOf(TYPES)),
      action_target: usually(burst?.target ?? oneOf(TARGETS)),
      action_params: burst !== undefined || oneIn(3) ? null : usually(oneOf(PARAMS)),
      action_desc: oneIn(2_000) ? `${"long ".repeat(4_000)}${id}` : usually(`step ${id % 1_000}`),
      risk_level: usually(oneOf(RISKS)),
      approval: usually(oneIn(30) ? approval.toUpperCase() : approval),
      matched_rule: usually(oneOf(RULES)),
      human_decision: oneIn(50) ? usually("approved") : decision,
      result_status: usually(ended),
      result_data: oneIn(2) ? oneOf(UNRECORDED) : usually(`{"rows":${upTo(99)}}`),
      result_error: ended === "failed" ? usually(oneOf(ERRORS)) : oneOf(UNRECORDED),
      agent_id: usually(agent),
      parent_agent_id: depth === 0 ? oneOf(UNRECORDED) : usually(oneOf(AGENTS)),
      chain_id: usually(burst?.chain ?? `chain-${Math.floor(id / 9)}`),
      chain_depth: oneIn(30) ? oneOf([null, -1, 100, 2_147_483_647]) : depth,
    };
  }
}

/** What the policy decided, what a human answered, and how the action ended. */
type Outcome = readonly [approval: string, decision: string | null, ended: string];

/** Of an agent that does one thing over and over. */
const OUTCOMES = [
  ["auto", null, "failed"],
  ["block", null, "blocked"],
  ["approve", "approved", "success"],
] as const satisfies readonly Outcome[];

function ordinaryOutcome(oneOf: <Item>(items: readonly Item[]) => Item): Outcome {
  const approval = oneOf(["auto", "auto", "auto", "auto", "approve", "approve", "block"]);
  const decision = approval === "approve" ? oneOf(["approved", "approved", "denied", null]) : null;
  return [approval, decision, endOf(approval, decision, oneOf)];
}

function endOf(
  approval: string,
  decision: string | null,
  oneOf: <Item>(items: readonly Item[]) => Item,
): string {
  if (approval === "block") return oneOf(["blocked", "blocked", "blocked", "blocked", "success"]);
  if (decision === "denied") return oneOf(["denied", "denied", "denied", "skipped", "success"]);
  return oneOf(["success", "success", "success", "success", "success", "failed", "skipped"]);
}
