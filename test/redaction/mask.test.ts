import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { entryMask, maskEntry } from "../../src/redaction/mask-entry.ts";
import { maskText } from "../../src/redaction/mask-text.ts";
import { maskJsonText, maskValue } from "../../src/redaction/mask-value.ts";
import { isSensitiveName } from "../../src/redaction/sensitive-name.ts";

/** Put together here, so that no scanner takes this file for a leak. */
const joined = (...parts: readonly string[]): string => parts.join("");
const R = "[REDACTED]";

describe("a text is masked", () => {
  test.each([
    ["mail jane.doe+x@mail.example.org now", `mail ${R} now`],
    [joined("key AKIA", "IOSFODNN7EXAMPLE"), `key ${R}`],
    ["pay 4111-1111-1111-1111 now", `pay ${R} now`],
    ["to DE89 3704 0044 0532 0130 00 please", `to ${R} please`],
    ["call +49 30 12345678 or (212) 555-0123", `call ${R} or ${R}`],
    ["ssn 123-45-6789", `ssn ${R}`],
    ["nino AB 12 34 56 C", `nino ${R}`],
    ["cpf 123.456.789-09", `cpf ${R}`],
    ["cf RSSMRA85T10A562S", `cf ${R}`],
    ["nir 2 55 08 14 168 025 38", `nir ${R}`],
    ["password: hunter2x", `password: ${R}`],
    ["psql --password hunter2 -h db", `psql --password ${R} -h db`],
    ["--token abc", `--token ${R}`],
    ["Cookie: sid=1; theme=dark", `Cookie: ${R}`],
    ["ssn=078051120&x=1", `ssn=${R}&x=1`],
    ["{'password': 'hunter2', 'id': 4}", `{'password': '${R}', 'id': 4}`],
    ['cut off {"client_secret": "abc', `cut off {"client_secret": "${R}"`],
  ])("%s", (text, expected) => {
    expect(maskText(text)).toBe(expected);
  });
});

test("a text with an authorization header loses what authorizes", () => {
  const token = joined("abcdefgh", "ijklmnop1234");
  const masked = maskText(joined("Authorization: Bea", `rer ${token}, Host: x`));
  expect(masked).not.toContain(token);
  expect(masked).toContain("Host: x");
});

describe("a text stays as it is", () => {
  test.each([
    "",
    "read 14 rows from customers",
    "2026-01-05T09:00:00.000000Z",
    "1767225600000000",
    "1767225600000",
    "3f786850e387550fdab836ed7e6dc881de23001b",
    "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "4111111111111112",
    "DE89370400440532013001",
    "+1 234 567.89 EUR",
    "+1234567.89",
    "EUR 1,234,567.89",
    "10.0.0.1:8080",
    "123.456.789-00",
    "RSSMRA85T10A562A",
    "2 55 08 14 168 025 39",
    "SELECT * FROM t WHERE id=17 AND token_count=3",
    "max_tokens=4096",
    "the secret of good tests",
    "user@localhost",
    "table secrets_audit, rows 1 to 12",
    "password=",
    "delete@customers/*",
    "arn:aws:iam::123456789012:role/reader",
    "s3://bucket/2026/01/05/part-0001.parquet",
    "https://example.com/path?x=1&page=2",
    "git commit -m 'rename token bucket'",
  ])("%s", (text) => {
    expect(maskText(text)).toBe(text);
    expect(maskJsonText(text)).toBe(text);
  });
});

describe("names", () => {
  test.each([
    "password",
    "DB_PASSWORD",
    "userPassword",
    "new-password2",
    "passwd",
    "apiKey",
    "API_KEY",
    "x-api-key",
    "aws_secret_access_key",
    "clientSecret",
    "secret_id",
    "access_token",
    "id_token",
    "token",
    "Authorization",
    "proxy-authorization",
    "Set-Cookie",
    "ssn",
    "IBAN",
    "customer.card",
    "card",
    "cardNumber",
    "creditCard",
    "cvv2",
    "privateKey",
    "credentials",
    "dateOfBirth",
    "national_id",
    "phone",
    "phone_number",
  ])("%s is sensitive", (name) => {
    expect(isSensitiveName(name)).toBe(true);
  });

  test.each([
    "",
    "id",
    "user_id",
    "session_id",
    "timestamp",
    "amount",
    "secretary",
    "author",
    "tokens",
    "max_tokens",
    "token_count",
    "total_token",
    "tokenType",
    "expires_in",
    "token_expires_at",
    "password_changed_at",
    "secret_name",
    "secretRef",
    "access_key_id",
    "card_id",
    "cardType",
    "scorecard",
    "discard",
    "cardinality",
    "dashboard_card",
    "key",
    "primary_key",
    "monkey",
    "authorization.k8s.io/decision",
    "bypass",
    "compass",
    "iphone",
    "1234",
    "日本",
  ])("%s is not", (name) => {
    expect(isSensitiveName(name)).toBe(false);
  });
});

