import { describe, expect, it } from "vitest";
import { nearest } from "../../src/policy/suggest.ts";

describe("did you mean", () => {
  const words = ["name", "match", "risk_level", "approval", "conditions"];
  it.each([
    ["aproval", "approval"],
    ["Approval", "approval"],
    ["approvla", "approval"],
    ["risklevel", "risk_level"],
    ["risk", "risk_level"],
    ["condition", "conditions"],
    ["nmae", "name"],
    ["x", undefined],
    ["description", undefined],
    ["", undefined],
    ["a".repeat(1000), undefined],
  ])("%j: %j", (word, meant) => {
    expect(nearest(word, words)).toBe(meant);
  });
});
