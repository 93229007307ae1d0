// The three lists: agents, hosts, incidents.

import { hostIn } from "../../expression/host.ts";
import type { Incident } from "../../model/inputs.ts";
import { spanOf } from "./instant.ts";
import type { Row, RowForm } from "./row.ts";

type Form = Omit<RowForm, "files">;

export const ROSTER_FORM: Form = { of: "agents", needed: "agent_id", others: [], plain: true };
export const HOSTS_FORM: Form = { of: "hosts", needed: "host", others: [], plain: true };
export const INCIDENTS_FORM: Form = {
  of: "incidents",
  needed: "id",
  others: ["from", "to", "agents"],
  plain: false,
};

/**
 * Ids of agents, each once.
 *
 * @throws ComplianceError `invalid-catalog` at the row
 */
export function agentsIn(rows: readonly Row[]): string[] {
  return distinct(rows, "agent_id", (row) => neededText(row, "agent_id"));
}

/**
 * Hosts in lower case, each once; `*.example.org` stands for those below it.
 *
 * @throws ComplianceError `invalid-catalog` at the row
 */
export function hostsIn(rows: readonly Row[]): string[] {
  return distinct(rows, "host", (row) => {
    const written = neededText(row, "host").toLowerCase();
    const wildcard = written.startsWith("*.");
    const host = wildcard ? written.slice(2) : written;
    // A name without a dot is a host too where somebody lists it; it only must be a name.
    const found = hostIn(`https://${host}/`);
    if (found === "" || (host !== found && host !== `${found}.`)) {
      const guess = hostIn(written);
      throw row.refuse(
        "host",
        `expected a host such as api.example.com or *.example.org, got ${JSON.stringify(written)}`,
        guess === "" ? undefined : `Write ${guess}, without path, port and user.`,
      );
    }
    return wildcard ? `*.${found}` : found;
  });
}

/**
 * Registered incidents, each id once.
 *
 * @throws ComplianceError `invalid-catalog` at the row
 */
export function incidentsIn(rows: readonly Row[]): Incident[] {
  const ids = distinct(rows, "id", (row) => neededText(row, "id"));
  return rows.map((row, index) => {
    const agents = row.texts("agents");
    const span = spanOf(neededText(row, "from"), row.text("to"), {
      from: (reason, hint) => row.refuse("from", reason, hint),
      to: (reason, hint) => row.refuse("to", reason, hint),
    });
    return { id: ids[index] ?? "", ...span, ...(agents === undefined ? {} : { agents }) };
  });
}

function neededText(row: Row, name: string): string {
  const text = row.text(name);
  if (text !== undefined) return text;
  throw row.refuse(name, `expected "${name}", but it is missing or blank`);
}

function distinct(rows: readonly Row[], name: string, valueOf: (row: Row) => string): string[] {
  const lines = new Map<string, number | undefined>();
  for (const row of rows) {
    const value = valueOf(row);
    if (lines.has(value)) {
      const line = lines.get(value);
      const first = line === undefined ? "" : `, first in line ${line}`;
      throw row.refuse(name, `${JSON.stringify(value)} stands twice${first}`);
    }
    lines.set(value, row.line);
  }
  return [...lines.keys()];
}
