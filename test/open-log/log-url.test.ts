import { inspect } from "node:util";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ComplianceError } from "../../src/model/error.ts";
import { logUrl } from "../../src/open-log/log-url.ts";

function refusal(url: string): ComplianceError {
  try {
    logUrl(url);
  } catch (error) {
    if (error instanceof ComplianceError) return error;
    throw error;
  }
  throw new Error(`${url} was not refused`);
}

const everything = (error: ComplianceError): string =>
  [error.message, error.hint ?? "", inspect(error.cause), error.stack ?? ""].join("\n");

describe("the name of a log", () => {
  test.each(["audit.db", "-", "C:\\logs\\a.db", "logs/*.jsonl", "a:b", "postgres:", "x//y://z"])(
    "%s is no URL",
    (name) => {
      expect(logUrl(name)).toBeUndefined();
    },
  );

  test.each([
    ["postgres://auditor@db/audit", "postgresql", "postgres://db/audit/audit_log"],
    [
      "postgresql://auditor@db:5433/audit?table=logs.events&order=n",
      "postgresql",
      "postgres://db:5433/audit/logs.events",
    ],
    [
      "postgres:///audit?host=/run/postgresql",
      "postgresql",
      "postgres://%2Frun%2Fpostgresql/audit/audit_log",
    ],
    ["clickhouse://auditor@ch", "clickhouse", "clickhouse://ch:8123/default/audit_log"],
    ["CLICKHOUSE://a@ch:9/b?table=t&tls=1", "clickhouse", "clickhouse://ch:9/b/t"],
  ])("%s is %s, and is called without user and options", (url, kind, name) => {
    expect(logUrl(url)).toEqual({ kind, url, name });
  });

  test.each([
    ["mysql://root@db/audit", "mysql://", "Export the log"],
    ["https://example.com/log.jsonl", "https://", "Download the file"],
    ["http://ch:8123/", "http://", "clickhouse://"],
    ["file:///var/log/audit.db", "file://", "Name the path itself"],
    ["s3://bucket/log", "s3://", "Copy the files here"],
    ["constructor://x", "constructor://", "Export"],
  ])("%s is refused by its scheme", (url, scheme, hint) => {
    const error = refusal(url);
    expect(error.code).toBe("unsupported-source");
    expect(error.message).toContain(scheme);
    expect(error.message).toContain("postgres://, postgresql:// or clickhouse://");
    expect(error.hint).toContain(hint);
  });
});

describe("a password", () => {
  test.each([
    "postgres://user:hunter2@db/audit",
    "postgresql://:hunter2@db/audit",
    "clickhouse://user:hunter2@ch/audit",
    "postgres://user:hunter2/with/slashes@db/audit",
    "postgres://user:12?hunter2@db/audit",
    "postgres://user:12#hunter2@db/audit",
    "postgres://user:hun@ter2@db/audit",
    "postgres://user@db/audit?password=hunter2",
    "postgres://user@db/audit?table=x&PASSWORD=hunter2",
    "clickhouse://user@ch/audit?pwd=hunter2",
    "clickhouse://user@ch/audit?access_token=hunter2",
    "mysql://user:hunter2@db/audit",
    "https://user:hunter2@db/audit",
  ])("in %s is refused, told how to do without, and not repeated", (url) => {
    const error = refusal(url);
    expect(everything(error)).not.toContain("hunter2");
    if (error.code === "unsupported-source") return;
    expect(error.code).toBe("invalid-option");
    expect(error.hint).toMatch(/PGPASSWORD|CLICKHOUSE_PASSWORD/);
    expect(error.hint).toContain("password-file=");
  });

  test("of any characters is never repeated, whether the URL can be read or not", () => {
    const secret = fc.string({ minLength: 3, maxLength: 20, unit: "binary" });
    fc.assert(
      fc.property(secret, fc.constantFrom("postgres", "clickhouse", "mysql"), (word, scheme) => {
        const password = `XX${word}XX`;
        const error = refusal(`${scheme}://user:${password}@host:1234/database`);
        expect(everything(error)).not.toContain(password);
      }),
      { numRuns: 300 },
    );
  });

  test("that comes from a file is named by its file", () => {
    const url = "postgres://user@db/audit?password-file=/run/secrets/audit";
    expect(logUrl(url)).toMatchObject({ url });
  });
});

describe("a URL that is wrong", () => {
  test.each([
    ["postgres://user@db/audit?tabel=x", "tabel"],
    ["clickhouse://user@ch/audit?tabel=x", "tabel"],
    ["clickhouse://", "clickhouse://user@host:8123/database"],
    ["postgres://db:port/audit", "PostgreSQL"],
  ])("%s is refused before anything connects", (url, word) => {
    const error = refusal(url);
    expect(error.code).toBe("invalid-option");
    expect(`${error.message} ${error.hint ?? ""}`).toContain(word);
  });
});
