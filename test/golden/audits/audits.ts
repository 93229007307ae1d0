// Whole audits, from log to report, that every format is held to: what an auditor meets.

import { fileURLToPath } from "node:url";
import { Policy, ReportGenerator, openLog } from "../../../src/index.ts";
import type { AuditEntry, ComplianceReport } from "../../../src/index.ts";
import { HOSTILE } from "../../renderers/hostile.ts";
import { officeLog } from "../injector/office-log.ts";
import { randomFrom } from "../injector/random.ts";

/** One audit. */
export interface Audit {
  readonly name: string;
  /** What makes it worth looking at, one sentence. */
  readonly about: string;
  readonly report: () => Promise<ComplianceReport>;
}

/** The report's own time in all of them. */
const NOW = "2026-04-01T09:00:00Z";

const example = (name: string): string =>
  fileURLToPath(new URL(`../../../examples/${name}`, import.meta.url));

export const AUDITS: readonly Audit[] = [
  {
    name: "clean",
    about: "A month of an office whose agents keep to the rules, with everything given beside it.",
    report: clean,
  },
  {
    name: "failing",
    about: "A week of a web shop: deployments that nobody approved, and one silence.",
    report: () => ofExample("soc2-extended"),
  },
  {
    name: "failing-in-german",
    about: "The same week in the documented SOC 2 report, as a German reader gets it.",
    report: () => ofExample("soc2", "de"),
  },
  {
    name: "empty",
    about: "A log without an entry: no score, no grade, and nothing passes.",
    report: () => new ReportGenerator().generate([], { reportType: "soc2", now: NOW }),
  },
  {
    name: "not-recorded",
    about: "A cloud's own trail, which knows nothing of policies and approvals.",
    report: notRecorded,
  },
  {
    name: "huge",
    about: "Sixty thousand actions, a third of them exceptions, with a sample drawn for the auditor.",
    report: huge,
  },
  {
    name: "hostile",
    about: "A log whose every text tries to be something else: markup, a formula, a command.",
    report: hostile,
  },
];

function clean(): Promise<ComplianceReport> {
  const { entries, policy } = officeLog(4);
  return new ReportGenerator(Policy.parse(policy)).generate(entries, {
    reportType: "eu-ai-act",
    now: NOW,
    config: {
      text: `
presentation:
  organisation: Office of Examples
  system: Agents of the back office
  contact: audit@office.example
  accent: "#1f4e79"
  sections:
    - title: The agents and what they are for
      text: |
        A planner hands cases to agents for customers, mail, billing and operations.

        Each asks the duty officer before it spends money, deletes data or changes production.
inputs:
  roster: [planner, crm-agent, mail-agent, billing-agent, ops-agent, stock-agent, report-agent]
  allow_list: [api.partner.example, mail.office.example]
  deployed_since: 2026-03-02
  recovery_time: PT1H
frameworks:
  eu-ai-act:
    answers: { role: deployer, high_risk: annex-iii }
`,
    },
  });
}

async function ofExample(reportType: string, language = "en"): Promise<ComplianceReport> {
  const log = await openLog(example("aegis_audit.db"));
  const report = await new ReportGenerator(Policy.fromYaml(example("policy.yaml"))).generate(log, {
    reportType,
    language,
    now: NOW,
    config: example("aegis-compliance.yaml"),
  });
  await log.close();
  return report;
}

async function notRecorded(): Promise<ComplianceReport> {
  const log = await openLog(example("trail.jsonl"));
  const report = await new ReportGenerator().generate(log, { reportType: "hipaa", now: NOW });
  await log.close();
  return report;
}

const HUGE = 60_000;

function huge(): Promise<ComplianceReport> {
  return new ReportGenerator().generate(crowd(), {
    reportType: "agent-governance",
    now: NOW,
    sampling: { size: 25, seed: "golden" },
  });
}

/** Forty agents over ninety days; a third of their risky actions run unasked. */
function* crowd(): Generator<AuditEntry> {
  const random = randomFrom(7);
  const start = Date.UTC(2026, 0, 1);
  for (let id = 1; id <= HUGE; id += 1) {
    const risk = random.pick(["LOW", "LOW", "MEDIUM", "HIGH", "CRITICAL"]);
    const approval = random.pick(["auto", "auto", "approve", "block"]);
    yield {
      id,
      timestamp: new Date(start + Math.floor((id * 90 * 86_400_000) / (HUGE + 1))).toISOString(),
      session_id: `session-${Math.floor(id / 40)}`,
      agent_id: `agent-${random.between(1, 40)}`,
      action_type: random.pick(["read_record", "update_record", "delete_record", "send_email"]),
      action_target: `records/${random.between(1, 9000)}`,
      action_params: JSON.stringify({ batch: id % 17, owner: `person${id}@mail.example` }),
      risk_level: risk,
      approval,
      matched_rule: random.pick(["default-read", "writes", "deletions", ""]),
      human_decision: approval === "approve" ? random.pick(["approved", "denied"]) : null,
      result_status: approval === "block" ? "blocked" : "success",
    };
  }
}

function hostile(): Promise<ComplianceReport> {
  return new ReportGenerator().generate(attack(), {
    reportType: "owasp-agentic",
    now: NOW,
    config: { text: `presentation: { organisation: "=HYPERLINK(\\"x\\")" }` },
  });
}

/** Each text of the corpus in each field in turn; times stay readable, so that all are in scope. */
function* attack(): Generator<AuditEntry> {
  const fields = [
    "session_id",
    "agent_id",
    "action_type",
    "action_target",
    "action_params",
    "matched_rule",
    "human_decision",
    "result_status",
    "chain_id",
  ] as const;
  for (const [index, text] of HOSTILE.entries()) {
    const entry: Record<string, unknown> = {
      id: index % 3 === 0 ? text : index,
      timestamp: new Date(Date.UTC(2026, 1, 1, 0, index * 7)).toISOString(),
      agent_id: "crawler",
      action_type: "http_get",
      action_target: "https://site.example",
      risk_level: index % 2 === 0 ? "HIGH" : "LOW",
      approval: "auto",
      matched_rule: "reads",
      result_status: "success",
    };
    for (const [shift, field] of fields.entries()) {
      if ((index + shift) % 2 === 0) entry[field] = text;
    }
    yield entry;
  }
}
