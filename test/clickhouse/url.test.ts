import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { clickHousePassword } from "../../src/clickhouse/password.ts";
import { clickHouseName, parseClickHouseUrl } from "../../src/clickhouse/url.ts";
import { ComplianceError } from "../../src/model/error.ts";

describe("parseClickHouseUrl", () => {
  test("reads every part", () => {
    const url =
      "clickhouse://ann%40x@db.example:9123/aud%2Fit?table=a%20log&order=n&column.agent_id=actor&tls=1&password-file=%2Fp";
    expect(parseClickHouseUrl(url)).toEqual({
      host: "db.example",
      port: 9123,
      tls: true,
      user: "ann@x",
      database: "aud/it",
      table: "a log",
      order: "n",
      columns: new Map([["agent_id", "actor"]]),
      passwordFile: "/p",
    });
  });

  test("says little by itself", () => {
    expect(parseClickHouseUrl("clickhouse://host")).toEqual({
      host: "host",
      port: 8123,
      tls: false,
      database: "default",
      table: "audit_log",
      order: "id",
      columns: new Map(),
    });
    expect(parseClickHouseUrl("clickhouse://host/?tls=1").port).toBe(8443);
    expect(parseClickHouseUrl("clickhouse://[::1]:1/d").host).toBe("[::1]");
  });

  test.each([
    "clickhouse://ann:geheim@host/d",
    "clickhouse://:geheim@host/d",
    "clickhouse://ann%3Ageheim@host/d",
    "clickhouse://host/d?password=geheim",
    "clickhouse://ann:geheim@host/d?nonsense=1",
  ])("a password is refused and not repeated: %s", (url) => {
    const error = thrown(url);
    expect(error.code).toBe("invalid-option");
    expect(error.hint).toContain("CLICKHOUSE_PASSWORD");
    expect(`${error.message} ${error.hint} ${error.stack}`).not.toContain("geheim");
  });

  test.each([
    ["", "a URL like"],
    ["http://host/d", "a URL like"],
    ["clickhouse:///d", "a URL like"],
    ["clickhouse://host/a/b", "one database"],
    ["clickhouse://host/a/../b", "one database"],
    ["clickhouse://host/d?tabel=x", '"tabel"'],
    ["clickhouse://host/d?column.agent=x", '"column.agent"'],
    ["clickhouse://host/d?table=a&table=b", "twice"],
    ["clickhouse://host/d?table=", "without a value"],
    ["clickhouse://host/d?tls=yes", "tls=1"],
    ["clickhouse://host/%zz", "encodes nothing"],
  ])("%s is refused", (url, words) => {
    const error = thrown(url);
    expect(error.code).toBe("invalid-option");
    expect(error.message).toContain(words);
  });

  test.each([".", "..", "%2e", "%2E%2e"])("a database called %s is no step on the way", (name) => {
    expect(parseClickHouseUrl(`clickhouse://host/${name}?table=t`).database).toBe(
      decodeURIComponent(name),
    );
  });

  test("any names come through", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(name, name, name, name, (database, table, order, column) => {
        const [d, t, o, c] = [database, table, order, column].map(encodeURIComponent);
        const target = parseClickHouseUrl(
          `clickhouse://host/${d}?table=${t}&order=${o}&column.id=${c}`,
        );
        expect(target).toMatchObject({
          database,
          table,
          order,
          columns: new Map([["id", column]]),
        });
      }),
      { numRuns: 300 },
    );
  });

  test("its name shows no user, no parameter and no control character", () => {
    const url = "clickhouse://ann@host/d%0a?table=%1b%5b2Jx%2F&column.id=y";
    expect(clickHouseName(parseClickHouseUrl(url))).toBe(
      "clickhouse://host:8123/d%0A/%1B%5B2Jx%2F",
    );
  });
});

describe("clickHousePassword", () => {
  const folder = mkdtempSync(join(tmpdir(), "aegis-password-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "password");
  writeFileSync(file, "from file\n");

  test.each([
    ["the file that the URL names", file, { CLICKHOUSE_PASSWORD: "variable" }, "from file"],
    [
      "the variable",
      undefined,
      { CLICKHOUSE_PASSWORD: "v\n", CLICKHOUSE_PASSWORD_FILE: file },
      "v\n",
    ],
    ["the file that a variable names", undefined, { CLICKHOUSE_PASSWORD_FILE: file }, "from file"],
    ["none", undefined, {}, ""],
  ])("%s", (_, named, environment, password) => {
    expect(clickHousePassword(named, environment)).toBe(password);
  });

  test("a file that is missing is named", () => {
    const missing = join(folder, "missing");
    expect(() => clickHousePassword(missing, {})).toThrow(missing);
  });
});

function thrown(url: string): ComplianceError {
  try {
    parseClickHouseUrl(url);
  } catch (error) {
    if (error instanceof ComplianceError) return error;
  }
  throw new Error("nothing was refused");
}
