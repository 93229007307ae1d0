// The content of five packs: SOC 2 and GDPR in their extended form, EU AI Act, ISO/IEC 42001,
// NIST AI RMF. Every clause of an edition is tested or listed, exactly once.

import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import type { WeightedFramework } from "../../src/model/framework.ts";
import { withWholes } from "./parts-of-measures.ts";

const catalog = loadCatalog();
const CATALOGUE = new URL("../../../shared/design/measures.json", import.meta.url);

const PACKS = [
  { id: "soc2-extended", code: "SOC2", rows: { tested: 14, "disprove-only": 7, figures: 5 } },
  { id: "gdpr-extended", code: "GDPR", rows: { tested: 6, "disprove-only": 4, figures: 4 } },
  { id: "eu-ai-act", code: "AIACT", rows: { tested: 7, "disprove-only": 5, figures: 7 } },
  { id: "iso-42001", code: "ISO42001", rows: { tested: 6, "disprove-only": 1, figures: 8 } },
  { id: "nist-ai-rmf", code: "AIRMF", rows: { tested: 12, "disprove-only": 5, figures: 7 } },
] as const;

describe.each(PACKS)("$id", ({ id, rows }) => {
  test("how many rows can do what", () => {
    const counted = { tested: 0, "disprove-only": 0, figures: 0 };
    for (const { mode } of pack(id).criteria) counted[mode] += 1;
    expect(counted).toEqual(rows);
  });

  test("every text is a sentence that ends", () => {
    for (const { shows, notShown, remedy } of pack(id).criteria) {
      for (const text of [shows, notShown, remedy]) expect(text).toMatch(/^[A-Z].+\.$/s);
    }
    for (const { why, askFor } of pack(id).notAssessed) {
      for (const text of [why, askFor]) expect(text).toMatch(/^[A-Z].+\.$/s);
    }
  });

  test("figures decide nothing, all others have a measure that decides", () => {
    for (const { id: criterion, mode, decisive, supporting } of pack(id).criteria) {
      expect([criterion, decisive.length === 0]).toEqual([criterion, mode === "figures"]);
      expect([criterion, decisive.length + supporting.length > 0]).toEqual([criterion, true]);
    }
  });

  test("what counts once is not asked twice in a row", () => {
    for (const { decisive, supporting } of pack(id).criteria) {
      const asked = [...decisive, ...supporting].map(({ measure }) => measure);
      expect(new Set(asked).size).toBe(asked.length);
    }
  });

  test("both halves of a measure are asked together", () => {
    const halves = [
      ["failure-run", "failures-across-agents"],
      ["rapid-approvals", "approval-load"],
    ] as const;
    for (const { decisive, supporting } of pack(id).criteria) {
      for (const list of [decisive, supporting]) {
        const asked = new Set(list.map(({ measure }) => measure));
        for (const [one, other] of halves) expect(asked.has(one)).toBe(asked.has(other));
      }
    }
  });
});

