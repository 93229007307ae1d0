import * as fc from "fast-check";
import { expect, test } from "vitest";
import { hostIn, isListedHost } from "../../src/expression/host.ts";

test.each([
  ["https://api.example.com/v1", "api.example.com"],
  ["HTTPS://User:pa%40ss@API.Example.COM:8443/?a=b@c", "api.example.com"],
  ["https://good.example@evil.example/", "evil.example"],
  ["https://a@b@evil.example/", "evil.example"],
  ["ftp://files.example.org.", "files.example.org"],
  ["s3://bucket-name/key", "bucket-name"],
  ["http://[2001:DB8::1]:8080/x", "[2001:db8::1]"],
  ["http://192.0.2.7/", "192.0.2.7"],
  ["jane@example.org", "example.org"],
  ["mailto:jane@example.org?subject=x", "example.org"],
  ["example.org:443", "example.org"],
  ["  example.org/path ", "example.org"],
  ["localhost:5432", "localhost"],
  ["db.prod.internal", "db.prod.internal"],
  ["warehouse.sales:5432", "warehouse.sales"],
  ["192.0.2.7", "192.0.2.7"],
  ["crm.customers", ""],
  ["deploy.sh", ""],
  ["report.pdf", ""],
  ["reports/2026.csv", ""],
  ["customers", ""],
  ["/etc/passwd", ""],
  ["C:\\temp", ""],
  ["https://", ""],
  ["https://exa mple.com", ""],
  ["https://пример.example/", ""],
  ["", ""],
])("%s", (text, host) => {
  expect(hostIn(text)).toBe(host);
});

test("a list entry covers its host, and with *. every host below it", () => {
  const list = new Set(["api.example.com", "*.example.org"]);
  const listed = (host: string): boolean => isListedHost(host, list);
  expect(["api.example.com", "a.example.org", "a.b.example.org"].every(listed)).toBe(true);
  expect(
    ["", "example.org", "example.com", "x.api.example.com", "badexample.org"].some(listed),
  ).toBe(false);
});

test("gives a plain host or nothing, whatever comes, and soon", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.webUrl(), fc.emailAddress()),
      (text) => {
        const host = hostIn(text);
        expect(host).toMatch(/^(?:$|\[[0-9a-f:.]+\]$|[a-z0-9_.-]{1,253}$)/);
      },
    ),
    { numRuns: 2000 },
  );
  expect(hostIn(`https://${"a@".repeat(100_000)}`)).toBe("");
  expect(hostIn("a.".repeat(100_000))).toBe("");
});

test("the host of a web address is the one the standard parser finds", () => {
  const plain = fc
    .webUrl({ validSchemes: ["http", "https"], withFragments: true })
    .filter((url) => /^[a-z0-9.-]*[a-z-][a-z0-9.-]*$/.test(new URL(url).hostname));
  fc.assert(
    fc.property(plain, (url) => {
      expect(hostIn(url)).toBe(new URL(url).hostname.replace(/\.$/, ""));
    }),
    { numRuns: 1000 },
  );
});
