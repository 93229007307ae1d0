// Stryker's test runner for this project: imports the test files once, TypeScript as it stands
// (Node strips the types), and runs the tests that cover a mutant in the same process. Importing
// takes seconds and a test takes milliseconds, so that thousands of mutants become affordable.

import { globSync, readFileSync, writeFileSync } from "node:fs";
import { registerHooks } from "node:module";
import { relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { closing, collected, collectFrom } from "./vitest.mjs";

const STAND_INS = new Map(
  ["vitest", "fast-check"].map((name) => [name, new URL(`./${name}.mjs`, import.meta.url).href]),
);

const STAND_IN_URLS = new Set(STAND_INS.values());

/** Where instrumented code finds the active mutant and leaves what it covered. */
const NAMESPACE = "__stryker__";

/** Stryker's numbers for a test's result. */
const SUCCESS = 0;
const FAILED = 1;

/** How long one test may take, in milliseconds. A loop that never ends is Stryker's to stop. */
const TEST_LIMIT = 5000;

/** Where the process that ran all tests leaves their times for the others. */
const TIMES = "mutation-times.json";

class InProcessRunner {
  static inject = ["options"];
  #settings;
  #tests = new Map();
  #times = new Map();
  #lastKiller;

  constructor(options) {
    this.#settings = options.inProcess;
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  async init() {
    const { testFiles, skip } = this.#settings;
    const root = pathToFileURL(`${process.cwd()}/`).href;
    registerHooks({
      resolve(specifier, context, next) {
        const url = STAND_INS.get(specifier);
        const ours = context.parentURL?.startsWith(root) && !STAND_IN_URLS.has(context.parentURL);
        return url !== undefined && ours ? { url, shortCircuit: true } : next(specifier, context);
      },
    });
    for (const file of globSync(testFiles).toSorted()) {
      collectFrom(relative("test", file));
      await import(pathToFileURL(resolve(file)).href);
    }
    const skipped = new RegExp(skip, "u");
    for (const one of collected) if (!skipped.test(one.name)) this.#tests.set(one.id, one);
  }

  async dryRun() {
    const tests = [];
    for (const one of this.#tests.values()) tests.push(await this.#run(one));
    writeFileSync(TIMES, JSON.stringify([...this.#times]));
    return { status: "complete", tests, mutantCoverage: stryker().mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit }) {
    const state = stryker();
    Object.assign(state, { hitCount: hitLimit === undefined ? undefined : 0, hitLimit });
    state.activeMutant = activeMutant.id;
    try {
      return await this.#attack(this.#quickestFirst(testFilter), state);
    } finally {
      state.activeMutant = undefined;
    }
  }

  async dispose() {
    for (const close of closing) await close();
  }

  /** Runs tests until one fails. */
  async #attack(tests, state) {
    let nrOfTests = 0;
    for (const one of tests) {
      const result = await this.#run(one);
      nrOfTests += 1;
      if (state.hitCount > state.hitLimit) return { status: "timeout", reason: "hit limit" };
      if (result.status === FAILED) {
        this.#lastKiller = one.id;
        const { failureMessage } = result;
        return { status: "killed", killedBy: [one.id], failureMessage, nrOfTests };
      }
    }
    return { status: "survived", nrOfTests };
  }

  /** The test that killed the last mutant comes first: a mutant's neighbours die by the same. */
  #quickestFirst(ids = [...this.#tests.keys()]) {
    if (this.#times.size === 0) this.#times = new Map(JSON.parse(readFileSync(TIMES, "utf8")));
    const rank = (id) => (id === this.#lastKiller ? -1 : (this.#times.get(id) ?? 0));
    return ids.toSorted((a, b) => rank(a) - rank(b)).flatMap((id) => this.#tests.get(id) ?? []);
  }

  async #run({ id, name, file, run }) {
    const state = stryker();
    state.currentTestId = id;
    const start = performance.now();
    const error = await errorOf(run);
    state.currentTestId = undefined;
    const timeSpentMs = performance.now() - start;
    if (state.activeMutant === undefined) this.#times.set(id, timeSpentMs);
    const result = { id, name, fileName: resolve("test", file), timeSpentMs };
    return error === undefined
      ? { ...result, status: SUCCESS }
      : { ...result, status: FAILED, failureMessage: error };
  }
}

function stryker() {
  globalThis[NAMESPACE] ??= {};
  return globalThis[NAMESPACE];
}

/** What a test fails with, if it fails. */
async function errorOf(run) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the test took too long")), TEST_LIMIT);
  });
  try {
    await Promise.race([run(), late]);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    clearTimeout(timer);
  }
}

export const strykerPlugins = [
  { kind: "TestRunner", name: "in-process", injectableClass: InProcessRunner },
];

/** What stryker.config.json says to this runner. */
export const strykerValidationSchema = {
  properties: {
    inProcess: {
      type: "object",
      required: ["testFiles", "skip"],
      properties: {
        testFiles: { type: "array", items: { type: "string" } },
        skip: { type: "string", description: "A regular expression over the names of tests." },
      },
    },
  },
};
