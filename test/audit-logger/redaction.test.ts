import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonText } from "../../src/audit-logger/json-text.ts";
import { redaction } from "../../src/audit-logger/redaction.ts";
import { hasShared, hostileStrings, secretLike } from "./decision.ts";

const { json, text, credentials } = redaction();
const redacted = (value: unknown): unknown => JSON.parse(jsonText(value, json));

// Joined here, so that no scanner takes the examples for real ones.
const secret = (...parts: readonly string[]): string => parts.join("");

describe("redaction by name", () => {
  it.each([
    "password",
    "PASSWD",
    "clientSecret",
    "api_key",
    "x-api-key",
    "ApiKey",
    "Authorization",
    "aws_access_key_id",
    "privateKey",
    "sessionKey",
    "Set-Cookie",
    "db_credentials",
    "access token",
    "pass\u200Bword",
    "token",
  ])("hides the value of %j, of any type", (name) => {
    for (const value of ["x", 123_456, ["x"], { deep: "x" }, 9n]) {
      expect(redacted({ [name]: value })).toEqual({ [name]: "[REDACTED]" });
    }
  });

  it.each(["max_tokens", "maxTokens", "token_count", "tokenLimit", "total_tokens", "promptTokens"])(
    "leaves the number of the counter %j",
    (name) => {
      expect(redacted({ [name]: 4096 })).toEqual({ [name]: 4096 });
      expect(redacted({ [name]: "tok-4096" })).toEqual({ [name]: "[REDACTED]" });
    },
  );

  it("leaves what cannot be a secret, and names that only resemble one", () => {
    const plain = {
      password: null,
      has_token: true,
      secret: "",
      author: "a",
      passenger: "b",
      key: 1,
    };
    expect(redacted(plain)).toEqual(plain);
  });

  it("goes through objects, lists, maps and circles, and keeps the order", () => {
    const value: Record<string, unknown> = {
      z: [{ a: 1, Password: "x" }],
      m: new Map([["token", "x"]]),
    };
    value["self"] = value;
    expect(jsonText(value, json)).toBe(
      '{"z": [{"a": 1, "Password": "[REDACTED]"}], "m": {"token": "[REDACTED]"}, "self": "[circular]"}',
    );
  });

  it("takes further names", () => {
    const more = redaction({ keys: ["pin code"] });
    expect(jsonText({ customerPinCode: "1", pin: "2" }, more.json)).toBe(
      '{"customerPinCode": "[REDACTED]", "pin": "2"}',
    );
    expect(() => redaction({ keys: ["--"] })).toThrow(
      expect.objectContaining({ code: "invalid-option" }),
    );
  });
});

