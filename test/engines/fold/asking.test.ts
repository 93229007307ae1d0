// What measures share when they ask a row: looks at fields, and the conditions themselves.

import { expect, test } from "vitest";
import { asking } from "../../../src/engines/fold/asking.ts";
import { parsePredicate } from "../../../src/expression/parse.ts";
import { ENTRY_SCHEMA } from "../../../src/expression/schema.ts";

const FIELDS = ["agent_id", "approval", "session_id"];
const slotOf = (field: string): number => FIELDS.indexOf(field);
const written = (cel: string) => parsePredicate(cel, ENTRY_SCHEMA);
const start = () => asking({ now: 0 }, slotOf);

test("nothing is looked at before a condition is known, nor needed", () => {
  const asked = start();
  expect(asked.looks).toEqual([]);
  expect(asked.watch(() => undefined)).toEqual([]);
});

test("conditions on one field share one look at it", () => {
  const asked = start();
  const one = asked.condition(written('agent_id == "crm"'));
  const other = asked.condition(written('agent_id != "mail"'));
  expect(asked.looks).toHaveLength(1);
  expect([one(["crm"]), other(["crm"]), one(["mail"]), other(["mail"])]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("the same condition is the same test, over one field and over several", () => {
  const asked = start();
  for (const cel of ['agent_id == "crm"', 'agent_id == "crm" || approval == "auto"']) {
    expect(asked.condition(written(cel))).toBe(asked.condition(written(cel)));
  }
});

test.each([
  'agent_id == "crm" && approval == "auto"',
  'agent_id == "crm" || approval == "auto"',
  '!(agent_id == "crm" && approval == "auto")',
])("%s is asked field by field", (cel) => {
  const asked = start();
  asked.condition(written(cel));
  asked.condition(written('approval == "auto"'));
  asked.condition(written('agent_id == "crm"'));
  expect(asked.looks).toHaveLength(2);
});

test("and, or and not over one field are one look's single answer", () => {
  const asked = start();
  const condition = asked.condition(written('!(agent_id == "crm" || agent_id == "mail")'));
  expect(asked.looks).toHaveLength(1);
  expect(asked.looks[0]?.classes).toBe(0);
  expect([condition(["crm"]), condition(["mail"]), condition(["hr"])]).toEqual([
    false,
    false,
    true,
  ]);
});

test("of a row is told what was looked at, in that order, anew for every row", () => {
  const asked = start();
  const both = asked.condition(written('agent_id == "crm" && approval == "auto"'));
  const approved = asked.condition(written('approval == "auto"'));
  expect(asked.watch(() => both(["crm", "auto"]))).toEqual([0, 1]);
  // The first answer settles it.
  expect(asked.watch(() => both(["mail", "auto"]))).toEqual([0]);
  const twice = asked.watch(() => {
    approved(["mail", "auto"]);
    both(["mail", "auto"]);
    approved(["mail", "auto"]);
  });
  expect(twice).toEqual([1, 0]);
});

test("a condition on no field needs no look", () => {
  const asked = start();
  const always = asked.condition(written("true"));
  expect(asked.watch(() => expect(always([])).toBe(true))).toEqual([]);
  expect(asked.looks).toEqual([]);
});
