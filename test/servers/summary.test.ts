// The line about servers at the end of a run counts what was skipped for want of one, and no more.

import { expect, onTestFinished, test, vi } from "vitest";
import type { TestModule, Vitest } from "vitest/node";
import ServerSummary, { WANTING } from "./summary.ts";

function printed(serversStarted: readonly string[], suites: readonly [string, string][]): string {
  const written: string[] = [];
  const write = vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    written.push(String(text));
    return true;
  });
  onTestFinished(() => write.mockRestore());
  const summary = new ServerSummary();
  const project = { getProvidedContext: () => ({ serversStarted }) };
  summary.onInit({ getRootProject: () => project } as unknown as Vitest);
  const listed = suites.map(([name, state]) => ({ name, state: () => state }));
  summary.onTestRunEnd([{ children: { allSuites: () => listed } } as unknown as TestModule]);
  write.mockRestore();
  return written.join("");
}

test("a run that needed no server says nothing", () => {
  expect(printed([], [["folds", "passed"]])).toBe("");
  expect(printed([], [["skipped for another reason", "skipped"]])).toBe("");
});

test("servers that were started, and none skipped", () => {
  expect(printed(["postgresql", "clickhouse 26.7 x3"], [["reads a table", "passed"]])).toBe(
    "\nservers: postgresql, clickhouse 26.7 x3; 0 suites skipped\n",
  );
});

test("suites that were skipped for want of a server", () => {
  const wanting = `reads a table (${WANTING}postgresql is not installed)`;
  expect(printed([], [[wanting, "skipped"]])).toBe("\nservers: none; 1 suite skipped\n");
  expect(
    printed(
      ["clickhouse 18.16 x3"],
      [
        [wanting, "skipped"],
        ["inside of it", "skipped"],
        [`another (${WANTING}chdb is not installed)`, "skipped"],
      ],
    ),
  ).toBe("\nservers: clickhouse 18.16 x3; 2 suites skipped\n");
});
