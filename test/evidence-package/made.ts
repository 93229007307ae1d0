// A package of the hand-made report, with an engine that lists whatever a test wants.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { Engine, ListedException } from "../../src/engines/engine.ts";
import type { EvidencePackage } from "../../src/evidence-package/evidence-package.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import type { ComplianceReport } from "../../src/model/report.ts";
import { renderer as json } from "../../src/renderers/json.ts";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { REPORT } from "../renderers/report-fixture.ts";

/** A folder that is removed after the tests of the calling file. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "aegis-test-package-"));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** The measure of the report's failed finding, and how many exceptions it states. */
export const FAILED = "elevated-auto-approved";
export const STATED = 60;

/** The hand-made report, whose silences the listing engine does not know. */
export const PACKAGED: ComplianceReport = {
  ...REPORT,
  findings: REPORT.findings.map((finding) =>
    finding.measures.includes("silence-over-an-hour") ? { ...finding, exceptions: 0 } : finding,
  ),
};

/** An entry with every kind of value. */
export function entryOf(id: number): AuditEntry {
  return {
    id,
    session_id: `session-${id % 7}`,
    timestamp: "2026-01-02T03:15:00.250000+00:00",
    action_type: "db_write",
    action_target: id === 2 ? '=HYPERLINK("http://x","y")' : "customer_accounts",
    action_params: `{"row":${id},"password":"hunter2","note":"a, b"}`,
    action_desc: id === 3 ? "two\nlines, “quoted” \u202e" : null,
    risk_level: "HIGH",
    approval: "auto",
    agent_id: id === 4 ? "jane.doe@example.com" : "billing-agent",
    chain_depth: 0,
  };
}

/** An engine that lists so many exceptions of a measure. */
export function listing(entries: number, measure = FAILED): Pick<Engine, "exceptions"> {
  return {
    exceptions: async function* exceptions({ measures }): AsyncGenerator<ListedException> {
      if (!measures.some(({ id }) => id === measure)) return;
      for (let id = 1; id <= entries; id += 1) yield { measure, entry: entryOf(id) };
    },
  };
}

/** Everything of a package but its place. */
export function partsOf(): Omit<EvidencePackage, "out"> {
  return {
    reports: [PACKAGED],
    engine: listing(STATED),
    question: { measures: loadCatalog().framework("soc2").measures, period: {}, now: 0 },
    renderers: [json],
  };
}
