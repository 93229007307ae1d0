import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FORM_BITS, formsIn } from "../../src/redaction/detect.ts";
import type { Detector } from "../../src/model/expression.ts";

const found = (text: string): Detector[] =>
  (Object.keys(FORM_BITS) as Detector[]).filter((form) => (formsIn(text) & FORM_BITS[form]) !== 0);

describe("found", () => {
  test.each<[string, Detector[]]>([
    ["Authorization: Bearer abcdefghijklmnop1234", ["secret"]],
    ["AKIAIOSFODNN7EXAMPLE", ["secret"]],
    [`ghp_${"a1".repeat(18)}`, ["secret"]],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIE", ["secret"]],
    ["postgres://app:hunter2@db.internal/x", ["secret"]],
    ["password=hunter2", ["secret"]],
    ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", ["secret"]],
    ['{"passwd": "correct horse"}', ["secret"]],
    ['{"api_key": "a8f5f167f44f4964"}', ["secret"]],
    ["client_secret: 9d8f7a6b5c", ["secret"]],
    ["pay 4111-1111-1111-1111 now", ["payment-card"]],
    ["378282246310005", ["payment-card"]],
    ["to DE89 3704 0044 0532 0130 00 please", ["iban"]],
    ["mail jane.doe+x@mail.example.org", ["email"]],
    ["call +49 (0)30 1234567 today", ["phone"]],
    ["call +49 30 12345678 today", ["phone"]],
    ["call (212) 555-0123", ["phone"]],
    ["ssn 123-45-6789", ["national-id"]],
    ["nino AB 12 34 56 C", ["national-id"]],
    ["jane@example.org paid 4111111111111111", ["payment-card", "email"]],
  ])("%s", (text, forms) => {
    expect(found(text)).toEqual(forms);
  });
});

describe("not found", () => {
  test.each([
    "",
    "read 14 rows from customers",
    "password=[REDACTED]",
    '{"password": "********"}',
    "password=$DB_PASSWORD",
    "password: ${{ secrets.DB }}",
    '{"next_page_token": "CAoQAA8f"}',
    '{"max_tokens": 4096, "token_count": 812}',
    '{"secret": "prod/db/main"}',
    "the secret of good tests",
    "arn:aws:secretsmanager:us-east-1:1234:secret:name-18-4Rzn83",
    "?dib=eyJ2IjoiMSJ9.abcdefgh1234.x",
    "git@github.com:example/repo.git",
    "user@localhost",
    "4111111111111112",
    "2026-01-05T09:00:00.000000Z",
    "order 1234567890123456789",
    "DE89370400440532013001",
    "build 000-12-3456",
    "192.168.100.200:8080",
    "https://example.com/path?x=1",
    "3f786850e387550fdab836ed7e6dc881de23001b",
  ])("%s", (text) => {
    expect(found(text)).toEqual([]);
  });
});

test("hostile text of a megabyte takes no longer than reading it a few times", () => {
  const hostile = ["a@", "password=", "4 ", "+1 ", "://", "AB12", "secret:'", "eyJ"].map((part) =>
    part.repeat(1_000_000 / part.length),
  );
  const started = process.cpuUsage().user;
  for (const text of hostile) formsIn(text);
  expect(process.cpuUsage().user - started).toBeLessThan(20_000_000);
});

test("a form is found whatever stands around it", () => {
  const samples: readonly [string, Detector][] = [
    ["AKIAIOSFODNN7EXAMPLE", "secret"],
    ["xoxb-1234567890", "secret"],
    ["-----BEGIN PRIVATE KEY-----", "secret"],
    ["pwd=hunter2", "secret"],
    ["378282246310005", "payment-card"],
    ["DE89370400440532013000", "iban"],
    ["MT84MALT011000012345MTLCAST001S", "iban"],
    ["a@b.example.org", "email"],
    ["+49 30 12345678", "phone"],
    ["(212) 555-0123", "phone"],
    ["123-45-6789", "national-id"],
    ["AB123456C", "national-id"],
  ];
  const around = fc.string({
    unit: fc.constantFrom("a", "b", " ", "Z", ".", ",", ";", "!", "ß", "漢", "\n", "\t"),
    maxLength: 30,
  });
  fc.assert(
    fc.property(fc.constantFrom(...samples), around, around, ([sample, form], before, after) => {
      expect(formsIn(`${before} ${sample} ${after}`) & FORM_BITS[form]).toBe(FORM_BITS[form]);
    }),
    { numRuns: 1000 },
  );
});