describe("editions", () => {
  test("soc2-extended: 61 criteria, each tested or listed once", () => {
    const edition = families("CC", [5, 3, 4, 2, 3, 8, 5, 1, 2])
      .concat(families("A", [3]), families("C", [2]), families("PI", [5]))
      .concat(families("P", [1, 1, 2, 3, 2, 7, 1, 1]));
    expect(edition).toHaveLength(61);
    expectEachOnce(pack("soc2-extended"), edition);
  });

  test("iso-42001: 24 clauses and the 38 controls of Annex A, each tested or listed once", () => {
    const clauses = families("Cl.", [4, 3, 3, 5, 4, 3, 2], 4);
    const controls = [
      ...[3, 2, 5, 4].flatMap((count, index) => from2("A.", index + 2, count)),
      "A.6.1.2",
      "A.6.1.3",
      ...from2("A.6.", 2, 7),
      ...[5, 4, 3, 3].flatMap((count, index) => from2("A.", index + 7, count)),
    ];
    expect([clauses.length, controls.length]).toEqual([24, 38]);
    expectEachOnce(pack("iso-42001"), [...clauses, ...controls]);
  });

  test("nist-ai-rmf: 72 subcategories, 21 touched and 51 listed", () => {
    const framework = pack("nist-ai-rmf");
    const edition = [
      ...families("GOVERN ", [7, 3, 2, 3, 2, 2]),
      ...families("MAP ", [6, 3, 5, 2, 2]),
      ...families("MEASURE ", [3, 13, 3, 3]),
      ...families("MANAGE ", [4, 4, 2, 3]),
    ];
    expect(edition).toHaveLength(72);
    const listed = framework.notAssessed.flatMap(({ criterion, count }) => {
      const covered = covers(criterion, edition);
      expect([criterion, covered.length]).toEqual([criterion, count]);
      return covered;
    });
    const functions = { GV: "GOVERN", MP: "MAP", MS: "MEASURE", MG: "MANAGE" };
    const touched = framework.criteria.map(({ id }) =>
      (id.split(" / ")[0] ?? id).replace(
        /^(GV|MP|MS|MG)-(\d+\.\d+)-\d+$/,
        (_, code: keyof typeof functions, number: string) => `${functions[code]} ${number}`,
      ),
    );
    // MP-3.4-005 is one action under MAP 3.4, which as a whole is listed.
    expect(touched.filter((id) => listed.includes(id))).toEqual(["MAP 3.4"]);
    expect([...new Set([...listed, ...touched])].sort()).toEqual([...edition].sort());
    expect([new Set(touched).size - 1, listed.length]).toEqual([21, 51]);
    expect(framework.criteriaInEdition).toBeUndefined();
    expect(framework.reading).toBe("outcomes");
  });

  test("laws have no number of criteria", () => {
    for (const id of ["gdpr-extended", "eu-ai-act"]) {
      expect(pack(id).criteriaInEdition).toBeUndefined();
    }
  });
});

describe("what applies", () => {
  test("soc2-extended: the common criteria always, the others with their category", () => {
    const { criteria, questions } = pack("soc2-extended");
    expect(questions.map(({ id, several, default: taken }) => [id, several, taken])).toEqual([
      ["categories", true, ["security"]],
    ]);
    for (const { id, appliesWhen } of criteria) {
      const expected = categoryOf(id);
      expect([id, appliesWhen?.["categories"]]).toEqual([
        id,
        expected === undefined ? undefined : [expected],
      ]);
    }
  });

  test("eu-ai-act: high-risk only, and by role", () => {
    const { criteria, questions } = pack("eu-ai-act");
    expect(questions.map(({ id, several }) => [id, several])).toEqual([
      ["role", true],
      ["high_risk", false],
    ]);
    const roles = new Map<string, readonly string[]>();
    for (const { id, appliesWhen } of criteria) {
      expect([id, appliesWhen?.["high_risk"]]).toEqual([id, ["annex-iii", "annex-i"]]);
      const role = appliesWhen?.["role"];
      if (role !== undefined) roles.set(id, role);
    }
    expect(Object.fromEntries(roles)).toEqual({
      "Art. 9(2)": ["provider"],
      "Art. 19(1)": ["provider"],
      "Art. 26(1)": ["deployer"],
      "Art. 26(2)": ["deployer"],
      "Art. 26(5)": ["deployer"],
      "Art. 26(6)": ["deployer"],
      "Art. 72": ["provider"],
    });
  });

  test("eu-ai-act: every row has a date for each annex, none of them before December 2027", () => {
    const { appliesFrom, criteria } = pack("eu-ai-act");
    for (const [annex, date] of [
      ["annex-iii", "2027-12-02"],
      ["annex-i", "2028-08-02"],
    ] as const) {
      const dated = appliesFrom.filter(({ when }) => when?.["high_risk"]?.includes(annex));
      expect(new Set(dated.map(({ from }) => from))).toEqual(new Set([date]));
      expect(dated.flatMap((part) => part.criteria ?? []).sort()).toEqual(
        criteria.map(({ id }) => id).sort(),
      );
    }
    const transparency = appliesFrom.find(({ what }) => what.includes("(Article 50)"));
    expect(transparency?.from).toBe("2026-08-02");
    expect(appliesFrom.map(({ from }) => from)).toEqual(appliesFrom.map(({ from }) => from).sort());
  });
});