describe("JSON as text", () => {
  test("loses the values of such names at any depth, and nothing else", () => {
    expect(
      maskJsonText(
        '{ "user":"bob", "a":[{"b":{"password":"x", "card":{"number":"4111","cvc":1}}}],\n "token_count":3, "big":12345678901234567890, "f":1.50 }',
      ),
    ).toBe(
      `{ "user":"bob", "a":[{"b":{"password":"${R}", "card":"${R}"}}],\n "token_count":3, "big":12345678901234567890, "f":1.50 }`,
    );
  });

  test.each([
    // Escapes in names and values hide nothing.
    ['{"p\\u0061ssword":"abc"}', `{"p\\u0061ssword":"${R}"}`],
    ['{"to":"jane\\u0040example.com"}', `{"to":"${R}"}`],
    // Both of two members of one name.
    ['{"pwd":"a","pwd":"b"}', `{"pwd":"${R}","pwd":"${R}"}`],
    // JSON within JSON.
    [
      '{"body":"{\\"ssn\\":\\"1\\",\\"p\\":1.50}"}',
      `{"body":"{\\"ssn\\":\\"${R}\\",\\"p\\":1.50}"}`,
    ],
    // A member that is called like a person.
    ['{"jane@example.com":1}', `{"${R}":1}`],
    // A card number as a number; the same digits as an id are an id.
    ['{"pan":4111111111111111}', `{"pan":"${R}"}`],
    ["[4111111111111111]", `["${R}"]`],
    ['{"order_id":4111111111111111}', '{"order_id":4111111111111111}'],
    ['{"order_id":"4111111111111111"}', '{"order_id":"4111111111111111"}'],
    // Nothing that could be a secret.
    ['{"password":null,"token":"","secret":true,"cookies":[]}', undefined],
    ['{"password":0}', `{"password":"${R}"}`],
    // No JSON after all.
    ['{"password":"abcdef', `{"password":"${R}"`],
  ])("%s", (text, expected) => {
    expect(maskJsonText(text)).toBe(expected ?? text);
  });

  test("stays JSON, and what it says besides stays the same", () => {
    const name = fc.constantFrom("a", "b", "id", "password", "token", "café", 'q"x');
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.constantFrom(null, true, 0, -1.5, 17, "", "text", "x\\y", '"', "line\nbreak", "漢"),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(name, tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(value, fc.constantFrom(undefined, 1, 3), (one, indent) => {
        const text = JSON.stringify(one, null, indent);
        const masked = maskJsonText(text);
        expect(JSON.parse(masked)).toEqual(maskValue(one));
        expect(maskJsonText(masked)).toBe(masked);
        expect(masked === text || /password|token/.test(text)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("values", () => {
  test("are masked by name and form, and are not copied for nothing", () => {
    const value = { a: [1, { password: "x", n: 5n }], to: "jane@example.com" };
    expect(maskValue(value)).toEqual({ a: [1, { password: R, n: 5n }], to: R });
    const plain = { a: [1, { b: "text" }], bytes: new Uint8Array(2) };
    expect(maskValue(plain)).toBe(plain);
  });

  test("too deep to walk are masked as a whole", () => {
    let value: unknown = "jane@example.com";
    for (let depth = 0; depth < 5000; depth += 1) value = [value];
    expect(JSON.stringify(maskValue(value))).not.toContain("jane");
  });
});

describe("entries", () => {
  const entry = {
    id: "jane@example.com",
    timestamp: "2026-01-05T09:00:00Z",
    source: "jane@example.com:4",
    agent_id: "jane@example.com",
    action_type: "read",
    action_params: { password: "x" },
    result_data: null,
    chain_depth: 1,
  };

  test("keep what they are found by", () => {
    expect(maskEntry(entry)).toEqual({ ...entry, agent_id: R, action_params: { password: R } });
  });

  test("tell what was masked", () => {
    const told: unknown[] = [];
    maskEntry(entry, (original) => told.push(original));
    expect(told).toEqual([entry.agent_id, entry.action_params]);
  });

  test("with nothing to mask are the same object", () => {
    const plain = { id: 1, action_type: "read", action_params: '{"a":1}' };
    expect(maskEntry(plain)).toBe(plain);
  });

  test("are masked alike by a mask that remembers", () => {
    const mask = entryMask();
    for (let round = 0; round < 3; round += 1) expect(mask(entry)).toEqual(maskEntry(entry));
  });
});

test("hostile text of a megabyte takes no longer than reading it a few times", () => {
  const parts = [
    ...'a@ password= 4_ +1_ :// AB12 secret:\' eyJ {"a":" " { [ "a": cookie:_ \'a\':\' --token_ a= 123. {"password":['
      .split(" ")
      .map((part) => part.replaceAll("_", " ")),
    "RSSMRA85T10A562S",
    "2 55 08 ",
    '"\\',
    "-----BEGIN PRIVATE KEY-----",
    "A",
    "\\",
  ];
  const started = process.cpuUsage().user;
  for (const part of parts) {
    const text = part.repeat(1_000_000 / part.length);
    maskJsonText(text);
    maskJsonText(JSON.stringify({ x: text, [text]: 1 }));
    isSensitiveName(text);
  }
  expect(process.cpuUsage().user - started).toBeLessThan(30_000_000);
});
