// Inputs beside the log: lists in YAML, JSON and CSV, dates, durations; what is refused, and
// where.

import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { inputsAt, inputsOf } from "../../src/catalog/inputs/inputs.ts";
import { parseYamlFile } from "../../src/catalog/yaml-file.ts";
import { ComplianceError } from "../../src/model/error.ts";
import { parseInstant } from "../../src/model/instant.ts";
import { refuses, thrownBy } from "./refuses.ts";

const folder = mkdtempSync(join(tmpdir(), "inputs-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function written(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function read(text: string) {
  const yaml = parseYamlFile({ text, file: join(folder, "aegis-compliance.yaml") });
  return inputsAt(yaml, [], yaml.value, { files: "beside" });
}

/** What is read from a list file that a key names. */
function listed(key: string, name: string, content: string | Buffer) {
  written(name, content);
  return read(`${key}: ${name}\n`);
}

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;
const instant = (text: string): number => parseInstant(text);

describe("inputs", () => {
  test("in the file itself", () => {
    const { inputs, given } = read(`roster: [crm, " mail ", { agent_id: ops, owner: Ann }]
allow_list: [API.example.com, "*.Example.org", localhost, "[2001:db8::1]", "db."]
deployed_since: 2026-01-01
recovery_time: PT1H
incidents:
  - { id: I-1, from: 2026-02-01, to: 2026-02-02, agents: "crm; mail" }
  - { id: I-2, from: "2026-03-01T10:00:00+01:00", agents: [ops] }
  - { id: I-3, from: 2026-03-01T10:00:00Z, to: null }
`);
    expect(inputs).toEqual({
      roster: ["crm", "mail", "ops"],
      allowList: ["api.example.com", "*.example.org", "localhost", "[2001:db8::1]", "db"],
      deployedSince: instant("2026-01-01T00:00:00Z"),
      recoveryTime: 3_600_000_000,
      incidents: [
        {
          id: "I-1",
          from: instant("2026-02-01T00:00:00Z"),
          to: instant("2026-02-02T23:59:59.999999Z"),
          agents: ["crm", "mail"],
        },
        { id: "I-2", from: instant("2026-03-01T09:00:00Z"), agents: ["ops"] },
        { id: "I-3", from: instant("2026-03-01T10:00:00Z") },
      ],
    });
    expect(given.map(({ name, holds, source }) => [name, holds, source])).toEqual([
      ["roster", "3 agents", "aegis-compliance.yaml"],
      ["allow-list", "5 hosts", "aegis-compliance.yaml"],
      ["deployed-since", "2026-01-01T00:00:00+00:00", "aegis-compliance.yaml"],
      ["recovery-time", "PT1H", "aegis-compliance.yaml"],
      ["incidents", "3 incidents", "aegis-compliance.yaml"],
    ]);
  });

  test("none at all", () => {
    expect(read("{}")).toEqual({ inputs: {}, given: [] });
    expect(inputsOf(undefined)).toEqual({});
  });

  test("an empty list is a list", () => {
    expect(read("roster: []\nallow_list: []\nincidents: []\n").inputs).toEqual({
      roster: [],
      allowList: [],
      incidents: [],
    });
  });

  test("of an example that has been checked", () => {
    expect(inputsOf({ roster: ["a"], recovery_time: "PT5M" })).toEqual({
      roster: ["a"],
      recoveryTime: 300_000_000,
    });
    expect(() => inputsOf({ roster: ["a", "a"] })).toThrow(/stands twice/);
  });
});

describe("list files", () => {
  test("CSV with a byte order mark, CRLF, quotes, blanks, further columns and empty lines", () => {
    const content = '\uFEFFowner,Agent_ID\r\nAnn,crm\r\n\r\n"Bea, Lee"," mail "\r\n,"o""ps"\r\n';
    const { inputs, given } = listed("roster", "agents.csv", content);
    expect(inputs.roster).toEqual(["crm", "mail", 'o"ps']);
    expect(given).toEqual([
      {
        name: "roster",
        source: "agents.csv",
        sha256: createHash("sha256").update(content).digest("hex"),
        holds: "3 agents",
      },
    ]);
  });

  test("a header alone is an empty list", () => {
    expect(listed("roster", "none.csv", "agent_id\n").inputs.roster).toEqual([]);
  });

  test("incidents as CSV; an empty end is an open one", () => {
    const content = `id,from,to,agents
A,2026-01-01,2026-01-01,
B,2026-02-01T00:00:00Z,,crm mail;ops
`;
    expect(listed("incidents", "incidents.csv", content).inputs.incidents).toEqual([
      {
        id: "A",
        from: instant("2026-01-01T00:00:00Z"),
        to: instant("2026-01-01T23:59:59.999999Z"),
      },
      { id: "B", from: instant("2026-02-01T00:00:00Z"), agents: ["crm", "mail", "ops"] },
    ]);
  });

  test("YAML and JSON, with tabs and a byte order mark", () => {
    expect(listed("roster", "agents.yaml", "- crm\n- agent_id: mail\n").inputs.roster).toEqual([
      "crm",
      "mail",
    ]);
    const json = '\uFEFF[\r\n\t"crm",\r\n\t{\r\n\t\t"agent_id": "mail"\r\n\t}\r\n]\r\n';
    expect(listed("roster", "agents.json", json).inputs.roster).toEqual(["crm", "mail"]);
  });

  test("ten thousand rows", () => {
    const rows = Array.from({ length: 10_000 }, (_, index) => `agent-${index}`);
    const { inputs } = listed("roster", "many.csv", `agent_id\n${rows.join("\n")}\n`);
    expect(inputs.roster).toHaveLength(10_000);
  });

  const CELL = fc
    .string({
      unit: fc.constantFrom("a", "Z", "é", "𐐀", '"', ",", ";", " ", "'", "\n", "-", "#"),
      minLength: 1,
    })
    .map((text) => text.trim())
    .filter((text) => text !== "");
  const AGENTS = fc.uniqueArray(CELL, { maxLength: 8 });

  test("say the same as CSV, YAML and JSON", () => {
    fc.assert(
      fc.property(AGENTS, fc.constantFrom("\n", "\r\n"), fc.boolean(), (agents, end, mark) => {
        const csv = `${mark ? "\uFEFF" : ""}note,agent_id${end}${agents.map((agent) => `"x, y",${quoted(agent)}${end}`).join("")}`;
        expect(listed("roster", "some.csv", csv).inputs.roster).toEqual(agents);
        const json = JSON.stringify(agents.map((agent) => ({ agent_id: agent })));
        expect(listed("roster", "some.json", json).inputs.roster).toEqual(agents);
        expect(listed("roster", "some.yaml", JSON.stringify(agents)).inputs.roster).toEqual(agents);
        expect(read(`roster: ${JSON.stringify(agents)}\n`).inputs.roster).toEqual(agents);
      }),
      { numRuns: 60 },
    );
  });

  test("are read or refused with a file and a line, whatever they hold", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("roster", "allow_list", "incidents"),
        fc.constantFrom("odd.csv", "odd.yaml", "odd.json"),
        fc.string({
          unit: fc.constantFrom(
            "agent_id",
            "host",
            "id",
            "from",
            "a",
            ",",
            '"',
            "\n",
            ":",
            "[",
            "]",
            "-",
            " ",
            "2026-01-01",
          ),
        }),
        (key, name, content) => {
          const error = thrownBy(() => listed(key, name, content));
          if (error === undefined) return;
          expect(error).toBeInstanceOf(ComplianceError);
          const { location, code } = error as ComplianceError;
          expect(code).toBe("invalid-catalog");
          expect(location?.file).toBe(join(folder, name));
          expect(location?.line).toBeGreaterThan(0);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe("refused in the file itself", () => {
  const file = "aegis-compliance.yaml";
  const load = (text: string): unknown => {
    const yaml = parseYamlFile({ text, file });
    return inputsAt(yaml, [], yaml.value, { files: "beside" });
  };

  refuses(file, load, [
    { name: "list of inputs", text: "§- roster", reason: /expected a mapping of inputs/ },
    {
      name: "unknown input",
      text: "§rooster: [a]",
      reason: /unknown input "rooster"/,
      hint: /did you mean "roster"/,
    },
    { name: "list that is none", text: "roster: §{ a: b }", reason: /expected a list of agents/ },
    {
      name: "agent that is a number",
      text: "roster: [a, §42]",
      reason: /expected a text or a mapping with "agent_id" in the list of agents/,
      hint: /quotes/,
    },
    {
      name: "agent without a name",
      text: "roster: [a, §{ owner: Ann }]",
      reason: /"agent_id", but it is missing or blank/,
    },
    { name: "blank agent", text: 'roster: [a, §" "]', reason: /missing or blank/ },
    {
      name: "agent that stands twice",
      text: "roster:\n  - a\n  - b\n  - §a\n",
      reason: /"a" stands twice, first in line 2/,
    },
    {
      name: "host with a path",
      text: "allow_list: [§https://api.example.com/v1]",
      reason: /expected a host such as/,
      hint: /Write api.example.com/,
    },
    {
      name: "host with a port",
      text: "allow_list: [§'api.example.com:443']",
      reason: /expected a host/,
      hint: /Write api.example.com/,
    },
    { name: "star inside a host", text: "allow_list: [§'api.*.com']", reason: /expected a host/ },
    { name: "star for everything", text: "allow_list: [§'*']", reason: /expected a host/ },
    {
      name: "host in another case twice",
      text: "allow_list: [a.example, §A.example]",
      reason: /"a.example" stands twice/,
    },
    {
      name: "date that is none",
      text: "deployed_since: §2026-13-01",
      reason: /expected a time, but got "2026-13-01"/,
    },
    {
      name: "year alone",
      text: "deployed_since: §2026",
      reason: /expected "deployed_since" to be text/,
      hint: /quotes/,
    },
    {
      name: "duration that is none",
      text: "recovery_time: §1h",
      reason: /expected a duration longer than nothing, got "1h"/,
    },
    {
      name: "incident as a text",
      text: "incidents: [§I-1]",
      reason: /expected a mapping with "id"/,
    },
    {
      name: "incident without a start",
      text: "incidents: [§{ id: I-1 }]",
      reason: /expected "from", but it is missing/,
    },
    {
      name: "incident that ends before it starts",
      text: "incidents: [{ id: I-1, from: 2026-02-02, to: §2026-02-01 }]",
      reason: /the end "2026-02-01" lies before the start "2026-02-02"/,
    },
    {
      name: "incident that starts at no time",
      text: "incidents: [{ id: I-1, from: §today }]",
      reason: /expected a time, but got "today"/,
    },
    {
      name: "incident that stands twice",
      text: "incidents:\n  - { id: I-1, from: 2026-02-02 }\n  - { id: §I-1, from: 2026-02-03 }\n",
      reason: /"I-1" stands twice, first in line 2/,
    },
    {
      name: "agents of an incident that are none",
      text: "incidents: [{ id: I-1, from: 2026-02-02, agents: §[1] }]",
      reason: /expected "agents" to be a list of texts/,
    },
  ]);
});

describe("refused in a list file", () => {
  test.each<[string, string, string | Buffer, number | undefined, RegExp]>([
    ["roster", "a.csv", "", 1, /expected a header with the column agent_id/],
    ["roster", "a.csv", "agent-id\ncrm\n", 1, /column agent_id, got agent-id/],
    ["roster", "a.csv", "agent_id;owner\ncrm;Ann\n", 1, /column agent_id, got agent_id;owner/],
    ["roster", "a.csv", "agent_id,Agent_Id\na,b\n", 1, /the column "agent_id" stands twice/],
    [
      "roster",
      "a.csv",
      "agent_id,owner\ncrm,Ann\nmail\n",
      3,
      /expected 2 cells as in the header, got 1/,
    ],
    ["roster", "a.csv", "agent_id,owner\ncrm,Ann\n,Bea\n", 3, /missing or blank/],
    ["roster", "a.csv", "agent_id\ncrm\n\nmail\ncrm\n", 5, /"crm" stands twice, first in line 2/],
    ["roster", "a.csv", 'agent_id\n"crm\nmail\n', 3, /no valid CSV: /],
    ["roster", "a.csv", 'agent_id\nc"rm\n', 2, /no valid CSV: /],
    ["roster", "a.csv", Buffer.from([0xff, 0xfe, 0x61, 0x00]), undefined, /expected UTF-8 text/],
    ["roster", "a.yaml", "- crm\n- crm\n", 2, /"crm" stands twice, first in line 1/],
    ["roster", "a.json", '{ "agents": ["crm"] }', 1, /expected a list of agents/],
    ["roster", "a.json", '[\n  "crm",\n]]', 3, /no valid YAML: /],
    ["allow_list", "h.csv", "host\napi.example.com\nhttps://x.example/\n", 3, /expected a host/],
    ["incidents", "i.csv", "id,from\nA,soon\n", 2, /expected a time, but got "soon"/],
    ["incidents", "i.csv", "id,from,to\nA,2026-01-02,2026-01-01\n", 2, /lies before the start/],
  ])("%s in %s: %j", (key, name, content, line, reason) => {
    const error = thrownBy(() => listed(key, name, content)) as ComplianceError;
    expect(error).toBeInstanceOf(ComplianceError);
    expect(error.code).toBe("invalid-catalog");
    expect(error.message).toMatch(reason);
    expect(error.location?.file).toBe(join(folder, name));
    expect(error.location?.line).toBe(line);
  });

  test("a file that is not there is named where it is asked for", () => {
    const error = thrownBy(() => read("roster: missing.csv\n")) as ComplianceError;
    expect(error.code).toBe("unreadable-source");
    expect(error.message).toContain("aegis-compliance.yaml:1:9: cannot read the file missing.csv");
  });

  test("a file of another kind", () => {
    const error = thrownBy(() => listed("roster", "agents.xlsx", "x")) as ComplianceError;
    expect(error.message).toMatch(/expected a file that ends in .csv, .yaml or .json/);
  });
});
