// The content of nine packs: ISO/IEC 27001, HIPAA, PCI DSS, NIST SP 800-53, DORA, NIS2, the two
// lists of OWASP and the baseline of our own.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { WeightedFramework } from "../../src/model/framework.ts";
import { withWholes } from "./parts-of-measures.ts";

const catalog = loadCatalog();
const CATALOGUE = new URL("../../../shared/design/measures.json", import.meta.url);

const CLAIMS = /\bcompl(?:ian|ies)|certif|audit-ready|\bmeets\b|\bsatisf/i;

const PACKS = [
  { id: "iso-27001", code: "ISO27001", rows: { tested: 13, "disprove-only": 13, figures: 1 } },
  { id: "hipaa", code: "HIPAA", rows: { tested: 4, "disprove-only": 2, figures: 5 } },
  { id: "pci-dss", code: "PCI", rows: { tested: 13, "disprove-only": 8, figures: 1 } },
  { id: "nist-800-53", code: "SP80053", rows: { tested: 9, "disprove-only": 12, figures: 5 } },
  { id: "dora", code: "DORA", rows: { tested: 7, "disprove-only": 5, figures: 4 } },
  { id: "nis2", code: "NIS2", rows: { tested: 6, "disprove-only": 1, figures: 5 } },
  { id: "owasp-agentic", code: "ASI", rows: { tested: 2, "disprove-only": 6, figures: 1 } },
  { id: "owasp-llm", code: "LLM", rows: { tested: 1, "disprove-only": 5, figures: 0 } },
  { id: "agent-governance", code: "GOV", rows: { tested: 5, "disprove-only": 2, figures: 1 } },
] as const;

describe.each(PACKS)("$id", ({ id, rows }) => {
  const framework = pack(id);

  test("how many rows can do what", () => {
    const counted = { tested: 0, "disprove-only": 0, figures: 0 };
    for (const { mode } of framework.criteria) counted[mode] += 1;
    expect(counted).toEqual(rows);
  });

  test("every text is a sentence, and none claims more than a log can", () => {
    const texts = [
      framework.introduction,
      framework.textPolicy,
      ...framework.criteria.flatMap(({ shows, notShown, remedy }) => [shows, notShown, remedy]),
      ...framework.notAssessed.flatMap(({ why, askFor }) => [why, askFor]),
    ];
    for (const text of texts) {
      expect(text).toMatch(/^[A-Z].+\.$/s);
      expect(text.replaceAll("aegis-compliance.yaml", "")).not.toMatch(CLAIMS);
    }
  });

  test("figures decide nothing, all others have a measure that decides", () => {
    for (const { id: criterion, mode, decisive, supporting } of framework.criteria) {
      expect([criterion, decisive.length === 0]).toEqual([criterion, mode === "figures"]);
      expect([criterion, decisive.length + supporting.length > 0]).toEqual([criterion, true]);
    }
  });

  test("no measure is asked twice in a row, and both halves of one are asked together", () => {
    const halves = [
      ["failure-run", "failures-across-agents"],
      ["rapid-approvals", "approval-load"],
    ] as const;
    for (const { decisive, supporting } of framework.criteria) {
      const asked = [...decisive, ...supporting].map(({ measure }) => measure);
      expect(new Set(asked).size).toBe(asked.length);
      for (const list of [decisive, supporting]) {
        const names = new Set(list.map(({ measure }) => measure));
        for (const [one, other] of halves) expect(names.has(one)).toBe(names.has(other));
      }
    }
  });
});

describe("editions", () => {
  test("iso-27001: the 93 controls of Annex A, each tested or listed once", () => {
    const framework = pack("iso-27001");
    const annex = [37, 8, 14, 34].flatMap((count, index) =>
      Array.from({ length: count }, (_, at) => `${index + 5}.${at + 1}`),
    );
    const listed = framework.notAssessed.flatMap(({ criterion, count }) => {
      const covered = criterion.split(", ").flatMap((range) => controls(range));
      expect([criterion, covered.length]).toEqual([criterion, count]);
      return covered;
    });
    const all = [...framework.criteria.map(({ id }) => id), ...listed];
    expect(all.sort()).toEqual(annex.sort());
    expect(framework.criteriaInEdition).toBe(93);
  });

  test.each([
    ["owasp-agentic", "ASI"],
    ["owasp-llm", "LLM"],
  ])("%s: ten risks, read as traces", (id, letters) => {
    const { criteria, notAssessed, criteriaInEdition, reading, licence } = pack(id);
    const listed = notAssessed.flatMap(({ criterion }) => criterion.split(", "));
    const all = [...criteria.map((one) => one.id), ...listed];
    const ten = Array.from(
      { length: 10 },
      (_, at) => `${letters}${String(at + 1).padStart(2, "0")}`,
    );
    expect(all.sort()).toEqual(ten);
    expect(notAssessed.reduce((sum, { count }) => sum + (count ?? 1), 0)).toBe(listed.length);
    expect([criteriaInEdition, reading, licence]).toEqual([10, "traces", "CC-BY-SA-4.0"]);
  });

  test("only the baseline leaves nothing out", () => {
    for (const { id } of PACKS) {
      expect([id, pack(id).notAssessed.length === 0]).toEqual([id, id === "agent-governance"]);
    }
    expect(pack("agent-governance").criteriaInEdition).toBe(8);
  });

  test("laws and selections have no number of criteria", () => {
    for (const id of ["hipaa", "pci-dss", "nist-800-53", "dora", "nis2"]) {
      expect([id, pack(id).criteriaInEdition]).toEqual([id, undefined]);
    }
  });
});

