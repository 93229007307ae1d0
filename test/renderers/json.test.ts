import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { toDict } from "../../src/renderers/dict.ts";
import { renderer, toJson } from "../../src/renderers/json.ts";
import { HOSTILE, LONG, mapTexts } from "./hostile.ts";
import { FULL_REPORT, FULL_WEIGHTED, mapAllTexts } from "./sheets-fixture.ts";
import { EMPTY_REPORT, REPORT } from "./report-fixture.ts";

/** What no JSON text of ours may hold: what acts on terminals, browsers or build servers. */
const ACTIVE =
  /(?!\n)\p{Cc}|\p{Cs}|[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|<[a-z/!?]|##\w*\[|^\s*::/imu;

describe("the JSON renderer", () => {
  it("writes the data of toDict, indented by two, with a final line feed", () => {
    expect(renderer.render(REPORT)).toBe(toJson(REPORT));
    expect(toJson(REPORT)).toBe(`${JSON.stringify(toDict(REPORT), null, 2)}\n`);
    expect(toJson(EMPTY_REPORT).startsWith('{\n  "report_type": "gdpr",\n')).toBe(true);
  });

  it("names itself", () => {
    expect(renderer).toMatchObject({
      name: "json",
      mediaType: "application/json",
      extension: "json",
    });
  });

  it("leaves comparisons readable", () => {
    expect(toJson(mapTexts(REPORT, () => "share < 0.9 && a <= 3"))).toContain(
      '"limit": "share < 0.9 && a <= 3"',
    );
  });

  it.each([...HOSTILE, ...LONG])("gives back exactly the texts of the log: %#", (text) => {
    const report = mapAllTexts(FULL_REPORT, () => text);
    const json = toJson(report);
    expect(JSON.parse(json)).toEqual(toDict(report));
    expect(ACTIVE.exec(json)?.[0]).toBeUndefined();
  });

  it.each(HOSTILE)("does so for a weighted framework: %#", (text) => {
    const report = mapAllTexts(FULL_WEIGHTED, () => text);
    const json = toJson(report);
    expect(JSON.parse(json)).toEqual(toDict(report));
    expect(ACTIVE.exec(json)?.[0]).toBeUndefined();
  });

  it("does so for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const report = mapAllTexts(FULL_REPORT, () => text || "x");
        const json = toJson(report);
        expect(JSON.parse(json)).toEqual(toDict(report));
        expect(json).not.toMatch(ACTIVE);
      }),
      { numRuns: 100 },
    );
  });
});
