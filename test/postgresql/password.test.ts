// The password file's lines, as PostgreSQL's manual describes them.

import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { passwordIn } from "../../src/postgresql/password.ts";

const server = { host: "db.example.org", port: 5432, database: "audit", user: "ada" };

const escaped = (value: string): string => value.replaceAll(/[\\:]/g, String.raw`\$&`);

describe("a line of the password file", () => {
  test.each([
    ["db.example.org:5432:audit:ada:x", "x"],
    ["*:*:*:*:x", "x"],
    ["db.example.org:5432:audit:ada:a:b:c", "a:b:c"],
    [String.raw`*:*:*:ada:a\:b\\c`, "a:b\\c"],
    ["*:5433:*:*:x", undefined],
    ["*:*:other:*:x", undefined],
    ["*:*:*:ad:x", undefined],
    ["#*:*:*:*:x", undefined],
    ["*:*:*:*:", undefined],
    ["*:*:*", undefined],
    ["", undefined],
    ["*:*:*:other:x\r\n*:*:*:ada:y\r\n*:*:*:*:z", "y"],
  ])("%j", (text, password) => {
    expect(passwordIn(text, server)).toBe(password);
  });

  test("a socket in a usual folder is called localhost", () => {
    const socket = { ...server, host: "/var/run/postgresql" };
    expect(passwordIn("localhost:*:*:*:x", socket)).toBe("x");
    expect(passwordIn("/var/run/postgresql:*:*:*:x", socket)).toBeUndefined();
  });

  test("what is escaped is read as it was", () => {
    const unit = fc.constantFrom("a", "b", ":", "\\", "*", "#", " ", "é");
    const text = fc.string({ unit, minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(text, text, text, text, (host, database, user, password) => {
        const line = [host, "5432", database, user, password].map(escaped).join(":");
        fc.pre(!line.startsWith("#"));
        expect(passwordIn(`${line}\n`, { host, port: 5432, database, user })).toBe(password);
      }),
      { numRuns: 300 },
    );
  });
});