describe("publishers' text", () => {
  test("how much of it may stand here", () => {
    expect(PACKS.map(({ id }) => [id, pack(id).textUse])).toEqual([
      ["iso-27001", "identifiers"],
      ["hipaa", "official"],
      ["pci-dss", "identifiers"],
      ["nist-800-53", "official"],
      ["dora", "own-words"],
      ["nis2", "own-words"],
      ["owasp-agentic", "official"],
      ["owasp-llm", "official"],
      ["agent-governance", "own-words"],
    ]);
  });
});

describe("what binds, and for whom", () => {
  test("dora: since 17 January 2025; the full framework for ICT risk only where it applies", () => {
    const { appliesFrom, criteria, questions } = pack("dora");
    expect(appliesFrom.map(({ from }) => from)).toEqual(["2025-01-17"]);
    expect(questions.map(({ id, answers }) => [id, Object.keys(answers)])).toEqual([
      ["regime", ["full", "simplified"]],
    ]);
    const always = criteria.filter(({ appliesWhen }) => appliesWhen === undefined);
    expect(always.map(({ id }) => id)).toEqual(["Art. 17(2)", "Art. 17(3)(a)", "Art. 28"]);
  });

  test("nis2: since 18 October 2024 by the directive; national law decides", () => {
    const [first] = pack("nis2").appliesFrom;
    expect(first?.from).toBe("2024-10-18");
    expect(first?.what).toContain("national law decides");
  });

  test("iso-27001 says where the statement of applicability goes", () => {
    expect(pack("iso-27001").introduction).toMatch(/statement of applicability.+not_applicable/s);
  });
});

describe("limits of their own", () => {
  const own = PACKS.flatMap(({ id }) =>
    pack(id).criteria.flatMap(({ id: criterion, decisive, supporting }) =>
      [...decisive, ...supporting].flatMap(({ measure, limits }) =>
        limits === undefined
          ? []
          : [
              [
                `${id} ${criterion}`,
                measure,
                limits.of.map(({ result, reason, when }) =>
                  [result, reason, when?.source].filter((part) => part !== undefined).join(" "),
                ),
              ],
            ],
      ),
    ),
  );

  const LET_THROUGH = [
    "fail critical_auto > 0 || dead_blocks > 0 || undercut_rules > 0",
    "warn high_auto > 0 || blanket_autos > 0 || weakened_rules > 0 || open_windows > 0",
    "pass",
  ];
  const SHARED_NAMES = [
    "fail generic_share > 0.01",
    "warn generic_share > 0.001",
    "inconclusive not-recorded named < 1",
    "no_exception",
  ];
  const NO_PERIOD = ["inconclusive missing-input"];

  test("a period for what is kept, and for what is shared only what the criterion speaks of", () => {
    expect(own.sort(([left = ""], [right = ""]) => (left < right ? -1 : 1))).toEqual([
      ["dora RTS 21(a)", "risky-rules", LET_THROUGH],
      [
        "iso-27001 8.19",
        "execution-controlled",
        ["fail install_exceptions > 0", "inconclusive not-exercised installs < 1", "no_exception"],
      ],
      ["nis2 IR 3.2.5", "retention-window", NO_PERIOD],
      ["nist-800-53 AC-6", "risky-rules", LET_THROUGH],
      ["nist-800-53 AU-11", "retention-window", NO_PERIOD],
      ["nist-800-53 AU-3", "field-completeness", ["context"]],
      ["nist-800-53 IA-4", "attribution", SHARED_NAMES],
      ["owasp-llm LLM06", "risky-rules", LET_THROUGH],
      [
        "pci-dss 10.2.1.4",
        "legal-states",
        [
          "fail refusal_share < 0.995",
          "warn unclear_refusals > 0",
          "inconclusive not-exercised refusals < 1",
          "pass",
        ],
      ],
      ["pci-dss 10.2.2", "field-completeness", ["context"]],
      [
        "pci-dss 10.5.1",
        "retention-window",
        [
          "fail reach_days < 365 && deployed_days >= 365",
          "pass reach_days >= 365 && span_days >= 334 && newest_days <= 31",
          "inconclusive too-few reach_days >= 365 || deployed_days < 365",
          "inconclusive missing-input",
        ],
      ],
      ["pci-dss 7.2.5", "risky-rules", LET_THROUGH],
      ["pci-dss 8.2.2", "attribution", SHARED_NAMES],
    ]);
  });

  test("without an origin in the entries, PCI 10.2.2 cannot pass", () => {
    const capped = PACKS.flatMap(({ id }) =>
      pack(id).criteria.flatMap((one) =>
        one.atBest === undefined ? [] : [`${id} ${one.id} ${one.atBest.result}`],
      ),
    );
    expect(capped).toEqual(["pci-dss 10.2.2 warn"]);
  });
});

