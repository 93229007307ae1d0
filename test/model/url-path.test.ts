import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writtenPath } from "../../src/model/url-path.ts";

describe("writtenPath", () => {
  test.each([
    ["clickhouse://host/.", "."],
    ["clickhouse://host/..?table=x", ".."],
    ["clickhouse://user@host:1/a/../b#c", "a/../b"],
    ["postgres://host/%2e", "%2e"],
    ["postgres://host", ""],
    ["postgres://host/", ""],
    ["postgres://host?table=a/b", ""],
    ["postgres://@/d?host=/run", "d"],
    [" postgres://host/d\n ", "d"],
    ["no url", ""],
  ])("%j has the path %j", (url, path) => {
    expect(writtenPath(url)).toBe(path);
  });

  test("is what the parser says, of paths without steps", () => {
    const name = fc
      .string({ unit: "binary-ascii" })
      .map(encodeURIComponent)
      .filter((text) => !/^\.{1,2}$/.test(text));
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const url = `postgres://host/${names.join("/")}?table=t`;
        expect(writtenPath(url)).toBe(new URL(url).pathname.slice(1));
      }),
    );
  });
});
