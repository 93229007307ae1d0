// The side file of refused records.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rejectedFile, rejectedLine } from "../../src/intake/rejected-file.ts";
import type { RejectedRecord } from "../../src/model/intake.ts";
import { mapping } from "./mappings.ts";
import { read } from "./reading.ts";

const record = (bytes: Uint8Array, length = bytes.length): RejectedRecord => ({
  file: "a.jsonl",
  line: 3,
  reason: "malformed",
  message: "Cut off.",
  bytes,
  length,
});

describe("a line of the side file", () => {
  test("has its place, the reason and the bytes as text", () => {
    expect(rejectedLine(record(Buffer.from('{"ä":\n')))).toBe(
      '{"file":"a.jsonl","line":3,"reason":"malformed","message":"Cut off.","length":7,"text":"{\\"ä\\":\\n"}\n',
    );
  });

  test("keeps bytes that are no UTF-8 as base64, and a byte-order mark as text", () => {
    expect(JSON.parse(rejectedLine(record(Uint8Array.of(0x7b, 0xff))))).toMatchObject({
      length: 2,
      bytes_base64: "e/8=",
    });
    expect(JSON.parse(rejectedLine(record(Buffer.from("\ufeffa"))))).toMatchObject({
      text: "\ufeffa",
    });
  });

  test("keeps the first 64 KiB, and no half of a character", () => {
    const long = Buffer.from(`x${"ä".repeat(100_000)}`);
    const parsed = JSON.parse(rejectedLine(record(long))) as { text: string; length: number };
    expect(parsed.length).toBe(200_001);
    expect(parsed.text).toBe(`x${"ä".repeat(32_767)}`);
    const cutByItsSource = JSON.parse(rejectedLine(record(long.subarray(0, 4), 200_001))) as object;
    expect(cutByItsSource).toMatchObject({ text: "xä", length: 200_001 });
    expect(JSON.parse(rejectedLine(record(long.subarray(0, 4))))).toMatchObject({
      bytes_base64: long.subarray(0, 4).toString("base64"),
    });
  });

  test("gives any bytes back", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const line = rejectedLine(record(bytes));
        const parsed = JSON.parse(line) as { text?: string; bytes_base64?: string };
        const back =
          parsed.text === undefined
            ? Buffer.from(parsed.bytes_base64 ?? "", "base64")
            : Buffer.from(parsed.text);
        expect([...back]).toEqual([...bytes]);
        expect(line.indexOf("\n")).toBe(line.length - 1);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the side file", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "rejected-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test("is not created for nothing", () => {
    const path = join(folder, "none.jsonl");
    expect(rejectedFile(path).close()).toBe(0);
    expect(existsSync(path)).toBe(false);
  });

  test("takes what an intake refuses, for its owner's eyes only", async () => {
    const path = join(folder, "some.jsonl");
    const file = rejectedFile(path);
    const { refused } = await read(mapping({ fields: { id: "record.id" } }), ['{"id":1}\n{\n7\n']);
    for (const given of refused) file.add(given);
    expect(file.close()).toBe(2);
    const lines = readFileSync(path, "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { file: "log-0.jsonl", line: 2, reason: "malformed", text: "{" },
      { file: "log-0.jsonl", line: 3, reason: "not-an-entry", text: "7" },
    ]);
    // Windows has no such permissions.
    const others = process.platform === "win32" ? 0 : statSync(path).mode & 0o077;
    expect(others).toBe(0);
  });

  test("is written anew, and while it grows", () => {
    const path = join(folder, "again.jsonl");
    for (let time = 0; time < 2; time += 1) {
      const file = rejectedFile(path);
      for (let index = 0; index < 10; index += 1) file.add(record(Buffer.alloc(60_000, 0x61)));
      expect(statSync(path).size).toBeGreaterThan(300_000);
      file.close();
    }
    expect(readFileSync(path, "utf8").trimEnd().split("\n").length).toBe(10);
  });

  test("says when it cannot be written", () => {
    const file = rejectedFile(join(folder, "missing", "x.jsonl"));
    file.add(record(Buffer.from("{")));
    expect(() => file.close()).toThrow(expect.objectContaining({ code: "invalid-option" }));
  });
});
