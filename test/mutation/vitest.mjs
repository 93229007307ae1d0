// Stands in for vitest in a mutation run: collects the tests of each imported file as plain
// functions, so that one process can run any of them again without importing anything anew.

import { format } from "node:util";

export { expect } from "vitest";

/** The tests collected so far: `{ id, name, file, run }`, in the order they were written. */
export const collected = [];

/** What the files asked to be done after their tests. */
export const closing = [];

let file = "";
let path = [];
const seen = new Map();

/** Says whose tests the next import collects. */
export function collectFrom(name) {
  file = name;
  path = [];
}

function addTest(name, run) {
  const full = [...path, name].join(" > ");
  const key = `${file}: ${full}`;
  const times = (seen.get(key) ?? 0) + 1;
  seen.set(key, times);
  collected.push({ id: times === 1 ? key : `${key} (${times})`, name: full, file, run });
}

function addGroup(name, body) {
  const outer = path;
  path = [...outer, name];
  body();
  path = outer;
}

/** One row's name: `$key` from an object, `%s` and its like from the arguments. */
function rowName(template, row, args) {
  const [object] = args;
  const keyed = template.replaceAll(/\$(\w+)/g, (_, key) => String(object?.[key]));
  const holes = keyed.match(/%[a-z]/g)?.length ?? 0;
  return format(keyed.replaceAll("%#", String(row)), ...args.slice(0, holes));
}

const eachOf = (add) => (rows) => (template, body) => {
  for (const [row, value] of rows.entries()) {
    const args = Array.isArray(value) ? value : [value];
    add(rowName(template, row, args), () => body(...args));
  }
};

const skip = () => undefined;

const runnable = (add) =>
  Object.assign((name, body) => add(name, body), {
    each: eachOf(add),
    skip,
    skipIf: (absent) =>
      absent ? Object.assign(() => undefined, { each: () => skip }) : runnable(add),
  });

export const describe = runnable(addGroup);
export const test = runnable(addTest);

export function afterAll(run) {
  closing.push(run);
}
