import { expect, test } from "vitest";
import { ComplianceError } from "../../src/model/error.ts";

test.each([
  [undefined, "expected a"],
  [{}, "expected a"],
  [{ file: "f.yaml" }, "f.yaml: expected a"],
  [{ file: "f.yaml", line: 3 }, "f.yaml:3: expected a"],
  [{ file: "f.yaml", line: 3, column: 7 }, "f.yaml:3:7: expected a"],
  [{ line: 3, column: 7 }, "line 3:7: expected a"],
  [{ file: "f.yaml", column: 7 }, "f.yaml: expected a"],
])("at %j the message reads %j", (location, message) => {
  const error = new ComplianceError("invalid-catalog", "expected a", {
    ...(location === undefined ? {} : { location }),
    hint: "Write a.",
    cause: 1,
  });
  expect(error.message).toBe(message);
  expect(error).toMatchObject({ name: "ComplianceError", code: "invalid-catalog", cause: 1 });
  expect(error.hint).toBe("Write a.");
});

test("without a cause there is no cause", () => {
  expect("cause" in new ComplianceError("closed", "closed")).toBe(false);
});