describe("redaction by form", () => {
  it.each([
    [secret("AK", "IA", "ABCDEFGHIJKLMNOP"), "[REDACTED]"],
    [secret("gh", "p_", "a1".repeat(18)), "[REDACTED]"],
    [secret("github", "_pat_", "a1".repeat(20)), "[REDACTED]"],
    [secret("xo", "xb-", "123456789012-abcdef"), "[REDACTED]"],
    [secret("sk", "-proj-", "a1".repeat(12)), "[REDACTED]"],
    [secret("AI", "za", "a1".repeat(18)), "[REDACTED]"],
    [secret("sk", "_live_", "a1".repeat(12)), "[REDACTED]"],
    [secret("ey", "Jhbabcdefgh.", "e30.", "c2ln"), "[REDACTED]"],
    [secret("Bearer ", "abcdefghijklmnopqrst"), "Bearer [REDACTED]"],
    [secret("Authorization: Ba", "sic dXNlcjpwYXNz"), "Authorization: Basic [REDACTED]"],
    [secret("postgres://bob:", "hunter2", "@db/x"), "postgres://bob:[REDACTED]@db/x"],
    [secret("redis://:", "p@ss", "@db:6379"), "redis://:[REDACTED]@db:6379"],
    [secret("GET /?token=", "abc", "&page=2"), "GET /?token=[REDACTED]&page=2"],
    [secret("DB_PASSWORD=", "abc"), "DB_PASSWORD=[REDACTED]"],
    [secret('{"password": "', String.raw`a\"b`, '"}'), '{"password": "[REDACTED]"}'],
    [
      secret("-----BEGIN RSA PRI", "VATE KEY-----\nMIIE\n-----END RSA PRI", "VATE KEY-----\nrest"),
      "[REDACTED]\nrest",
    ],
    [secret("-----BEGIN PRI", "VATE KEY-----\nMIIE cut"), "[REDACTED]"],
    ["card 4111 1111 1111 1111.", "card [REDACTED]."],
    ["card 4111-1111-1111-1111.", "card [REDACTED]."],
    ["card 378282246310005.", "card [REDACTED]."],
    ["DE89 3704 0044 0532 0130 00 PAID", "[REDACTED] PAID"],
    ["GB29NWBK60161331926819", "[REDACTED]"],
    ["to jane.doe@example.com, now", "to [REDACTED], now"],
  ])("finds %j", (value, expected) => {
    const found = text(`before ${value}`).slice("before ".length);
    expect(found).toBe(expected);
    expect(redacted([{ note: value }])).toEqual([{ note: expected }]);
  });

  it.each([
    "task-management-of-the-2026-edition",
    "scikit: sk-learn-classification-models",
    "token bucket, tokens=5",
    "https://example.com:8080/a@b",
    "order 4111 1111 1111 1112",
    "1767225600000",
    "DE00 3704 0044 0532 0130 00",
    "Bearer of news",
    "a@b",
    "xoxo-",
    "eyJ.a.b",
  ])("leaves %j", (value) => {
    expect(credentials(value)).toBe(value);
    expect(text(value)).toBe(value);
  });

  it("leaves personal data in what was acted on, or everywhere when told so", () => {
    expect(credentials("mailbox of jane@example.com")).toBe("mailbox of jane@example.com");
    expect(redaction({ personalData: false }).text("jane@example.com")).toBe("jane@example.com");
    expect(redaction({ personalData: true }).text("jane@example.com")).toBe("[REDACTED]");
  });

  it("finds a secret in any surroundings", () => {
    const secrets = [
      secret("AK", "IA", "ABCDEFGHIJKLMNOP"),
      secret("gh", "p_", "a1".repeat(18)),
      secret("ey", "Jhbabcdefgh.", "e30.", "c2ln"),
      "4111 1111 1111 1111",
      "DE89 3704 0044 0532 0130 00",
      "jane.doe@example.com",
    ];
    const surroundings = fc.string({ unit: "binary", maxLength: 40 });
    fc.assert(
      fc.property(
        surroundings,
        fc.constantFrom(...secrets),
        surroundings,
        (before, value, after) => {
          expect(text(`${before}\n${value}\n${after}`)).not.toContain(value);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("takes time in proportion to the text, however it is made", () => {
    const parts = [
      "a",
      "1",
      "0 ",
      "A",
      "eyJ",
      "eyJa.",
      "://",
      "://a:",
      "@",
      "a@",
      "a.",
      ".",
      "sk-",
      "Bearer ",
      '"',
      '"password": "',
      "password=",
      "-----BEGIN ",
      "-----BEGIN PRIVATE KEY-----",
      "-",
      "DE89",
      "AAAA ",
      "\\",
      "authorization: ",
      "4111 ",
    ];
    const slow: string[] = [];
    for (const part of parts) {
      const long = part.repeat(Math.ceil(200_000 / part.length));
      const start = performance.now();
      text(long);
      text(`"token": "${long}`);
      if (performance.now() - start > 2000) slow.push(part);
    }
    expect(slow).toEqual([]);
  });
});

describe.skipIf(!hasShared)("the shared corpus (needs the shared data folder)", () => {
  it("loses every string that looks like a secret", () => {
    for (const value of secretLike()) {
      const found = text(`x ${value} y`);
      expect(found).toContain("[REDACTED]");
      expect(found).not.toContain(value);
      expect(jsonText({ note: [value] }, json)).not.toContain(value);
    }
  });

  it("keeps every other hostile string", () => {
    for (const value of hostileStrings()) {
      expect(text(value)).toBe(value);
      expect(credentials(value)).toBe(value);
    }
  });
});
