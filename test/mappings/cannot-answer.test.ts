// What mappings must not be asked: whoever bars a measure bars those that ask the same in other
// words, and where a block and its outcome are read from one datum nobody compares the two.

import { describe, expect, test } from "vitest";
import { fileURLToPath } from "node:url";
import { loadCatalog } from "../../src/catalog/catalog.ts";
import { parseYamlFile } from "../../src/catalog/yaml-file.ts";
import { fixtureIn } from "../../src/intake/fixture.ts";
import type { ExpectedEntry } from "../../src/intake/fixture.ts";
import type { Mapping } from "../../src/model/mapping.ts";

const catalog = loadCatalog();
const FOLDER = fileURLToPath(new URL(".", import.meta.url));

/** Measures, and those that ask the same more closely, or a part of it. */
const HEIRS: Readonly<Record<string, readonly string[]>> = {
  "policy-evaluated": ["executed-under-named-rule"],
  "named-rule-coverage": ["executed-under-named-rule"],
  "personal-data-policy-evaluated": ["personal-data-under-named-rule"],
  "deletion-policy-evaluated": ["deletion-traceability"],
  "change-policy-evaluated": ["changes-approved"],
  "human-decisions": ["denial-share", "decision-capture"],
  "actions-by-approval": ["decision-capture", "legal-states"],
  "elevated-auto-approved": ["elevated-ungated", "friction-by-risk"],
  "silence-over-an-hour": ["session-silence"],
  "sensitive-values": ["card-numbers", "secrets-in-records", "personal-values", "sensitive-errors"],
  "field-completeness": ["record-content"],
  // Where outcomes are not told, none is missing.
  "failure-ratio": ["recovery-time", "record-content"],
};

/** Measures that set failures against successes. */
const OUTCOMES = ["failure-ratio", "recovery-time"];

describe.each(catalog.mappings())("$id", (mapping) => {
  const { id, cannotAnswer } = mapping;

  test("what an old measure must not be asked, its heirs are not either", () => {
    const unbarred = Object.entries(HEIRS).flatMap(([old, heirs]) =>
      cannotAnswer.has(old) ? heirs.filter((heir) => !cannotAnswer.has(heir)) : [],
    );
    expect(unbarred).toEqual([]);
  });

  test("a block that is its own outcome is not held against it", () => {
    if (takenOver(mapping)) return;
    const blocked = entriesOf(id).filter(({ approval }) => approval === "block");
    const circular = blocked.every(({ result_status: status }) => status === "blocked");
    if (blocked.length === 0 || !circular) return;
    expect([...cannotAnswer.keys()]).toEqual(
      expect.arrayContaining(["block-bypass", "refusal-effectiveness"]),
    );
  });

  test("failures are not set against successes that the format does not tell", () => {
    const mapped = [mapping.fields, mapping.answers?.fields];
    if (!mapped.some((fields) => fields?.has("result_status"))) return;
    const seen = new Set(entriesOf(id).map(({ result_status: status }) => status));
    if (seen.has("success") && seen.has("failed")) return;
    expect([...cannotAnswer.keys()]).toEqual(expect.arrayContaining(OUTCOMES));
  });

  test("each reason is a sentence about the format", () => {
    for (const [measure, why] of cannotAnswer) {
      expect({ measure, why }).toEqual({
        measure,
        why: expect.stringMatching(/^["A-Z].{20,}\.$/s),
      });
    }
  });
});

/** The mappings that take the two fields from two columns of the log. */
function takenOver({ fields }: Mapping): boolean {
  return (
    fields.get("approval")?.source === "record.approval" &&
    fields.get("result_status")?.source === "record.result_status"
  );
}

function entriesOf(id: string): readonly ExpectedEntry[] {
  return fixtureIn(parseYamlFile(`${FOLDER}${id}.yaml`).value, id).expect.entries;
}