describe.skipIf(!existsSync(CATALOGUE))("the catalogue (needs the shared data folder)", () => {
  test.each(PACKS)("every row of $code is there", ({ id, code }) => {
    const { controls: rows } = JSON.parse(readFileSync(CATALOGUE, "utf8")) as Catalogue;
    const wanted = rows.filter(({ fw }) => fw === code);
    const { criteria, notAssessed } = pack(id);
    const modes = { T: "tested", F: "disprove-only", C: "figures" } as Record<string, string>;
    expect(criteria.map((one) => [one.id, one.mode, one.severity])).toEqual(
      wanted
        .filter(({ mode }) => mode !== "N")
        .map((row) => [row.id, modes[row.mode], row.severity]),
    );
    expect(notAssessed.map(({ criterion }) => criterion)).toEqual(
      expect.arrayContaining(wanted.filter(({ mode }) => mode === "N").map((row) => row.id)),
    );
    for (const criterion of criteria) {
      const row = wanted.find((one) => one.id === criterion.id);
      const narrowed = NARROWED[`${id} ${criterion.id}`] ?? [];
      const kept = (row?.decisive ?? []).filter((one) => !narrowed.includes(one));
      expect(codes(criterion.decisive)).toEqual(expect.arrayContaining(kept));
      expect(codes(criterion.supporting)).toEqual(
        expect.arrayContaining([...(row?.supporting ?? [])]),
      );
    }
  });

  /** Rows that the catalogue narrows to one kind of data: a measure of the folder's own decides. */
  const NARROWED: Readonly<Record<string, readonly string[]>> = {
    "hipaa 164.308(a)(4)": ["ENF-02", "POL-02"],
    "pci-dss 7.2.6": ["DAT-02"],
  };

  test("the measures that narrow them", () => {
    expect(decidedBy("hipaa", "164.308(a)(4)")).toEqual(["health-data-under-named-rule"]);
    expect(decidedBy("pci-dss", "7.2.6")).toEqual(["card-data-under-named-rule"]);
  });
});

interface Catalogue {
  readonly controls: readonly {
    readonly fw: string;
    readonly id: string;
    readonly mode: string;
    readonly severity: string;
    readonly decisive: readonly string[];
    readonly supporting: readonly string[];
  }[];
}

function codes(asked: readonly { readonly measure: string }[]): string[] {
  return withWholes(
    asked.flatMap(({ measure }) =>
      catalog.measureIds.includes(measure) ? (catalog.measure(measure).measure.code ?? []) : [],
    ),
  );
}

function decidedBy(id: string, criterion: string): string[] {
  const found = pack(id).criteria.find((one) => one.id === criterion);
  return (found?.decisive ?? []).map(({ measure }) => measure);
}

function pack(id: string): WeightedFramework {
  const { framework } = catalog.framework(id);
  if (framework.scoring !== "weighted") throw new Error(`expected a weighted framework: ${id}`);
  return framework;
}

/** The controls that `5.1–5.8` or `8.1` stands for. */
function controls(range: string): string[] {
  const [first = "", last = first] = range.split("–");
  const [theme, low] = first.split(".").map(Number);
  const high = Number(last.split(".")[1]);
  return Array.from({ length: high - (low ?? 0) + 1 }, (_, at) => `${theme}.${(low ?? 0) + at}`);
}
