import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ComplianceError } from "../../src/model/error.ts";
import { serverName } from "../../src/postgresql/target.ts";
import { isPostgresUrl, parsePostgresUrl } from "../../src/postgresql/url.ts";

/** What has a meaning in URLs, and what has none. */
const UNITS = ["a", "Z", "9", ..."/ ? # @ % & = . [ ] : \\ \" '".split(" "), " ", "é", "\n"];

function failure(text: string): ComplianceError {
  try {
    parsePostgresUrl(text);
  } catch (error) {
    if (error instanceof ComplianceError) return error;
    throw error;
  }
  throw new Error("it was not refused");
}

describe("the URL of a PostgreSQL database", () => {
  test("says where the database is, which table, and which columns", () => {
    expect(
      parsePostgresUrl(
        "postgres://ada@db.example.org:6543/audit?table=trail.events&order=seq&column.agent_id=actor&column.timestamp=at&password-file=/run/secrets/db&sslmode=verify-ca&sslrootcert=/ca.pem",
      ),
    ).toEqual({
      target: {
        host: "db.example.org",
        port: 6543,
        user: "ada",
        database: "audit",
        passwordFile: "/run/secrets/db",
        tls: { mode: "verify-ca", rootCertificate: "/ca.pem" },
      },
      table: { schema: "trail", name: "events" },
      order: "seq",
      columns: new Map([
        ["agent_id", "actor"],
        ["timestamp", "at"],
      ]),
    });
  });

  test.each([".", "..", "%2e"])("a database called %s is no step on the way", (name) => {
    const { target } = parsePostgresUrl(`postgres://host/${name}?table=t`);
    expect(target.database).toBe(decodeURIComponent(name));
  });

  test("leaves out what the environment says", () => {
    expect(parsePostgresUrl("postgresql:///")).toEqual({
      target: {},
      table: { name: "audit_log" },
      order: "id",
      columns: new Map(),
    });
  });

  test.each([
    ["postgres:///audit?host=/run/postgresql", { host: "/run/postgresql", database: "audit" }],
    ["postgres://ada@/audit", { user: "ada", database: "audit" }],
    ["postgres://ada@/audit?host=/tmp", { user: "ada", host: "/tmp", database: "audit" }],
    ["postgres://[::1]:5432/audit", { host: "::1", port: 5432, database: "audit" }],
    ["POSTGRES://h/a%2Fb%20%40", { host: "h", database: "a/b @" }],
    ["postgres://d%C3%B6%40x@h/d", { user: "dö@x", host: "h", database: "d" }],
  ])("%s", (text, target) => {
    expect(isPostgresUrl(text)).toBe(true);
    expect(parsePostgresUrl(text).target).toEqual(target);
  });

  test.each([
    ["a", { name: "a" }],
    ["s.a", { schema: "s", name: "a" }],
    ['"a.b"', { name: "a.b" }],
    ['"s.t"."a""b"', { schema: "s.t", name: 'a"b' }],
    ["Größe; DROP TABLE x --", { name: "Größe; DROP TABLE x --" }],
  ])("table %s", (table, named) => {
    const url = `postgres://h/d?table=${encodeURIComponent(table)}`;
    expect(parsePostgresUrl(url).table).toEqual(named);
  });

  test.each(["a.b.c", ".a", "a.", 'a"b', '"a', '""', "s..a"])("no table: %s", (table) => {
    expect(failure(`postgres://h/d?table=${encodeURIComponent(table)}`)).toMatchObject({
      code: "invalid-option",
      message: expect.stringContaining("parameter table") as string,
    });
  });

  test.each([
    ["postgres://h/d?tabel=x", "is called tabel"],
    ["postgres://h/d?table=", "is empty"],
    ["postgres://h/d?table=a&table=b", "stands in the URL twice"],
    ["postgres://h/d?column.nothing=x", "an entry's field"],
    ["postgres://h/d?sslmode=prefer", "sslmode"],
    ["postgres://h/d?host=/tmp", "a host twice"],
    ["postgres://h:port/d", "this is none"],
    ["postgres://h/d/e", "must be encoded"],
    ["postgres://h/%00", "not encoded"],
    ["postgres://h/%zz", "not encoded"],
    ["mysql://h/d", "begins with postgres://"],
  ])("%s is refused", (text, said) => {
    expect(failure(text)).toMatchObject({
      code: "invalid-option",
      message: expect.stringContaining(said) as string,
    });
  });
});

describe("a password in the URL", () => {
  test.each([
    "postgres://ada:Tr0ub4dor@h/d",
    "postgres://ada:@h:5432/d?password=Tr0ub4dor",
    "postgres://h/d?password=Tr0ub4dor",
    "postgres://:Tr0ub4dor@h/d",
  ])("is refused with what to do instead: %s", (text) => {
    const error = failure(text);
    expect(error).toMatchObject({
      code: "invalid-option",
      hint: expect.stringContaining("PGPASSWORD") as string,
    });
    expect(`${error.message} ${error.hint ?? ""} ${String(error.cause)}`).not.toContain(
      "Tr0ub4dor",
    );
  });

  test("never stands in a message, whatever is in it", () => {
    const secret = fc
      .string({ unit: fc.constantFrom(...UNITS), minLength: 1, maxLength: 12 })
      .map((text) => `q7${text}q7`);
    fc.assert(
      fc.property(secret, fc.constantFrom("", ":5432"), (password, port) => {
        const error = failure(`postgres://ada:${password}@host${port}/d?table=t`);
        expect(error.code).toBe("invalid-option");
        const said = `${error.message} ${error.hint ?? ""} ${String(error.cause)}`;
        expect(said).not.toContain(password);
        expect(said).not.toContain("q7");
      }),
      { numRuns: 2000 },
    );
  });
});

test("a server is named without credentials, in one line, whatever its names are", () => {
  const server = { host: "db.example.org", port: 5432, database: "audit" };
  expect(serverName(server)).toBe("postgres://db.example.org:5432/audit");
  expect(serverName(server, { schema: "public", name: "audit_log" })).toBe(
    "postgres://db.example.org:5432/audit/public.audit_log",
  );
  expect(serverName({ host: "::1", port: 1, database: "a\nb" }, { name: 'x/"y' })).toBe(
    "postgres://[::1]:1/a%0Ab/x%2F%22y",
  );
  expect(serverName({ host: "/run/postgresql", port: 5432, database: "d" })).toBe(
    "postgres://%2Frun%2Fpostgresql:5432/d",
  );
});
