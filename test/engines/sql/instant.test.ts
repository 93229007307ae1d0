// The microseconds that each database works out of a text, against `parseInstant`.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { columnOf } from "../../../src/engines/sql/columns.ts";
import { dialectOf } from "../../../src/engines/sql/dialect.ts";
import { sql, written } from "../../../src/engines/sql/fragment.ts";
import { INSTANT_PATTERN, instantOfText } from "../../../src/engines/sql/instant.ts";
import { render } from "../../../src/engines/sql/render.ts";
import { parseInstant } from "../../../src/model/instant.ts";
import { describeWith } from "../../servers/needs.ts";
import { DATABASES } from "./databases.ts";
import { textLayout } from "./layouts.ts";
import { NUL_TIMES, ODD_TIMES } from "./odd-values.ts";

const two = (most: number) =>
  fc.integer({ min: 0, max: most }).map((n) => String(n).padStart(2, "0"));
const zone = fc.oneof(
  fc.constantFrom("", "Z", "z", "+", "+00:00", "-00:00", "+14:59", "-14:59", "+15:00", "+1:00"),
  fc
    .tuple(fc.constantFrom("+", "-"), two(15), fc.constantFrom(":", ""), two(60))
    .map((all) => all.join("")),
);
const fraction = fc.oneof(
  fc.constantFrom("", "", ".", ".0", ".000000", ".9999999", ",5"),
  fc.stringMatching(/^\.[0-9]{1,10}$/),
);
/** Times, real and nearly. */
const time = fc
  .tuple(
    fc.integer({ min: 1898, max: 2201 }),
    fc.constant("-"),
    two(13),
    fc.constant("-"),
    fc.oneof(two(32), fc.constantFrom("28", "29", "30", "31")),
    fc.constantFrom("T", "T", " ", "t"),
    two(24),
    fc.constant(":"),
    two(60),
    fc.constant(":"),
    two(60),
    fraction,
    zone,
  )
  .map((parts) => parts.join(""));
/** The same, with one character changed. */
const damaged = fc
  .tuple(
    time,
    fc.nat(40),
    fc.constantFrom("", " ", "0", "-", "+", ":", "Z", ".", "٣", "é", "\n", "'"),
  )
  .map(([text, at, instead]) => text.slice(0, at) + instead + text.slice(at + 1));
const texts = fc.array(fc.oneof(time, time, damaged), { minLength: 800, maxLength: 800 });

describe("the pattern of instants", () => {
  test("matches what is read", () => {
    const pattern = new RegExp(INSTANT_PATTERN, "u");
    fc.assert(
      fc.property(fc.oneof(time, damaged, fc.constantFrom(...ODD_TIMES, ...NUL_TIMES)), (text) => {
        expect(pattern.test(text)).toBe(!Number.isNaN(parseInstant(text)));
      }),
      { numRuns: 5000 },
    );
  });

  test("knows every day from 1900 to 2199", () => {
    const pattern = new RegExp(INSTANT_PATTERN, "u");
    for (let year = 1899; year <= 2200; year += 1) {
      for (const monthDay of ["02-28", "02-29", "02-30", "04-30", "04-31", "12-31", "12-32"]) {
        const text = `${year}-${monthDay}T00:00:00`;
        expect([text, pattern.test(text)]).toEqual([text, !Number.isNaN(parseInstant(text))]);
      }
    }
  });
});

for (const { dialect, servers, open } of DATABASES) {
  describeWith(servers, `${dialect}: instants of texts`, () => {
    test("are those of parseInstant", async () => {
      const database = await open();
      let tables = 0;
      const columns = textLayout(dialect).columns.filter(({ field }) => field === "timestamp");
      const fixed = dialect === "postgresql" ? ODD_TIMES : [...ODD_TIMES, ...NUL_TIMES];
      try {
        await fc.assert(
          fc.asyncProperty(texts, async (more) => {
            const all = [...fixed, ...more];
            tables += 1;
            const table = await database.create(
              `times_${tables}`,
              columns,
              all.map((text, place) => [place, text]),
            );
            const spelling = dialectOf(dialect);
            const { name, kind } = columnOf(table, "timestamp") ?? { name: sql``, kind: "text" };
            const micros = instantOfText(spelling, spelling.text(name, kind) ?? sql``);
            const statement = render(
              spelling,
              sql`SELECT place, ${micros} FROM ${written(table.from)} ORDER BY place`,
            );
            const rows = await database.run(statement);
            const wrong = rows.filter(([place, found]) => {
              const expected = parseInstant(all[place as number] ?? "");
              return found !== (Number.isNaN(expected) ? null : expected);
            });
            expect(wrong.map(([place, found]) => [all[place as number], found])).toEqual([]);
            expect(rows).toHaveLength(all.length);
          }),
          { numRuns: 2 },
        );
      } finally {
        await database.close();
      }
    }, 60_000);
  });
}
