// Before the closing line of a test run: the servers that it started, and how many suites were
// skipped for want of one. Nothing is said by a run that needed none.

import type { Reporter, TestModule, Vitest } from "vitest/node";

/** Stands in the name of every suite that is skipped for want of a server. */
export const WANTING = "needs a server: ";

export default class ServerSummary implements Reporter {
  private vitest: Vitest | undefined;

  onInit(vitest: Vitest): void {
    this.vitest = vitest;
  }

  onTestRunEnd(modules: readonly TestModule[]): void {
    const started = this.vitest?.getRootProject().getProvidedContext().serversStarted ?? [];
    const skipped = modules
      .flatMap((module) => [...module.children.allSuites()])
      .filter((suite) => suite.state() === "skipped" && suite.name.includes(WANTING)).length;
    if (started.length === 0 && skipped === 0) return;
    const servers = started.length === 0 ? "none" : started.join(", ");
    const suites = skipped === 1 ? "1 suite" : `${skipped} suites`;
    process.stdout.write(`\nservers: ${servers}; ${suites} skipped\n`);
  }
}
