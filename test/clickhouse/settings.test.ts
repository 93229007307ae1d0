import { describe, expect, test } from "vitest";
import { ASKED_SETTINGS, chooseSettings } from "../../src/clickhouse/settings.ts";

const newest = new Map(ASKED_SETTINGS.map((name) => [name, "?"]));

function under(readonly: string): ReturnType<typeof chooseSettings> {
  return chooseSettings(new Map([...newest, ["readonly", readonly]]), "");
}

describe("chooseSettings", () => {
  test("lost shards are an error in every query, also where nothing is known of the server", () => {
    for (const present of [new Map<string, string>(), newest, new Map([["readonly", "1"]])]) {
      const { reading, writing } = chooseSettings(
        new Map([...present, ["skip_unavailable_shards", "0"]]),
        "",
      );
      expect(reading).toMatchObject({ skip_unavailable_shards: "0" });
      expect(writing).toMatchObject({ skip_unavailable_shards: "0" });
    }
  });

  test("sends only what the server knows", () => {
    const { reading } = chooseSettings(new Map([["extremes", "1"]]), "");
    expect(reading).toEqual({ skip_unavailable_shards: "0", extremes: "0" });
  });

  test("reading forbids writing where the server takes it", () => {
    expect(under("0").reading).toMatchObject({ readonly: "2" });
    expect(under("0").writing).not.toHaveProperty("readonly");
    expect(under("2").reading).not.toHaveProperty("readonly");
  });

  test("a profile that is read-only is taken as it is when it makes nothing smaller", () => {
    const present = new Map([
      ["readonly", "1"],
      ["skip_unavailable_shards", "0"],
      ["timeout_overflow_mode", "throw"],
      ["output_format_json_quote_64bit_integers", "1"],
    ]);
    expect(chooseSettings(present, "").reading).toEqual({ skip_unavailable_shards: "0" });
  });

  test.each([
    ["skip_unavailable_shards", "1"],
    ["timeout_overflow_mode", "break"],
    ["limit", "10"],
    ["output_format_json_quote_64bit_integers", "1"],
  ])("a profile that is read-only and sets %s to %s is refused", (name, value) => {
    const present = new Map([
      ["readonly", "1"],
      ["skip_unavailable_shards", "0"],
      ["limit", "0"],
      [name, value],
    ]);
    expect(() => chooseSettings(present, "the log")).toThrow(
      `the log: The profile of this user sets ${name}`,
    );
  });
});