describe("limits of their own", () => {
  test.each(["Art. 19(1)", "Art. 26(6)"])("eu-ai-act %s: six months", (criterion) => {
    expect(limitsOf("eu-ai-act", criterion)).toEqual([
      ["fail", "reach_days < 183 && deployed_days >= 183"],
      ["pass", "reach_days >= 183 && span_days >= 152 && newest_days <= 31"],
      ["inconclusive too-few", "reach_days >= 183 || deployed_days < 183"],
      ["inconclusive missing-input", undefined],
    ]);
  });

  test("gdpr-extended Art. 5(1)(e): a year at most, and never a pass", () => {
    expect(limitsOf("gdpr-extended", "Art. 5(1)(e)")).toEqual([
      ["warn", "reach_days > 366"],
      ["no_exception", undefined],
    ]);
  });

  test("nothing else departs from what a measure says of itself", () => {
    const own = PACKS.flatMap(({ id }) =>
      pack(id).criteria.flatMap(({ id: criterion, decisive, supporting }) =>
        [...decisive, ...supporting].flatMap(({ measure, limits }) =>
          limits ? [`${id} ${criterion}: ${measure}`] : [],
        ),
      ),
    );
    expect(own).toEqual([
      "soc2-extended CC5.2: risky-rules",
      "soc2-extended CC6.3: risky-rules",
      "gdpr-extended Art. 5(1)(e): retention-window",
      "gdpr-extended Art. 25: risky-rules",
      "eu-ai-act Art. 19(1): retention-window",
      "eu-ai-act Art. 26(6): retention-window",
      "nist-ai-rmf GOVERN 3.2: risky-rules",
    ]);
  });
});

describe.skipIf(!existsSync(CATALOGUE))("the catalogue (needs the shared data folder)", () => {
  test.each(PACKS)("every row of $code is there", ({ id, code }) => {
    const { controls } = JSON.parse(readFileSync(CATALOGUE, "utf8")) as {
      controls: readonly {
        fw: string;
        id: string;
        mode: string;
        severity: string;
        decisive: readonly string[];
        supporting: readonly string[];
      }[];
    };
    const rows = controls.filter(({ fw }) => fw === code);
    const { criteria, notAssessed } = pack(id);
    const modes = { T: "tested", F: "disprove-only", C: "figures" } as Record<string, string>;
    expect(criteria.map((one) => [one.id, one.mode, one.severity])).toEqual(
      rows.filter(({ mode }) => mode !== "N").map((row) => [row.id, modes[row.mode], row.severity]),
    );
    expect(notAssessed.map(({ criterion }) => criterion)).toEqual(
      expect.arrayContaining(rows.filter(({ mode }) => mode === "N").map((row) => row.id)),
    );
    for (const criterion of criteria) {
      const row = rows.find((one) => one.id === criterion.id);
      // Article 22 asks HUM-01 of significant decisions only: a measure of the framework's own.
      if (criterion.id === "Art. 22") continue;
      expect(codesOf(criterion.decisive)).toEqual(
        expect.arrayContaining([...(row?.decisive ?? [])]),
      );
      expect(codesOf(criterion.supporting)).toEqual(
        expect.arrayContaining([...(row?.supporting ?? [])]),
      );
    }
  });
});

function pack(id: string): WeightedFramework {
  const { framework } = catalog.framework(id);
  if (framework.scoring !== "weighted") throw new Error(`expected a weighted framework: ${id}`);
  return framework;
}

