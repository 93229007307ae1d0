import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  ENTRY_FIELDS,
  ENTRY_FIELD_NAMES,
  EVIDENCE_FIELDS,
  fieldText,
  isRecorded,
  toEvidence,
} from "../../src/model/audit-entry.ts";
import type { AuditEntry } from "../../src/model/audit-entry.ts";
import { entryPointer } from "../../src/model/population.ts";

test("the fields are the database's 18 columns in their order", () => {
  expect(ENTRY_FIELD_NAMES.join(" ")).toBe(
    "id session_id timestamp action_type action_target action_params action_desc risk_level " +
      "approval matched_rule human_decision result_status result_data result_error agent_id " +
      "parent_agent_id chain_id chain_depth",
  );
});

describe("recorded or not", () => {
  test.each(ENTRY_FIELD_NAMES)("absent, null and empty %s are unrecorded", (field) => {
    for (const value of [undefined, null, ""]) expect(isRecorded(field, value)).toBe(false);
    for (const value of [" ", "x", "0"]) expect(isRecorded(field, value)).toBe(true);
  });

  test("0 is a value; what is neither text nor number is none, except in a JSON field", () => {
    for (const field of ENTRY_FIELD_NAMES) {
      expect(isRecorded(field, 0)).toBe(true);
      expect(isRecorded(field, 0n)).toBe(true);
      for (const value of [true, {}, [], new Uint8Array(1)]) {
        expect(isRecorded(field, value)).toBe(ENTRY_FIELDS[field] === "json");
      }
    }
  });

  test("text that a field has, and whether it is recorded, never disagree", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true }), (value) => {
        expect(fieldText(value) !== "").toBe(isRecorded("agent_id", value));
      }),
      { numRuns: 500 },
    );
  });
});

describe("toEvidence", () => {
  test("shows nine fields, unrecorded ones as null", () => {
    expect(toEvidence({})).toEqual(Object.fromEntries(EVIDENCE_FIELDS.map((name) => [name, null])));
    expect(Object.keys(toEvidence({ chain_id: "c", agent_id: "" }))).toEqual([...EVIDENCE_FIELDS]);
  });

  test("keeps texts and numbers and shows anything else by its JSON or its type", () => {
    const loop: Record<string, unknown> = {};
    loop["self"] = loop;
    const entry = {
      id: 7n,
      timestamp: 1767225600,
      agent_id: { name: "a" },
      action_type: true,
      action_target: loop,
      matched_rule: ["r"],
      approval: () => 1,
    } as unknown as AuditEntry;
    expect(toEvidence(entry)).toMatchObject({
      id: "7",
      timestamp: 1767225600,
      agent_id: '{"name":"a"}',
      action_type: "true",
      action_target: "[object]",
      matched_rule: '["r"]',
      approval: null,
    });
  });

  test("never throws and always gives text, number or null", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...EVIDENCE_FIELDS), fc.anything({ withBigInt: true })),
        (entry) => {
          for (const value of Object.values(toEvidence(entry as AuditEntry))) {
            expect(value === null || ["string", "number"].includes(typeof value)).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

test("an entry without an id is pointed at by its place", () => {
  expect(entryPointer({ id: 0 }, 5)).toBe("0");
  expect(entryPointer({ id: "a" }, 5)).toBe("a");
  for (const id of [undefined, null, ""]) expect(entryPointer({ id } as AuditEntry, 5)).toBe("#5");
});