const CATEGORIES: Readonly<Record<string, string>> = {
  A: "availability",
  C: "confidentiality",
  PI: "processing-integrity",
  P: "privacy",
};

/** Which category of the examination a criterion of SOC 2 belongs to; none for the common ones. */
function categoryOf(id: string): string | undefined {
  return CATEGORIES[/^[A-Z]+/.exec(id)?.[0] ?? ""];
}

/** Results and conditions of the limits that a criterion sets for `retention-window`. */
function limitsOf(id: string, criterion: string): (readonly [string, string | undefined])[] {
  const asked = pack(id)
    .criteria.find((one) => one.id === criterion)
    ?.decisive.find(({ measure }) => measure === "retention-window");
  return (asked?.limits?.of ?? []).map(({ result, reason, when }) => [
    reason === undefined ? result : `${result} ${reason}`,
    when?.source,
  ]);
}

/** Codes of the catalogue for the measures asked; measures of a framework's own have none. */
function codesOf(asked: readonly { readonly measure: string }[]): string[] {
  return withWholes(asked.flatMap(({ measure }) => catalog.askedMeasure(measure).code ?? []));
}

/** Ids of families with so many members each: `CC1.1` to `CC1.5`, `CC2.1`, … */
function families(prefix: string, counts: readonly number[], first = 1): string[] {
  const gap = prefix === "Cl." ? " " : "";
  return counts.flatMap((count, index) =>
    Array.from({ length: count }, (_, at) => `${prefix}${gap}${index + first}.${at + 1}`),
  );
}

/** Annex A counts each objective's controls from 2. */
function from2(prefix: string, number: number, count: number): string[] {
  return Array.from({ length: count }, (_, at) => `${prefix}${number}.${at + 2}`);
}

function expectEachOnce(framework: WeightedFramework, edition: readonly string[]): void {
  const listed = framework.notAssessed.flatMap(({ criterion, count }) => {
    const covered = covers(criterion, edition);
    expect([criterion, covered.length]).toEqual([criterion, count]);
    return covered;
  });
  const all = [...framework.criteria.map(({ id }) => id), ...listed];
  expect(all.sort()).toEqual([...edition].sort());
  expect(framework.criteriaInEdition).toBe(edition.length);
}

/** The ids that a listing such as `CC2.2–2.3, CC4.2` or `A.6.2.2–2.5, 2.7` stands for. */
function covers(listing: string, edition: readonly string[]): string[] {
  let prefix = "";
  let before: readonly number[] = [];
  return listing.split(", ").flatMap((token) => {
    const [first = "", last = first] = token.split("–");
    const [, letters = "", rest = ""] = /^([A-Za-z]*\.? ?)(.*)$/.exec(first) ?? [];
    if (letters !== "") prefix = letters;
    const low = completed(rest, letters === "" ? before : []);
    const high = completed(last.replace(/^[A-Za-z]+\.? ?/, ""), low);
    before = low;
    const covered = edition.filter((id) => {
      if (!id.startsWith(prefix) || !/^\d/.test(id.slice(prefix.length))) return false;
      const place = id.slice(prefix.length).split(".").map(Number);
      return compared(place, low) >= 0 && compared(place, high) <= 0;
    });
    expect([token, covered.length > 0]).toEqual([token, true]);
    return covered;
  });
}

/** Numbers of three levels are shortened to their last two. */
function completed(text: string, before: readonly number[]): readonly number[] {
  const given = text.replace(/\.x$/, "").split(".").map(Number);
  return before.length === 3 && given.length < 3
    ? [...before.slice(0, 3 - given.length), ...given]
    : given;
}

/** Compares as far as the bound goes, so that a family covers its members. */
function compared(place: readonly number[], bound: readonly number[]): number {
  for (const [index, number] of bound.entries()) {
    const difference = (place[index] ?? 0) - number;
    if (difference !== 0) return difference;
  }
  return 0;
}
